"""One consultation as one line: in the list, on an event's page, on the desk."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from events_app.dates.wall_time import local_of
from events_app.dates.zones import HOME_ZONE
from events_app.events.models import Event
from events_app.extensions import db
from events_app.planning.consultations.queries import consultations_of
from events_app.planning.consultations.rules import RUNNING, working_days_left
from events_app.planning.models import Consultation
from events_app.rights.models import Action
from events_app.web.access import allowed, now
from events_app.web.consultations.reach import outcome_now, running_consultations
from events_app.web.context import language, reader_zone
from events_app.words.consultations import consultation_name, outcome_name
from events_app.words.dates import instant_text


@dataclass(frozen=True)
class ConsultationLine:
    """A consultation in a list; `reader_expiry` is empty where the reader's clocks show Vienna's time."""

    href: str
    name: str
    event: Event
    outcome: str
    outcome_word: str
    expiry: str
    reader_expiry: str
    days_left: int

    @property
    def is_running(self) -> bool:
        """Whether it has not come to an end."""
        return self.outcome in RUNNING


def line_of(consultation: Consultation) -> ConsultationLine:
    """Return a consultation as a line."""
    found, expiry = outcome_now(consultation), vienna_text(consultation.expires_at)
    return ConsultationLine(
        href=url_for("consultations.page", consultation_id=consultation.id),
        name=consultation_name(consultation.what, language()),
        event=consultation.event,
        outcome=found,
        outcome_word=outcome_name(found, language()),
        expiry=expiry,
        reader_expiry=reader_text(consultation.expires_at),
        days_left=working_days_left(now(), consultation.expires_at),
    )


def event_consultations(event: Event) -> list[ConsultationLine]:
    """Return the consultations on an event that this reader may see, the latest first."""
    if not allowed(Action.SEE_CONSULTATIONS, event):
        return []
    return [line_of(one) for one in consultations_of(db.session(), event.id)]


def desk_consultations() -> list[ConsultationLine]:
    """Return the consultations that are running, the one that ends first on top."""
    return [line_of(one) for one in running_consultations()]


def vienna_text(at: datetime) -> str:
    """Return an instant on Vienna's clocks."""
    return instant_text(at, HOME_ZONE, language())


def reader_text(at: datetime) -> str:
    """Return an instant on the reader's clocks; empty where they show Vienna's time."""
    clocks = [local_of(at, name).replace(tzinfo=None) for name in (HOME_ZONE, reader_zone())]
    return "" if clocks[0] == clocks[1] else instant_text(at, reader_zone(), language())
