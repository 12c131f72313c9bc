"""The lens beside the date fields of an event's form."""

from datetime import date

from events_app.events.models import HOST, Event, Kind
from events_app.web.access import current_reader
from events_app.web.events.forms.details import DetailsForm
from events_app.web.holidays.lens import LensBox, lens_box

BOTH = "both"


def lens_of_form(form: DetailsForm, kind: Kind, event: Event | None) -> LensBox:
    """Return what stands on the days that the form shows, for its groups and host as far as they can be read."""
    host = form.host_code.data if form.host_code.data in form.host_code.offered() else None
    return lens_box(form.starts_on.data, form.ends_on.data, _group_keys(form, kind, event), host)


def lens_beside(event: Event, day: date | None) -> LensBox:
    """Return what stands on another first day of an event that lasts as long."""
    hosts = [host.state_code for host in event.hosts if host.role == HOST]
    last = day + (event.ends_on - event.starts_on) if day else None
    return lens_box(day, last, event.group_keys, hosts[0] if hosts else None)


def _group_keys(form: DetailsForm, kind: Kind, event: Event | None) -> tuple[str, ...]:
    known = current_reader().partnership.groups
    if "group_keys" in form:
        return tuple(key for key in form.group_keys.data or () if key in known)
    return tuple(known) if kind.groups == BOTH else event.group_keys if event else ()
