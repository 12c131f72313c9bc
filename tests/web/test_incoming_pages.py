"""The desk's list of mail that came in."""

from datetime import timedelta

import pytest

from events_app.mail.incoming import Delivery, Mailroom, raw_mail, take_mail
from events_app.mail.models import SORTS, IncomingMail
from events_app.words.incoming import OUTCOMES
from events_app.words.incoming import SORTS as SORT_NAMES

ODD = b"From: <ben@elsewhere.example>\r\nSubject: =?utf-8?q?=3Cb=3E_Hello?=\r\n\r\nHow are you?"


@pytest.fixture
def odd(session, settings, clock):
    """A mail from somebody about nothing in particular."""
    mail = take_mail(session, Delivery(raw_mail(ODD)), Mailroom.of(settings), clock.now())
    session.commit()
    return mail


@pytest.fixture
def counter(session, make_event, clock):
    """A counter-proposal about an Asian meeting of December 2026, chaired by Finland."""
    event = make_event(group_keys=("asian",), starts_on=clock.now().date() + timedelta(days=20))
    mail = IncomingMail(
        digest="c" * 64, received_at=clock.now(), message_id="", sender="kim@delegations.example", subject="Other time",
        sort="reply", outcome="counter", comment="Five <i>?", event_id=event.id, state_code="KR", stored_as="",
    )  # fmt: skip
    session.add(mail)
    session.commit()
    return mail


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


def test_a_desk_without_mail_says_so(secretary):
    assert "No mail waits for you." in secretary.get("/desk/mail").text


def test_a_secretary_sees_all_that_waits_and_why(secretary, odd, counter):
    page = secretary.get("/desk/mail").text
    assert "ben@elsewhere.example" in page
    assert "&lt;b&gt; Hello" in page
    assert "Another time is proposed." in page
    assert "Five &lt;i&gt;?" in page
    assert f"/events/{counter.event_id}" in page


def test_an_organiser_sees_what_is_about_the_event_alone(client, make_person, sign_in, odd, counter):
    page = sign_in(client, make_person("aino", "FI")).get("/desk/mail").text
    assert "Another time is proposed." in page
    assert "ben@elsewhere.example" not in page


def test_another_contact_point_sees_and_settles_nothing(client, session, make_person, sign_in, counter):
    visitor = sign_in(client, make_person("urs", "CH"))
    assert "No mail waits for you." in visitor.get("/desk/mail").text
    assert visitor.post(f"/desk/mail/{counter.id}/settle").status_code == 404
    session.refresh(counter)
    assert counter.settled_at is None


def test_what_is_settled_waits_no_more(client, session, make_person, sign_in, counter, clock):
    organiser = make_person("aino", "FI")
    answer = sign_in(client, organiser).post(f"/desk/mail/{counter.id}/settle", follow_redirects=True)
    assert "No mail waits for you." in answer.text
    session.refresh(counter)
    assert (counter.settled_at, counter.settled_by_id) == (clock.now(), organiser.id)


def test_settling_twice_leaves_the_first(session, secretary, counter, clock):
    secretary.post(f"/desk/mail/{counter.id}/settle")
    first = clock.now()
    clock.advance(timedelta(minutes=1))
    assert secretary.post(f"/desk/mail/{counter.id}/settle").status_code == 302
    session.refresh(counter)
    assert counter.settled_at == first


def test_looking_changes_nothing(session, secretary, odd):
    secretary.get("/desk/mail")
    secretary.get(f"/desk/mail/{odd.id}.eml")
    assert secretary.get(f"/desk/mail/{odd.id}/settle").status_code == 405
    session.refresh(odd)
    assert odd.settled_at is None


def test_the_kept_file_is_saved_and_never_shown(secretary, odd):
    answer = secretary.get(f"/desk/mail/{odd.id}.eml")
    assert answer.data == ODD
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_gone_is_not_found(secretary, counter):
    assert secretary.get(f"/desk/mail/{counter.id}.eml").status_code == 404
    assert secretary.get("/desk/mail/99999999999999.eml").status_code == 404


def test_the_desk_leads_there(secretary):
    assert 'href="/desk/mail"' in secretary.get("/desk").text


@pytest.mark.parametrize("outcome", [*OUTCOMES, "something new"])
def test_every_outcome_can_be_shown(session, secretary, odd, outcome):
    odd.outcome = outcome
    session.commit()
    assert secretary.get("/desk/mail").status_code == 200


def test_every_sort_has_a_name():
    assert set(SORT_NAMES) == set(SORTS)
