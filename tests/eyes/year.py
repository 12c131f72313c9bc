"""A year of events as people would enter it: every zone, both clock changes, every turn that an event can take."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from events_app.dates.wall_time import is_repeated
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import Event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CANCEL, CONFIRM, PROPOSE
from events_app.partnership.queries import partnership
from events_app.partnership.rules import Partnership
from tests.eyes.turns import PLANNED, TURNS, details_with, timed

ZONES = (
    "Europe/Vienna", "Asia/Tokyo", "Africa/Casablanca", "Africa/Cairo", "Asia/Amman", "Asia/Kabul", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Australia/Sydney", "America/New_York", "America/St_Johns", "Europe/London", "Asia/Almaty",
    "Asia/Ulaanbaatar", "Asia/Jerusalem",
)  # fmt: skip
CHANGING = (
    "Europe/Vienna", "Africa/Cairo", "Australia/Lord_Howe", "Australia/Sydney", "America/New_York", "America/St_Johns",
    "Europe/London", "Asia/Jerusalem",
)  # fmt: skip
RAMADAN = (date(2026, 2, 14), date(2026, 2, 15), date(2026, 3, 3), date(2026, 3, 21), date(2026, 3, 22))
NEW_LAW = (date(2026, 9, 19), date(2026, 9, 20), date(2026, 12, 1), date(2027, 2, 10), date(2028, 6, 6))

THEMES = (
    "",
    "Water management",
    "إدارة المياه، والطاقة؛ والمناخ",
    "Управление водными ресурсами — «Центральная Азия»",
    "海洋安全保障と信頼醸成措置",
    "Ημερίδα για τη μετανάστευση",
    "기후 변화와 안보",
    'Commas, semicolons; and "quotes", colons: all of them',
    "Backslashes \\ and \\n, \\, \\; at the end \\",
    "First line\nSecond line; with, marks",
    "Climate 🌍 and security 🕊️, 👩🏽‍🔬 in the field",
    "Größe, façade, naïveté, İstanbul, Łódź",
    "שיתוף פעולה אזורי",
    "Ambiguous \u2068ميدان\u2069 and 100 % <b>plain</b> & simple",
    ("Long themes are folded " * 13)[:299].strip(),
    ("Очень длинная тема, " * 15)[:299].strip(),
    ("合作" * 150)[:300],
)  # fmt: skip

GROUPS = (
    ("contact-group-meeting", ("mediterranean",)),
    ("contact-group-meeting", ("asian",)),
    ("joint-meeting", ("mediterranean", "asian")),
    ("permanent-council", ()),
    ("forum", ()),
    ("workshop", ()),
)


def write_year(session: Session) -> list[Event]:
    """Add the year through the real actions, commit, and return its events."""
    facts, themes = partnership(session), cycle(THEMES)
    written = []
    for details in every_event():
        themed = details if details.theme else replace(details, theme=next(themes))
        written.append(confirmed(session, themed, facts))
    written += side_events(session, written, facts)
    for event, turn in zip(written[::3], cycle(TURNS), strict=False):
        turn(session, event)
    unseen(session, facts)
    session.commit()
    return written


def every_event() -> Iterator[EventDetails]:
    """Yield what is entered."""
    yield from month_by_month()
    yield from around_the_changes()
    yield from moroccan_days()
    yield from whole_days()
    yield from over_midnight()


def month_by_month() -> Iterator[EventDetails]:
    """Yield a meeting every second month in every zone, with every kind in turn."""
    kinds = cycle(GROUPS)
    for number, zone_name in enumerate(ZONES):
        for month in range(1 + number % 2, 13, 2):
            kind_key, group_keys = next(kinds)
            day = date(2027, month, 2 + number)
            yield timed(
                day, time(7 + number % 12, 5 * number % 60), 45 + 15 * month, zone_name,
                kind_key=kind_key, group_keys=group_keys,
            )  # fmt: skip
        next(kinds)


def around_the_changes() -> Iterator[EventDetails]:
    """Yield short meetings before, inside and after every hour that is skipped or repeated."""
    for zone_name in CHANGING:
        for day in days_of_change(zone_name, date(2027, 1, 1), date(2027, 12, 31)):
            eve = day - timedelta(days=1)
            yield timed(eve, time(22), 600, zone_name)
            yield from both_passes(eve, time(23, 45), zone_name)
            for at in (time(0, 30), time(1, 15), time(1, 45), time(2, 15), time(3)):
                yield from both_passes(day, at, zone_name)


def both_passes(day: date, at: time, zone_name: str) -> Iterator[EventDetails]:
    """Yield a meeting at a local time, and one in its second pass where there is one."""
    yield timed(day, at, 30, zone_name)
    if is_repeated(day, at, zone_name):
        yield timed(day, at.replace(fold=1), 30, zone_name)


def moroccan_days() -> Iterator[EventDetails]:
    """Yield meetings in Casablanca before, in and after Ramadan of 2026, and around the new law of that year."""
    for day in (*RAMADAN, *NEW_LAW):
        yield timed(day, time(9, 30), 90, "Africa/Casablanca", theme=f"الدار البيضاء {day.isoformat()}")
        yield timed(day, time(23, 30), 120, "Africa/Casablanca", kind_key="workshop", group_keys=())


def whole_days() -> Iterator[EventDetails]:
    """Yield conferences of two days, a day, a week and over New Year, in zones on both sides of Vienna."""
    spans = (
        (date(2027, 3, 27), 2), (date(2027, 10, 30), 2), (date(2026, 12, 31), 2), (date(2027, 2, 28), 2),
        (date(2028, 2, 29), 1), (date(2027, 6, 7), 7), (date(2026, 2, 17), 3), (date(2027, 12, 31), 1),
    )  # fmt: skip
    groups = cycle((("mediterranean",), ("asian",)))
    for zone_name in ("Europe/Vienna", "Asia/Tokyo", "Africa/Casablanca", "America/New_York"):
        for first, length in spans:
            last = first + timedelta(days=length - 1)
            yield details_with(
                kind_key="conference", group_keys=next(groups), starts_on=first, ends_on=last, time_zone=zone_name
            )
        next(groups)


def over_midnight() -> Iterator[EventDetails]:
    """Yield meetings that end on another day, month or year than they begin, and two that are long."""
    for zone_name in ZONES:
        yield timed(date(2026, 12, 31), time(22, 30), 180, zone_name)
        yield timed(date(2027, 2, 28), time(23, 59), 2, zone_name, kind_key="forum", group_keys=())
    yield timed(date(2027, 3, 26), time(9), 4 * 1440, "Europe/Vienna")
    yield timed(date(2027, 10, 29), time(9), 4 * 1440, "Europe/Vienna")


def days_of_change(zone_name: str, first: date, last: date) -> Iterator[date]:
    """Yield the local days in which a zone's clocks are put forward or back."""
    zone = ZoneInfo(zone_name)
    for number in count():
        day = first + timedelta(days=number)
        if day > last:
            return
        midnights = [datetime.combine(day + timedelta(days=n), time(), zone).utcoffset() for n in (0, 1)]
        if midnights[0] != midnights[1]:
            yield day


