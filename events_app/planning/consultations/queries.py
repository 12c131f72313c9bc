"""Reading consultations, always with a constant number of queries."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from events_app.events.models import Event, Kind
from events_app.planning.models import NO_OBJECTION, POLL, Consultation, PollOption, Reaction

MOST_LISTED = 200


def consultation_by_id(session: Session, consultation_id: int) -> Consultation | None:
    """Return one consultation with its event and everything that was said."""
    return session.scalar(_consultations().where(Consultation.id == consultation_id))


def consultations_of(session: Session, event_id: int) -> list[Consultation]:
    """Return the consultations on an event, the latest first."""
    return list(session.scalars(_consultations().where(Consultation.event_id == event_id)))


def latest_consultations(session: Session) -> list[Consultation]:
    """Return the consultations, the latest first, as many as a page holds."""
    return list(session.scalars(_consultations().limit(MOST_LISTED)))


def unfinished_consultations(session: Session, now: datetime) -> list[Consultation]:
    """Return the consultations that may still be running: neither withdrawn nor settled, nor a procedure expired."""
    is_unfinished = and_(
        Consultation.withdrawn_at.is_(None), Consultation.settled_at.is_(None),
        or_(Consultation.what == POLL, Consultation.expires_at > now),
    )  # fmt: skip
    return _list(session, is_unfinished)


def ended_consultations(session: Session, since: datetime) -> list[Consultation]:
    """Return the consultations that may have come to an end since an instant."""
    objected = select(Reaction.consultation_id).where(Reaction.at >= since)
    is_recent = or_(
        Consultation.withdrawn_at >= since, Consultation.settled_at >= since, Consultation.id.in_(objected),
        and_(Consultation.what == NO_OBJECTION, Consultation.expires_at >= since),
    )  # fmt: skip
    return _list(session, is_recent)


def polls_from(session: Session, first: date) -> list[Consultation]:
    """Return the polls with a date from a day on, with all their dates."""
    near = select(PollOption.consultation_id).where(PollOption.ends_on >= first)
    rows = select(Consultation).where(Consultation.id.in_(near)).options(selectinload(Consultation.options))
    return list(session.scalars(rows.order_by(Consultation.id)))


def _list(session: Session, condition: ColumnElement[bool]) -> list[Consultation]:
    return list(session.scalars(_consultations().where(condition)))


def _consultations() -> Select[Consultation]:
    event = contains_eager(Consultation.event)
    return (
        select(Consultation)
        .join(Consultation.event)
        .order_by(Consultation.id.desc())
        .options(
            event.joinedload(Event.kind).selectinload(Kind.names),
            event.joinedload(Event.venue),
            event.selectinload(Event.groups),
            event.selectinload(Event.hosts),
            event.options(joinedload(Event.parent).selectinload(Event.hosts)),
            selectinload(Consultation.options).selectinload(PollOption.answers),
            selectinload(Consultation.reactions),
        )
    )
