"""What an invitation tells its reader's calendar program: the event as the reader may see it now, or that it is off."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from events_app.events.models import Event, Invitation
from events_app.events.queries import answer_of
from events_app.events.rules.inviting import NEEDS_ACTION, PARTSTATS, is_called_off, sequence_for
from events_app.feeds.entries import entry_for
from events_app.feeds.pieces import zone_pieces
from events_app.ics.invitation import CANCEL, REQUEST, Parties, invitation_bytes
from events_app.letters.at_hand import reader_at_hand
from events_app.letters.office import Office
from events_app.mail.answer_address import answer_address
from events_app.mail.message import CalendarPart
from events_app.people.models import Person


def calendar_part(
    session: Session, event: Event, person: Person, invitation: Invitation, office: Office, now: datetime
) -> CalendarPart:
    """Return the REQUEST for an invited person, a CANCEL once the event is cancelled or the invitation withdrawn.

    Whether the person may see the event is for the caller to ask.
    """
    method = CANCEL if is_called_off(event, invitation) else REQUEST
    reader = reader_at_hand(session, person, now)
    entry = entry_for(event, person.language, office.settings.base_url, reader, now)
    entry = replace(entry, sequence=sequence_for(event, invitation))
    address = answer_address(office.settings.mail_from, office.settings.signing_key, invitation)
    parties = Parties(address, person.email, _partstat(session, invitation))
    return CalendarPart(method, invitation_bytes(entry, parties, method, zone_pieces([entry], now), now), address)


def _partstat(session: Session, invitation: Invitation) -> str:
    given = answer_of(session, invitation.event_id, invitation.state_code)
    return PARTSTATS[given.answer] if given else NEEDS_ACTION
