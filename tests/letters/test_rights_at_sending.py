"""A letter that waits for another attempt is asked again whether its reader may have it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import CONFIRMED, Event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL
from events_app.letters.sign_in_link import post_sign_in_link
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import TryLater
from events_app.people.models import Post, SignInLink
from events_app.reminders.actions import decline

HOURS = timedelta(hours=2)
MINUTES = timedelta(minutes=6)


@pytest.fixture
def postponed(make_event, make_person, session, post_box, run_pass, clock):
    """The reminder of a meeting for the group, written and put off by the mail server."""
    make_event(visibility="group")
    haruto = make_person("haruto", "FR")
    post_box.answers[haruto.email] = TryLater("451 later")
    clock.move_to(datetime(2027, 2, 16, 8, tzinfo=UTC))
    run_pass()
    post_box.answers.clear()
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.state, message.rendered is not None) == ("pending", True)
    return message


def test_a_letter_goes_again_with_the_same_bytes_while_nothing_has_changed(postponed, run_pass, post_box, clock):
    written = postponed.rendered
    clock.advance(HOURS)
    run_pass()
    assert [letter.rendered for letter in post_box.letters] == [written]


def test_a_reminder_does_not_go_again_once_its_event_is_hidden(postponed, session, run_pass, post_box, clock):
    event = session.scalars(select(Event)).one()
    change_event(session, event, replace(details_of(event), visibility="secretariat"), event.version, clock.now())
    clock.advance(HOURS)
    run_pass()
    assert post_box.letters == []
    assert (postponed.state, postponed.rendered) == ("superseded", None)


def test_a_reminder_does_not_go_again_once_its_readers_post_has_ended(postponed, session, run_pass, post_box, clock):
    session.scalars(select(Post)).one().valid_to = clock.now().date() - timedelta(days=1)
    clock.advance(HOURS)
    run_pass()
    assert post_box.letters == []
    assert (postponed.state, postponed.rendered) == ("superseded", None)


def test_a_reminder_whose_event_is_called_off_while_others_of_its_batch_go_is_not_sent(
    make_event, make_person, session, run_pass, post_box, clock
):
    event, haruto = make_event(), make_person("haruto", "FR")

    def cancel():
        if event.status == CONFIRMED:
            take_step(session, event, CANCEL, clock.now(), reason="The host withdrew")
            session.commit()

    post_box.open = cancel
    decline(session, haruto.id, "weekly-digest")
    clock.move_to(datetime(2027, 2, 16, 8, tzinfo=UTC))
    run_pass()
    assert post_box.letters == []
    message = session.scalars(select(OutboxMessage)).one()
    assert (message.state, message.facts["why"]) == ("superseded", "event-status")


def test_a_sign_in_letter_does_not_go_again_once_its_link_was_used(
    make_person, session, settings, run_pass, post_box, clock
):
    anna = make_person("anna", "CH")
    post_sign_in_link(session, anna, settings.signing_key, settings.host, clock.now())
    post_box.answers[anna.email] = TryLater("451 later")
    run_pass()
    post_box.answers.clear()
    session.scalars(select(SignInLink)).one().used_at = clock.now()
    clock.advance(MINUTES)
    run_pass()
    assert post_box.letters == []
    assert session.scalars(select(OutboxMessage)).one().state == "superseded"
