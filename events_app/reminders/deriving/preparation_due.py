"""Letters on steps of preparation: one a day to each organiser who has a step due, or two working days overdue."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import PREPARATION_DUE
from events_app.people.models import Person
from events_app.reminders.preparation.queries import OpenStep, open_steps, shared_out
from events_app.reminders.preparation.rules import day_in_vienna, is_told_on, told_at
from events_app.reminders.queries import audience

DAY = timedelta(days=1)
DAYS_BACK = 5


def preparation_due(session: Session, now: datetime) -> Iterator[NewLetter]:
    """Yield the letters of today, and as expired, so that they show, those of days that an outage swallowed."""
    steps = open_steps(session, now)
    told = {day: [one for one in steps if is_told_on(one.step, day)] for day in _days(now)}
    if not any(told.values()):
        return
    who = audience(session, now)
    for day, due in told.items():
        for person, own in shared_out(due, who):
            if now < told_at(day + DAY) or any(_was_known(one, person, day) for one in own):
                yield _letter(person, day, now)


def _days(now: datetime) -> list[date]:
    """Return the last days on which letters went or should have gone, today included from 09:00 on."""
    days = [day_in_vienna(now) - n * DAY for n in range(DAYS_BACK + 1)]
    return [day for day in days if told_at(day) <= now]


def _was_known(one: OpenStep, person: Person, day: date) -> bool:
    """Return whether a step was this person's already when the letter of a day would have gone."""
    known_since = max(one.event.scheduled_at, person.created_at, one.step.changed_at or one.event.created_at)
    return known_since < told_at(day)


def _letter(person: Person, day: date, now: datetime) -> NewLetter:
    expires_at = told_at(day + DAY)
    return NewLetter(
        dedupe_key=f"{PREPARATION_DUE}:{day.isoformat()}:{person.id}",
        letter=PREPARATION_DUE,
        address=person.email,
        due_at=told_at(day),
        expires_at=expires_at,
        person_id=person.id,
        facts={"day": day.isoformat()},
        is_expired=expires_at <= now,
    )
