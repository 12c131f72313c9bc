"""A pass of the worker sends what is due, once, and one bad letter harms no other."""

import socket
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from events_app.mail.actions import claim
from events_app.mail.errors import AddressRefusedError
from events_app.mail.models import Heartbeat, SuppressedAddress
from events_app.mail.outcomes import Delivered, Misconfigured
from events_app.mail.postbox import PostBox
from events_app.mail.queries import relay_state
from events_app.mail.smtp import SmtpPost
from events_app.shared.clock import StoppedClock
from events_app.worker.loop import PassReport

MINUTE = timedelta(minutes=1)
NAMES = ("anna", "ben", "carla", "dina", "emil", "fatima", "georg")


def test_a_letter_is_sent_exactly_once_over_two_passes(worker, put, reminder, stored, mail_server):
    put(reminder())
    assert worker.run_pass() == PassReport(sent=1)
    assert worker.run_pass() == PassReport()
    [(address, rendered)] = mail_server.letters
    assert address == "anna@delegations.example"
    assert stored("anna").message_id.encode() in rendered
    assert (stored("anna").state, stored("anna").attempts) == ("sent", 1)


def test_letters_are_derived_and_sent_in_the_same_pass(start_worker, put, reminder, mail_server):
    def derive(session, now):
        return put(*[reminder(name) for name in NAMES]) if not mail_server.letters else 0

    # The letters are put in by a transaction of the test, which must not wait for the worker's own.
    worker = start_worker(derive=lambda session, now: (session.rollback(), derive(session, now))[1])
    assert worker.run_pass() == PassReport(derived=7, sent=7)


def test_more_letters_than_one_claim_holds_go_in_one_pass(worker, put, reminder, mail_server):
    put(*[reminder(f"reader{n}") for n in range(45)])
    assert worker.run_pass().sent == 45
    assert mail_server.connections == 1


def test_a_poisoned_letter_among_seven_holds_up_none_of_the_others(start_worker, put, reminder, stored, mail_server):
    def write(session, message, now):
        if message.address.startswith("dina"):
            raise KeyError("a template that asks for too much")
        return b"Subject: x\r\n\r\n"

    worker = start_worker(write=write)
    put(*[reminder(name) for name in NAMES])
    assert worker.run_pass() == PassReport(sent=6, failed=1)
    assert len(mail_server.letters) == 6
    poisoned = stored("dina")
    assert (poisoned.state, poisoned.attempts) == ("pending", 1)
    assert "KeyError" in poisoned.last_reply


def test_what_the_domain_refuses_to_write_fails_for_good(start_worker, put, reminder, stored):
    def write(session, message, now):
        raise AddressRefusedError(message.address)

    put(reminder())
    assert start_worker(write=write).run_pass() == PassReport(failed=1)
    assert stored("anna").state == "failed"


def test_a_letter_that_may_no_longer_go_is_superseded(start_worker, put, reminder, stored, mail_server):
    put(reminder())
    assert start_worker(write=lambda *_: None).run_pass() == PassReport()
    assert (stored("anna").state, mail_server.letters) == ("superseded", [])


def test_a_temporary_refusal_is_tried_again_later(worker, put, reminder, clock, mail_server):
    put(reminder())
    mail_server.answer("RCPT", "451 4.7.1 greylisted", times=1)
    assert worker.run_pass() == PassReport(failed=1)
    assert worker.run_pass() == PassReport()
    clock.advance(2 * MINUTE)
    assert worker.run_pass() == PassReport(sent=1)
    assert len(mail_server.letters) == 1


def test_an_address_that_does_not_exist_is_suppressed(worker, put, reminder, stored, step, mail_server):
    mail_server.answer("RCPT", "550 5.1.1 no such user", "anna@delegations.example")
    put(reminder("anna"), reminder("ben"))
    assert worker.run_pass() == PassReport(sent=1, failed=1)
    assert stored("anna").state == "failed"
    with step() as session:
        assert list(session.scalars(select(SuppressedAddress.address))) == ["anna@delegations.example"]
    put(reminder("anna", dedupe_key="the next one"))
    worker.run_pass()
    assert mail_server.addresses == ["ben@delegations.example"]


def test_a_server_that_does_not_want_us_pauses_everything_and_suppresses_nobody(
    worker, put, reminder, stored, step, clock, mail_server
):
    mail_server.answer("MAIL", "530 5.7.0 Authentication required", times=1)
    put(*[reminder(name) for name in NAMES])
    assert worker.run_pass() == PassReport(failed=1)
    assert [m.attempts for m in stored().values()] == [1, 0, 0, 0, 0, 0, 0]
    assert {m.state for m in stored().values()} == {"pending"}
    with step() as session:
        assert relay_state(session).reason == "misconfigured"
        assert session.scalars(select(SuppressedAddress)).all() == []
    assert worker.run_pass() == PassReport()
    clock.advance(31 * MINUTE)
    assert worker.run_pass() == PassReport(sent=7)


def test_a_wrong_password_blames_no_letter(start_worker, put, reminder, stored, step):
    put(reminder())
    worker = start_worker(post=PostBox(trouble=Misconfigured("535 5.7.8 no")))
    assert worker.run_pass() == PassReport()
    assert (stored("anna").state, stored("anna").attempts) == ("pending", 0)
    with step() as session:
        assert relay_state(session).reason == "misconfigured"