def confirmed(session: Session, details: EventDetails, facts: Partnership) -> Event:
    """Add an event and confirm it, as one does a year ahead."""
    event = create_event(session, details, "localhost", PLANNED, facts=facts)
    return take_step(session, event, CONFIRM, PLANNED)


def side_events(session: Session, written: Iterable[Event], facts: Partnership) -> list[Event]:
    """Add a side event on the margins of some conferences."""
    parents = [event for event in written if event.kind_key == "conference"][::5]
    beside = [
        timed(event.starts_on, time(13), 60, event.time_zone, kind_key="side-event", group_keys=(), parent_id=event.id)
        for event in parents
    ]
    return [confirmed(session, details, facts) for details in beside]


def unseen(session: Session, facts: Partnership) -> None:
    """Add what no public feed may show: a draft, a proposal, an event for delegations, and what is long over."""
    hidden = timed(date(2027, 5, 5), time(9), 60, "Europe/Vienna", theme="Hidden")
    create_event(session, hidden, "localhost", PLANNED, facts=facts)
    proposed = create_event(session, hidden, "localhost", PLANNED, facts=facts)
    take_step(session, proposed, PROPOSE, PLANNED)
    confirmed(session, replace(hidden, visibility="partners"), facts)
    confirmed(session, timed(date(2025, 9, 30), time(9), 60, "Europe/Vienna"), facts)
    gone = confirmed(session, timed(date(2026, 9, 1), time(9), 60, "Europe/Vienna"), facts)
    take_step(session, gone, CANCEL, PLANNED, reason="No quorum")
