"""Servers that are slow, rude, away or half gone: every letter arrives, and twice only where doubt was known."""

import socket
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from events_app.mail.models import SuppressedAddress
from events_app.mail.queries import mail_health, relay_state
from events_app.mail.smtp import Limits, SmtpPost
from events_app.shared.clock import StoppedClock
from events_app.worker.loop import PassReport

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NAMES = ("anna", "ben", "carla", "dina", "emil", "fatima", "georg")
QUICK = Limits(command=2, final_dot=0.5, letter=1, farewell=0.2)


@pytest.fixture
def seven(put, reminder):
    return put(*[reminder(name) for name in NAMES])


@pytest.fixture
def post_to():
    return lambda port, **how: SmtpPost("127.0.0.1", port, "partners@calendar.example", **how)


@pytest.fixture
def check(count, outbox, doubted, engine, mail_server):
    """Count what the server took; nothing may be lost, nor doubled without doubt."""

    def line(name, injected=1):
        written = [content.partition(b"Message-ID: ")[2].partition(b"\r\n")[0] for _, content in mail_server.letters]
        arrived = [message_id.decode() for message_id in written]
        found = count(f"{name}, {engine.dialect.name}", outbox(), arrived, doubted(), injected)
        assert found.unexplained == 0
        return found

    return line


@pytest.fixture
def suppressed(step):
    def addresses():
        with step() as session:
            return list(session.scalars(select(SuppressedAddress.address)))

    return addresses


@pytest.fixture
def check_sink(count, outbox, doubted, engine, sink):
    """Count what the sink took, doubled only where doubt was known."""
    return lambda name: count(f"{name}, {engine.dialect.name}", outbox(), sink.taken, doubted())


def test_one_poisoned_letter_among_seven(start_worker, seven, stored, mail_server, count, engine):
    def write(session, message, now):
        if message.address.startswith("dina"):
            raise RecursionError("a template without end")
        return f"Message-ID: {message.message_id}\r\n\r\n".encode()

    assert start_worker(write=write).run_pass() == PassReport(sent=6, failed=1)
    due = [message.message_id for name, message in stored().items() if name != "dina"]
    arrived = [content.split()[1].decode() for _, content in mail_server.letters]
    assert count(f"one poisoned letter among seven, {engine.dialect.name}", due, arrived).lost == 0


def test_a_server_that_is_down_for_an_hour(start_worker, post_to, seven, stored, step, clock, mail_server, check):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        post = post_to(closed.getsockname()[1])
    worker = start_worker(post=post)
    for minute in range(60):
        assert worker.run_pass() == PassReport()
        clock.advance(MINUTE)
        if minute == 11:
            with step() as session:
                assert "late-letters" in mail_health(session, clock.now()).reasons
    assert [message.attempts for message in stored().values()] == [0] * 7
    post.port = mail_server.port
    for _ in range(6):
        worker.run_pass()
        clock.advance(MINUTE)
    line = check("server down for an hour")
    assert (line.sent, line.lost, line.doubled) == (7, 0, 0)
    with step() as session:
        assert relay_state(session) is None


def test_a_recipient_that_is_refused(worker, seven, stored, suppressed, mail_server, count, engine):
    mail_server.answer("RCPT", "550 5.1.1 no such user", "dina@delegations.example")
    assert worker.run_pass() == PassReport(sent=6, failed=1)
    assert (stored("dina").state, suppressed()) == ("failed", ["dina@delegations.example"])
    due = [message.message_id for name, message in stored().items() if name != "dina"]
    arrived = [content.split()[1].decode() for _, content in mail_server.letters]
    assert count(f"one recipient refused, {engine.dialect.name}", due, arrived).lost == 0


def test_wrong_credentials(
    start_worker, start_mail_server, post_to, seven, stored, step, suppressed, clock, check, mail_server
):
    guarded = start_mail_server(
        authenticator=lambda *_: AuthResult(success=False, handled=False), auth_require_tls=False
    )
    post = post_to(guarded.port, user="us", password="wrong")
    worker = start_worker(post=post)
    assert worker.run_pass() == PassReport()
    with step() as session:
        assert relay_state(session).reason == "misconfigured"
        assert "relay-misconfigured" in mail_health(session, clock.now()).reasons
    assert {(message.state, message.attempts) for message in stored().values()} == {("pending", 0)}
    assert (suppressed(), guarded.letters) == ([], [])
    post.port, post.user = mail_server.port, ""
    assert worker.run_pass() == PassReport()
    clock.advance(HOUR)
    assert worker.run_pass() == PassReport(sent=7)
    assert check("wrong credentials").doubled == 0


