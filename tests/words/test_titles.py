"""Composed titles, summaries of feeds and ordinals."""

from collections.abc import Callable
from datetime import date

import pytest

from events_app.events.models import STATUSES, Event
from events_app.words.languages import LANGUAGES
from events_app.words.titles import event_title, feed_summary, ordinal_phrase

Plan = Callable[..., Event]


def test_a_title_is_kind_and_group_and_theme(plan: Plan) -> None:
    event = plan("contact-group-meeting", "mediterranean", theme="Water management")
    assert event_title(event, "en") == "Meeting of the Mediterranean Contact Group: Water management"


def test_a_theme_stays_in_its_own_language(plan: Plan) -> None:
    event = plan("contact-group-meeting", "mediterranean", theme="Water management")
    assert event_title(event, "fr") == "Réunion du Groupe de contact méditerranéen\u00a0: Water management"
    assert event_title(event, "ar") == "اجتماع فريق الاتصال المتوسطي: Water management"


def test_a_title_without_theme_is_the_kind_alone(plan: Plan) -> None:
    joint = plan("joint-meeting", "mediterranean", "asian")
    assert event_title(joint, "de") == "Gemeinsame Sitzung der Kontaktgruppen"


def test_a_workshop_is_called_by_its_theme(plan: Plan) -> None:
    assert event_title(plan("workshop", "asian", theme="Elections"), "en") == "Workshop: Elections"


def test_a_conference_bears_the_name_of_its_day(plan: Plan) -> None:
    assert event_title(plan("conference", "mediterranean", day=date(2007, 12, 18)), "en") == "Mediterranean Seminar"
    assert event_title(plan("conference", "mediterranean", day=date(2008, 10, 27)), "it") == "Conferenza mediterranea"


@pytest.mark.parametrize("theme", ["{kind}", "{0}", "50 % {", "}{"])
def test_a_theme_with_braces_is_text_and_nothing_else(plan: Plan, theme: str) -> None:
    assert event_title(plan("workshop", theme=theme), "es") == f"Taller: {theme}"


@pytest.mark.parametrize(
    ("status", "language", "summary"),
    [
        ("confirmed", "en", "Permanent Council"),
        ("held", "en", "Permanent Council"),
        ("postponed", "en", "Postponed: Permanent Council"),
        ("cancelled", "en", "Cancelled: Permanent Council"),
        ("cancelled", "fr", "Annulé\u00a0: Conseil permanent"),
        ("postponed", "de", "Verschoben: Ständiger Rat"),
        ("cancelled", "ar", "ملغى: المجلس الدائم"),
    ],
)
def test_a_feed_says_first_what_became_of_an_event(plan: Plan, status: str, language: str, summary: str) -> None:
    assert feed_summary(plan("permanent-council"), status, language) == summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_summary_always_ends_with_the_title(plan: Plan, language: str) -> None:
    event = plan("seminar", theme="Youth")
    title = event_title(event, language)
    assert all(feed_summary(event, status, language).endswith(title) for status in STATUSES)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "third meeting of 2027"),
        ("fr", "troisième réunion de 2027"),
        ("de", "dritte Sitzung des Jahres 2027"),
        ("it", "terza riunione del 2027"),
        ("es", "tercera reunión de 2027"),
        ("ru", "третье заседание 2027\u00a0года"),
        ("ar", "الاجتماع الثالث لعام 2027"),
    ],
)
def test_an_ordinal_agrees_with_its_noun(language: str, phrase: str) -> None:
    assert ordinal_phrase("contact-group-meeting", 3, 2027, language) == phrase


def test_a_joint_meeting_is_counted_as_one() -> None:
    assert ordinal_phrase("joint-meeting", 1, 2027, "en") == "first joint meeting of 2027"
    assert ordinal_phrase("joint-meeting", 2, 2027, "de") == "zweite gemeinsame Sitzung des Jahres 2027"


def test_ordinals_beyond_the_twelfth_are_numbers() -> None:
    assert ordinal_phrase("contact-group-meeting", 12, 2027, "en") == "twelfth meeting of 2027"
    assert ordinal_phrase("contact-group-meeting", 13, 2027, "en") == "meeting no. 13 of 2027"
    assert ordinal_phrase("contact-group-meeting", 13, 2027, "ru") == "заседание №\u00a013 2027\u00a0года"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_ordinals_read_alike(language: str) -> None:
    kinds = ("contact-group-meeting", "joint-meeting")
    phrases = {ordinal_phrase(kind, n, 2027, language) for kind in kinds for n in range(1, 16)}
    assert len(phrases) == 30
