"""What the data files must say, whoever edits them."""

import re
from collections import Counter

from events_app.events.facts import read_event_facts
from events_app.events.models import Kind
from events_app.partnership.facts import read_partnership_facts
from events_app.shared.datafile import csv_rows

KIND_KEYS = (
    "contact-group-meeting", "joint-meeting", "conference", "side-event", "troika-meeting",
    "contact-points-meeting", "permanent-council", "forum", "ministerial-council", "summit",
    "review-conference", "annual-security-review", "economic-forum", "human-dimension", "thematic-conference",
    "workshop", "seminar", "briefing", "training", "visit",
    "liaison", "placement",
)  # fmt: skip


def test_there_is_one_row_for_every_state() -> None:
    codes = Counter(row.text("code") for row in csv_rows("states.csv"))
    assert set(codes.values()) == {1}
    assert set(codes) == {row.text("code") for row in csv_rows("memberships.csv")}


def test_states_stay_findable_by_their_older_names() -> None:
    former = {state.code: state.former_names.split("; ") for state in read_partnership_facts().states}
    assert "Turkey" in former["TR"]
    assert "Czech Republic" in former["CZ"]
    assert "South Korea" in former["KR"]
    assert "the former Yugoslav Republic of Macedonia" in former["MK"]


def test_the_kinds_are_those_of_the_design_in_its_order() -> None:
    assert tuple(kind.key for kind in read_event_facts().kinds) == KIND_KEYS


def test_only_kinds_with_times_have_a_length_and_they_take_one_day() -> None:
    for kind in read_event_facts().kinds:
        assert (kind.usual_start is None) == (kind.usual_minutes is None), kind.key
        assert kind.usual_start is None or kind.usual_days == 1, kind.key


def test_events_of_whole_days_leave_the_days_of_their_readers_free() -> None:
    assert all(kind.is_transparent == (kind.usual_start is None) for kind in read_event_facts().kinds)


def test_every_kind_has_a_name_for_every_day_and_any_groups(kinds: dict[str, Kind]) -> None:
    for kind in kinds.values():
        general = [name for name in kind.names if not name.group_key]
        assert len([name for name in general if name.valid_to is None]) == 1, kind.key


def test_steps_come_in_the_order_in_which_they_are_due() -> None:
    for kind in read_event_facts().kinds:
        days = [step["working_days"] for step in kind.steps]
        assert days == sorted(days), kind.key  # type: ignore[type-var]


def test_a_conference_is_prepared_from_twenty_weeks_before(kinds: dict[str, Kind]) -> None:
    assert kinds["conference"].steps[0]["working_days"] == -100


def test_priorities_name_topics_and_groups_that_exist() -> None:
    facts = read_event_facts()
    assert {priority.topic_key for priority in facts.priorities} <= {topic.key for topic in facts.topics}
    assert {priority.group_key for priority in facts.priorities} == {"mediterranean", "asian"}


def test_topics_are_in_alphabetical_order() -> None:
    names = [topic.name.casefold() for topic in read_event_facts().topics]
    assert names == sorted(names)


def test_keys_are_plain_words_and_unique() -> None:
    facts = read_event_facts()
    for table in (facts.kinds, facts.topics, facts.venues):
        keys = [row.key for row in table]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", key) for key in keys)


def test_every_city_of_the_archive_is_a_venue() -> None:
    cities = {(venue.city, venue.state_code) for venue in read_event_facts().venues}
    assert {(row.text("city"), row.text("country")) for row in csv_rows("archive.csv")} <= cities


def test_the_archive_speaks_of_known_kinds_groups_and_states() -> None:
    codes = {row.text("code") for row in csv_rows("states.csv")}
    for row in csv_rows("archive.csv"):
        assert row.one_of("kind", KIND_KEYS)
        assert row.values["group"] in {"", "mediterranean", "asian"}
        assert {row.text("country"), row.values["host"] or row.text("country")} <= codes
        assert row.day("start") <= row.day("end")
