"""The outbox on the site: what became of each letter, and the letters that are kept where no mail server is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events_app.app import create_app, create_worker
from events_app.extensions import db
from events_app.mail.maildir import kept_letters
from events_app.mail.post import maildir_folder

HOSTILE_NAMES = [
    "..%2f..%2fevents.sqlite",
    "%00",
    "..",
    ".",
    "x" * 5000,
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "tmp",
    "new",
]


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def reminded(settings, secretary, make_event, clock):
    """A meeting of which the secretary was reminded by the worker."""
    event = make_event(theme="Water <management>")
    clock.move_to(event.starts_at - timedelta(days=13))
    with create_worker(settings, clock) as worker:
        worker.run_pass()
    return event


@pytest.fixture
def still_signed_in(client, reminded, session, sign_in, make_person):
    return sign_in(client, make_person("dora", secretary=True))


def test_an_empty_outbox_says_so(secretary):
    assert secretary.get("/outbox").status_code == 200


def test_a_letter_that_went_is_listed_and_can_be_read(still_signed_in, settings):
    [letter] = kept_letters(maildir_folder(settings))
    page = still_signed_in.get("/outbox")
    assert "clara@delegations.example" in page.text
    assert f"/outbox/{letter.name}" in page.text
    assert "2027, 09:00 (Austria)" in page.text
    assert letter.sent_at not in page.text
    assert "Meeting of the Mediterranean Contact Group: Water &lt;management&gt;</bdi></a></td></tr>" in page.text
    shown = still_signed_in.get(f"/outbox/{letter.name}")
    assert shown.status_code == 200
    assert letter.subject.replace("<", "&lt;").replace(">", "&gt;") in shown.text
    assert "<management>" not in shown.text


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_only_kept_letters_can_be_read(still_signed_in, name):
    assert still_signed_in.get(f"/outbox/{name}").status_code == 404


def test_with_a_mail_server_the_outbox_lists_and_keeps_nothing(settings, app, clock, make_person, sign_in):
    site = create_app(replace(settings, smtp_url="smtp://127.0.0.1:9"), clock)
    secretary = sign_in(site.test_client(), make_person("clara", secretary=True))
    assert secretary.get("/outbox").status_code == 200
    with site.app_context():
        db.engine.dispose()
