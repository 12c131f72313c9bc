"""Reading the partnership."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.partnership.models import Chairmanship, ContactGroup, Membership, State
from events_app.partnership.rules import Partnership


def partnership(session: Session) -> Partnership:
    """Return all facts about States, groups and the roster, in four queries."""
    return Partnership(
        states={state.code: state for state in session.scalars(select(State).order_by(State.sort_name))},
        memberships=tuple(session.scalars(select(Membership).order_by(Membership.id))),
        groups={group.key: group for group in session.scalars(select(ContactGroup).order_by(ContactGroup.position))},
        roster={entry.year: entry for entry in session.scalars(select(Chairmanship).order_by(Chairmanship.year))},
    )
