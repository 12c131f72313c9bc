"""Forgetting who came: the answers of delegations stay, the names in them go."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from events_app.events.models import Answer, Event


def forget_names(session: Session, keep: timedelta, now: datetime) -> None:
    """Blank the names of participants of events that ended longer ago than `keep`."""
    over = select(Event.id).where(Event.ends_at < now - keep)
    named = (Answer.event_id.in_(over), (Answer.head != "") | (Answer.names != ""))
    session.execute(update(Answer).where(*named).values(head="", names=""))
