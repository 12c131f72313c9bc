"""Answering from a letter's link: for one delegation, without signing in, and nothing else."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from events_app.app import create_app
from events_app.events.actions.attendance import answer_invitation
from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.models import Answer, Event, Invitation
from events_app.events.rules.attendance import AnswerDetails
from events_app.events.rules.life import CANCEL, POSTPONE
from events_app.extensions import db
from events_app.mail.answer_link import answer_token
from events_app.people.models import Person
from events_app.trail.models import TrailEntry
from events_app.web.logs import without_secrets


@pytest.fixture
def ben(make_person):
    return make_person("ben", "CH")


@pytest.fixture
def meeting(make_event):
    return make_event(visibility="group", answer_by=date(2027, 2, 20))


@pytest.fixture
def invitation(session, meeting, ben, clock):
    [new] = invite(session, meeting, [(ben, "CH")], clock.now())
    session.commit()
    return new


@pytest.fixture
def link(invitation, settings):
    return f"/answer/{answer_token(settings.signing_key, invitation)}"


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def answers(session):
    session.rollback()
    return {row.state_code: (row.answer, row.answered_by_id, row.is_late) for row in session.scalars(select(Answer))}


def test_the_link_in_the_letter_opens_the_page_and_its_button_answers(client, invitation, session, run_pass, post_box):
    run_pass()
    [letter] = post_box.letters
    text = letter.message.get_body(("plain",)).get_content()
    address = urlsplit(re.search(r"http://localhost(/answer/\S+)", text)[0])
    page = client.get(f"{address.path}?{address.query}")
    assert page.status_code == 200
    assert "Answer: Switzerland" in words(page) and "Meeting of the Mediterranean Contact Group" in words(page)
    assert "Your delegation has not answered yet." in words(page)
    saved = client.post(f"{address.path}?{address.query}", data={"answer": "attends"}, follow_redirects=True)
    assert "Your answer was saved." in words(saved)
    assert answers(session) == {"CH": ("attends", invitation.person_id, False)}
    assert re.search(r'<input[^>]*checked[^>]*value="attends"', saved.text)


def test_opening_the_link_changes_nothing(client, link, session):
    before = (answers(session), session.scalars(select(TrailEntry.id)).all())
    for method in (client.get, client.head):
        assert method(link).status_code == 200
    session.rollback()
    assert (answers(session), session.scalars(select(TrailEntry.id)).all()) == before


def test_answers_that_the_format_does_not_allow_are_refused(client, link, session):
    for sent in ({}, {"answer": ""}, {"answer": "attends-online"}, {"answer": "maybe"}, {"state": "FI"}):
        assert client.post(link, data=sent).status_code == 422
    assert answers(session) == {}


def test_fields_of_other_forms_have_no_effect(client, link, session, make_person):
    mia = make_person("mia", "MT")
    sent = {"answer": "declines", "state": "MT", "person_id": mia.id, "state_code": "MT", "head": "Eve", "names": "Eve"}
    assert client.post(link, data=sent).status_code == 302
    assert list(answers(session)) == ["CH"]
    assert session.scalars(select(Answer.head)).one() == ""


def test_who_comes_along_stays_as_it_was_entered_and_is_not_shown(client, link, session, meeting, clock):
    details = AnswerDetails("attends", "Ambassador Zq", 2, "Zq One\nZq Two")
    answer_invitation(session, meeting, "CH", details, clock.now())
    session.commit()
    assert "Zq" not in client.get(link).text
    client.post(link, data={"answer": "attends"})
    session.rollback()
    given = session.scalars(select(Answer)).one()
    assert (given.head, given.accompanying, given.names) == ("Ambassador Zq", 2, "Zq One\nZq Two")
    client.post(link, data={"answer": "declines"})
    session.rollback()
    assert session.scalars(select(Answer)).one().names == ""


def test_an_answer_after_the_last_day_is_late_and_says_so(client, link, session, clock):
    clock.advance(timedelta(days=95))
    assert "marked as late" in words(client.get(link))
    saved = client.post(link, data={"answer": "attends"}, follow_redirects=True)
    assert "Your answer was saved and marked as late." in words(saved)
    assert answers(session)["CH"][2] is True


def test_a_wrong_token_opens_nothing(client, link, invitation, settings):
    digest = link.partition("-")[2]
    other = "0" if digest[0] != "0" else "1"
    for token in (
        f"1-{other}{digest[1:]}",
        f"2-{digest}",
        "1-",
        digest,
        "x",
        "1" * 10_000,
        f"1-{digest}0",
        "1-%00",
        "٢-x",
    ):
        assert client.get(f"/answer/{token}").status_code == 404
        assert client.post(f"/answer/{token}", data={"answer": "attends"}).status_code in (404, 429)
    unknown = Invitation(id=999_999, person_id=1, invited_at=datetime(2026, 11, 21, tzinfo=UTC))
    missing = answer_token(settings.signing_key, unknown)
    assert client.get(f"/answer/{missing}").status_code == 404


def gone(client, link, session):
    page = client.get(link)
    assert "Mediterranean" not in words(page).partition("No answers")[0].replace("Mediterranean Dialogue", "")
    assert (page.status_code, client.post(link, data={"answer": "attends"}).status_code) == (410, 410)
    assert answers(session) == {}


def test_a_withdrawn_invitation_takes_no_answer(client, link, session, meeting, invitation, clock):
    withdraw(session, meeting, [invitation], clock.now())
    session.commit()
    gone(client, link, session)


def test_who_left_the_delegation_answers_no_more(client, link, session, ben):
    session.merge(ben).posts[0].valid_to = date(2026, 11, 20)
    session.commit()
    gone(client, link, session)


def test_a_delegation_that_is_no_longer_invited_answers_no_more(
    client, session, make_event, make_person, clock, settings
):
    event, haruto = make_event(group_keys=("asian",)), make_person("haruto", "JP")
    [new] = invite(session, event, [(haruto, "JP")], clock.now())
    event.groups = make_event().groups
    session.commit()
    gone(client, f"/answer/{answer_token(settings.signing_key, new)}", session)


def test_an_event_that_its_reader_may_no_longer_see_is_not_shown(client, link, session, meeting):
    session.get(Event, meeting.id).visibility = "secretariat"
    session.commit()
    gone(client, link, session)


def test_a_secretary_who_left_the_delegation_does_not_answer_for_it(client, link, session, ben):
    person = session.get(Person, ben.id)
    person.is_secretary, person.posts[0].valid_to = True, date(2026, 11, 20)
    session.commit()
    gone(client, link, session)


@pytest.mark.parametrize(
    ("step", "said"), [(CANCEL, "The event was cancelled."), (POSTPONE, "The event was postponed.")]
)
def test_an_event_that_is_off_says_so(client, link, session, meeting, clock, step, said):
    take_step(session, meeting, step, clock.now(), reason="The hall burnt down")
    session.commit()
    page = client.get(link)
    assert page.status_code == 409 and said in words(page)
    assert client.post(link, data={"answer": "attends"}).status_code == 409
    assert answers(session) == {}


def test_an_event_that_has_begun_says_so(client, link, session, meeting, clock):
    clock.move_to(meeting.starts_at)
    page = client.get(link)
    assert page.status_code == 409 and "The event has begun or is over." in words(page)
    assert client.post(link, data={"answer": "attends"}).status_code == 409


def test_the_link_signs_nobody_in(client, link, meeting):
    client.get(link)
    client.post(link, data={"answer": "attends"})
    for address in (f"/events/{meeting.id}", f"/events/{meeting.id}/answer", "/me", "/desk", f"{link}/x"):
        assert client.get(address).status_code == 404


def test_whoever_is_signed_in_the_answer_is_that_of_the_invited(
    client, link, session, sign_in, make_person, invitation
):
    sign_in(client, make_person("mia", "MT"))
    assert client.post(link, data={"answer": "attends"}).status_code == 302
    assert answers(session) == {"CH": ("attends", invitation.person_id, False)}


def test_attempts_are_slowed_down(client, link):
    statuses = [client.post(link, data={"answer": "attends"}).status_code for _ in range(12)]
    assert statuses == [302] * 10 + [429] * 2
    assert client.get(link).status_code == 200


def test_the_token_stays_out_of_logs_and_referrers(client, link):
    for answer in (client.get(link), client.get("/answer/1-x"), client.post(link, data={"answer": "attends"})):
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert answer.headers["X-Robots-Tag"] == "noindex"
    digest = link.partition("-")[2]
    assert digest[6:] not in without_secrets(f"GET {link}?lang=fr HTTP/1.1")


def test_over_tls_the_form_is_taken_with_its_token_alone(settings, clock, invitation, engine, session):
    secure = type(settings)(**{**vars(settings), "base_url": "https://localhost"})
    app = create_app(secure, clock)
    browser, link = app.test_client(), f"/answer/{answer_token(settings.signing_key, invitation)}"
    page = browser.get(link, base_url="https://localhost")
    token = page.text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    # The referrer is what a browser sends under the policy of the page.
    sent = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/"}}
    assert browser.post(link, data={"answer": "attends"}, **sent).status_code == 400
    assert answers(session) == {}
    assert browser.post(link, data={"answer": "attends", "csrf_token": token}, **sent).status_code == 302
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    assert list(answers(session)) == ["CH"]
