"""Every restricted thing carries a word of its own; everyone crawls the whole site and meets no word of others."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_app.app import create_worker
from events_app.config import Settings
from events_app.events.actions.attendance import answer_invitation, suggest
from events_app.events.actions.inviting import invite
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import Document, Event
from events_app.events.rules.attendance import AnswerDetails
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE, PROPOSE
from events_app.mail.postbox import PostBox
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock

DAY = date(2026, 12, 8)
LIMIT = 2_000
ENDLESS = ("//", "/static/", "/year/", "/month/", "/delegations/", "/chairmanships/")
# Nothing is in them, and they lead on and on: pages of the other years.
OTHER_YEARS = re.compile(r"/(?:plan|holidays|fair-hours|handover)/(?!2026|2027)\d+")

# Who exists: an Asian event of 2026 is chaired by Finland (outgoing); Japan is in the group, Jordan is not.
READERS = {
    "public": ("", ""),
    "delegate": ("IT", "delegate"),
    "other partner": ("JO", "contact-point"),
    "drafter": ("JP", "contact-point"),
    "colleague": ("JP", "delegate"),
    "chair": ("FI", "contact-point"),
    "secretary": ("", "secretary"),
}
EVERYBODY = frozenset(READERS)
SIGNED_IN = EVERYBODY - {"public"}
INVITED = SIGNED_IN - {"other partner"}
ORGANISERS = frozenset({"chair", "secretary"})
DRAFTING = ORGANISERS | {"drafter"}


@dataclass(frozen=True)
class Secret:
    """A marker word and who may meet it: written down here, not asked of the code under test."""

    word: str
    readers: frozenset[str]


VISIBLE = {"public": EVERYBODY, "partners": SIGNED_IN, "group": INVITED, "secretariat": frozenset({"secretary"})}


def event_secrets() -> Iterator[tuple[str, tuple[str, ...], Secret]]:
    """Yield (visibility, steps, secret) for every way in which an event can be hidden."""
    ways = {"confirmed": (CONFIRM,), "postponed": (CONFIRM, POSTPONE), "cancelled": (CONFIRM, CANCEL),
            "proposed": (PROPOSE,), "draft": ()}  # fmt: skip
    for visibility, readers in VISIBLE.items():
        for status, steps in ways.items():
            seen_by = readers - {"public"} if status == "proposed" else readers
            if status == "draft" and visibility != "secretariat":
                seen_by = DRAFTING
            yield visibility, steps, Secret(f"zq{visibility}{status}", frozenset(seen_by))


@pytest.fixture
def scene(session: Session, clock: StoppedClock, make_person: Callable[..., Person]) -> list[Secret]:
    """Fill the calendar with things that say who may see them."""
    for name, (state, role) in READERS.items():
        if name != "public":
            make_person(f"reader-{name.replace(' ', '-')}", state, role or "delegate", secretary=role == "secretary")
    secrets = [_add(session, clock, *way) for way in event_secrets()]
    secrets += _add_details(session, clock)
    session.commit()
    return secrets


def _details(visibility: str, word: str, day: date) -> EventDetails:
    return EventDetails(
        kind_key="contact-group-meeting", group_keys=("asian",), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(12), visibility=visibility, theme=f"Theme {word}", place=f"Room {word}",
        description=f"About {word}", rests_on=f"Decision {word}", guests=(f"Guest {word}",),
    )  # fmt: skip


def _add(session: Session, clock: StoppedClock, visibility: str, steps: tuple[str, ...], secret: Secret) -> Secret:
    details = _details(visibility, secret.word, DAY)
    event = create_event(session, details, "localhost", clock.now(), for_code="JP")
    for step in steps:
        take_step(session, event, step, clock.now(), reason=f"Because of {secret.word}")
    return secret


def _add_details(session: Session, clock: StoppedClock) -> list[Secret]:
    """Add one public meeting whose joining link, documents, answers and suggestions are not for everyone."""
    now, day = clock.now(), DAY + timedelta(days=1)
    details = _details("public", "zqopen", day)
    link = "https://meet.example/zqjoining"
    event = create_event(session, EventDetails(**{**vars(details), "joining_link": link}), "localhost", now)
    take_step(session, event, CONFIRM, now)
    for visibility in ("partners", "group", "secretariat"):
        event.documents.append(_document(visibility, now))
    answer_invitation(session, event, "JP", AnswerDetails("attends", "zqhead", 1, "zqnames"), now)
    suggest(session, event, "JP", "agenda-point", "zqsuggestion", None, now)
    return [
        Secret("zqopen", EVERYBODY),
        Secret("zqjoining", INVITED),
        *(Secret(f"zqfile{visibility}", VISIBLE[visibility]) for visibility in ("partners", "group", "secretariat")),
        *(Secret(word, ORGANISERS | {"drafter", "colleague"}) for word in ("zqhead", "zqnames", "zqsuggestion")),
    ]


def _document(visibility: str, now: object) -> Document:
    word = f"zqfile{visibility}"
    return Document(
        type="summary", title=f"Title {word}", file_name=f"{word}.pdf", stored_as=f"{visibility:0<32}",
        content_type="application/pdf", size=10, visibility=visibility, added_at=now,
    )  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_everyone_meets_exactly_the_words_that_are_for_them_on_pages_and_in_feeds_files_and_headers(
    app: Flask, session: Session, scene: list[Secret], sign_in: Callable[[FlaskClient, Person], FlaskClient], name: str
) -> None:
    client = app.test_client()
    if name != "public":
        sign_in(client, _person(session, name))
    met, pages = _crawl(client, _addresses(session))
    assert pages > 30
    assert met == {secret.word for secret in scene if name in secret.readers}


def test_what_a_contact_point_enters_through_the_forms_is_met_by_nobody_else(
    app: Flask, session: Session, scene: list[Secret], sign_in: Callable[[FlaskClient, Person], FlaskClient]
) -> None:
    entered = {
        "group_keys": "asian", "theme": "zqentered", "theme_language": "en", "starts_on": "2026-12-15",
        "start_time": "10:00", "end_time": "12:00", "time_zone": "Europe/Vienna", "format": "in-person",
        "place": "zqentered", "visibility": "group", "parent_id": "0", "host_code": "", "venue_key": "",
    }  # fmt: skip
    drafter = sign_in(app.test_client(), _person(session, "drafter"))
    drafted = drafter.post("/events/new/workshop", data=entered)
    assert drafted.status_code == 302
    met = {name: _meets(app, session, sign_in, name, drafted.location) for name in READERS}
    assert {name for name in READERS if met[name]} == DRAFTING - {"chair"}
    assert drafter.post(f"{drafted.location}/propose", data={"version": "1"}).status_code == 302
    met = {name: _meets(app, session, sign_in, name, drafted.location) for name in READERS}
    assert {name for name in READERS if met[name]} == INVITED


def _meets(app: Flask, session: Session, sign_in: Callable[..., FlaskClient], name: str, address: str) -> bool:
    """Return whether a reader meets the word that was entered: at its address, in lists, searches and feeds."""
    client = app.test_client()
    if name != "public":
        sign_in(client, _person(session, name))
    places = (address, f"{address}.ics", "/", "/events/?q=zqent", "/month/2026-12", "/desk", "/feeds/all.ics")
    return any("zqentered" in client.get(place).text for place in places)


def test_no_letter_tells_its_reader_a_word_that_is_not_for_them(
    settings: Settings, session: Session, scene: list[Secret], clock: StoppedClock
) -> None:
    clock.advance(timedelta(days=14))
    post = PostBox()
    with create_worker(settings, clock, post) as worker:
        assert worker.run_pass().sent > 3
        worker.engine.dispose()
    readers = {_person(session, name).email: name for name in READERS if name != "public"}
    for letter in post.letters:
        words = _words(_letter_text(letter.rendered))
        assert words - {secret.word for secret in scene if readers[letter.address] in secret.readers} == set()


def test_no_invitation_tells_its_reader_a_word_that_is_not_for_them(
    settings: Settings, session: Session, scene: list[Secret], clock: StoppedClock
) -> None:
    allowed = {secret.word: secret.readers for secret in scene}
    # Invited by hand, right or not: the letters ask for themselves who may know.
    people = [(_person(session, name), READERS[name][0] or "AT") for name in READERS if name != "public"]
    for event in session.query(Event).filter(Event.status.in_(("proposed", "confirmed"))):
        invite(session, event, people, clock.now())
    session.commit()
    post = PostBox()
    with create_worker(settings, clock, post) as worker:
        assert worker.run_pass().sent > 3
        worker.engine.dispose()
    readers = {_person(session, name).email: name for name in READERS if name != "public"}
    assert {readers[letter.address] for letter in post.letters} == {"chair", "drafter"}
    for letter in post.letters:
        words = _words(_letter_text(letter.rendered))
        assert words and {word for word in words if readers[letter.address] not in allowed[word]} == set()


def _person(session: Session, name: str) -> Person:
    address = f"reader-{name.replace(' ', '-')}@delegations.example"
    return session.query(Person).filter_by(email=address).one()


def _addresses(session: Session) -> list[str]:
    """Return where a crawl begins: the front pages, and every address that somebody might guess."""
    events = [event_id for (event_id,) in session.query(Event.id)]
    documents = [document_id for (document_id,) in session.query(Document.id)]
    session.rollback()
    ends = ("", ".ics", "/history")
    feeds = ("all", "mediterranean", "asian", "joint", "conferences", "council")
    return [
        "/", "/events/", "/events/?q=zq", "/year/2026", "/month/2026-12", "/groups/asian", "/feeds/", "/desk", "/me",
        "/delegations/", "/delegations/JP", "/me/data", "/trail", "/outbox", "/people/",
        *(f"/feeds/{name}.ics" for name in feeds),
        *(f"/events/{event_id}{end}" for event_id in events for end in ends),
        *(f"/documents/{document_id}" for document_id in documents),
        *(f"/events/{events[0]}{end}" for end in ("/edit", "/edit-hosted", "/cancel")),
        *(f"/events/{events[-1]}{end}" for end in ("/answer", "/participants", "/suggest")),
        f"/events/new/side-event?parent={events[-1]}",
    ]  # fmt: skip


def _crawl(client: FlaskClient, start: list[str]) -> tuple[set[str], int]:
    """Follow every link of our own from `start`; return the marker words met and how many pages were read."""
    waiting, known = deque(start), set(start)
    met: set[str] = set()
    while waiting and len(known) < LIMIT:
        answer = client.get(waiting.popleft())
        text = f"{answer.headers} {answer.get_data().decode('utf-8', 'replace')}"
        met |= _words(text)
        for address in re.findall(r'(?:href|src|action)="(/[^"#]*)', text):
            address = unescape(address)
            if address not in known and not _is_endless(address) and "?" not in address:
                known.add(address)
                waiting.append(address)
    assert len(known) < LIMIT, "the crawl did not come to an end"
    return met, len(known)


def _is_endless(address: str) -> bool:
    return address.startswith(ENDLESS) or bool(OTHER_YEARS.match(address))


def _words(text: str) -> set[str]:
    unfolded = text.replace("\r\n ", "")
    # As long as the shortest of them: signed cookies hold every pair of letters now and then.
    return set(re.findall(r"zq[a-z]{4,}", unfolded))


def _letter_text(rendered: bytes) -> str:
    message = message_from_bytes(rendered, policy=default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    texts = [part if isinstance(part, str) else part.decode() for part in parts]
    return " ".join([str(message.items()), *texts])
