"""Whose word is missing in a date consultation."""

from datetime import datetime

from events_app.people.models import CONTACT_POINT
from events_app.planning.consultations.rules import OPEN, outcome, reacted_codes
from events_app.planning.models import Consultation
from events_app.rights.consulting import codes_asked
from events_app.rights.models import Reader


def missing_codes(consultation: Consultation, reader: Reader, now: datetime) -> list[str]:
    """Return the delegations, asked in an open consultation, for which a contact point has not said everything yet."""
    if outcome(consultation, consultation.event, now) != OPEN:
        return []
    own = {code for code, role in reader.posts if role == CONTACT_POINT} - reacted_codes(consultation)
    return [code for code in codes_asked(reader, consultation.event, now) if code in own]
