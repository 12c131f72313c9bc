"""The letters of a batch share what was read of the calendar, until anything in it has changed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select

from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.mail.models import OutboxMessage
from events_app.partnership.actions import RosterEntry, record_chairmanship
from events_app.people.models import Post
from events_app.reminders.actions import decline

TWO_WEEKS_BEFORE = datetime(2027, 2, 16, 8, tzinfo=UTC)
CODES = ("FR", "DE", "IT", "ES", "AT", "CH", "PL", "SE")
MOST_QUERIES = 8


@pytest.fixture
def meeting(make_event):
    return make_event(visibility="group", theme="Water")


@pytest.fixture
def readers(meeting, make_person, session):
    """Add contact points who get single letters."""

    def add(*names):
        people = [make_person(name, code) for name, code in zip(names, CODES, strict=False)]
        for person in people:
            decline(session, person.id, "weekly-digest")
        session.commit()
        return people

    return add


@pytest.fixture
def after_the_first(post_box, session):
    """Let something happen to the calendar between the first letter and the second."""

    def let(happen):
        send = post_box.send

        def send_and_change(address, rendered):
            outcome = send(address, rendered)
            if len(post_box.letters) == 1:
                happen()
                session.commit()
            return outcome

        post_box.send = send_and_change

    return let


@pytest.fixture
def texts(run_pass, post_box, clock):
    """Run the pass in which the meeting is remembered; return the texts that went, in their order."""

    def sent():
        clock.move_to(TWO_WEEKS_BEFORE)
        run_pass()
        return [letter.message.get_body(("plain",)).get_content() for letter in post_box.letters]

    return sent


def test_each_further_letter_asks_little_of_the_database(readers, texts, engine, post_box):
    readers("anna", "ben", "carla", "dina", "emil", "fatima", "georg")
    statements, sent_after = [], []
    listening.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    open_post = post_box.open
    post_box.open = lambda: sent_after.append(len(statements)) or open_post()
    assert len(texts()) == 7
    each = [after - before for before, after in pairwise(sent_after[1:])]
    # Two of these are BEGIN IMMEDIATE.
    assert max(each) <= MOST_QUERIES + 2, statements[sent_after[1] : sent_after[2]]


def test_a_meeting_hidden_between_two_letters_is_told_to_nobody_else(
    meeting, readers, after_the_first, texts, session, clock
):
    readers("anna", "ben", "carla")
    hidden = replace(details_of(meeting), visibility="secretariat")
    after_the_first(lambda: change_event(session, meeting, hidden, meeting.version, clock.now()))
    assert len(texts()) == 1
    states = session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id))
    assert list(states) == ["sent", "superseded", "superseded"]


def test_what_changed_between_two_letters_stands_in_the_second(
    meeting, readers, after_the_first, texts, session, clock
):
    readers("anna", "ben", "carla")
    changed = replace(details_of(meeting), theme="Energy")
    after_the_first(lambda: change_event(session, meeting, changed, meeting.version, clock.now()))
    assert ["Water" in text for text in texts()] == [True, False, False]


def test_a_chair_decided_between_two_letters_stands_in_the_second(readers, after_the_first, texts, session, clock):
    readers("anna", "ben", "carla")
    decided = RosterEntry(2028, "KZ", "decided", date(2027, 2, 1), "Decision")
    after_the_first(lambda: record_chairmanship(session, decided, None, clock.now()))
    assert ["Kazakhstan" in text for text in texts()] == [False, True, True]


def test_a_post_that_ended_between_two_letters_ends_its_letters(readers, after_the_first, texts, session, clock):
    _, ben, _ = readers("anna", "ben", "carla")
    post = session.scalars(select(Post).where(Post.person_id == ben.id)).one()
    after_the_first(lambda: setattr(post, "valid_to", clock.now().date() - timedelta(days=1)))
    assert len(texts()) == 2


def test_a_letter_that_cannot_be_written_spoils_nothing_for_the_next(readers, texts, session, post_box):
    anna, _, _ = readers("anna", "ben", "carla")
    anna.language = "no such language"
    assert len(texts()) == 2
    assert {letter.address.partition("@")[0] for letter in post_box.letters} == {"ben", "carla"}
