"""Who may read what is handed over to the Chairmanship of a year."""

from datetime import datetime

from events_app.rights.models import Reader


def may_see_handover(reader: Reader, year: int, now: datetime) -> bool:
    """Return whether a reader may see what the Chairmanship of a year takes over: once it is decided, to its last day.

    Secretaries, and contact points of that Chairmanship and of the one before it.
    """
    facts, today = reader.partnership, now.date()
    coming = facts.chairmanship(year, today)
    if not coming.is_decided or year < today.year:
        return False
    involved = {coming.state_code, facts.chairmanship(year - 1, today).state_code}
    return reader.is_secretary or bool(involved & reader.contact_codes)
