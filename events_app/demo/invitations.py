"""Invitations to a meeting that comes, and the answers of some delegations: others have not answered yet."""

from datetime import timedelta

from events_app.demo.programme import Scene
from events_app.events.actions.attendance import answer_invitation
from events_app.events.actions.inviting import invite
from events_app.events.models import ATTENDS, CONFIRMED, DECLINES, Event
from events_app.events.queries import events
from events_app.events.rules.attendance import AnswerDetails
from events_app.people.models import Person
from events_app.rights.inviting import guests_of

AHEAD = timedelta(days=20)
ANSWERS = (
    ("Aino Salo", "FI", AnswerDetails(ATTENDS, "Aino Salo", 1, "Eero Lahti")),
    ("Johanna Berg", "AT", AnswerDetails(ATTENDS, "Johanna Berg")),
    ("Luca Bernasconi", "CH", AnswerDetails(DECLINES)),
)


def add_invitations(scene: Scene, people: list[Person]) -> None:
    """Let the secretary, the first of the people, invite to the next meeting that is some weeks ahead."""
    session, now, meeting = scene.session, scene.now, _meeting_ahead(scene)
    guests = [(person, found.state_code) for found in guests_of(session, meeting, now) for person in found.people]
    invite(session, meeting, guests, now, people[0].id)
    known = {person.name: person.id for person in people}
    for name, code, details in ANSWERS:
        answer_invitation(session, meeting, code, details, now, known[name])


def _meeting_ahead(scene: Scene) -> Event:
    meetings = events().where(Event.kind_key == "contact-group-meeting", Event.status == CONFIRMED)
    ahead = meetings.where(Event.starts_at > scene.now + AHEAD).order_by(Event.starts_at).limit(1)
    return scene.session.scalars(ahead).one()