def test_a_421_to_quit(worker, seven, clock, mail_server, check):
    mail_server.quit_answer = "421 4.3.2 closing"
    assert worker.run_pass() == PassReport(sent=7)
    clock.advance(HOUR)
    assert worker.run_pass() == PassReport()
    assert check("421 to QUIT").sent == 7


def test_a_250_that_comes_late_but_comes(worker, seven, mail_server, check):
    mail_server.is_stalling = True
    threading.Timer(1, lambda: setattr(mail_server, "is_stalling", False)).start()
    assert worker.run_pass() == PassReport(sent=7)
    assert check("250 after a second").sent == 7


def test_a_250_that_comes_too_late(rescuer, seven, stored, clock, sink, check_sink):
    rescuer.post.limits, sink.lateness = QUICK, 0.8
    assert rescuer.run_pass() == PassReport(sent=6, in_doubt=1)
    clock.advance(3 * MINUTE)
    assert rescuer.run_pass() == PassReport(sent=1)
    line = check_sink("250 too late")
    assert (line.lost, line.doubled, line.unexplained) == (0, 1, 0)
    assert {message.state for message in stored().values()} == {"sent"}


def test_a_connection_cut_after_acceptance(rescuer, seven, clock, sink, check_sink):
    sink.cuts = 1
    assert rescuer.run_pass() == PassReport(sent=6, in_doubt=1)
    clock.advance(3 * MINUTE)
    assert rescuer.run_pass() == PassReport(sent=1)
    line = check_sink("connection cut after acceptance")
    assert (line.lost, line.doubled, line.unexplained) == (0, 1, 0)


def test_a_byte_a_second(start_worker, post_to, seven, clock, mail_server, check):
    ended = threading.Event()

    def drip():
        wire, _ = listener.accept()
        with wire, suppress(OSError):
            while not ended.wait(0.05):
                wire.sendall(b"2")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        post = post_to(listener.getsockname()[1], limits=QUICK)
        worker = start_worker(post=post)
        assert worker.run_pass() == PassReport()
        ended.set()
        thread.join(5)
    post.port = mail_server.port
    clock.advance(2 * MINUTE)
    assert worker.run_pass() == PassReport(sent=7)
    assert check("a byte a second").sent == 7


def test_two_workers_of_which_one_clock_is_five_minutes_ahead(
    start_worker, post_to, seven, clock, mail_server, stored, check
):
    early = StoppedClock(clock.now() + 5 * MINUTE)
    slow, ahead = start_worker(), start_worker(clock=early, post=post_to(mail_server.port))
    mail_server.is_stalling = True
    reports = []
    thread = threading.Thread(target=lambda: reports.append(slow.run_pass()))
    thread.start()
    assert mail_server.in_data.wait(10)
    for _ in range(20):
        # The letters of the other are in its hands, however old they look.
        assert ahead.run_pass() == PassReport()
        early.advance(HOUR)
    assert {message.owner for message in stored().values()} == {slow.lock.owner}
    mail_server.is_stalling = False
    thread.join()
    assert reports == [PassReport(sent=7)]
    assert check("clock five minutes ahead").sent == 7


def test_a_restart_after_three_days(start_worker, put, reminder, clock, stored, mail_server, count, engine):
    put(*[reminder(name, expires_at=clock.now() + DAY) for name in NAMES[:3]])
    put(*[reminder(name, expires_at=clock.now() + 5 * DAY) for name in NAMES[3:]])
    start_worker().close()
    clock.advance(3 * DAY)
    assert start_worker().run_pass() == PassReport(sent=4, expired=3)
    assert [message.state for message in stored().values()] == ["expired"] * 3 + ["sent"] * 4
    due = [message.message_id for message in stored().values() if message.state == "sent"]
    arrived = [content.split()[1].decode() for _, content in mail_server.letters]
    assert count(f"restart after three days, {engine.dialect.name}", due, arrived).lost == 0
