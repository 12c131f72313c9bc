"""The letter with the sign-in link: it works once, in time, and is not written too late."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.letters.sign_in_link import post_sign_in_link
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown
from events_app.people.actions import prefer, sign_in
from events_app.people.errors import DeadLinkError
from events_app.people.queries import person_of_session

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ask(session, settings, make_person, clock):
    def post(name="anna", language="en"):
        person = make_person(name, "CH")
        prefer(session, person, language, "Europe/Vienna")
        post_sign_in_link(session, person, settings.signing_key, settings.host, clock.now())
        session.commit()
        return person

    return post


def secret_in(text):
    [secret] = re.findall(r"http://localhost/sign-in/([0-9a-f]+)", text)
    return secret


def test_the_link_in_the_letter_signs_in_once(ask, letters, parts, clock, session):
    person = ask()
    text, html = parts(letters(clock.now())["anna"])
    secret = secret_in(text)
    assert secret_in(html) == secret
    signed_in, _ = sign_in(session, secret, clock.now())
    assert person_of_session(session, signed_in, clock.now()) is person
    with pytest.raises(DeadLinkError):
        sign_in(session, secret, clock.now())


def test_the_letter_says_how_long_the_link_works(ask, letters, parts, clock):
    ask()
    message = letters(clock.now())["anna"]
    assert message["Subject"] == "Your sign-in link"
    assert "once, for 15 minutes" in parts(message)[0]
    assert message["List-Unsubscribe"] is None
    assert list(message.iter_attachments()) == []


def test_the_letter_speaks_its_readers_language(ask, letters, parts, clock):
    ask(language="ar")
    message = letters(clock.now())["anna"]
    text, html = parts(message)
    assert 'dir="rtl"' in html
    assert "sign in" not in (text + message["Subject"]).lower().replace("sign-in/", "")


def test_a_letter_that_would_come_too_late_is_not_sent(ask, letters, post_box, session, clock):
    ask()
    post_box.trouble = RelayDown("connection refused")
    assert letters(clock.now()) == {}
    post_box.trouble = None
    assert letters(clock.now() + 15 * MINUTE) == {}
    session.expire_all()
    assert session.scalars(select(OutboxMessage)).one().state == "expired"


def test_neither_secret_nor_letter_stays_in_the_outbox(ask, letters, parts, session, clock):
    ask()
    secret = secret_in(parts(letters(clock.now())["anna"])[0])
    row = session.scalars(select(OutboxMessage)).one()
    assert (row.state, row.rendered) == ("sent", None)
    assert secret not in f"{row.facts}{row.dedupe_key}{row.message_id}"
