"""Lessons of an event that was held: noted by those who may edit it, and kept for those who come next."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from events_app.events.actions.lessons import note_lesson
from events_app.events.errors import WrongStatusError
from events_app.events.models import Lesson
from events_app.events.queries import lessons_of

NOW = datetime(2027, 3, 9, 9, tzinfo=UTC)
TEXT = "Send the papers a week earlier,\nand <not> on a Friday."


@pytest.fixture
def held(make_event, clock):
    """A meeting of the Asian group that was held on 2 March 2027, chaired by Switzerland."""
    found = make_event(group_keys=("asian",))
    clock.move_to(NOW)
    return found


@pytest.fixture
def enter(app, make_person, sign_in):
    return lambda *args, **known: sign_in(app.test_client(), make_person(*args, **known))


def test_a_lesson_is_noted_once_and_shown_to_those_who_may_edit_the_event_alone(held, enter, session):
    luca, clara, haruto = enter("luca", "CH"), enter("clara", secretary=True), enter("haruto", "JP")
    assert "Note a lesson" in luca.get(f"/events/{held.id}").text
    for _ in range(2):
        assert luca.post(f"/events/{held.id}/lessons", data={"text": TEXT}).status_code == 302
    assert [lesson.text for lesson in session.scalars(select(Lesson))] == [TEXT]
    assert "and &lt;not&gt; on a Friday." in clara.get(f"/events/{held.id}").text
    assert "Friday" not in haruto.get(f"/events/{held.id}").text


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 1001])
def test_a_lesson_of_no_words_or_too_many_is_refused(held, enter, session, text):
    answer = enter("luca", "CH").post(f"/events/{held.id}/lessons", data={"text": text})
    assert (answer.status_code, session.scalars(select(Lesson)).all()) == (422, [])


def test_one_deletes_ones_own_lesson_and_the_section_any(held, enter, session):
    luca, reto, clara = enter("luca", "CH"), enter("reto", "CH"), enter("clara", secretary=True)
    for words, remover, status, left in (("One", reto, 403, 1), ("One", luca, 302, 0), ("Two", clara, 302, 0)):
        luca.post(f"/events/{held.id}/lessons", data={"text": words})
        session.rollback()
        lesson = session.scalars(select(Lesson)).one()
        assert remover.post(f"/events/{held.id}/lessons/{lesson.id}/remove").status_code == status
        session.rollback()
        assert len(session.scalars(select(Lesson)).all()) == left


def test_what_was_not_held_teaches_nothing_yet(make_event, enter, session):
    event = make_event(group_keys=("asian",))
    luca = enter("luca", "CH")
    assert luca.get(f"/events/{event.id}/lessons").status_code == 409
    assert "Note a lesson" not in luca.get(f"/events/{event.id}").text
    with pytest.raises(WrongStatusError):
        note_lesson(session, event, TEXT, datetime(2027, 3, 1, tzinfo=UTC))


def test_the_lessons_of_a_group_are_those_of_its_events_since_a_day_the_latest_event_first(held, make_event, session):
    later = make_event(group_keys=("mediterranean", "asian"), kind_key="joint-meeting", starts_on=date(2027, 3, 8))
    other = make_event(starts_on=date(2027, 3, 4))
    for event, text in ((held, "First"), (held, "Second"), (later, "Third"), (other, "Elsewhere")):
        note_lesson(session, event, text, NOW)
    found = [(event.id, lesson.text) for event, lesson in lessons_of(session, "asian", date(2027, 3, 2))]
    assert found == [(later.id, "Third"), (held.id, "First"), (held.id, "Second")]
    assert lessons_of(session, "asian", date(2027, 3, 9)) == []
