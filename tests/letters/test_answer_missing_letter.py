"""The letter on a missing answer: until when, to what, for whom, and where to answer."""

from datetime import UTC, date, datetime

import pytest

from events_app.events.models import Invitation

FIRST, SECOND = datetime(2027, 2, 12, 8, tzinfo=UTC), datetime(2027, 2, 18, 8, tzinfo=UTC)


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport", answer_by=date(2027, 2, 19), place="Hofburg, Ratsaal")


def test_it_says_until_when_and_where_to_answer(meeting, make_person, letters, parts):
    make_person("haruto", "JP")
    message = letters(FIRST)["haruto"]
    assert message["Subject"] == "Please answer within 7 days: Meeting of the Asian Contact Group: Transport"
    for part in parts(message):
        for words in (
            "The answer of your delegation is missing: Japan", "Please answer by Friday, 19 February 2027",
            "Tuesday, 2 March 2027", "10:00–13:00", "Hofburg, Ratsaal", "Chair: Switzerland",
            f"http://localhost/events/{meeting.id}/answer",
        ):  # fmt: skip
            assert words in part
    assert message["References"] == f"<{meeting.uid}>"


def test_on_the_last_working_day_it_says_tomorrow(meeting, make_person, letters):
    make_person("haruto", "JP")
    assert letters(SECOND)["haruto"]["Subject"].startswith("Please answer by tomorrow: ")


def test_who_was_invited_by_mail_answers_without_signing_in(meeting, make_person, letters, parts, session, clock):
    haruto = make_person("haruto", "JP")
    session.add(Invitation(event_id=meeting.id, person_id=haruto.id, state_code="JP", invited_at=clock.now()))
    session.commit()
    assert all("http://localhost/answer/" in part for part in parts(letters(FIRST)["haruto"]))
