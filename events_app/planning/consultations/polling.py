"""A poll on its way: its dates change, delegations answer, one date is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.modified import note_beside
from events_app.events.actions.writing import change_event, record_change
from events_app.events.errors import Problem, StaleEventError
from events_app.events.models import Event
from events_app.events.rules.agenda import moved_by
from events_app.events.rules.details import WHEN_FIELDS, EventDetails, details_of
from events_app.events.rules.life import CONFIRM
from events_app.planning.consultations.locking import locked
from events_app.planning.consultations.options import move_option, new_option, release_options, remove_option
from events_app.planning.consultations.polls import OptionDates, dates_of, live_options, option_problems
from events_app.planning.consultations.rules import OPEN, RUNNING, outcome
from events_app.planning.errors import ConsultationOverError, InvalidConsultationError
from events_app.planning.models import POLL, POLL_ANSWERS, Consultation, PollAnswer, PollOption
from events_app.trail.actions import record_deed

CHANGE, ANSWER, SETTLE = "change-poll", "answer-poll", "settle-poll"

Wanted = Sequence[tuple[int | None, OptionDates]]


def change_options(
    session: Session, poll: Consultation, wanted: Wanted, host: str, now: datetime, *, version: int | None = None,
    person_id: int | None = None,
) -> bool:  # fmt: skip
    """Make an open poll offer exactly these dates (with the id of the date that each is) and return whether it did not.

    Answers to dates that stay are kept; a date that becomes another one loses its answers. Raises
    ConsultationOverError, InvalidConsultationError, StaleEventError if another version than `version` is stored.
    """
    event = _open_event(session, poll, now, (OPEN,))
    if version is not None and event.version != version:
        raise StaleEventError(version, event.version)
    problems = option_problems([dates for _, dates in wanted], poll.expires_at)
    if problems:
        raise InvalidConsultationError(problems)
    if not _written(poll, wanted, host, now):
        return False
    session.flush()
    session.expire(poll, ["options"])
    note_beside(event, now)
    record_change(session, event, CHANGE, person_id, now)
    record_deed(session, person_id, CHANGE, "consultation", poll.id, now)
    session.flush()
    return True


def answer_poll(
    session: Session, poll: Consultation, state_code: str, answers: Mapping[int, str], now: datetime, *,
    person_id: int | None = None,
) -> None:  # fmt: skip
    """Record what a delegation answers to dates of an open poll, by id; what it does not name stays.

    Raises ConsultationOverError, InvalidConsultationError.
    """
    _open_event(session, poll, now, (OPEN,))
    options = {option.id: option for option in live_options(poll)}
    unknown = [key for key, answer in answers.items() if key not in options or answer not in POLL_ANSWERS]
    if unknown or not answers:
        raise InvalidConsultationError([Problem("answers", "unknown" if unknown else "needed")])
    for key, answer in answers.items():
        _write_answer(options[key], state_code, answer, now, person_id)
    record_deed(session, person_id, ANSWER, "consultation", poll.id, now)
    session.flush()


def choose_date(
    session: Session, poll: Consultation, option: PollOption, version: int, now: datetime, *,
    confirms: bool, person_id: int | None = None,
) -> Event:  # fmt: skip
    """Move the event to a date of its poll, confirm it or leave it proposed, and release the other dates.

    Raises ConsultationOverError, InvalidConsultationError, and what changing the event raises.
    """
    event = _open_event(session, poll, now, RUNNING)
    if option.removed_at is not None or option.starts_at <= now:
        raise InvalidConsultationError([Problem("option", "in-the-past" if option.starts_at <= now else "unknown")])
    change_event(session, event, details_on(event, option), version, now, person_id=person_id)
    if confirms:
        take_step(session, event, CONFIRM, now, person_id=person_id)
    option.is_chosen = True
    poll.settled_at, poll.settled_by_id = now, person_id
    release_options(poll, now)
    note_beside(event, now)
    record_change(session, event, SETTLE, person_id, now)
    record_deed(session, person_id, SETTLE, "consultation", poll.id, now)
    session.flush()
    return event


def details_on(event: Event, option: PollOption) -> EventDetails:
    """Return the details of an event on a date of its poll: its agenda moves along, and the last day for answers."""
    details, by = details_of(event), option.starts_on - event.starts_on
    dates = {name: getattr(option, name) for name in WHEN_FIELDS}
    return replace(details, **dates, agenda=moved_by(details.agenda, by), answer_by=_answer_by(details.answer_by, by))


def _answer_by(day: date | None, by: timedelta) -> date | None:
    return day + by if day else None


def _open_event(session: Session, poll: Consultation, now: datetime, among: Sequence[str]) -> Event:
    event = locked(session, poll)
    found = outcome(poll, event, now)
    if poll.what != POLL or found not in among:
        raise ConsultationOverError(found)
    return event


def _written(poll: Consultation, wanted: Wanted, host: str, now: datetime) -> bool:
    """Write the dates that are wanted over those there are and return whether anything differed."""
    kept = {option.id: option for option in live_options(poll)}
    after = {key: dates for key, dates in wanted if key in kept}
    gone = [option for key, option in kept.items() if key not in after]
    moved = [(kept[key], dates) for key, dates in after.items() if dates_of(kept[key]) != dates]
    new = [new_option(dates, host, now) for key, dates in wanted if key not in kept]
    for option in gone:
        remove_option(option, now)
    for option, dates in moved:
        move_option(option, dates, now)
    poll.options.extend(new)
    return bool(gone or moved or new)


def _write_answer(option: PollOption, state_code: str, answer: str, now: datetime, person_id: int | None) -> None:
    given = next((known for known in option.answers if known.state_code == state_code), None)
    if given is None:
        given = PollAnswer(state_code=state_code)
        option.answers.append(given)
    given.answer, given.answered_at, given.answered_by_id = answer, now, person_id
