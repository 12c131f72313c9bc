"""Nothing of a restricted event reaches a lesser reader, in any feed, header, address or download."""

from dataclasses import replace

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import AgendaPoint, DocumentLink, details_of
from events_app.events.rules.documents import FittingFile
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.models import DETAILS
from events_app.feeds.rules import FEEDS
from events_app.words.languages import LANGUAGES

PUBLIC = [f"/feeds/{name}.ics" for name in FEEDS]
IN_EVERY_LANGUAGE = [f"{address}?lang={language}" for address in PUBLIC for language in LANGUAGES]
PEOPLE = {
    "invited": ("EG", "delegate"), "contact": ("IT", "contact-point"), "stranger": ("JP", "delegate"),
    "strange contact": ("JP", "contact-point"), "secretary": (),
}  # fmt: skip
STRANGERS = ("stranger", "strange contact")
MARK = b"quokka"
TEXTS = {
    "theme": "quokkatheme", "description": "quokkadescription", "place": "quokkaplace",
    "joining_link": "https://meet.example/quokkajoin", "agenda": "quokkaagenda", "documents": "quokkadocument",
}  # fmt: skip
INNER = {b"quokkajoin"}
LESSER = {
    ("partners", "confirmed"): ("public",),
    ("public", "proposed"): ("public",),
    ("group", "confirmed"): ("public", *STRANGERS),
    ("group", "cancelled"): ("public", *STRANGERS),
    ("secretariat", "confirmed"): ("public", *STRANGERS, "invited", "contact"),
    ("public", "draft"): ("public", *STRANGERS, "invited", "contact"),
}


@pytest.fixture
def people(make_person):
    made = {name: make_person(name.replace(" ", "-"), *post) for name, post in PEOPLE.items() if post}
    return {**made, "secretary": make_person("clara", secretary=True)}


@pytest.fixture
def addresses(session, people, clock):
    """Return the addresses of the feeds of each reader, by reader and detail."""
    found = {("public", number): address for number, address in enumerate(PUBLIC)}
    for name, person in people.items():
        for detail in DETAILS:
            choice = FeedChoice(detail=detail, alarm_minutes=15)
            found[name, detail] = f"/feeds/{create_link(session, person.id, 'Mine', choice, clock.now())[1]}.ics"
    session.commit()
    return found


@pytest.fixture
def get(client):
    """Return what an address answers: status, headers and bytes, unfolded."""

    def answer(address):
        response = client.get(address)
        return response.status_code, str(sorted(response.headers)).encode(), response.data.replace(b"\r\n ", b"")

    return answer


@pytest.fixture
def answers(get, addresses):
    """Return what every reader gets."""
    return lambda: {key: get(address) for key, address in addresses.items()}


@pytest.fixture
def marked(session, make_event, clock):
    """Add an event that is marked in everything that people enter."""

    def make(visibility, status):
        texts = {name: TEXTS[name] for name in ("theme", "description", "place", "joining_link")}
        event = make_event("draft" if status == "draft" else "proposed", visibility=visibility, **texts)
        event.uid = f"{event.id}quokkauid@localhost"
        details = details_of(event)
        agenda = (AgendaPoint(details.starts_on, None, "quokkaagenda", "quokkaspeaker"),)
        link = (DocumentLink("agenda", "quokkadocument", "https://docs.example/quokkalink"),)
        change_event(session, event, replace(details, agenda=agenda, documents=link), event.version, clock.now())
        for step in {"confirmed": ("confirm",), "cancelled": ("confirm", "cancel")}.get(status, ()):
            take_step(session, event, step, clock.now(), reason="quokkareason")
        session.commit()
        return event

    return make


@pytest.mark.parametrize(("visibility", "status"), LESSER)
def test_a_restricted_event_changes_nothing_that_lesser_readers_get(
    make_event, marked, answers, clock, visibility, status
):
    make_event()
    before = answers()
    marked(visibility, status)
    after = answers()
    lesser = LESSER[visibility, status]
    assert {key for key in before if before[key] != after[key]} == {key for key in before if key[0] not in lesser}
    assert not [key for key in after if key[0] in lesser and MARK in b"".join(after[key][1:])]


def test_in_no_language_do_restricted_events_change_what_the_public_gets(make_event, marked, get):
    make_event()
    before = {address: get(address) for address in IN_EVERY_LANGUAGE}
    parents = [marked(*way) for way in LESSER]
    assert {address: get(address) for address in IN_EVERY_LANGUAGE} == before
    for parent in parents:
        make_event(kind_key="side-event", group_keys=(), parent_id=parent.id, theme="On the margins")
    after = {address: get(address) for address in IN_EVERY_LANGUAGE}
    assert after != before
    assert not [address for address, (_, headers, content) in after.items() if MARK in headers + content]


@pytest.mark.parametrize(("visibility", "status"), LESSER)
def test_those_who_may_see_it_read_as_much_as_they_chose(marked, answers, visibility, status):
    marked(visibility, status)
    found = answers()
    everything = {text.rpartition("/")[2].encode() for text in TEXTS.values()} | {b"quokkauid@localhost", b"quokkalink"}
    for name in PEOPLE.keys() - set(LESSER[visibility, status]):
        inner = INNER if name in STRANGERS else set()
        full, title, busy = (found[name, detail][2] for detail in ("full", "title", "busy"))
        assert {text for text in everything if text not in full} == inner
        assert {text for text in everything if text in title} == {b"quokkauid@localhost", b"quokkaplace"}
        assert {text for text in everything if text in busy} == {b"quokkauid@localhost"}
        assert not any(MARK in headers for (_, headers, _) in (found[name, detail] for detail in DETAILS))


@pytest.mark.parametrize(("visibility", "status"), LESSER)
def test_a_public_event_on_its_margins_does_not_name_it(make_event, marked, answers, visibility, status):
    parent = marked(visibility, status)
    make_event(kind_key="side-event", group_keys=(), parent_id=parent.id, theme="On the margins")
    for key, (_, headers, content) in answers().items():
        assert MARK not in headers
        assert (b"RELATED-TO" in content) is (key[0] not in LESSER[visibility, status] and key[1] != "busy")
        assert MARK not in content or key[0] not in LESSER[visibility, status]


@pytest.mark.parametrize("visibility", ["partners", "group", "secretariat"])
def test_a_document_is_named_to_those_alone_for_whom_it_is(session, make_event, answers, clock, visibility):
    event = make_event()
    file = FittingFile("quokkafile.pdf", "application/pdf", 9)
    add_file(session, event, DocumentEntry("agenda", "quokkatitle", visibility), file, "quokkastored", clock.now())
    session.commit()
    found = answers()
    named = {key for key, answer in found.items() if b"quokkatitle" in answer[2]}
    assert named == {(name, "full") for name in PEOPLE if name not in LESSER[visibility, "confirmed"]}
    assert not [key for key, answer in found.items() if b"quokkafile" in answer[2] or b"quokkastored" in answer[2]]


@pytest.mark.parametrize(("visibility", "status"), LESSER)
def test_a_download_is_refused_to_lesser_readers_and_is_named_neutrally(
    client, marked, people, sign_in, visibility, status
):
    event = marked(visibility, status)
    for name in ("public", *PEOPLE):
        if name != "public":
            sign_in(client, people[name])
        response = client.get(f"/events/{event.id}.ics")
        is_lesser = name in LESSER[visibility, status]
        assert response.status_code == (404 if is_lesser else 200)
        assert MARK not in str(response.headers).encode()
        assert (MARK in response.data) is not is_lesser
