"""May this importer do what an item asks? The same rules as on the pages; refused unless they allow it."""

from datetime import datetime

from events_app.events.models import DRAFT, HOST, SECRETARIAT, Event, EventHost, Kind
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import HELD, reads_as
from events_app.feeds.importing.errors import RejectedItemError
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may, may_draft_for, may_draft_kind, may_take

SIDE_EVENT = "side-event"


def require_draft(reader: Reader, kind: Kind, details: EventDetails) -> None:
    """Raise RejectedItemError unless a reader may draft such an event."""
    if not may_draft_kind(reader, kind):
        raise RejectedItemError("kind-of-the-section")
    if kind.key == SIDE_EVENT and not reader.is_secretary:
        # No file says on whose margins it stands; the Section can add that to its draft.
        raise RejectedItemError("needs-parent")
    _require_group(reader, details)
    _require_visibility(reader, details)


def require_edit(reader: Reader, event: Event, now: datetime) -> None:
    """Raise RejectedItemError unless a reader may edit an event; who may not see it hears the same."""
    if not may(reader, Action.EDIT, event, now):
        raise RejectedItemError("not-yours")


def require_own_uid(reader: Reader, uid: str, event: Event, host: str) -> None:
    """Raise RejectedItemError where a foreign UID means what a delegation drafted: the Section's words stay its own."""
    is_foreign = event.uid == uid and not uid.endswith(f"@{host}")
    if is_foreign and event.drafted_for_code and event.drafted_for_code not in reader.contact_codes:
        raise RejectedItemError("uid-in-use")


def require_change(reader: Reader, event: Event, kind: Kind, details: EventDetails, now: datetime) -> None:
    """Raise RejectedItemError unless a reader who may edit an event may change it so."""
    is_other_kind = kind.key != event.kind_key
    is_other_group = set(details.group_keys) != set(event.group_keys)
    if (is_other_kind or is_other_group) and not may(reader, Action.CHANGE_KIND, event, now):
        raise RejectedItemError("kind-stays")
    if is_other_kind and not may_draft_kind(reader, kind):
        raise RejectedItemError("kind-of-the-section")
    if is_other_group:
        _require_group(reader, details)
    is_chaired = not {event.kind.chairing, kind.chairing}.isdisjoint(("group", "chairmanship"))
    is_other_year = details.starts_on.year != event.starts_on.year
    if is_chaired and is_other_year and not may(reader, Action.MOVE_ACROSS_YEARS, event, now):
        raise RejectedItemError("needs-secretary")
    _require_visibility(reader, details)


def require_steps(reader: Reader, event: Event, steps: tuple[str, ...], now: datetime) -> None:
    """Raise RejectedItemError unless a reader may take an event through these steps, and its end is ahead of them."""
    if steps and reads_as(event, now) == HELD:
        raise RejectedItemError("status", status=HELD)
    for step in steps:
        if not may_take(reader, step, event, now):
            raise RejectedItemError("may-not-confirm")


def imagined_event(details: EventDetails, kind: Kind, reader: Reader, ends_at: datetime) -> Event:
    """Return an event that is not stored, for asking what a reader might do to it."""
    groups = [reader.partnership.group(key) for key in details.group_keys if key in reader.partnership.groups]
    hosts = [EventHost(state_code=details.host_code, role=HOST)] if details.host_code else []
    return Event(
        kind=kind, kind_key=kind.key, starts_on=details.starts_on, status=DRAFT, visibility=details.visibility,
        drafted_for_code=drafted_for(reader), groups=groups, hosts=hosts, ends_at=ends_at,
    )  # fmt: skip


def drafted_for(reader: Reader) -> str | None:
    """Return the delegation for which a reader drafts; None for the Section."""
    return min(reader.contact_codes, default=None)


def _require_group(reader: Reader, details: EventDetails) -> None:
    if not may_draft_for(reader, details.group_keys, details.starts_on):
        raise RejectedItemError("group-not-yours")


def _require_visibility(reader: Reader, details: EventDetails) -> None:
    if details.visibility == SECRETARIAT and not reader.is_secretary:
        raise RejectedItemError("visibility")
