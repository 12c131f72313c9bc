"""Two date consultations that are running: a no-objection procedure, and a poll on the dates of a seminar."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from events_app.dates.wall_time import instant_of, local_of
from events_app.dates.working_days import is_working_day, working_days_after
from events_app.dates.zones import HOME_ZONE
from events_app.demo.programme import RATSAAL, Scene
from events_app.events.actions.writing import create_event
from events_app.events.models import Event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.table import invited_codes
from events_app.planning.consultations.opening import open_poll, open_procedure
from events_app.planning.consultations.polling import answer_poll
from events_app.planning.consultations.polls import own_dates
from events_app.planning.consultations.reacting import react
from events_app.planning.models import IF_NEED_BE, NO, UNOPPOSED, YES

LEAST_DAYS = 5
ANSWERS = {"JP": (YES, NO, IF_NEED_BE), "KR": (YES, YES, NO)}


def add_consultations(scene: Scene, today: date) -> None:
    """Open both an hour ago on events of their own, with a few words of those who are asked."""
    scene = replace(scene, now=scene.now - timedelta(hours=1))
    day = _working_day(today + timedelta(days=80))
    briefing = EventDetails(
        kind_key="briefing", group_keys=("mediterranean",), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(12), visibility="partners", theme="Water diplomacy", venue_key=RATSAAL,
    )  # fmt: skip
    _add_procedure(scene, create_event(scene.session, briefing, scene.host, scene.now))
    seminar = replace(briefing, kind_key="seminar", group_keys=("asian",), theme="Border management")
    _add_poll(scene, create_event(scene.session, seminar, scene.host, scene.now))


def _add_procedure(scene: Scene, event: Event) -> None:
    procedure = open_procedure(
        scene.session, event, "The experts can come on this day.", _evening(scene.now, LEAST_DAYS + 1), scene.now,
        least_days=LEAST_DAYS, invited=invited_codes(event, scene.facts),
    )  # fmt: skip
    react(scene.session, procedure, "CH", UNOPPOSED, "", scene.now)


def _add_poll(scene: Scene, event: Event) -> None:
    first = own_dates(event)
    days = [_working_day(first.starts_on + timedelta(days=n)) for n in (0, 7, 14)]
    poll = open_poll(
        scene.session, event, "", _evening(scene.now, LEAST_DAYS + 3),
        [replace(first, starts_on=day, ends_on=day) for day in days], scene.host, scene.now,
        invited=invited_codes(event, scene.facts),
    )  # fmt: skip
    for code, answers in ANSWERS.items():
        given = dict(zip((option.id for option in poll.options), answers, strict=True))
        answer_poll(scene.session, poll, code, given, scene.now)


def _evening(now: datetime, days: int) -> datetime:
    return instant_of(working_days_after(local_of(now, HOME_ZONE).date(), days), time(18), HOME_ZONE)


def _working_day(day: date) -> date:
    return next(other for n in range(14) if is_working_day(other := day + timedelta(days=n)))
