"""Without a mail server letters are kept as files."""

import pytest

from events_app.mail.maildir import MaildirPost, kept_letter, kept_letters
from events_app.mail.outcomes import Delivered, RelayDown

RENDERED = (
    b"To: Anna <anna@x.example>\r\nSubject: Reminder\r\nDate: Tue, 23 Feb 2027 08:00:00 +0000\r\n"
    b"Content-Type: text/plain\r\n\r\nAt ten.\r\n"
)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "mail"


def test_a_letter_is_kept_and_can_be_read(folder):
    assert isinstance(MaildirPost(folder).send("anna@x.example", RENDERED), Delivered)
    [letter] = kept_letters(folder)
    assert (letter.subject, letter.recipient, letter.text) == ("Reminder", "Anna <anna@x.example>", "At ten.\n")
    assert kept_letter(folder, letter.name) == letter


def test_the_same_bytes_are_kept_once(folder):
    for _ in range(2):
        MaildirPost(folder).send("anna@x.example", RENDERED)
    assert len(kept_letters(folder)) == 1
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.parametrize("name", ["../../config.toml", "", "/etc/passwd", "nothing.letter"])
def test_only_letters_can_be_read(folder, name):
    MaildirPost(folder).send("anna@x.example", RENDERED)
    assert kept_letter(folder, name) is None


def test_no_folder_means_no_letters(folder):
    assert kept_letters(folder) == []


def test_a_disk_that_cannot_be_written_is_a_relay_that_is_down(folder):
    folder.write_text("in the way")
    assert isinstance(MaildirPost(folder).open(), RelayDown)
    assert isinstance(MaildirPost(folder).send("anna@x.example", RENDERED), RelayDown)
