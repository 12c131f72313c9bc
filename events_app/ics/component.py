"""One VEVENT, built with the icalendar library property by property, in a fixed order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Event
from icalendar.prop import vDate, vDatetime, vDuration, vInt, vUnknown

from events_app.ics.content_lines import escaped
from events_app.ics.entry import DaySpan, Entry
from events_app.ics.plain_text import clean_text, clean_uri
from events_app.ics.vtimezone import needs_zone

Property = tuple[str, Any]


def component_of(entry: Entry) -> Event:
    """Return the component of an entry, its properties in the order in which they are to be written."""
    # Event.new() would add a random UID and the time of the fetch.
    event = Event()
    for name, value in _properties(entry):
        event.add(name, value, encode=False)
    if entry.alarm is not None:
        event.add_component(_alarm(entry, entry.alarm))
    return event


def _properties(entry: Entry) -> Iterator[Property]:
    yield from _identity(entry)
    yield from _times(entry)
    yield "STATUS", _text(entry.status)
    yield "TRANSP", _text("TRANSPARENT" if entry.is_free else "OPAQUE")
    yield from _words(entry)
    yield from _links(entry)
    yield from _marks(entry)


def _identity(entry: Entry) -> Iterator[Property]:
    yield "UID", _text(entry.uid)
    yield "SEQUENCE", vInt(entry.sequence)
    yield "DTSTAMP", _utc(entry.modified_at)
    yield "LAST-MODIFIED", _utc(entry.modified_at)
    yield "CREATED", _utc(entry.created_at)


def _times(entry: Entry) -> Iterator[Property]:
    when = entry.when
    if isinstance(when, DaySpan):
        yield "DTSTART", _day(when.first)
        yield "DTEND", _day(when.last + timedelta(days=1))
    elif zone_name := needs_zone(when):
        yield "DTSTART", _wall_time(when.local_start, zone_name)
        yield "DTEND", _wall_time(when.local_end, zone_name)
    else:
        yield "DTSTART", _utc(when.starts_at)
        yield "DTEND", _utc(when.ends_at)


def _words(entry: Entry) -> Iterator[Property]:
    yield "SUMMARY", _text(entry.summary, LANGUAGE=entry.language)
    if description := _description(entry):
        yield "DESCRIPTION", _text(description, LANGUAGE=entry.language)
    if entry.location:
        yield "LOCATION", _text(entry.location, LANGUAGE=entry.language)
    if entry.categories:
        categories = ",".join(escaped(category) for category in entry.categories)
        yield "CATEGORIES", vUnknown(categories, params={"LANGUAGE": entry.language})


def _links(entry: Entry) -> Iterator[Property]:
    if entry.url:
        yield "URL", vUnknown(clean_uri(entry.url))
    if entry.conference:
        yield "CONFERENCE", vUnknown(clean_uri(entry.conference), params={"VALUE": "URI"})
    if entry.contact:
        yield "CONTACT", _text(entry.contact)


def _marks(entry: Entry) -> Iterator[Property]:
    yield "CLASS", _text(entry.classification)
    if entry.parent_uid:
        yield "RELATED-TO", _text(entry.parent_uid, RELTYPE="PARENT")
    yield "X-MICROSOFT-CDO-BUSYSTATUS", _text(_busy_status(entry))
    yield "X-MICROSOFT-CDO-ALLDAYEVENT", _text("TRUE" if entry.is_all_day else "FALSE")
    if entry.color:
        yield "COLOR", _text(entry.color)


def _alarm(entry: Entry, lead_time: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("UID", _text(f"alarm-{entry.uid}"), encode=False)
    alarm.add("ACTION", _text("DISPLAY"), encode=False)
    alarm.add("TRIGGER", vDuration(-lead_time), encode=False)
    alarm.add("DESCRIPTION", _text(entry.summary, LANGUAGE=entry.language), encode=False)
    return alarm


def _description(entry: Entry) -> str:
    # Many programs do not show CONFERENCE: the link also has to stand where people read.
    link = clean_uri(entry.conference or "")
    if link in clean_text(entry.location) or link in clean_text(entry.description):
        return entry.description
    return f"{entry.description}\n\n{link}".lstrip("\n")


def _busy_status(entry: Entry) -> str:
    if entry.is_free:
        return "FREE"
    return "TENTATIVE" if entry.status == "TENTATIVE" else "BUSY"


def _text(text: str, **params: str) -> vUnknown:
    return vUnknown(escaped(text), params=params)


def _utc(instant: datetime) -> vDatetime:
    return vDatetime(instant.astimezone(UTC))


def _wall_time(local: datetime, zone_name: str) -> vDatetime:
    value = vDatetime(local.replace(tzinfo=None))
    # Set afterwards: the library drops the TZID of a value that carries no zone of its own.
    value.params["TZID"] = zone_name
    return value


def _day(day: date) -> vDate:
    return vDate(day, params={"VALUE": "DATE"})
