"""The pages of delegations, of oneself, of everybody, and of the trail."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.events.actions.writing import record_change
from events_app.events.models import Event
from events_app.mail.models import OutboxMessage
from events_app.people.actions import begin_session
from events_app.people.models import Person, Post, SignInSession
from events_app.people.queries import person_by_address
from events_app.shared.clock import StoppedClock
from events_app.trail.models import TrailEntry
from events_app.web.access import SESSION_COOKIE

MakePerson = Callable[..., Person]
SignIn = Callable[[FlaskClient, Person], FlaskClient]
NEWCOMER = {"email": "new@italy.example", "name": "New Person", "role": "delegate", "valid_from": "2026-11-21"}


@pytest.fixture
def administrator(make_person: MakePerson, sign_in: SignIn, client: FlaskClient) -> FlaskClient:
    return sign_in(client, make_person("ada", "IT", "administrator"))


def test_an_administrator_adds_somebody_who_can_then_sign_in(administrator: FlaskClient, session: Session) -> None:
    answer = administrator.post("/delegations/IT/people/new", data=NEWCOMER)
    assert answer.status_code == 302
    added = person_by_address(session, "new@italy.example")
    assert added is not None and [(post.state_code, post.role) for post in added.posts] == [("IT", "delegate")]
    assert "New Person" in administrator.get("/delegations/IT").text


def test_an_administrator_learns_no_name_of_another_delegation_by_trying_addresses(
    administrator: FlaskClient, session: Session, make_person: MakePerson
) -> None:
    known = make_person("known", "FR", "delegate")
    answer = administrator.post("/delegations/IT/people/new", data={**NEWCOMER, "email": known.email, "name": "x"})
    assert (answer.status_code, "is known already" in answer.text, "Known" in answer.text) == (422, True, False)
    session.expire_all()
    assert {post.state_code for post in session.get_one(Person, known.id).posts} == {"FR"}


def test_a_secretary_gives_somebody_known_a_role_and_changes_no_name(
    client: FlaskClient, sign_in: SignIn, session: Session, make_person: MakePerson
) -> None:
    known = make_person("known", "FR", "delegate")
    sign_in(client, make_person("clara", secretary=True))
    client.post("/delegations/IT/people/new", data={**NEWCOMER, "email": known.email, "name": "Other"})
    session.expire_all()
    again = session.get_one(Person, known.id)
    assert (again.name, {post.state_code for post in again.posts}) == ("Known", {"FR", "IT"})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "no address"}, "This is no mail address."),
        ({"email": "аnna@italy.example"}, "This is no mail address."),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, "This is no mail address."),
        ({"name": ""}, "This field is required."),
        ({"role": "administrator"}, "Choose one of the list."),
        ({"role": "secretary"}, "Choose one of the list."),
        ({"valid_from": "2026-02-30"}, "is no date in the calendar"),
        ({"valid_to": "2026-11-01"}, "The last day lies before the first."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nobody_is_added(
    administrator: FlaskClient, session: Session, changes: dict[str, str], sentence: str
) -> None:
    before = session.scalar(select(func.count()).select_from(Person))
    session.rollback()
    answer = administrator.post("/delegations/IT/people/new", data={**NEWCOMER, **changes})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert session.scalar(select(func.count()).select_from(Person)) == before


def test_nobody_manages_the_people_of_another_delegation(
    administrator: FlaskClient, session: Session, make_person: MakePerson
) -> None:
    foreign = make_person("fred", "FR", "delegate").posts[0]
    for address in ("/delegations/FR/people/new", f"/delegations/FR/people/{foreign.id}/end"):
        assert administrator.post(address, data=NEWCOMER).status_code == 403
    assert administrator.post(f"/delegations/IT/people/{foreign.id}/end").status_code == 404
    session.expire_all()
    assert session.get_one(Post, foreign.id).valid_to is None


def test_an_administrator_does_not_end_the_role_of_an_administrator(
    administrator: FlaskClient, session: Session
) -> None:
    own = session.scalars(select(Post).where(Post.role == "administrator")).one()
    session.rollback()
    assert administrator.post(f"/delegations/IT/people/{own.id}/end").status_code == 403


def test_ending_a_role_asks_first_and_then_signs_out_everywhere(
    administrator: FlaskClient, session: Session, make_person: MakePerson, clock: StoppedClock, app: Flask
) -> None:
    dora = make_person("dora", "IT", "delegate")
    _, secret = begin_session(session, dora.id, clock.now())
    session.commit()
    address = f"/delegations/IT/people/{dora.posts[0].id}/end"
    assert administrator.get(address).status_code == 200
    session.expire_all()
    assert session.get_one(Post, dora.posts[0].id).valid_to is None
    session.rollback()
    assert administrator.post(address).status_code == 302
    other = app.test_client()
    other.set_cookie(SESSION_COOKIE, secret)
    assert other.get("/me").status_code == 404


def test_others_see_contact_points_and_no_delegates(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson
) -> None:
    make_person("contact", "FR", "contact-point")
    make_person("hidden", "FR", "delegate")
    page = sign_in(client, make_person("reader", "IT", "delegate")).get("/delegations/FR").text
    assert "contact@delegations.example" in page and "hidden@" not in page


def test_the_public_finds_no_delegations(client: FlaskClient) -> None:
    assert [client.get(path).status_code for path in ("/delegations/", "/delegations/IT", "/me", "/trail")] == [404] * 4


def test_my_page_names_my_sessions_and_ends_them_all(
    app: Flask, client: FlaskClient, sign_in: SignIn, make_person: MakePerson, session: Session
) -> None:
    anna = make_person("anna", "IT", "delegate")
    sign_in(client, anna)
    sign_in(app.test_client(), anna)
    assert "Where you are signed in" in client.get("/me").text
    assert client.post("/me/sign-out-everywhere").status_code == 302
    assert client.get("/me").status_code == 404
    still_open = select(func.count()).select_from(SignInSession).where(SignInSession.ended_at.is_(None))
    assert session.scalar(still_open) == 0


def test_what_is_stored_about_me_is_shown_and_can_be_taken_along_without_secrets(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson, session: Session
) -> None:
    anna = make_person("anna", "IT", "delegate")
    make_person("somebody-else", "IT", "delegate")
    sign_in(client, anna)
    page, file = client.get("/me/data").text, client.post("/me/data.json")
    assert anna.email in page and "somebody-else" not in page
    assert [row["email"] for row in file.json["person"]] == [anna.email]
    assert file.json["sign_in_session"] and "digest" not in file.text
    assert "somebody-else" not in file.text
    assert session.scalars(select(TrailEntry).where(TrailEntry.verb == "export")).one().person_id == anna.id


def test_what_is_stored_about_me_names_my_deeds_and_letters_but_not_what_the_events_say(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson, make_event: Callable[..., Event], session: Session,
    clock: StoppedClock,
) -> None:  # fmt: skip
    anna, event, now = make_person("anna", "IT", "delegate"), make_event(visibility="secretariat"), clock.now()
    fields = {"joining_link": ["", "https://meet.example.org/room"]}
    record_change(session, event, "change", anna.id, now, fields=fields, reason="Between us")
    session.add(OutboxMessage(
        dedupe_key="one", message_id="one", letter="event-reminder", person_id=anna.id, address=anna.email,
        event_id=event.id, event_start="2027-03-02T10:00", event_zone="Asia/Tokyo", event_status="cancelled",
        due_at=now, next_attempt_at=now, created_at=now,
    ))  # fmt: skip
    session.commit()
    sign_in(client, anna)
    file = client.post("/me/data.json")
    rows: dict[str, list[dict[str, object]]] = file.get_json()
    assert [(row["verb"], row["event_id"]) for row in rows["event_change"]] == [("change", event.id)]
    assert [(row["letter"], row["event_id"]) for row in rows["outbox_message"]] == [("event-reminder", event.id)]
    for text in (file.text, client.get("/me/data").text):
        for said in ("meet.example.org", "Between us", "2027-03-02T10:00", "Asia/Tokyo", "cancelled"):
            assert said not in text


def test_a_secretary_removes_somebody_but_not_oneself(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson, session: Session
) -> None:
    clara, anna = make_person("clara", secretary=True), make_person("anna", "IT", "delegate")
    sign_in(client, clara)
    assert client.get(f"/people/{anna.id}/remove").status_code == 200
    assert client.post(f"/people/{anna.id}/remove").status_code == 302
    assert client.post(f"/people/{anna.id}/remove").status_code == 404
    assert client.post(f"/people/{clara.id}/remove").status_code == 403
    session.expire_all()
    assert session.get_one(Person, anna.id).name == ""
    assert "anna@" not in client.get("/people/").text


def test_the_trail_answers_to_person_deed_thing_and_day(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson, clock: StoppedClock
) -> None:
    clara = make_person("clara", secretary=True)
    clock.advance(timedelta(days=3))
    sign_in(client, clara)
    assert "sign-in" in client.get("/trail").text
    found = client.get(f"/trail?person={clara.id}&verb=sign-in&since=2026-11-24&until=2026-11-24").text
    assert "<code>sign_in_session</code>" in found
    assert "Nothing answers" in client.get("/trail?since=2026-11-25").text
    odd = client.get("/trail?person=abc&since=yesterday&until=9999-12-31&before=-1&id=%00")
    assert odd.status_code == 200


def test_what_somebody_signed_in_was_refused_stands_in_the_trail(
    client: FlaskClient, sign_in: SignIn, make_person: MakePerson, session: Session
) -> None:
    anna = make_person("anna", "IT", "delegate")
    assert sign_in(client, anna).get("/trail").status_code == 403
    refused = session.scalars(select(TrailEntry).where(TrailEntry.verb.startswith("refused"))).one()
    assert (refused.person_id, refused.verb) == (anna.id, "refused-trail.search")


def test_too_many_requests_for_links_are_slowed_down(client: FlaskClient) -> None:
    answers = [client.post("/sign-in", data={"email": "anna@italy.example"}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]
    assert client.post("/sign-in", data={"email": "other@italy.example"}).status_code == 200


def test_a_role_given_for_the_past_never_works(administrator: FlaskClient) -> None:
    old = {**NEWCOMER, "valid_from": "2020-01-01", "valid_to": "2020-12-31"}
    assert administrator.post("/delegations/IT/people/new", data=old).status_code == 302
    assert "not in office" in administrator.get("/delegations/IT").text
