"""What delegations say in a no-objection procedure. Nothing of it is ever taken from mail."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.actions.modified import note_beside
from events_app.events.actions.writing import record_change
from events_app.planning.consultations.locking import locked
from events_app.planning.consultations.rules import AGREED, breaks, outcome, reaction_problems, takes_reaction
from events_app.planning.errors import ConsultationOverError, InvalidConsultationError
from events_app.planning.models import NO_OBJECTION, REACTIONS, Consultation, Reaction
from events_app.trail.actions import record_deed

BREAK = "break-procedure"


def react(
    session: Session, procedure: Consultation, state_code: str, what: str, text: str, now: datetime, *,
    offered: Collection[str] = REACTIONS, person_id: int | None = None,
) -> Reaction:  # fmt: skip
    """Record what a delegation says, of what is `offered` to it; the first objection in time breaks the procedure.

    One that comes at the minute of expiry or later is late and breaks nothing, and so is one that came in time and
    was overtaken on its way by the result. Raises InvalidConsultationError,
    ConsultationOverError.
    """
    problems = reaction_problems(what, text, offered)
    if problems:
        raise InvalidConsultationError(problems)
    event = locked(session, procedure)
    found = outcome(procedure, event, now)
    if procedure.what != NO_OBJECTION or not takes_reaction(found, what):
        raise ConsultationOverError(found)
    reaction = Reaction(
        state_code=state_code, what=what, text=text.strip(), at=now, by_id=person_id,
        is_late=found == AGREED or now >= procedure.expires_at, breaks=breaks(found, what),
    )  # fmt: skip
    procedure.reactions.append(reaction)
    if reaction.breaks:
        event.silence_ends_at = None
        note_beside(event, now)
        # The history is read by everybody who sees the event: who objected stands on the consultation's own page.
        record_change(session, event, BREAK, None, now)
    record_deed(session, person_id, what, "consultation", procedure.id, now)
    session.flush()
    return reaction
