"""What the tests of the import ask for: reading a file into the calendar as the secretariat or as somebody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from events_app.events.models import Event
from events_app.feeds.importing import Importer, Plan, Wishes, apply_plan, plan_import, read_file, source_of
from events_app.feeds.importing.names import names_in
from events_app.rights.models import Reader
from events_app.rights.queries import reader_of

HEADER = "kind,group,start,end,theme,city,country,host,co_host,online"


@dataclass(frozen=True)
class Calendar:
    """Writes small calendar files."""

    def file(self, *events: str) -> bytes:
        """A calendar file of these events."""
        whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//EN", *events, "END:VCALENDAR", ""]
        return "\r\n".join(whole).encode()

    def event(self, uid: str = "one@elsewhere.example", *more: str, **changes: str) -> str:
        """One event, usually on 2 March 2027, 9:00 UTC; an empty property is left out, `more` are whole lines."""
        usual = {"DTSTART": "20270302T090000Z", "DTEND": "20270302T110000Z", "SUMMARY": "Talk"}
        properties = {"UID": uid, **usual, **changes}
        lines = [f"{name}:{value}" for name, value in properties.items() if value]
        return "\r\n".join(["BEGIN:VEVENT", *lines, *more, "END:VEVENT"])


@pytest.fixture
def ics() -> Calendar:
    return Calendar()


@pytest.fixture
def secretariat(session) -> Reader:
    return Reader(names_in(session).facts, is_secretary=True)


@pytest.fixture
def reader(session, clock, make_person) -> Callable[..., Reader]:
    """Return what somebody of a delegation may rely on."""
    return lambda name, state: reader_of(session, make_person(name, state), clock.now())


@pytest.fixture
def plan_of(session, clock, secretariat) -> Callable[..., Plan]:
    """Plan the import of a file; `.csv` unless it begins like a calendar."""

    def plan(content: bytes | str, by: Reader | None = None, **wishes: Any) -> Plan:
        raw = content.encode() if isinstance(content, str) else content
        wanted, names = Wishes(**wishes), names_in(session)
        found = read_file("file.csv", raw, wanted, clock.now())
        importer = Importer(by or secretariat, "localhost", wanted)
        return plan_import(session, source_of(found, names, wanted), names, importer, clock.now())

    return plan


@pytest.fixture
def take(session, clock, secretariat, plan_of) -> Callable[..., dict[str, Any]]:
    """Import a file if nothing of it is rejected, commit, and return the counts and the reasons of rejections."""

    def take_file(content: bytes | str, by: Reader | None = None, **wishes: Any) -> dict[str, Any]:
        plan = plan_of(content, by, **wishes)
        if not plan.rejections:
            importer = Importer(by or secretariat, "localhost", Wishes(**wishes))
            apply_plan(session, plan, names_in(session), importer, clock.now())
            session.commit()
        counts = {name: plan.count(name) for name in ("created", "updated", "unchanged")}
        said = {name: count for name, count in counts.items() if count}
        reasons = [rejection.reason for rejection in plan.rejections]
        return {**said, "rejected": reasons} if reasons else said

    return take_file


@pytest.fixture
def stored(session) -> Callable[[], list[Event]]:
    """Return all events by date and number, as the database has them now."""

    def events() -> list[Event]:
        session.expire_all()
        return list(session.scalars(select(Event).order_by(Event.starts_on, Event.id)))

    return events
