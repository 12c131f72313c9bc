"""Answering an invitation, suggesting something, and what the answers amount to."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from events_app.events.actions.attendance import answer_invitation, settle_suggestion, suggest
from events_app.events.errors import AnswersClosedError, InvalidAttendanceError, SuggestionSettledError
from events_app.events.models import Answer, Suggestion
from events_app.events.queries import answers_of, suggestions_of
from events_app.events.rules.attendance import (
    AnswerCounts,
    AnswerDetails,
    answer_counts,
    is_late,
    leading_codes,
    offered_answers,
    unanswered_codes,
)
from events_app.events.rules.table import invited_codes
from events_app.partnership.queries import partnership
from events_app.trail.models import TrailEntry

COMING = AnswerDetails("attends", "Ambassador Léa Müller", 2, "Jean Muster\nEva Beispiel")
BAD_ANSWERS = [
    ({"answer": "perhaps"}, [("answer", "unknown")]),
    ({"answer": ""}, [("answer", "unknown")]),
    ({"answer": "attends-online"}, [("answer", "unknown")]),
    ({"accompanying": -1}, [("accompanying", "too-few")]),
    ({"accompanying": 51}, [("accompanying", "too-many")]),
    ({"head": "x" * 121}, [("head", "too-long")]),
    ({"names": "x" * 10_000}, [("names", "too-long")]),
    ({"answer": "?", "accompanying": 10**9}, [("answer", "unknown"), ("accompanying", "too-many")]),
]
BAD_SUGGESTIONS = [
    (("party", "A party", None), [("what", "unknown")]),
    (("side-event", " \n", None), [("text", "needed")]),
    (("agenda-point", "x" * 501, None), [("text", "too-long")]),
    (("date", "", None), [("day", "needed")]),
    (("date", "", date(2026, 11, 20)), [("day", "in-the-past")]),
    (("date", "", date(1, 1, 1)), [("day", "in-the-past")]),
    (("date", "", date(9999, 12, 31)), [("day", "too-far")]),
]


def facts(error: InvalidAttendanceError) -> list[tuple[str, str]]:
    return [(problem.field, problem.reason) for problem in error.problems]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def deeds(session: Session) -> list[tuple[str, str, str, int | None]]:
    """The entries of the trail on answers and suggestions."""
    rows = session.scalars(select(TrailEntry).where(TrailEntry.thing.in_(("answer", "suggestion"))))
    return [(row.verb, row.thing, row.thing_id, row.person_id) for row in rows]


def test_a_delegation_answers_once_and_the_trail_knows_who_did(session, make_event, make_person, clock):
    event, ben = make_event(), make_person("ben", "CH")
    answer = answer_invitation(session, event, "CH", COMING, clock.now(), ben.id)
    assert (answer.answer, answer.head, answer.accompanying) == ("attends", "Ambassador Léa Müller", 2)
    assert (answer.answered_at, answer.answered_by_id, answer.is_late) == (clock.now(), ben.id, False)
    assert deeds(session) == [("answer", "answer", str(answer.id), ben.id)]


def test_a_changed_answer_replaces_the_one_before_and_adds_to_the_trail(session, make_event, clock):
    event = make_event()
    answer_invitation(session, event, "CH", COMING, clock.now())
    changed = answer_invitation(
        session, event, "CH", replace(COMING, accompanying=5), clock.advance(timedelta(hours=1))
    )
    assert [answer.accompanying for answer in answers_of(session, event.id)] == [5]
    assert changed.answered_at == clock.now()
    assert [verb for verb, *_ in deeds(session)] == ["answer", "change-answer"]


def test_the_same_answer_sent_twice_changes_nothing_not_even_after_the_last_day(session, make_event, clock):
    event = make_event(answer_by=date(2026, 11, 21))
    first = answer_invitation(session, event, "CH", COMING, clock.now())
    again = answer_invitation(session, event, "CH", COMING, clock.advance(timedelta(days=3)))
    assert (again.id, again.is_late, len(deeds(session))) == (first.id, False, 1)


def test_a_delegation_that_does_not_come_leaves_no_names(session, make_event, clock):
    event = make_event()
    answer_invitation(session, event, "CH", COMING, clock.now())
    answer = answer_invitation(session, event, "CH", replace(COMING, answer="declines"), clock.now())
    assert (answer.head, answer.accompanying, answer.names) == ("", 0, "")


def test_the_last_day_for_answers_ends_at_midnight_of_the_events_zone(make_event):
    event = make_event(answer_by=date(2027, 2, 20), time_zone="Asia/Tokyo")
    midnight = datetime(2027, 2, 20, 15, tzinfo=UTC)
    assert not is_late(event, midnight - timedelta(seconds=1))
    assert is_late(event, midnight)


def test_without_a_last_day_no_answer_is_late(make_event):
    event = make_event()
    assert not is_late(event, event.starts_at - timedelta(seconds=1))


def test_a_change_after_the_last_day_is_accepted_and_marked_as_late(session, make_event, clock):
    event = make_event(answer_by=date(2026, 11, 21))
    assert not answer_invitation(session, event, "CH", COMING, clock.now()).is_late
    clock.advance(timedelta(days=1))
    assert answer_invitation(session, event, "CH", replace(COMING, accompanying=0), clock.now()).is_late


def test_once_the_event_has_begun_nobody_answers_or_suggests(session, make_event):
    event = make_event()
    for now in (event.starts_at, event.ends_at + timedelta(days=9)):
        with pytest.raises(AnswersClosedError):
            answer_invitation(session, event, "CH", COMING, now)
        with pytest.raises(AnswersClosedError):
            suggest(session, event, "CH", "side-event", "Youth", None, now)
    assert (count(session, Answer), count(session, Suggestion)) == (0, 0)


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
def test_only_what_is_proposed_or_confirmed_is_answered(session, make_event, clock, status):
    with pytest.raises(AnswersClosedError) as refused:
        answer_invitation(session, make_event(status), "CH", COMING, clock.now())
    assert refused.value.status == status


@pytest.mark.parametrize("code", ["JP", "XX", ""])
def test_a_delegation_that_is_not_invited_does_not_answer(session, make_event, clock, code):
    with pytest.raises(InvalidAttendanceError) as refused:
        answer_invitation(session, make_event(), code, COMING, clock.now())
    assert facts(refused.value) == [("state", "not-invited")]


@pytest.mark.parametrize(("changes", "problems"), BAD_ANSWERS)
def test_what_no_delegation_can_answer_is_refused_with_field_and_reason(session, make_event, clock, changes, problems):
    with pytest.raises(InvalidAttendanceError) as refused:
        answer_invitation(session, make_event(), "CH", replace(COMING, **changes), clock.now())
    assert facts(refused.value) == problems
    assert (count(session, Answer), deeds(session)) == (0, [])


def test_the_format_says_which_answers_are_offered(make_event):
    offered = {form: offered_answers(make_event(format=form)) for form in ("in-person", "online", "hybrid")}
    assert offered == {
        "in-person": ("attends", "declines"),
        "online": ("attends-online", "declines"),
        "hybrid": ("attends", "attends-online", "declines"),
    }


def test_answers_are_counted_by_delegations_and_people(session, make_event, clock):
    event = make_event(format="hybrid")
    given = {"CH": COMING, "FI": AnswerDetails("attends-online"), "EG": AnswerDetails("declines")}
    for code, details in given.items():
        answer_invitation(session, event, code, details, clock.now())
    assert answer_counts(answers_of(session, event.id)) == AnswerCounts(in_person=1, online=1, declined=1, people=4)


def test_who_of_the_invited_has_not_answered_is_known(session, make_event, clock):
    event = make_event()
    answer_invitation(session, event, "CH", COMING, clock.now())
    invited = invited_codes(event, partnership(session))
    missing = unanswered_codes(invited, answers_of(session, event.id))
    assert missing == invited - {"CH"}
    assert "EG" in missing
    assert "JP" not in missing


def test_the_chairmanship_leads_then_the_rest_of_the_troika_as_far_as_decided(session, make_event):
    known = make_event(starts_on=date(2026, 12, 10))
    assert leading_codes(known, partnership(session)) == ["CH", "FI"]
    assert leading_codes(make_event(starts_on=date(2025, 3, 4)), partnership(session)) == ["FI", "MT", "CH"]


def test_a_suggestion_is_open_until_it_is_settled_once(session, make_event, make_person, clock):
    event, ben = make_event(), make_person("ben", "CH")
    made = suggest(session, event, "CH", "side-event", "Youth and security", None, clock.now(), ben.id)
    assert (made.state, made.suggested_by_id) == ("open", ben.id)
    assert settle_suggestion(session, made, "taken", clock.now(), ben.id).state == "taken"
    with pytest.raises(SuggestionSettledError):
        settle_suggestion(session, made, "not-taken", clock.now(), ben.id)
    assert [(verb, thing) for verb, thing, *_ in deeds(session)] == [
        ("suggest", "suggestion"),
        ("settle", "suggestion"),
    ]


def test_a_suggestion_is_not_settled_by_another_word(session, make_event, clock):
    made = suggest(session, make_event(), "CH", "date", "", date(2027, 3, 9), clock.now())
    with pytest.raises(InvalidAttendanceError):
        settle_suggestion(session, made, "open", clock.now())
    assert made.state == "open"


@pytest.mark.parametrize(("entered", "problems"), BAD_SUGGESTIONS)
def test_what_no_delegation_can_suggest_is_refused_with_field_and_reason(session, make_event, clock, entered, problems):
    with pytest.raises(InvalidAttendanceError) as refused:
        suggest(session, make_event(), "CH", *entered, clock.now())
    assert facts(refused.value) == problems
    assert count(session, Suggestion) == 0


def test_a_suggestion_sent_twice_is_one_suggestion(session, make_event, clock):
    event = make_event()
    for _ in range(2):
        suggest(session, event, "CH", "date", "", date(2027, 3, 9), clock.now())
    assert len(suggestions_of(session, event.id)) == 1


def test_a_delegation_does_not_flood_the_organisers(session, make_event, clock):
    event = make_event()
    for number in range(20):
        suggest(session, event, "CH", "agenda-point", f"Point {number}", None, clock.now())
    with pytest.raises(InvalidAttendanceError) as refused:
        suggest(session, event, "CH", "agenda-point", "One more", None, clock.now())
    assert facts(refused.value) == [("text", "too-many")]
    suggest(session, event, "FI", "agenda-point", "Another delegation", None, clock.now())


def test_today_of_a_suggestion_is_the_day_at_the_events_place(session, make_event, clock):
    clock.move_to(datetime(2026, 11, 21, 23, tzinfo=UTC))
    event = make_event(time_zone="Asia/Tokyo")
    with pytest.raises(InvalidAttendanceError):
        suggest(session, event, "CH", "date", "", date(2026, 11, 21), clock.now())
    assert suggest(session, event, "CH", "date", "", date(2026, 11, 22), clock.now()).day == date(2026, 11, 22)
