"""Letters kept as files are forgotten with their reader, and when they are old."""

from datetime import UTC, datetime, timedelta

import pytest

from events_app.mail.maildir import MaildirPost, forget_kept_letters, forget_kept_letters_to, kept_letters
from events_app.mail.post import maildir_folder
from events_app.worker.forgetting import forget_old

SENT_AT = datetime(2027, 2, 23, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mail"


@pytest.fixture
def keep(folder):
    """Keep a letter to an address, as if sent at an instant."""

    def send(address, recipient="", sent_at=SENT_AT):
        date = sent_at.strftime("%a, %d %b %Y %H:%M:%S +0000")
        content = f"Subject: x\r\nTo: {recipient or address}\r\nDate: {date}\r\n\r\nTo: carla@x.example\r\n"
        MaildirPost(folder).send(address, content.encode())

    return send


def recipients(folder):
    return {letter.recipient for letter in kept_letters(folder)}


def test_letters_to_an_address_are_deleted_and_no_others(folder, keep):
    for recipient in ("anna@x.example", "Anna <Anna@x.example>", "=?utf-8?q?J=C3=BCrg?=\r\n <anna@x.example>"):
        keep("anna@x.example", recipient)
    for other in ("hanna@x.example", "anna@x.example.org", '"anna@x.example" <ben@x.example>'):
        keep("other@x.example", other)
    forget_kept_letters_to(folder, "anna@x.example")
    assert recipients(folder) == {"hanna@x.example", "anna@x.example.org", '"anna@x.example" <ben@x.example>'}


def test_letters_are_deleted_by_the_day_they_were_sent(folder, keep):
    keep("anna@x.example", sent_at=SENT_AT - timedelta(seconds=1))
    keep("ben@x.example")
    forget_kept_letters(folder, SENT_AT)
    assert recipients(folder) == {"ben@x.example"}


def test_what_is_no_letter_is_left_alone(folder):
    (folder / "new").mkdir(parents=True)
    (folder / "new" / "note").write_bytes(b"\xff no headers")
    forget_kept_letters(folder, SENT_AT)
    forget_kept_letters_to(folder, "anna@x.example")
    assert (folder / "new" / "note").exists()


def test_where_nothing_is_kept_there_is_nothing_to_forget(folder):
    forget_kept_letters(folder, SENT_AT)
    forget_kept_letters_to(folder, "anna@x.example")


def test_the_worker_forgets_kept_letters_after_as_many_days_as_it_forgets_the_others(session, settings, keep):
    folder, days = maildir_folder(settings), timedelta(days=settings.keep_letters)
    keep("anna@x.example")
    forget_old(session, settings, SENT_AT + days)
    assert recipients(folder) == {"anna@x.example"}
    forget_old(session, settings, SENT_AT + days + timedelta(seconds=1))
    assert recipients(folder) == set()


def test_a_disk_that_cannot_be_read_does_not_hold_up_the_worker(session, settings, folder):
    (folder / "new" / "folder").mkdir(parents=True)
    forget_old(session, settings, SENT_AT)
