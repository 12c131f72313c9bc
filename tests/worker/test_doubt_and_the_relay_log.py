"""A letter in doubt that the relay's log shows as taken is sent; any other goes again."""

from datetime import timedelta

import pytest

from events_app.mail.actions import send_again
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import Doubtful
from events_app.mail.postbox import PostBox
from events_app.mail.relay_log import RelayLog
from events_app.worker.loop import PassReport

LATER = timedelta(minutes=3)
ANNA, BEN = "anna@delegations.example", "ben@delegations.example"


@pytest.fixture
def post_box():
    return PostBox(answers={ANNA: Doubtful("timed out"), BEN: Doubtful("timed out")})


@pytest.fixture
def note_as_taken(tmp_path, stored):
    """Write into the log that the relay took a letter."""

    def note(name):
        with (tmp_path / "mail.log").open("a") as log:
            log.write(f"Feb 23 09:00:01 relay postfix/cleanup[7]: 4F1A2B3C4D: message-id={stored(name).message_id}\n")
            log.write("Feb 23 09:00:01 relay postfix/qmgr[8]: 4F1A2B3C4D: from=<p@c.example>, size=9 (queue active)\n")

    return note


@pytest.fixture
def worker(start_worker, post_box, tmp_path):
    return start_worker(post=post_box, look_up=RelayLog(tmp_path / "mail.log").findings)


def test_what_the_log_shows_is_sent_and_the_rest_goes_again(
    worker, put, reminder, stored, clock, post_box, note_as_taken
):
    put(reminder("anna"), reminder("ben"))
    assert worker.run_pass() == PassReport(in_doubt=2)
    note_as_taken("anna")
    post_box.answers.clear()
    assert worker.run_pass() == PassReport()
    clock.advance(LATER)
    assert worker.run_pass() == PassReport(sent=2)
    assert [letter.address for letter in post_box.letters] == [BEN]
    anna = stored("anna")
    assert (anna.state, anna.attempts, anna.sent_at) == ("sent", 1, clock.now())
    assert anna.last_reply == "taken, as the relay's log says: 4F1A2B3C4D"


def test_a_log_that_cannot_be_read_is_told_and_the_letter_goes_again(worker, put, reminder, stored, clock, post_box):
    put(reminder("anna", letter="year-plan-version"), reminder("ben"))
    worker.run_pass()
    post_box.answers.clear()
    clock.advance(LATER)
    assert worker.run_pass() == PassReport(sent=1)
    trouble = "timed out; the relay's log cannot be read: No such file or directory"
    assert (stored("anna").state, stored("anna").last_reply) == ("stopped", trouble)


def test_a_letter_sent_once_more_does_not_rest_on_the_log_of_the_first_time(
    worker, put, reminder, step, stored, clock, post_box, note_as_taken
):
    post_box.answers.clear()
    put(reminder("anna"))
    worker.run_pass()
    note_as_taken("anna")
    with step() as session:
        send_again(session, session.get_one(OutboxMessage, stored("anna").id), clock.now())
    post_box.answers[ANNA] = Doubtful("timed out")
    assert worker.run_pass() == PassReport(in_doubt=1)
    post_box.answers.clear()
    clock.advance(LATER)
    assert worker.run_pass() == PassReport(sent=1)
    assert [letter.address for letter in post_box.letters] == [ANNA, ANNA]
