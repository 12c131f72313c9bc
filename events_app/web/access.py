"""Who may enter which page: refused unless a decorator says so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn, TypeVar, cast

from flask import Flask, Response, abort, current_app, g, request
from sqlalchemy.orm import Session

from events_app.config import Settings
from events_app.events.actions.silence import store_silence
from events_app.events.models import Event
from events_app.events.queries import event_by_id
from events_app.events.silence import read_as_of
from events_app.extensions import begin_writing, db
from events_app.people.actions import note_presence
from events_app.people.models import Person
from events_app.people.queries import live_session, person_of_session
from events_app.people.rules import is_drowsy
from events_app.rights.models import Action, Reader
from events_app.rights.queries import reader_of
from events_app.rights.rules import may
from events_app.shared.clock import Clock
from events_app.trail.actions import record_deed

View = TypeVar("View", bound=Callable[..., object])

SESSION_COOKIE = "signed_in"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
MOST_FIELDS = 1_000
PUBLIC, SIGNED_IN, CONTACT_POINT, SECRETARY = "public", "signed-in", "contact-point", "secretary"


def open_to(entrance: str) -> Callable[[View], View]:
    """Mark a view as open to `public`, `signed-in`, `contact-point` (or secretary) or `secretary`."""

    def mark(view: View) -> View:
        view.entrance = entrance  # type: ignore[attr-defined]
        return view

    return mark


def settings_of(app: Flask) -> Settings:
    """Return an application's settings."""
    return cast(Settings, app.extensions["settings"])


def clock_of(app: Flask) -> Clock:
    """Return an application's clock."""
    return cast(Clock, app.extensions["clock"])


def settings() -> Settings:
    """Return the installation's settings."""
    return settings_of(current_app)


def now() -> datetime:
    """Return the instant of this request; it stands still while the request is answered."""
    if "now" not in g:
        g.now = clock_of(current_app).now()
    return cast(datetime, g.now)


def current_person() -> Person | None:
    """Return who is signed in."""
    if "person" not in g:
        secret = request.cookies.get(SESSION_COOKIE, "")
        g.signed_in = live_session(db.session(), secret, now()) if secret else None
        g.person = person_of_session(db.session(), g.signed_in, now()) if g.signed_in else None
    return cast(Person | None, g.person)


def current_reader() -> Reader:
    """Return who asks and what they hold today."""
    if "reader" not in g:
        g.reader = reader_of(db.session(), current_person(), now())
    return cast(Reader, g.reader)


def allowed(action: Action, event: Event | None = None) -> bool:
    """Return whether the one who asks may do something."""
    return may(current_reader(), action, event, now())


def require(action: Action, event: Event | None = None) -> None:
    """Answer 403 to a reader who may see the thing but not do this to it, 404 to one who may not see it."""
    if event is not None and not allowed(Action.SEE, event):
        refuse(404, action, event)
    if not allowed(action, event):
        refuse(404 if current_reader().is_public else 403, action, event)


def refuse(status: int, action: str, event: Event | None = None) -> NoReturn:
    """Answer with a status; that somebody signed in was refused something stands in the trail."""
    reader, thing_id = current_reader(), event.id if event else ""
    if not reader.is_public:
        db.session.rollback()
        with observing() as session:
            record_deed(session, reader.person_id, f"refused-{action}"[:40], "event", thing_id, now())
    abort(status)


@contextmanager
def observing(*, waits: bool = True) -> Iterator[Session]:
    """Open a transaction of its own for what is observed while a request is answered or refused.

    Without waiting it fails where another one writes (SQLite).
    """
    with Session(db.engine.execution_options(writes=True, waits=waits)) as session, session.begin():
        yield session


def event_numbered(event_id: int) -> Event | None:
    """Return an event by a number out of an address, which may be one that no database can hold."""
    return event_by_id(db.session(), event_id) if 0 < event_id < 2**31 else None


def event_or_404(event_id: int, action: Action = Action.SEE) -> Event:
    """Return an event for which the one who asks has a right; others get 404 or 403."""
    event = event_numbered(event_id)
    if event is None:
        abort(404)
    require(action, event)
    return event


def init_app(app: Flask) -> None:
    """Check every request at the door."""
    app.before_request(_enter)
    app.after_request(_note_presence)


def _enter() -> None:
    if request.endpoint == "static":
        return
    if request.method not in SAFE_METHODS:
        if sum(map(len, request.form.listvalues())) > MOST_FIELDS:
            abort(413)
        _store_silence()
        begin_writing()
    else:
        read_as_of(db.session(), now())
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not _may_enter(getattr(view, "entrance", None)):
        refuse(404 if current_reader().is_public else 403, request.endpoint or "")


def _store_silence() -> None:
    """Store first what reads as confirmed by silence: who writes must find it as everybody reads it."""
    with observing() as session:
        store_silence(session, now())


def _may_enter(entrance: str | None) -> bool:
    if entrance == PUBLIC:
        return True
    reader = current_reader()
    if entrance == SIGNED_IN:
        return not reader.is_public
    if entrance == CONTACT_POINT:
        return reader.is_secretary or bool(reader.contact_codes)
    return entrance == SECRETARY and reader.is_secretary


def _note_presence(response: Response) -> Response:
    """Note that a session is in use: an observation, at most hourly, in a transaction of its own."""
    found = g.get("signed_in")
    if request.method in SAFE_METHODS and found is not None and is_drowsy(found, now()):
        with observing() as session:
            note_presence(session, found.id, now())
    return response
