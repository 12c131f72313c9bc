"""What an invitation by mail says of its event, and to whom it is still open."""

from datetime import date

from events_app.events.models import ATTENDS, ATTENDS_ONLINE, CANCELLED, DECLINES, Event, Invitation
from events_app.people.models import CONTACT_POINT, Person
from events_app.people.rules import is_held

PARTSTATS = {ATTENDS: "ACCEPTED", ATTENDS_ONLINE: "ACCEPTED", DECLINES: "DECLINED"}
NEEDS_ACTION = "NEEDS-ACTION"


def sequence_for(event: Event, invitation: Invitation) -> int:
    """Return the SEQUENCE under which one invited reader knows an event."""
    return event.sequence + invitation.withdrawals


def is_called_off(event: Event, invitation: Invitation) -> bool:
    """Return whether the reader's calendar is to drop the event: it is cancelled, or the invitation withdrawn."""
    return event.status == CANCELLED or invitation.withdrawn_at is not None


def schedules_for(person: Person, state_code: str, day: date) -> bool:
    """Return whether somebody is contact point of a delegation on a day."""
    held = (post for post in person.posts if post.state_code == state_code and is_held(post, day))
    return any(post.role == CONTACT_POINT for post in held)
