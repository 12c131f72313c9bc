"""People for every role, with addresses that lead nowhere."""

from datetime import datetime

from sqlalchemy.orm import Session

from events_app.partnership.rules import Partnership
from events_app.people.actions import add_person, appoint
from events_app.people.models import ADMINISTRATOR, CONTACT_POINT, DELEGATE, Person

PEOPLE = (
    ("Clara Winter", "secretary", "", ""),
    ("Aino Salo", "finland", "FI", CONTACT_POINT),
    ("Luca Bernasconi", "switzerland", "CH", CONTACT_POINT),
    ("Haruto Mori", "japan", "JP", CONTACT_POINT),
    ("Leila Haddad", "jordan", "JO", CONTACT_POINT),
    ("Yassine Amrani", "morocco", "MA", CONTACT_POINT),
    ("Ji-woo Han", "korea", "KR", CONTACT_POINT),
    ("Anan Suksai", "thailand", "TH", DELEGATE),
    ("Giulia Ferri", "italy", "IT", DELEGATE),
    ("Johanna Berg", "austria", "AT", ADMINISTRATOR),
)


def add_people(session: Session, facts: Partnership, now: datetime) -> list[Person]:
    """Add everybody; each reads in the zone of their State."""
    return [_added(session, facts, now, *row) for row in PEOPLE]


def _added(session: Session, facts: Partnership, now: datetime, name: str, box: str, state: str, role: str) -> Person:
    zone = facts.state(state).time_zone if state else "Europe/Vienna"
    email = f"{name.split()[0].lower()}@{box}.example"
    person = add_person(session, email, name, now, is_secretary=not state, time_zone=zone)
    if state:
        appoint(session, person, state, role, now)
    return person
