"""Opening a consultation on an event, and taking it back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.modified import note_beside
from events_app.events.actions.writing import record_change
from events_app.events.errors import Problem
from events_app.events.models import DRAFT, SECRETARIAT, Event
from events_app.events.rules.life import PROPOSE
from events_app.planning.consultations.locking import locked
from events_app.planning.consultations.options import new_option, release_options
from events_app.planning.consultations.polls import OptionDates, option_problems
from events_app.planning.consultations.queries import consultations_of
from events_app.planning.consultations.rules import (
    CONSULTED_STATUSES,
    LONGEST_REASON,
    LONGEST_TEXT,
    OVERTAKEN,
    RUNNING,
    expiry_problems,
    is_running,
    outcome,
)
from events_app.planning.errors import ConsultationOverError, ConsultationRefusedError, InvalidConsultationError
from events_app.planning.models import NO_OBJECTION, POLL, Consultation
from events_app.trail.actions import record_deed

OPENED = {POLL: "open-poll", NO_OBJECTION: "open-procedure"}
WITHDRAWN = {POLL: "withdraw-poll", NO_OBJECTION: "withdraw-procedure"}


def refusal(event: Event, former: Sequence[Consultation], invited: Collection[str], now: datetime) -> str:
    """Return why no consultation can be opened on an event; empty if one can."""
    if event.status not in CONSULTED_STATUSES:
        return "status"
    if event.starts_at <= now:
        return "begun"
    if any(is_running(consultation, event, now) for consultation in former):
        return "running"
    return "nobody" if not invited or event.visibility == SECRETARIAT else ""


def open_procedure(
    session: Session, event: Event, text: str, expires_at: datetime, now: datetime, *,
    least_days: int, invited: Collection[str], shows: bool = True, person_id: int | None = None,
) -> Consultation:  # fmt: skip
    """Put an event under a no-objection procedure; a draft is proposed by it.

    Raises ConsultationRefusedError, InvalidConsultationError.
    """
    _check_event(session, event, invited, now)
    _check(_text_problems(text), expiry_problems(NO_OBJECTION, expires_at, event, now, least_days))
    _propose(session, event, now, person_id)
    event.silence_ends_at = expires_at
    return _opened(session, Consultation(what=NO_OBJECTION), event, text, expires_at, shows, now, person_id)


def open_poll(
    session: Session, event: Event, text: str, expires_at: datetime, dates: Sequence[OptionDates], host: str,
    now: datetime, *, invited: Collection[str], shows: bool = True, person_id: int | None = None,
) -> Consultation:  # fmt: skip
    """Ask delegations which of several dates suit them; a draft is proposed by it.

    The UIDs of the dates are made once, under the site's `host`. Raises ConsultationRefusedError,
    InvalidConsultationError.
    """
    _check_event(session, event, invited, now)
    _check(_text_problems(text), expiry_problems(POLL, expires_at, event, now, 0), option_problems(dates, expires_at))
    _propose(session, event, now, person_id)
    poll = Consultation(what=POLL, options=[new_option(one, host, now) for one in dates])
    return _opened(session, poll, event, text, expires_at, shows, now, person_id)


def withdraw(
    session: Session, consultation: Consultation, reason: str, now: datetime, *, person_id: int | None = None
) -> None:
    """Take a running consultation back, with a reason; the dates of a poll are released.

    Raises ConsultationOverError, InvalidConsultationError.
    """
    event = locked(session, consultation)
    found = outcome(consultation, event, now)
    if found not in RUNNING:
        raise ConsultationOverError(found)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        why = "too-long" if reason.strip() else "needed"
        raise InvalidConsultationError([Problem("reason", why, {"most": LONGEST_REASON})])
    consultation.withdrawn_at, consultation.withdrawn_by_id = now, person_id
    consultation.withdrawn_because = reason.strip()
    if consultation.what == NO_OBJECTION:
        event.silence_ends_at = None
    release_options(consultation, now)
    _record(session, consultation, event, WITHDRAWN[consultation.what], now, person_id, reason.strip())


def _opened(
    session: Session, consultation: Consultation, event: Event, text: str, expires_at: datetime, shows: bool,
    now: datetime, person_id: int | None,
) -> Consultation:  # fmt: skip
    consultation.event_id, consultation.text, consultation.expires_at = event.id, text.strip(), expires_at
    consultation.opened_at, consultation.opened_by_id, consultation.sequence = now, person_id, event.sequence
    consultation.are_answers_shown = shows
    session.add(consultation)
    session.flush()
    _record(session, consultation, event, OPENED[consultation.what], now, person_id)
    return consultation


def _record(
    session: Session, consultation: Consultation, event: Event, verb: str, now: datetime, person_id: int | None,
    reason: str = "",
) -> None:  # fmt: skip
    note_beside(event, now)
    record_change(session, event, verb, person_id, now, reason=reason)
    record_deed(session, person_id, verb, "consultation", consultation.id, now)
    session.flush()


def _check_event(session: Session, event: Event, invited: Collection[str], now: datetime) -> None:
    former = consultations_of(session, event.id)
    reason = refusal(event, former, invited, now)
    if reason:
        raise ConsultationRefusedError(reason)
    for consultation in former:
        # Said for good, so that it cannot be mistaken for one that expires at the same minute.
        if outcome(consultation, event, now) == OVERTAKEN:
            consultation.settled_at = consultation.settled_at or now


def _check(*problems: Sequence[Problem]) -> None:
    found = [problem for some in problems for problem in some]
    if found:
        raise InvalidConsultationError(found)


def _text_problems(text: str) -> list[Problem]:
    return [Problem("text", "too-long", {"most": LONGEST_TEXT})] if len(text) > LONGEST_TEXT else []


def _propose(session: Session, event: Event, now: datetime, person_id: int | None) -> None:
    if event.status == DRAFT:
        take_step(session, event, PROPOSE, now, person_id=person_id)
