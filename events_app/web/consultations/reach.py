"""Which consultation an address means, and what this reader may do in it."""

from flask import abort

from events_app.events.models import Event
from events_app.extensions import db
from events_app.planning.consultations.queries import consultation_by_id, latest_consultations
from events_app.planning.consultations.rules import is_running, outcome
from events_app.planning.models import Consultation
from events_app.rights.consulting import codes_asked, codes_to_answer_for, reactions_offered
from events_app.rights.models import Action
from events_app.web.access import allowed, current_reader, now, refuse, settings


def consultation_or_404(consultation_id: int, what: str = "") -> Consultation:
    """Return a consultation that this reader may see, of a sort if one is given."""
    found = consultation_by_id(db.session(), consultation_id) if 0 < consultation_id < 2**31 else None
    if found is None or (what and found.what != what):
        abort(404)
    if not allowed(Action.SEE_CONSULTATIONS, found.event):
        refuse(404, Action.SEE_CONSULTATIONS, found.event)
    return found


def organised_or_403(consultation_id: int, what: str = "") -> Consultation:
    """Return a consultation that this reader organises; others who may see it get 403."""
    found = consultation_or_404(consultation_id, what)
    if not allowed(Action.CONSULT, found.event):
        refuse(403, Action.CONSULT, found.event)
    return found


def outcome_now(consultation: Consultation) -> str:
    """Return what has become of a consultation at the instant of this request."""
    return outcome(consultation, consultation.event, now())


def visible_consultations() -> list[Consultation]:
    """Return the consultations that this reader may see, the latest first."""
    return [one for one in latest_consultations(db.session()) if allowed(Action.SEE_CONSULTATIONS, one.event)]


def running_consultations() -> list[Consultation]:
    """Return those that are running, the one that ends first on top."""
    running = [one for one in visible_consultations() if is_running(one, one.event, now())]
    return sorted(running, key=lambda one: (one.expires_at, one.id))


def own_codes(event: Event) -> list[str]:
    """Return the delegations of this reader that are asked."""
    return codes_asked(current_reader(), event, now())


def answering_codes(event: Event) -> list[str]:
    """Return the delegations for which this reader answers a poll."""
    return codes_to_answer_for(current_reader(), event, now())


def offered_to(code: str, event: Event) -> tuple[str, ...]:
    """Return what this reader may say for a delegation in a procedure."""
    return reactions_offered(current_reader(), code, event, settings().may_object, now())
