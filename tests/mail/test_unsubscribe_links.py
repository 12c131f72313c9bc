"""The secret of an unsubscribe link: made here, for one person and one letter, and for no other."""

import pytest

from events_app.mail.kinds import DECLINABLE, EVENT_REMINDER, INVITATION
from events_app.mail.unsubscribing import person_and_letter_of, unsubscribe_path, unsubscribe_token

KEY = "for tests only"
TOKEN = unsubscribe_token(7, EVENT_REMINDER, KEY)


@pytest.mark.parametrize("letter", DECLINABLE)
def test_a_token_says_whose_letter_it_stops(letter):
    assert person_and_letter_of(unsubscribe_token(7, letter, KEY), KEY) == (7, letter)
    assert unsubscribe_path(7, letter, KEY) == f"/unsubscribe/{unsubscribe_token(7, letter, KEY)}"


@pytest.mark.parametrize(
    "token",
    [
        "", "7", TOKEN[:-1], TOKEN + "0", TOKEN.upper(), TOKEN.replace("7-", "8-", 1), TOKEN.replace("7-", "07-", 1),
        TOKEN.replace("event-reminder", "weekly-digest"), TOKEN + "\n", f" {TOKEN}", TOKEN[:-1] + "é", "../" + TOKEN,
        "9" * 10_000, f"{10**10}{TOKEN[1:]}", TOKEN.replace("-", "\0", 1),
    ],
)  # fmt: skip
def test_any_other_text_stops_nothing(token):
    assert person_and_letter_of(token, KEY) is None


def test_a_token_of_another_site_stops_nothing():
    assert person_and_letter_of(TOKEN, "another key") is None


@pytest.mark.parametrize(("person_id", "letter"), [(7, INVITATION), (7, "newsletter"), (2**31, EVENT_REMINDER)])
def test_what_nobody_may_decline_and_nobody_is_cannot_be_stopped(person_id, letter):
    assert person_and_letter_of(unsubscribe_token(person_id, letter, KEY), KEY) is None
