"""The demonstration's doors: sign in as somebody of every role, on loopback only."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from events_app.extensions import db
from events_app.people.models import Person
from events_app.people.rules import may_sign_in
from events_app.web.access import now, settings
from events_app.web.context import language, say
from events_app.words.labels import role_name
from events_app.words.states import state_name

OWN_NAMES = ("localhost", "127.0.0.1", "::1")
MARKS_OF_PROXIES = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded")


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as: the person, and what they are in words."""

    id: int
    name: str
    role: str


def is_demo_request() -> bool:
    """Return whether this is the demo, asked from this machine under its own name, without a proxy in between."""
    is_forwarded = any(name in request.headers for name in MARKS_OF_PROXIES)
    return settings().demo and not is_forwarded and _is_own_name() and _is_own_address()


def demo_people() -> list[DemoPerson]:
    """Return everybody who may sign in today, secretaries first."""
    rows = select(Person).options(selectinload(Person.posts)).order_by(Person.is_secretary.desc(), Person.id)
    today = now().date()
    return [DemoPerson(p.id, p.name, _role(p)) for p in db.session().scalars(rows) if may_sign_in(p, today)]


def _is_own_name() -> bool:
    # Another site's name that was made to lead to this machine does not count (DNS rebinding).
    return urlsplit(request.host_url).hostname in OWN_NAMES


def _is_own_address() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _role(person: Person) -> str:
    if person.is_secretary:
        return say("secretary, Section for External Co-operation")
    posts = [f"{role_name(post.role, language())}, {state_name(post.state_code, language())}" for post in person.posts]
    return "; ".join(posts)
