"""The settings decide how letters are sent."""

from pathlib import Path

import pytest

from events_app.config import SettingError, Settings
from events_app.mail.maildir import MaildirPost
from events_app.mail.outcomes import Delivered, Refused, RelayDown
from events_app.mail.post import post_for
from events_app.mail.postbox import PostBox


def test_without_a_mail_server_letters_are_kept_in_the_instance_folder(tmp_path):
    assert post_for(Settings(instance_path=tmp_path)) == MaildirPost(tmp_path / "mail")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://relay.example", ("relay.example", 25, "plain", "", "")),
        ("smtp+starttls://us:p%40ss@relay.example", ("relay.example", 587, "starttls", "us", "p@ss")),
        ("smtps://relay.example:4465", ("relay.example", 4465, "tls", "", "")),
    ],
)
def test_the_address_of_the_mail_server_says_how_to_reach_it(url, expected):
    post = post_for(Settings(smtp_url=url))
    assert (post.host, post.port, post.security, post.user, post.password) == expected
    assert post.sender == "partners@calendar.example"


@pytest.mark.parametrize(
    "values",
    [
        {"smtp_url": "http://relay.example"},
        {"smtp_url": "smtp://"},
        {"smtp_url": "smtp://relay.example:many"},
        {"smtp_url": "smtp://relay.example", "mail_from": "a@b.example\r\nDATA"},
    ],
)
def test_settings_that_cannot_work_are_refused_by_name(values):
    with pytest.raises(SettingError, match="EVENTS_"):
        post_for(Settings(instance_path=Path("unused"), **values))


def test_the_password_is_not_shown():
    assert "hidden" not in repr(post_for(Settings(smtp_url="smtp://us:hidden@relay.example")))


def test_the_post_box_keeps_letters_and_gives_prepared_answers():
    box = PostBox(answers={"ben@x.example": Refused("550 no")})
    assert isinstance(box.send("anna@x.example", b"Subject: Hello\r\n\r\n"), Delivered)
    assert box.send("ben@x.example", b"") == Refused("550 no")
    assert [(letter.address, letter.message["Subject"]) for letter in box.letters] == [("anna@x.example", "Hello")]
    box.trouble = RelayDown("gone")
    assert box.open() == box.send("anna@x.example", b"") == RelayDown("gone")
