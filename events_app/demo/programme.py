"""An invented programme for a year: meetings, conferences with side events and agendas, Council and Forum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from events_app.dates.wall_time import instant_of
from events_app.demo.archive import archived_days
from events_app.demo.dates import conference_days, first_council, first_forum, meeting_days, ministerial_days
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event, create_weekly_series
from events_app.events.models import ArchiveYear, Event
from events_app.events.rules.details import AgendaPoint, DocumentLink, EventDetails
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, PROPOSE
from events_app.partnership.rules import Partnership
from events_app.shared.datafile import Row

NEUER_SAAL, RATSAAL = "hofburg-neuer-saal", "hofburg-ratsaal"
THEMES = {
    "mediterranean": ("Water management", "Countering terrorism", "Migration management", "Border security",
                      "Tolerance and non-discrimination", "Environmental security"),
    "asian": ("Confidence-building measures", "Transnational threats", "Border management", "Transport links",
              "Combating trafficking in human beings", "Democratic institutions"),
}  # fmt: skip
TOPICS = {
    "mediterranean": ("environmental-activities", "countering-terrorism", "migration", "border-management",
                      "tolerance", "environmental-activities"),
    "asian": ("conflict-prevention", "countering-terrorism", "border-management", "economic-activities",
              "combating-trafficking", "democratization"),
}  # fmt: skip
CONFERENCES = {"mediterranean": (10, "JO", "Security and co-operation across the sea"),
               "asian": (6, "JP", "Comprehensive security in a changing world")}  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """What the invention of a year needs: session, host name of the site, now, the facts and the archive."""

    session: Session
    host: str
    now: datetime
    facts: Partnership
    archive: list[Row]


def add_year(scene: Scene, year: int) -> None:
    """Add a whole year as if it had been planned in the autumn before; what the archive knows is left to it."""
    row = scene.session.get(ArchiveYear, year)
    if row:
        scene.session.delete(row)
    for details in [*_meetings(year, scene.now.date()), *_ministerial(scene, year)]:
        _confirmed(scene, details)
    _add_councils(scene, year)
    for group in CONFERENCES:
        if not archived_days(scene.archive, "conference", group, year):
            _add_conference(scene, year, group)


def add_life(scene: Scene, today: date) -> None:
    """Add a proposal, a draft, a postponed and a cancelled event, so that every status is there to see."""
    base = EventDetails(kind_key="workshop", starts_on=today, ends_on=today, visibility="public",
                        start_time=time(14), end_time=time(17), venue_key=RATSAAL)  # fmt: skip
    soon = [_weekday_after(today + timedelta(days=days)) for days in (24, 38, 52, 66)]
    proposed, draft, postponed, cancelled = (replace(base, starts_on=day, ends_on=day) for day in soon)
    workshop = replace(proposed, theme="Youth and education", group_keys=("asian",), visibility="partners")
    event = create_event(scene.session, workshop, scene.host, scene.now, for_code="JP")
    take_step(scene.session, event, PROPOSE, scene.now)
    visit = replace(draft, kind_key="briefing", theme="Cyber/ICT security", group_keys=("mediterranean",))
    create_event(scene.session, visit, scene.host, scene.now, for_code="JO")
    event = _confirmed(scene, replace(postponed, kind_key="seminar", theme="Media freedom"))
    take_step(scene.session, event, POSTPONE, scene.now, reason="The speakers asked for more time.")
    event = _confirmed(scene, replace(cancelled, kind_key="training", theme="Election observation"))
    take_step(scene.session, event, CANCEL, scene.now, reason="Too few delegations could come.")


def _meetings(year: int, today: date) -> Iterator[EventDetails]:
    """Yield the thirteen meetings of a year; the one nearest to today is moved so that its reminder is already due."""
    planned = _planned_meetings(year)
    soon = _weekday_after(today + timedelta(days=1))
    if soon.year == year:
        nearest = min(planned, key=lambda details: abs(details.starts_on - soon))
        planned[planned.index(nearest)] = _hybrid(_on(nearest, soon))
    yield from planned


def _planned_meetings(year: int) -> list[EventDetails]:
    days = meeting_days(year)
    single = [
        _meeting(group, day, theme, topic)
        for group in ("mediterranean", "asian")
        for day, theme, topic in zip(days[group], THEMES[group], TOPICS[group], strict=True)
    ]
    joint = _meeting("asian", days["joint"][0], "Building bridges between the two groups", "economic-activities")
    return [*single, replace(joint, kind_key="joint-meeting", group_keys=("mediterranean", "asian"))]


def _on(details: EventDetails, day: date) -> EventDetails:
    return replace(details, starts_on=day, ends_on=day, agenda=tuple(replace(p, held_on=day) for p in details.agenda))


def _hybrid(details: EventDetails) -> EventDetails:
    return replace(details, format="hybrid", joining_link="https://meet.example/contact-group")


def _meeting(group: str, day: date, theme: str, topic: str) -> EventDetails:
    agenda = (
        AgendaPoint(day, time(10), "Opening and adoption of the agenda", "Chair"),
        AgendaPoint(day, time(10, 15), theme, "Keynote speaker"),
        AgendaPoint(day, time(11), "Discussion"),
        AgendaPoint(day, time(12, 45), "Any other business"),
    )
    return EventDetails(
        kind_key="contact-group-meeting", group_keys=(group,), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(13), visibility="public", theme=theme, venue_key=NEUER_SAAL, host_code="AT",
        topic_keys=(topic,), agenda=agenda, interpretation=("en", "fr", "ru"),
    )  # fmt: skip


def _add_councils(scene: Scene, year: int) -> None:
    planned = _planned_at(scene, year)
    for kind, first in (("permanent-council", first_council(year)), ("forum", first_forum(year))):
        weekly = EventDetails(
            kind_key=kind, starts_on=first, ends_on=first, start_time=time(10), end_time=time(13),
            visibility="public", venue_key=NEUER_SAAL,
        )  # fmt: skip
        for event in create_weekly_series(scene.session, weekly, date(year, 12, 14), scene.host, planned):
            take_step(scene.session, event, CONFIRM, planned)


def _ministerial(scene: Scene, year: int) -> Iterator[EventDetails]:
    if not archived_days(scene.archive, "ministerial-council", "", year):
        first, last = ministerial_days(year)
        yield EventDetails(kind_key="ministerial-council", starts_on=first, ends_on=last, visibility="public")


def _add_conference(scene: Scene, year: int, group: str) -> None:
    month, host, theme = CONFERENCES[group]
    first, last = conference_days(year, month)
    links = (DocumentLink("agenda", "Draft agenda", "https://documents.example/conference-agenda"),)
    conference = EventDetails(
        kind_key="conference", group_keys=(group,), starts_on=first, ends_on=last, visibility="public", theme=theme,
        place="Vienna", host_code="AT", co_host_codes=(host,), documents=links, agenda=_conference_agenda(first, last),
        rests_on="Agreed by the Contact Group",
    )  # fmt: skip
    parent = _confirmed(scene, conference)
    side = replace(
        conference, kind_key="side-event", ends_on=first, start_time=time(13), end_time=time(14, 30), agenda=(),
        documents=(), theme="Women in diplomacy", parent_id=parent.id, rests_on="",
    )  # fmt: skip
    _confirmed(scene, side)
    bilateral = replace(
        side, theme="Bilateral: host and co-host", start_time=time(15), end_time=time(16), visibility="group"
    )
    _confirmed(scene, bilateral)


def _conference_agenda(first: date, last: date) -> tuple[AgendaPoint, ...]:
    return (
        AgendaPoint(first, time(9, 30), "Opening session", "Chair, host, Secretary General"),
        AgendaPoint(first, time(11), "First session: politico-military dimension"),
        AgendaPoint(first, time(15), "Second session: economic and environmental dimension"),
        AgendaPoint(last, time(9, 30), "Third session: human dimension"),
        AgendaPoint(last, time(12, 30), "Closing session", "Chair"),
    )


def _confirmed(scene: Scene, details: EventDetails) -> Event:
    planned = _planned_at(scene, details.starts_on.year)
    event = create_event(scene.session, details, scene.host, planned, facts=scene.facts)
    return take_step(scene.session, event, CONFIRM, planned)


def _planned_at(scene: Scene, year: int) -> datetime:
    """Return when a year was agreed: in the autumn before, or yesterday if that is still to come."""
    return min(instant_of(date(year - 1, 11, 15), time(9), "Europe/Vienna"), scene.now - timedelta(days=1))


def _weekday_after(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
