"""What kinds, statuses, roles and the Chairmanship are called."""

from datetime import date

import pytest

from events_app.events.models import DOCUMENT_TYPES, FORMATS, STATUSES, VISIBILITIES, Kind
from events_app.partnership.models import CHAIRMANSHIP_STATUSES, ROLES, ContactGroup
from events_app.people.models import POST_ROLES
from events_app.words import labels
from events_app.words.labels import chairmanship_word, group_name, kind_name, language_name, step_name
from events_app.words.languages import LANGUAGE_NAMES, LANGUAGES

MEDITERRANEAN, ASIAN = ("mediterranean",), ("asian",)


@pytest.mark.parametrize(
    ("kind", "group_keys", "on", "name"),
    [
        ("conference", MEDITERRANEAN, date(2007, 12, 18), "Mediterranean Seminar"),
        ("conference", MEDITERRANEAN, date(2008, 1, 1), "Mediterranean Conference"),
        ("conference", MEDITERRANEAN, None, "Mediterranean Conference"),
        ("conference", ASIAN, date(2007, 6, 12), "Asian Conference"),
        ("conference", (), date(2027, 6, 12), "Conference with the Partners for Co-operation"),
        ("contact-group-meeting", ASIAN, date(2027, 3, 2), "Meeting of the Asian Contact Group"),
        ("contact-group-meeting", (), date(2027, 3, 2), "Contact Group meeting"),
        ("joint-meeting", MEDITERRANEAN + ASIAN, date(2027, 3, 2), "Joint meeting of the Contact Groups"),
        ("economic-forum", (), date(2006, 5, 22), "Economic Forum"),
        ("economic-forum", (), None, "Economic and Environmental Forum"),
        ("workshop", MEDITERRANEAN, date(2027, 3, 2), "Workshop"),
        ("workshop", (), date(1950, 1, 1), "Workshop"),
    ],
)
def test_a_kind_is_called_by_group_and_day(
    kinds: dict[str, Kind], kind: str, group_keys: tuple[str, ...], on: date | None, name: str
) -> None:
    assert kind_name(kinds[kind], group_keys, on, "en") == name


def test_a_kind_is_called_in_the_language_of_the_reader(kinds: dict[str, Kind]) -> None:
    assert kind_name(kinds["permanent-council"], (), None, "ru") == "Постоянный совет"
    assert kind_name(kinds["forum"], (), None, "fr") == "Forum pour la coopération en matière de sécurité"


def test_a_group_is_called_in_the_language_of_the_reader(groups: dict[str, ContactGroup]) -> None:
    assert group_name(groups["mediterranean"], "fr") == "Groupe de contact méditerranéen"
    assert group_name(groups["asian"], "en") == "Asian Contact Group"


def test_a_step_is_called_in_the_language_of_the_reader(kinds: dict[str, Kind]) -> None:
    assert step_name(kinds["joint-meeting"].steps[1], "es") == "Distribuir el proyecto de orden del día"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_word_for_every_key_that_the_code_knows(language: str) -> None:
    words = [
        *(labels.status_name(key, language) for key in (*STATUSES, "held")),
        *(labels.visibility_name(key, language) for key in VISIBILITIES),
        *(labels.visibility_explanation(key, language) for key in VISIBILITIES),
        *(labels.format_name(key, language) for key in FORMATS),
        *(labels.document_type_name(key, language) for key in DOCUMENT_TYPES),
        *(labels.role_name(key, language) for key in (*POST_ROLES, *ROLES, "secretary", "host", "co-host")),
        *(labels.roster_status_name(key, language) for key in CHAIRMANSHIP_STATUSES),
        *(labels.language_name(key, language) for key in LANGUAGES),
    ]
    assert all(words)


def test_every_level_of_a_kind_has_a_word(kinds: dict[str, Kind]) -> None:
    assert all(labels.level_name(kind.level, "ar") for kind in kinds.values())


@pytest.mark.parametrize(("year", "word"), [(1994, "Chairmanship"), (2023, "Chairmanship"), (2024, "Chairpersonship")])
def test_the_chairmanship_changed_its_word_in_2024(year: int, word: str) -> None:
    assert chairmanship_word(year, "en") == word


def test_other_languages_kept_their_word_for_the_chairmanship() -> None:
    assert {chairmanship_word(year, "fr") for year in (2023, 2024)} == {"Présidence"}


def test_what_nobody_has_decided_is_to_be_determined() -> None:
    assert labels.to_be_determined("en") == labels.roster_status_name("undetermined", "en") == "to be determined"


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_calls_itself_by_its_own_name(code: str) -> None:
    assert language_name(code, code).casefold() == LANGUAGE_NAMES[code].casefold()
