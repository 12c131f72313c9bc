"""Getting an installation ready: tables as the code wants them, and the facts of the data files."""

import flask_migrate

from events_app.events.facts import load_event_facts, read_event_facts
from events_app.extensions import begin_writing, transaction
from events_app.partnership.facts import load_partnership_facts, read_partnership_facts


def initialise() -> None:
    """Upgrade the tables and load the facts; safe to repeat. A broken data file stops it before anything is written.

    Raises DataFileError with file, line and reason. Needs the application's context.
    """
    partnership_facts, event_facts = read_partnership_facts(), read_event_facts()
    flask_migrate.upgrade()
    begin_writing()
    with transaction() as session:
        load_partnership_facts(session, partnership_facts)
        load_event_facts(session, event_facts)
