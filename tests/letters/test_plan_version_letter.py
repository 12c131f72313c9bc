"""The letter on an adopted plan: one to each contact point whose events are new or have moved, and to nobody else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.mail.kinds import PLAN_VERSION
from events_app.mail.outcomes import TryLater
from events_app.people.actions import prefer
from events_app.planning.models import PlanVersion

ADOPTED = datetime(2026, 11, 21, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(make_person):
    """Contact points of an Asian and a Mediterranean Partner, and the secretary who adopts."""
    posts = {"haruto": "JP", "leila": "JO"}
    return {name: make_person(name, state) for name, state in posts.items()} | {
        "clara": make_person("clara", secretary=True)
    }


@pytest.fixture
def meetings(make_event):
    """An Asian meeting and two Mediterranean ones, proposed."""
    days = {"asian": [date(2027, 3, 2)], "mediterranean": [date(2027, 3, 9), date(2027, 4, 20)]}
    found = [(group, day) for group, known in days.items() for day in known]
    return [
        make_event("proposed", group_keys=(group,), starts_on=day, theme=f"On {day:%-d %B}") for group, day in found
    ]


@pytest.fixture
def adopted(session, clock, people):
    """Store the events as they stand as a version, after those in `was` were moved from these days."""

    def store(major, minor, events, was=(), note=""):
        moved = dict(was)
        known = {it.id: when_of(it) for it in events}
        before = {key: {**known[key], "starts_on": day, "ends_on": day} for key, day in moved.items()}
        entries = [
            {"event_id": it.id, "kind": it.kind_key, "groups": list(it.group_keys), "when": when_of(it),
             "moved_from": before.get(it.id)}
            for it in events
        ]  # fmt: skip
        plan = {"events": entries, "rules": {}, "asked": {}}
        session.add(
            PlanVersion(
                year=2027, major=major, minor=minor, plan=plan, note=note, adopted_at=clock.now(),
                adopted_by_id=people["clara"].id,
            )
        )  # fmt: skip
        session.commit()

    return store


@pytest.fixture
def sent(run_pass, post_box, clock):
    """Run a pass after so many minutes; return the letters on plans that it sent, by name."""

    def later(minutes=1, letter=PLAN_VERSION):
        clock.advance(minutes * MINUTE)
        before = len(post_box.letters)
        run_pass()
        new = [found for found in post_box.letters[before:] if f"<{letter}." in found.message["List-Id"]]
        assert len(new) == len({found.address for found in new})
        return {found.address.partition("@")[0]: found.message for found in new}

    return later


def when_of(event):
    return {
        "starts_on": event.starts_on.isoformat(), "start_time": "10:00:00", "ends_on": event.ends_on.isoformat(),
        "end_time": "13:00:00", "time_zone": "Europe/Vienna", "start_fold": 0, "end_fold": 0,
    }  # fmt: skip


def moved(session, event, day):
    change_event(session, event, replace(details_of(event), starts_on=day, ends_on=day), event.version, ADOPTED)


def text_of(message):
    return message.get_body(("plain",)).get_content()


def test_the_first_version_tells_everybody_invited_of_their_events_in_one_letter_each(meetings, adopted, sent):
    adopted(1, 0, meetings, note="For the <Committee>")
    letters = sent()
    assert sorted(letters) == ["haruto", "leila"]
    assert letters["leila"]["Subject"] == "Plan of 2027, version 1: 2 dates are new or have moved"
    text = text_of(letters["leila"])
    for words in ("On 9 March", "On 20 April", "New: Tuesday, 9 March 2027", "For the <Committee>", "(Proposed)",
                  "http://localhost/plan/2027/versions/1"):  # fmt: skip
        assert words in text
    assert "On 2 March" not in text
    assert "For the &lt;Committee&gt;" in letters["leila"].get_body(("html",)).get_content()
    assert sent() == {}


def test_a_later_version_tells_only_those_whose_events_moved_was_and_is_in_both_zones(
    meetings, adopted, sent, session, people, make_person
):
    prefer(session, people["haruto"], "en", "Asia/Tokyo")
    adopted(1, 0, meetings)
    assert sorted(sent()) == ["haruto", "leila"]
    moved(session, meetings[0], date(2027, 3, 16))
    adopted(1, 1, meetings)
    letters = sent()
    assert list(letters) == ["haruto"]
    text = text_of(letters["haruto"])
    was, now_is = text.index("Was: Tuesday, 2 March 2027"), text.index("Now: Tuesday, 16 March 2027")
    assert was < text.index("18:00–21:00 (Japan)") < now_is < text.rindex("18:00–21:00 (Japan)")
    assert "version 1.1: 1 date is new" in letters["haruto"]["Subject"]


def test_what_adopting_moved_says_where_it_was_also_in_the_first_version(meetings, adopted, sent):
    adopted(1, 0, meetings, was=[(meetings[0].id, "2027-02-02")])
    assert "Was: Tuesday, 2 February 2027" in text_of(sent()["haruto"])


def test_moves_of_a_plan_make_no_notices_of_change(meetings, adopted, sent, session):
    moved(session, meetings[0], date(2027, 3, 16))
    adopted(1, 0, meetings)
    assert sent(letter="change-notice") == {}
    assert sent(15, letter="change-notice") == {}


def test_what_moved_again_or_was_cancelled_before_the_letter_goes_is_not_in_it(
    meetings, adopted, sent, session, post_box
):
    for name in ("haruto", "leila"):
        post_box.answers[f"{name}@delegations.example"] = TryLater("451 later")
    adopted(1, 0, meetings)
    assert sent() == {}
    take_step(session, meetings[0], "cancel", ADOPTED, reason="Because.")
    moved(session, meetings[1], date(2027, 3, 16))
    post_box.answers.clear()
    letters = sent(60)
    assert list(letters) == ["leila"]
    assert "On 20 April" in text_of(letters["leila"]) and "On 9 March" not in text_of(letters["leila"])


def test_what_one_may_no_longer_see_is_not_told(meetings, adopted, sent, session):
    for event in meetings[1:]:
        change_event(session, event, replace(details_of(event), visibility="secretariat"), event.version, ADOPTED)
    adopted(1, 0, meetings)
    assert list(sent()) == ["haruto"]


def test_what_is_over_is_no_news_and_after_a_week_nothing_is(meetings, adopted, sent, clock):
    adopted(1, 0, meetings)
    assert sent(8 * 24 * 60) == {}
    clock.move_to(datetime(2027, 3, 5, tzinfo=UTC))
    adopted(1, 1, meetings[1:])
    adopted(2, 0, meetings)
    assert sent() == {}
