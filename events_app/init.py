"""Getting an installation ready: tables as the code wants them, and the facts of the data files."""

from datetime import datetime

from events_app.events.actions.roster import chairs_of, note_new_chairs
from events_app.events.actions.silence import store_silence
from events_app.events.actions.upgrading import derive_all_instants, note_new_words, words_of_facts
from events_app.events.facts import load_event_facts, read_event_facts
from events_app.events.queries import events
from events_app.extensions import begin_writing, transaction
from events_app.partnership.facts import load_partnership_facts, read_partnership_facts
from events_app.planning.actions.holidays import freeze_holidays
from events_app.schema import upgrade_tables


def initialise(now: datetime) -> None:
    """Upgrade the tables, load the facts and let events follow them; safe to repeat.

    A broken data file stops it before anything is written. Raises DataFileError with file, line and reason. Needs the
    application's context.
    """
    partnership_facts, event_facts = read_partnership_facts(), read_event_facts()
    upgrade_tables()
    begin_writing()
    with transaction() as session:
        store_silence(session, now)
        before, chairs = words_of_facts(session), chairs_of(session, session.scalars(events()))
        session.expunge_all()
        load_partnership_facts(session, partnership_facts)
        load_event_facts(session, event_facts)
        session.expire_all()
        note_new_words(session, before, now)
        note_new_chairs(session, session.scalars(events()), chairs, now)
        derive_all_instants(session, now)
        freeze_holidays(session, now)
