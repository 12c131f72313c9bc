"""Preferences of letters: at once, in the digest or not at all; own lead times; quiet hours; errors at the field."""

from datetime import time

import pytest
from sqlalchemy import select

from events_app.mail.kinds import CHANGE_NOTICE, DECLINABLE, EVENT_REMINDER, WEEKLY_DIGEST
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import AT_ONCE, IN_DIGEST, NOT_AT_ALL, LetterPreference
from events_app.web.people.letter_choices import field_of

BASE = {"language": "en", "time_zone": "Europe/Vienna"}


@pytest.fixture
def anna(make_person):
    return make_person("anna", "CH")


@pytest.fixture
def browser(client, sign_in, anna):
    return sign_in(client, anna)


@pytest.fixture
def modes(session, anna):
    def now():
        session.expire_all()
        rows = session.scalars(select(LetterPreference).where(LetterPreference.person_id == anna.id))
        return {row.letter: row.mode for row in rows}

    return now


def chosen(page, name):
    """The value that a select shows as chosen."""
    options = page.partition(f'name="{name}"')[2].partition("</select>")[0]
    return options.partition("selected value=")[2].partition('"')[2].partition('"')[0]


def test_every_letter_that_may_be_declined_is_offered_and_no_other(browser):
    page = browser.get("/preferences").text
    assert all(f'name="{field_of(letter)}"' in page for letter in DECLINABLE)
    assert "letter_invitation" not in page
    assert "letter_sign_in_link" not in page


def test_the_public_chooses_language_and_zone_alone(client, session):
    page = client.get("/preferences").text
    assert "letter_" not in page
    assert "quiet_from" not in page
    sent = {**BASE, field_of(EVENT_REMINDER): NOT_AT_ALL, "lead_days": "x", "quiet_from": "22:00"}
    assert client.post("/preferences", data=sent).status_code == 302
    assert session.scalars(select(LetterPreference)).all() == []


def test_what_was_chosen_is_kept_and_shown_again(browser, session, anna, modes):
    sent = {
        **BASE, field_of(EVENT_REMINDER): IN_DIGEST, field_of(CHANGE_NOTICE): NOT_AT_ALL, "lead_days": "1; 14،2",
        "quiet_from": "22:00", "quiet_until": "07:00",
    }  # fmt: skip
    assert browser.post("/preferences", data=sent).status_code == 302
    assert (modes()[EVENT_REMINDER], modes()[CHANGE_NOTICE]) == (IN_DIGEST, NOT_AT_ALL)
    session.refresh(anna)
    assert (anna.lead_days, anna.quiet_from, anna.quiet_until) == ([14, 2, 1], time(22), time(7))
    page = browser.get("/preferences").text
    assert chosen(page, field_of(EVENT_REMINDER)) == IN_DIGEST
    assert 'value="14, 2, 1"' in page
    assert 'value="22:00"' in page


def test_everything_is_taken_back_by_emptying_it(browser, session, anna, modes):
    filled = {field_of(EVENT_REMINDER): NOT_AT_ALL, "lead_days": "3", "quiet_from": "22:00", "quiet_until": "07:00"}
    browser.post("/preferences", data={**BASE, **filled})
    empty = {**BASE, field_of(EVENT_REMINDER): AT_ONCE, "lead_days": "", "quiet_from": "", "quiet_until": ""}
    assert browser.post("/preferences", data=empty).status_code == 302
    session.refresh(anna)
    assert (anna.lead_days, anna.quiet_from, anna.quiet_until, modes()[EVENT_REMINDER]) == ([], None, None, AT_ONCE)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"lead_days": "soon"}, "Write days as numbers"),
        ({"lead_days": "-1"}, "Write days as numbers"),
        ({"lead_days": "1.5"}, "Write days as numbers"),
        ({"lead_days": "²"}, "Write days as numbers"),
        ({"lead_days": "61"}, "At most 60 days before an event."),
        ({"lead_days": "9" * 50}, "At most 60 days before an event."),
        ({"lead_days": "1, 2, 3, 4, 5, 6"}, "At most 5 reminders of an event."),
        ({"lead_days": "1 " * 5000}, "60 characters"),
        ({"quiet_from": "22:00"}, "Say until when, too"),
        ({"quiet_until": "07:00"}, "Say from when on, too"),
        ({"quiet_from": "07:00", "quiet_until": "07:00"}, "end at another time"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "25:00 is no time of day."),
        ({field_of(EVENT_REMINDER): "sometimes"}, "Choose one of the list."),
        ({field_of(WEEKLY_DIGEST): IN_DIGEST}, "Choose one of the list."),
        ({field_of(EVENT_REMINDER): IN_DIGEST, field_of(WEEKLY_DIGEST): NOT_AT_ALL}, "You want other letters in"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_at_the_field_and_nothing_is_saved(browser, session, anna, modes, sent, sentence):
    answer = browser.post("/preferences", data={**BASE, "language": "fr", **sent})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    session.refresh(anna)
    assert (anna.language, anna.lead_days, anna.quiet_from, modes()) == ("en", [], None, {})


def test_fields_that_are_not_in_the_form_change_nothing(browser, modes):
    foreign = {"letter_invitation": NOT_AT_ALL, "person_id": "1"}
    assert browser.post("/preferences", data={**BASE, **foreign}).status_code == 302
    assert set(modes()) == set(DECLINABLE)


@pytest.mark.parametrize(
    ("role", "shown"), [("contact-point", AT_ONCE), ("administrator", AT_ONCE), ("delegate", NOT_AT_ALL)]
)
def test_the_digest_is_shown_as_it_comes_by_role(app, make_person, sign_in, role, shown):
    page = sign_in(app.test_client(), make_person("ben", "CH", role)).get("/preferences").text
    assert chosen(page, field_of(WEEKLY_DIGEST)) == shown


def test_choosing_a_language_at_the_foot_of_a_page_leaves_letters_alone(browser, session, anna, modes):
    prefer_letters(session, anna.id, {EVENT_REMINDER: NOT_AT_ALL})
    session.commit()
    browser.post("/language", data={"language": "fr", "next": "/"})
    assert modes() == {EVENT_REMINDER: NOT_AT_ALL}


def test_it_is_among_what_is_stored_about_a_person_and_goes_with_the_person(
    app, browser, session, anna, modes, make_person, sign_in
):
    browser.post("/preferences", data={**BASE, field_of(EVENT_REMINDER): NOT_AT_ALL, "lead_days": "3"})
    page = browser.get("/me/data").text
    assert "letter_preference" in page
    assert "never" in page.partition("letter_preference")[2]
    clara = sign_in(app.test_client(), make_person("clara", secretary=True))
    assert clara.post(f"/people/{anna.id}/remove").status_code == 302
    assert modes() == {}
    session.refresh(anna)
    assert (anna.lead_days, anna.quiet_from) == ([], None)
