"""Letters are stored once, and shown."""

from datetime import timedelta

from sqlalchemy.orm import Session

from events_app.mail.actions import claim, mark_sent
from events_app.mail.queries import outbox
from events_app.mail.rules import message_id_for


def test_a_letter_is_stored_once_however_often_it_is_derived(put, reminder, stored):
    assert put(reminder("anna"), reminder("ben")) == 2
    assert put(reminder("anna"), reminder("ben"), reminder("carla")) == 1
    assert set(stored()) == {"anna", "ben", "carla"}


def test_the_same_letter_twice_in_one_pass_is_stored_once(put, reminder):
    assert put(reminder("anna"), reminder("anna")) == 1


def test_many_letters_are_stored_in_chunks(put, reminder, stored):
    assert put(*[reminder(f"reader{n}") for n in range(120)]) == 120
    assert len(stored()) == 120


def test_a_letter_may_be_born_expired_so_that_it_is_shown(put, reminder, stored):
    put(reminder("anna", is_expired=True))
    assert stored("anna").state == "expired"


def test_a_superseded_letter_is_revived_when_the_meeting_moves_back(put, reminder, stored, step, clock, change_meeting):
    put(reminder())
    change_meeting(time_zone="Europe/Rome")
    with step() as session:
        assert claim(session, "worker", clock.now()) == []
    assert stored("anna").state == "superseded"
    change_meeting(time_zone="Europe/Vienna")
    later = clock.now() + timedelta(hours=1)
    assert put(reminder(due_at=later)) == 1
    assert (stored("anna").state, stored("anna").next_attempt_at) == ("pending", later)


def test_a_letter_that_was_sent_is_never_revived(put, reminder, stored, step, clock):
    put(reminder())
    with step() as session:
        [message] = claim(session, "worker", clock.now())
        mark_sent(session, message, "250 OK", clock.now())
    assert put(reminder()) == 0
    assert stored("anna").state == "sent"


def test_the_message_id_follows_from_the_key_and_the_secret(put, reminder, stored):
    put(reminder())
    message_id = stored("anna").message_id
    assert message_id == message_id_for(reminder().dedupe_key, "for tests only", "calendar.example")
    assert message_id != message_id_for(reminder().dedupe_key, "another secret", "calendar.example")
    assert message_id.startswith("<") and message_id.endswith("@calendar.example>")


def test_the_outbox_shows_every_letter_as_plain_values(put, reminder, engine, meeting, reader):
    put(reminder(person_id=reader.id))
    with Session(engine) as session:
        [row] = outbox(session)
    assert row["letter"] == "event-reminder"
    assert (row["person"], row["address"], row["event"]) == (reader.id, "anna@delegations.example", meeting.id)
    assert (row["state"], row["attempts"]) == ("pending", 0)
    assert row["due"] == "2027-02-23T08:00:00+00:00"
    assert row["message_id"].startswith("<")