def test_a_relay_that_is_down_burns_no_attempts(start_worker, put, reminder, stored, clock, mail_server):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    post = SmtpPost("127.0.0.1", port, "partners@calendar.example")
    worker = start_worker(post=post)
    put(*[reminder(name) for name in NAMES])
    for _ in range(5):
        assert worker.run_pass() == PassReport()
        clock.advance(6 * MINUTE)
    assert [m.attempts for m in stored().values()] == [0] * 7
    post.port = mail_server.port
    assert worker.run_pass() == PassReport(sent=7)


def test_a_server_that_closes_with_421_at_quit_makes_no_copies(worker, put, reminder, mail_server):
    mail_server.quit_answer = "421 4.3.2 closing"
    put(*[reminder(name) for name in NAMES])
    assert worker.run_pass() == PassReport(sent=7)
    assert worker.run_pass() == PassReport()
    assert len(mail_server.letters) == 7


def test_an_expired_letter_is_counted_and_does_not_go(worker, put, reminder, clock, mail_server):
    put(reminder("anna", expires_at=clock.now() + MINUTE), reminder("ben"))
    clock.advance(MINUTE)
    assert worker.run_pass() == PassReport(sent=1, expired=1)
    assert mail_server.addresses == ["ben@delegations.example"]


def test_a_letter_about_a_meeting_that_moved_goes_only_when_it_moves_back(
    worker, put, reminder, change_meeting, stored, mail_server
):
    put(reminder())
    change_meeting(time_zone="Asia/Tokyo")
    assert worker.run_pass() == PassReport()
    assert stored("anna").state == "superseded"
    change_meeting(time_zone="Europe/Vienna")
    put(reminder())
    assert worker.run_pass() == PassReport(sent=1)
    assert len(mail_server.letters) == 1


def test_what_is_in_the_outbox_goes_even_if_nothing_can_be_derived(start_worker, put, reminder):
    def derive(session, now):
        raise ValueError("broken")

    put(reminder())
    assert start_worker(derive=derive).run_pass() == PassReport(sent=1)


def test_a_worker_that_is_stopped_puts_back_what_it_has_not_begun(start_worker, put, reminder, stored):
    def write(session, message, now):
        worker.stop()
        return b"Subject: x\r\n\r\n"

    worker = start_worker(write=write)
    put(*[reminder(name) for name in NAMES])
    assert worker.run_pass() == PassReport(sent=1)
    assert [(m.state, m.attempts, m.owner) for m in stored().values()][1:] == [("pending", 0, None)] * 6


def test_an_answer_that_could_not_be_noted_is_noted_in_the_next_pass(start_worker, put, reminder, stored, mail_server):
    class ClockThatFailsOnce(StoppedClock):
        has_failed = False

        def now(self):
            if mail_server.letters and not self.has_failed:
                self.has_failed = True
                raise OSError("the disk is full")
            return super().now()

    put(reminder())
    worker = start_worker(clock=ClockThatFailsOnce(reminder().due_at))
    with pytest.raises(OSError, match="disk is full"):
        worker.run_pass()
    assert stored("anna").state == "sending"
    assert worker.run_pass() == PassReport(sent=1)
    assert len(mail_server.letters) == 1


def test_a_post_that_breaks_leaves_the_letter_in_doubt(start_worker, put, reminder, stored, clock):
    class BreakingPost(PostBox):
        def send(self, address, rendered):
            self.letters.append((address, rendered))
            if len(self.letters) == 1:
                raise RuntimeError("broken")
            return Delivered("in the box")

    post = BreakingPost()
    worker = start_worker(post=post)
    put(reminder())
    assert worker.run_pass() == PassReport(in_doubt=1)
    clock.advance(2 * MINUTE)
    assert worker.run_pass() == PassReport(sent=1)
    assert post.letters[0] == post.letters[1]


def test_a_pass_leaves_a_sign_of_life(worker, step, clock):
    worker.run_pass()
    with step() as session:
        assert session.get_one(Heartbeat, worker.lock.owner).beat_at == clock.now()


def test_two_workers_at_the_same_time_send_each_letter_once(start_worker, put, reminder, mail_server):
    put(*[reminder(f"reader{n}") for n in range(30)])
    workers, start, reports = [start_worker(), start_worker()], Barrier(2), []
    for worker in workers:
        worker.post = SmtpPost("127.0.0.1", mail_server.port, "partners@calendar.example")

    def run(worker):
        start.wait()
        reports.append(worker.run_pass())

    threads = [Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail_server.addresses) == sorted(f"reader{n}@delegations.example" for n in range(30))
    assert [sum(report.sent for report in reports), sum(report.in_doubt for report in reports)] == [30, 0]


def test_a_worker_leaves_the_letters_of_a_living_one_alone(start_worker, put, reminder, stored, step, clock):
    put(reminder())
    living, other = start_worker(), start_worker()
    with step() as session:
        claim(session, living.lock.owner, clock.now())
    assert other.run_pass() == PassReport()
    assert stored("anna").owner == living.lock.owner
    living.close()
    assert other.run_pass() == PassReport(sent=1)
