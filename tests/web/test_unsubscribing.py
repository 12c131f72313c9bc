"""Stopping a letter from its own link: one click, a button, and nothing else."""

import pytest
from sqlalchemy import select

from events_app.app import create_app
from events_app.extensions import db
from events_app.mail.kinds import EVENT_REMINDER, WEEKLY_DIGEST
from events_app.mail.unsubscribing import unsubscribe_path
from events_app.people.actions import remove_person
from events_app.reminders.models import NOT_AT_ALL, LetterPreference

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def anna(make_person):
    return make_person("anna", "CH")


@pytest.fixture
def link(anna, settings):
    return unsubscribe_path(anna.id, EVENT_REMINDER, settings.signing_key)


@pytest.fixture
def declined(session):
    """Return who declined what."""

    def rows():
        session.expire_all()
        found = session.scalars(select(LetterPreference)).all()
        session.rollback()
        return [(row.person_id, row.letter, row.mode) for row in found]

    return rows


@pytest.fixture
def guarded(settings, app, clock, compiled_templates):
    """The site as it runs outside of tests: forms need their token."""
    site = create_app(settings, clock)
    site.jinja_env.bytecode_cache = compiled_templates
    yield site
    with site.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_gateway_that_fetches_the_link_stops_nothing(client, link, declined):
    for fetch in (client.get, client.head, client.options):
        assert fetch(link).status_code == 200
    assert client.get(link, query_string=ONE_CLICK).status_code == 200
    assert declined() == []


def test_the_page_says_what_would_stop_and_has_a_button(client, link, anna):
    page = client.get(link).text
    assert "Reminder" in page
    assert '<form method="post">' in page
    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert anna.name not in page.partition("<main")[2]
    assert anna.email not in page


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_it_in_one_click_without_cookie_or_form_token(guarded, link, anna, declined, kind):
    answer = guarded.test_client(use_cookies=False).post(link, data=ONE_CLICK, content_type=kind)
    assert answer.status_code == 200
    assert "/preferences" in answer.text
    assert declined() == [(anna.id, EVENT_REMINDER, NOT_AT_ALL)]


def test_stopping_twice_is_the_same_as_once(client, link, anna, declined):
    assert [client.post(link, data=ONE_CLICK).status_code for _ in range(2)] == [200, 200]
    assert declined() == [(anna.id, EVENT_REMINDER, NOT_AT_ALL)]


@pytest.mark.parametrize(
    "sent",
    [{}, {"List-Unsubscribe": "Two-Clicks"}, {"List-Unsubscribe": ["One-Click", "One-Click"]}, {"submit": "yes"},
     {"list-unsubscribe": "One-Click"}, {"List-Unsubscribe": "One-Click\r\n"}],
)  # fmt: skip
def test_any_other_post_stops_nothing(client, link, declined, sent):
    assert client.post(link, data=sent).status_code == 400
    assert client.post(link, query_string=ONE_CLICK).status_code == 400
    assert client.post(link, json=ONE_CLICK).status_code == 400
    assert declined() == []


def test_no_other_form_of_the_site_is_open_without_its_token(guarded, anna, sign_in):
    browser = sign_in(guarded.test_client(), anna)
    for address in ("/preferences", "/language", "/sign-out", "/me/sign-out-everywhere"):
        assert browser.post(address, data={**ONE_CLICK, "language": "fr", "time_zone": "UTC"}).status_code == 400


@pytest.mark.parametrize(
    "change",
    [lambda s: s[:-1], lambda s: s + "0", lambda s: s.replace("event-", "sign-in-"),
     lambda s: "/unsubscribe/" + "9" * 10_000, lambda s: "/unsubscribe/%00"],
)  # fmt: skip
def test_a_wrong_link_leads_nowhere(client, link, declined, change):
    assert client.get(change(link)).status_code == 404
    assert client.post(change(link), data=ONE_CLICK).status_code == 404
    assert declined() == []


def test_the_link_of_somebody_who_was_removed_leads_nowhere(client, link, anna, session, clock, declined):
    remove_person(session, anna, clock.now())
    session.commit()
    assert client.get(link).status_code == 404
    assert client.post(link, data=ONE_CLICK).status_code == 404
    assert declined() == []


def test_it_stops_the_letter_of_the_link_whoever_is_signed_in(client, link, anna, make_person, sign_in, declined):
    sign_in(client, make_person("ben", "FI"))
    assert client.post(link, data=ONE_CLICK).status_code == 200
    assert declined() == [(anna.id, EVENT_REMINDER, NOT_AT_ALL)]


def test_the_page_speaks_its_readers_language(client, link, anna, session):
    anna.language = "ar"
    session.commit()
    assert '<html lang="ar" dir="rtl">' in client.get(link).text
    assert '<html lang="fr"' in client.get(f"{link}?lang=fr").text


def test_stopping_the_digest_says_what_goes_with_it(client, anna, settings):
    assert "not told to you at all" in client.get(unsubscribe_path(anna.id, WEEKLY_DIGEST, settings.signing_key)).text


def test_guessing_is_slowed_down_and_looking_is_not(client, link):
    wrong = link[:-1] + ("0" if link[-1] != "0" else "1")
    answers = [client.post(wrong, data=ONE_CLICK).status_code for _ in range(61)]
    assert answers == [404] * 60 + [429]
    assert client.get(link).status_code == 200
