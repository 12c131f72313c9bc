"""Letters that may be declined say why they came and how to stop them; the others do not."""

from urllib.parse import urlsplit

import pytest

from events_app.letters.sign_in_link import post_sign_in_link
from events_app.mail.kinds import DECLINABLE, EVENT_REMINDER, LETTER_KINDS
from events_app.mail.unsubscribing import person_and_letter_of
from events_app.people.actions import prefer
from events_app.words.letters import LETTERS, REASONS


@pytest.fixture
def reminder(make_event, make_person, letters):
    make_event(group_keys=("asian",))
    person = make_person("haruto", "JP")
    return person, letters()["haruto"]


def test_a_mail_program_can_stop_a_reminder_in_one_click(reminder, settings):
    person, message = reminder
    link = message["List-Unsubscribe"]
    assert link.startswith("<http://localhost/unsubscribe/")
    token = urlsplit(link.strip("<>")).path.removeprefix("/unsubscribe/")
    assert person_and_letter_of(token, settings.signing_key) == (person.id, EVENT_REMINDER)
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_is_in_no_text_that_others_are_shown(reminder, parts):
    _, message = reminder
    assert all("/unsubscribe/" not in part for part in parts(message))


def test_the_foot_of_text_and_html_says_why_and_where_letters_are_chosen(reminder, parts):
    text, html = parts(reminder[1])
    for part in (text, html):
        assert "because you organise the event or your delegation is invited" in " ".join(part.split())
        assert "http://localhost/preferences" in part
    assert text.index("\n-- ") > text.index("Everything about this event")


def test_the_foot_speaks_the_readers_language(make_event, make_person, session, letters, parts):
    make_event(group_keys=("asian",))
    prefer(session, make_person("haruto", "JP"), "de", "Europe/Vienna")
    assert "because" not in parts(letters()["haruto"])[0]


def test_what_nobody_may_decline_offers_nothing(make_person, session, settings, letters, parts, clock):
    post_sign_in_link(session, make_person("anna", "CH"), settings.signing_key, settings.host, clock.now())
    message = letters(clock.now())["anna"]
    assert message["List-Unsubscribe"] is message["List-Unsubscribe-Post"] is None
    assert all("/preferences" not in part for part in parts(message))


def test_every_letter_has_a_name_and_those_that_may_be_declined_a_reason():
    assert set(LETTERS) == set(LETTER_KINDS)
    assert set(REASONS) == set(DECLINABLE)
