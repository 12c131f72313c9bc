"""An invented programme for a year: meetings, conferences with side events and agendas, Council and Forum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from events_app.dates.wall_time import instant_of
from events_app.demo.archive import archived_days
from events_app.demo.dates import conference_days, council_days, forum_days, meeting_days, ministerial_days
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import ArchiveYear, Event
from events_app.events.rules.details import AgendaPoint, DocumentLink, EventDetails
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, PROPOSE
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
    """What the invention of a year needs: session, host name of the site, now, and the archive."""

    session: Session
    host: str
    now: datetime
    archive: list[Row]


def add_year(scene: Scene, year: int) -> None:
    """Add a whole year as if it had been planned in the autumn before; what the archive knows is left to it."""
    row = scene.session.get(ArchiveYear, year)
    if row:
        scene.session.delete(row)
    for details in [*_meetings(year), *_councils(year), *_ministerial(scene, year)]:
        _confirmed(scene, details)
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


def add_meeting_soon(scene: Scene, today: date) -> Event:
    """Add a meeting whose reminder is already due: within the next days, with a joining link."""
    day = _weekday_after(today + timedelta(days=1))
    details = _meeting("asian", day, "Elections", "elections")
    hybrid = replace(details, format="hybrid", joining_link="https://meet.example/asian-contact-group")
    event = _confirmed(scene, hybrid)
    # As if it had been agreed long ago: only then were its reminders ever due.
    event.scheduled_at = event.created_at = scene.now - timedelta(days=60)
    return event


def _meetings(year: int) -> Iterator[EventDetails]:
    days = meeting_days(year)
    for group in ("mediterranean", "asian"):
        for day, theme, topic in zip(days[group], THEMES[group], TOPICS[group], strict=True):
            yield _meeting(group, day, theme, topic)
    joint = _meeting("asian", days["joint"][0], "Building bridges between the two groups", "economic-activities")
    yield replace(joint, kind_key="joint-meeting", group_keys=("mediterranean", "asian"))


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


def _councils(year: int) -> Iterator[EventDetails]:
    for kind, days in (("permanent-council", council_days(year)), ("forum", forum_days(year))):
        for day in days:
            yield EventDetails(
                kind_key=kind, starts_on=day, ends_on=day, start_time=time(10), end_time=time(13),
                visibility="public", venue_key=NEUER_SAAL,
            )  # fmt: skip


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
    """Add an event as agreed in the autumn before its year, or now if that is still to come."""
    planned = instant_of(date(details.starts_on.year - 1, 11, 15), time(9), "Europe/Vienna")
    at = min(planned, scene.now - timedelta(days=1))
    event = create_event(scene.session, details, scene.host, at)
    return take_step(scene.session, event, CONFIRM, at)


def _weekday_after(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
