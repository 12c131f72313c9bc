"""`person`, `sign-in-link`, `feed`, `send-due`, `outbox`: on an installation with a database of its own."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.feeds.kept import KeptFeeds
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.rules import feed_named
from events_app.people.actions import sign_in
from events_app.people.models import Person, SignInLink
from events_app.people.queries import person_of_session
from events_app.shared.clock import SystemClock


def test_a_person_is_added_with_role_and_zone(run, session):
    answer = run("person", "add", "Haruto@Japan.example", "--name", "Haruto Mori", "--delegation", "jp")
    assert (answer.status, answer.out, answer.err) == (0, "haruto@japan.example was added.\n", "")
    person = session.scalars(select(Person)).one()
    assert (person.name, person.time_zone, person.is_secretary) == ("Haruto Mori", "Asia/Tokyo", False)
    assert [(post.state_code, post.role) for post in person.posts] == [("JP", "contact-point")]


def test_a_secretary_needs_no_delegation(run, session):
    assert run("person", "add", "clara@section.example", "--name", "Clara", "--secretary").status == 0
    person = session.scalars(select(Person)).one()
    assert (person.is_secretary, person.time_zone, person.posts) == (True, "Europe/Vienna", [])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("anna", "--name", "Anna", "--secretary"), "'anna'"),
        (("anna@ch.example", "--name", "Anna"), "--delegation"),
        (("anna@ch.example", "--name", "Anna", "--delegation", "XX"), "'XX'"),
        (("anna@ch.example", "--name", "Anna", "--delegation", "CH", "--role", "king"), "king"),
        (("anna@ch.example", "--secretary"), "--name"),
        (("known@delegations.example", "--name", "Known", "--secretary"), "known already"),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_and_nothing_saved(run, session, make_person, words, said):
    make_person("known", "CH")
    answer = run("person", "add", *words)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    session.expire_all()
    assert [person.name for person in session.scalars(select(Person))] == ["Known"]


def test_a_sign_in_link_is_printed_and_works_once(run, session, make_person):
    person = make_person("clara", secretary=True)
    answer = run("sign-in-link", "Clara@delegations.example")
    assert answer.status == 0
    address, secret = answer.out.strip().rsplit("/", 1)
    assert address == "http://localhost:8000/sign-in"
    now = session.scalars(select(SignInLink)).one().created_at
    signed_in, _ = sign_in(session, secret, now)
    assert person_of_session(session, signed_in, now) is person


@pytest.mark.parametrize("address", ["nobody@delegations.example", "zoe@delegations.example", "no address"])
def test_who_may_not_sign_in_gets_no_link(run, session, make_person, address):
    make_person("zoe")
    session.commit()
    answer = run("sign-in-link", address)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert session.scalars(select(SignInLink)).all() == []


def test_a_feed_is_written_as_it_would_be_served(run, session, make_event, instance):
    make_event(theme="Вода и мир")
    answer = run("feed", "mediterranean", "--lang", "de")
    request = FeedRequest(feed_named("mediterranean"), "de")
    served = public_feed(session, request, "http://localhost:8000", KeptFeeds(), SystemClock().now())
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.encode() == served.content
    assert run("feed", "mediterranean.ics", "--lang", "de").out == answer.out


def test_an_empty_outbox_is_an_empty_list(run):
    answer = run("outbox", "--json")
    assert (answer.status, json.loads(answer.out), answer.err) == (0, [], "")
    assert run("outbox").out == ""


def test_without_a_secret_key_nothing_is_signed(run, monkeypatch, make_person):
    make_person("clara", secretary=True)
    monkeypatch.delenv("EVENTS_SECRET_KEY")
    for words in (("sign-in-link", "clara@delegations.example"), ("send-due", "--json")):
        answer = run(*words)
        assert (answer.status in (1, 2), answer.out) == (True, "")
        assert "EVENTS_SECRET_KEY" in answer.err


def test_due_letters_are_sent_once_and_listed(session, run, run_apart, make_event, make_person, settings, monkeypatch):
    event = make_event(group_keys=("asian",))
    for name, known in {"clara": {"secretary": True}, "luca": {"state": "CH"}, "haruto": {"state": "JP"}}.items():
        make_person(name, **known)
    session.commit()
    due = event.starts_at - timedelta(days=14, hours=1)
    then = {"EVENTS_DEMO": "1", "EVENTS_NOW": due.isoformat()}
    for name, value in then.items():
        monkeypatch.setenv(name, value)
    answers = [run_apart("send-due", "--json", folder=settings.instance_path, **then), run("send-due", "--json")]
    assert [answer.status for answer in answers] == [0, 0]
    nothing = {"derived": 0, "sent": 0, "failed": 0, "expired": 0, "in_doubt": 0}
    assert [json.loads(answer.out) for answer in answers] == [{**nothing, "derived": 5, "sent": 5}, nothing]
    listed = json.loads(run("outbox", "--json").out)
    assert {(row["letter"], row["event"], row["state"], row["attempts"]) for row in listed} == {
        ("event-reminder", event.id, "sent", 1), ("preparation-due", None, "sent", 1),
    }  # fmt: skip
    assert len({row["message_id"] for row in listed}) == 5
    assert {row["due"] for row in listed} == {due.isoformat()}
    assert len(list((settings.instance_path / "mail").rglob("*.*"))) >= 5
