"""The desk's section on dates to look at again, and leaving one as it is."""

from dataclasses import dataclass

from events_app.events.models import Event
from events_app.extensions import db, transaction
from events_app.planning.actions.clashes import accept_date
from events_app.planning.queries.flags import DateFlag, dates_to_look_at
from events_app.rights.models import Action
from events_app.web.access import allowed, current_reader, now
from events_app.web.context import language
from events_app.web.fields import clean_line
from events_app.words.dates import day_text
from events_app.words.holidays import relation_text
from events_app.words.states import state_name
from events_app.words.titles import event_title

LONGEST_REASON = 500


@dataclass(frozen=True)
class FlagRow:
    """One date to look at again: the event, and what became certain; `key` is the name under which it is accepted."""

    event_id: int
    title: str
    day: str
    sentence: str
    key: str


def flags_of_reader() -> list[FlagRow]:
    """Return the dates to look at again of the events that the reader may edit."""
    found = dates_to_look_at(db.session(), current_reader().partnership, now())
    return [_row(flag) for flag in found if allowed(Action.EDIT, flag.event)]


def accept(event: Event, key: str, reason: str) -> bool:
    """Keep why an event stays where it is; False without a reason, or where nothing of that name is to be looked at."""
    why = clean_line(reason)[:LONGEST_REASON]
    flags = dates_to_look_at(db.session(), current_reader().partnership, now())
    if not why or not any(flag.event.id == event.id and flag.key == key for flag in flags):
        return False
    with transaction() as session:
        accept_date(session, event, key, why, now(), by_id=current_reader().person_id)
    return True


def _row(flag: DateFlag) -> FlagRow:
    holiday, tongue = flag.correction, language()
    state, day = state_name(holiday.state_code, tongue), day_text(holiday.day, tongue)
    return FlagRow(
        event_id=flag.event.id,
        title=event_title(flag.event, tongue),
        day=day_text(flag.event.starts_on, tongue),
        sentence=relation_text(flag.relation, holiday.name, state, day, tongue),
        key=flag.key,
    )
