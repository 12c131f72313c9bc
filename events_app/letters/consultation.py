"""The letters of a date consultation: what is asked until when, what was said against it, what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from events_app.events.models import Event
from events_app.events.rules.table import chair_line
from events_app.feeds.entries import event_place
from events_app.letters.about_event import event_and_reader
from events_app.letters.consultation_words import LEADS, headline
from events_app.letters.office import Office, letter_to
from events_app.letters.times import on_both_clocks
from events_app.mail.kinds import (
    CONSULTATION_AGREED,
    CONSULTATION_CLOSING,
    CONSULTATION_ENDED,
    CONSULTATION_OBJECTED,
    CONSULTATION_OPENED,
    CONSULTATION_SETTLED,
)
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.planning.consultations.polls import dates_of, live_options
from events_app.planning.consultations.queries import consultation_by_id
from events_app.planning.consultations.rules import AGREED, BROKEN, OPEN, OVERTAKEN, SETTLED, WITHDRAWN, outcome
from events_app.planning.models import POLL, Consultation, Reaction
from events_app.reminders.missing import missing_codes
from events_app.rights.models import Action, Reader
from events_app.rights.rules import may
from events_app.words.chairs import chairs_text
from events_app.words.changes import Agreed, when_of

OUTCOMES = {
    CONSULTATION_OPENED: (OPEN,),
    CONSULTATION_CLOSING: (OPEN,),
    CONSULTATION_AGREED: (AGREED,),
    CONSULTATION_SETTLED: (SETTLED,),
    CONSULTATION_ENDED: (BROKEN, WITHDRAWN, OVERTAKEN),
}


@dataclass(frozen=True)
class Told:
    """A consultation as it stands, what a letter says of it, and to whom."""

    consultation: Consultation
    event: Event
    person: Person
    reader: Reader
    outcome: str
    missing: list[str]
    reaction: Reaction | None
    now: datetime


def write(session: Session, message: OutboxMessage, office: Office, now: datetime) -> bytes | None:
    """Return the letter's bytes; None if things stand otherwise by now, or its reader may no longer know."""
    told = _told(session, message, now)
    if told is None:
        return None
    event, person = told.event, told.person
    return letter_to(person, message, _facts(told, message.letter, office), office, now, thread=f"<{event.uid}>")


def may_go(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Return whether what the letter says is still so, and its reader may know."""
    return _told(session, message, now) is not None


def _told(session: Session, message: OutboxMessage, now: datetime) -> Told | None:
    found = event_and_reader(session, message, now)
    consultation = consultation_by_id(session, message.facts["consultation"])
    if found is None or consultation is None:
        return None
    event, person, reader = found
    reaction = next((r for r in consultation.reactions if r.id == message.facts.get("reaction")), None)
    missing = missing_codes(consultation, reader, now)
    told = Told(
        consultation, event, person, reader, outcome(consultation, event, now), missing, reaction, now
    )  # fmt: skip
    return told if may(reader, Action.SEE_CONSULTATIONS, event, now) and _is_so(told, message.letter) else None


def _is_so(told: Told, letter: str) -> bool:
    """Return whether a letter still fits: of a result only as long as the event stands where it was agreed."""
    if letter == CONSULTATION_OBJECTED:
        return told.reaction is not None and may(told.reader, Action.CONSULT, told.event, told.now)
    if told.outcome not in OUTCOMES[letter]:
        return False
    if letter == CONSULTATION_CLOSING:
        return bool(told.missing)
    ended_at = {CONSULTATION_AGREED: told.consultation.expires_at, CONSULTATION_SETTLED: told.consultation.settled_at}
    at = ended_at.get(letter)
    return at is None or told.event.scheduled_at <= at


def _facts(told: Told, letter: str, office: Office) -> dict[str, Any]:
    event, consultation, language = told.event, told.consultation, told.person.language
    is_asking = letter in (CONSULTATION_OPENED, CONSULTATION_CLOSING)
    asks_for_dates = consultation.what == POLL and is_asking
    return {
        "headline": headline(told, letter),
        "lead": LEADS[letter](told),
        "dates": _option_lines(told) if asks_for_dates else [on_both_clocks(when_of(event), told.person)],
        "place": event_place(event),
        "chairs": chairs_text(chair_line(event, told.reader.partnership), language),
        "text": consultation.text if is_asking else "",
        "quote": _quote(told),
        "address": office.address(f"/consultations/{consultation.id}"),
    }


def _quote(told: Told) -> str:
    if told.reaction is not None:
        return told.reaction.text
    return told.consultation.withdrawn_because if told.outcome == WITHDRAWN else ""


def _option_lines(told: Told) -> list[tuple[str, str]]:
    return [on_both_clocks(Agreed(**vars(dates_of(option))), told.person) for option in live_options(told.consultation)]
