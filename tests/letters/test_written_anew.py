"""A letter that waits for another attempt is written anew if its reader may no longer see it so, or it is not so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.writing import change_event
from events_app.events.models import Document, Event
from events_app.events.rules.details import DocumentLink, details_of
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import Doubtful, TryLater
from events_app.people.actions import prefer_times

HOURS = timedelta(hours=2)
LINK = "https://meet.example/asian-room"


@pytest.fixture
def postponed(make_event, make_person, session, post_box, run_pass, clock):
    """A reminder with a document and a joining link, written and put off by the mail server, or in doubt."""

    def send(answer):
        documents = (DocumentLink("agenda", "Draft agenda", "https://docs.example/1"),)
        make_event(group_keys=("asian",), joining_link=LINK, documents=documents)
        haruto = make_person("haruto", "JP")
        post_box.answers[haruto.email] = answer
        clock.move_to(datetime(2027, 2, 16, 8, tzinfo=UTC))
        run_pass()
        post_box.answers.clear()
        return session.scalars(select(OutboxMessage)).one()

    return send


@pytest.fixture
def sent_again(run_pass, post_box, clock, session):
    """Run passes until the letter has gone; return all of its texts."""

    def text():
        session.commit()
        for _ in range(2):
            clock.advance(HOURS)
            run_pass()
        [letter] = post_box.letters
        return letter.message.get_body(("plain",)).get_content() + letter.message.as_string()

    return text


ANSWERS = [TryLater("451 later"), Doubtful("cut")]


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_document_that_was_hidden_meanwhile_is_not_in_it(postponed, sent_again, session, answer):
    message = postponed(answer)
    session.scalars(select(Document)).one().visibility = "secretariat"
    text = sent_again()
    assert "Draft agenda" not in text
    assert LINK in text
    assert message.message_id in text


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_joining_link_that_was_changed_meanwhile_is_not_in_it(postponed, sent_again, session, clock, answer):
    postponed(answer)
    event = session.scalars(select(Event)).one()
    change_event(session, event, replace(details_of(event), joining_link=""), event.version, clock.now())
    text = sent_again()
    assert LINK not in text
    assert "Draft agenda" in text


def test_a_place_that_was_changed_meanwhile_is_the_one_in_it(postponed, sent_again, session, clock):
    postponed(TryLater("451 later"))
    event = session.scalars(select(Event)).one()
    change_event(session, event, replace(details_of(event), place="Ratsaal"), event.version, clock.now())
    text = sent_again()
    assert "Ratsaal" in text
    assert "Hofburg" not in text


def test_tomorrow_is_today_once_it_is_past_midnight(make_event, make_person, session, post_box, run_pass, clock):
    make_event(group_keys=("asian",))
    haruto = make_person("haruto", "JP")
    prefer_times(session, haruto, [1], None, None)
    post_box.answers[haruto.email] = TryLater("451 later")
    clock.move_to(datetime(2027, 3, 1, 22, tzinfo=UTC))
    run_pass()
    post_box.answers.clear()
    clock.advance(HOURS)
    run_pass()
    subjects = [letter.message["Subject"] for letter in post_box.letters]
    assert "Today: Meeting of the Asian Contact Group" in subjects


def test_what_was_added_meanwhile_is_no_reason_to_write_it_anew(postponed, sent_again, session, clock):
    written = postponed(TryLater("451 later")).rendered
    event = session.scalars(select(Event)).one()
    document = Document(type="agenda", title="More", link="https://docs.example/2", added_at=clock.now())
    event.documents.append(document)
    sent_again()
    assert session.scalars(select(OutboxMessage)).one().rendered == written


def test_the_facts_of_a_letter_do_not_hold_the_link_itself(postponed):
    assert LINK not in str(postponed(TryLater("451 later")).facts)
