"""Reading the partnership."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from events_app.partnership.known import KnownChairmanship, KnownGroup, KnownMembership, KnownState
from events_app.partnership.models import Chairmanship, ContactGroup, Membership, State
from events_app.partnership.rules import Partnership
from events_app.shared.database import Base


def partnership(session: Session) -> Partnership:
    """Return all facts about States, groups and the roster, in four queries.

    Every request asks for them, so they are read as plain rows: objects that can be changed take four times as long.
    """
    if session.autoflush:
        session.flush()
    ask = session.connection().execute
    return Partnership(
        states={state.code: state for state in map(KnownState._make, ask(STATES).all())},
        memberships=tuple(map(KnownMembership._make, ask(MEMBERSHIPS).all())),
        groups={group.key: group for group in map(KnownGroup._make, ask(GROUPS).all())},
        roster={entry.year: entry for entry in map(KnownChairmanship._make, ask(ROSTER).all())},
    )


def _rows(model: type[Base], names: tuple[str, ...], order: InstrumentedAttribute[Any]) -> Select[Any]:
    return select(*(model.__table__.c[name] for name in names)).order_by(model.__table__.c[order.key])


STATES = _rows(State, KnownState._fields, State.sort_name)
MEMBERSHIPS = _rows(Membership, KnownMembership._fields, Membership.id)
GROUPS = _rows(ContactGroup, KnownGroup._fields, ContactGroup.position)
ROSTER = _rows(Chairmanship, KnownChairmanship._fields, Chairmanship.year)
