"""What sort of mail it is: ours, automatic, a report, another; and what becomes of it."""

import pytest
from sqlalchemy import select

from events_app.mail.models import OutboxAttempt, OutboxMessage, SuppressedAddress


def plain(*headers: str, body: str = "Hello") -> bytes:
    usual = ("From: ben@elsewhere.example", "To: partners@calendar.example", "Subject: Hello")
    return "\r\n".join([*usual, *headers, "", body]).encode()


@pytest.mark.parametrize("header", [
    "Auto-Submitted: auto-replied",
    "Auto-Submitted: auto-generated; owner-email=x",
    "Precedence: bulk",
    "Precedence: List",
    "List-Id: Announcements <announce.elsewhere.example>",
    "X-Auto-Response-Suppress: All",
    "X-Autoreply: yes",
    "Return-Path: <>",
    "Content-Type: message/disposition-notification",
])  # fmt: skip
def test_automatic_mail_is_noted_and_waits_for_nobody(deliver, header):
    incoming = deliver(plain(header))
    assert (incoming.sort, incoming.outcome, incoming.stored_as) == ("automatic", "ignored", "")
    assert incoming.settled_at is not None


def test_an_out_of_office_that_returns_our_invitation_is_no_reply(reply, deliver, answer):
    content = reply(method="REQUEST", headers=("Auto-Submitted: auto-replied",))
    assert deliver(content).sort == "automatic"
    assert answer() is None


def test_a_person_who_writes_is_no_machine(deliver, mailroom):
    incoming = deliver(plain("Auto-Submitted: no"))
    assert (incoming.sort, incoming.outcome, incoming.settled_at) == ("other", "to-read", None)
    assert (mailroom.folder / incoming.stored_as).read_bytes() == plain("Auto-Submitted: no")


def test_a_letter_of_ours_that_comes_back_is_own(deliver):
    assert deliver(plain(f"Message-ID: <{'0a' * 20}@localhost>")).sort == "own"
    assert deliver(plain("Message-ID: <reply@localhost>")).sort == "other"


@pytest.fixture
def letter(put, reminder, session, step):
    """A reminder that was sent to anna."""
    put(reminder("anna"))
    with step() as writing:
        writing.scalars(select(OutboxMessage)).one().state = "sent"
    return session.scalars(select(OutboxMessage)).one()


def report(letter: OutboxMessage, status: str = "5.1.1", action: str = "failed", **changes: str) -> bytes:
    recipient = changes.get("recipient", letter.address)
    message_id = changes.get("message_id", letter.message_id)
    return "\r\n".join([
        "Return-Path: <>",
        "From: MAILER-DAEMON@relay.example",
        "To: partners@calendar.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
        "",
        "--b1",
        "",
        "I am sorry.",
        "--b1",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; relay.example",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 No such user",
        "",
        "--b1",
        changes.get("original", "Content-Type: message/rfc822"),
        "",
        f"Message-ID: {message_id}",
        "Subject: Reminder",
        "",
        "Text",
        "--b1--",
        "",
    ]).encode()  # fmt: skip


@pytest.mark.parametrize("original", ["Content-Type: message/rfc822", "Content-Type: text/rfc822-headers"])
def test_a_permanent_bounce_marks_the_address_and_the_letter(session, letter, deliver, original):
    incoming = deliver(report(letter, original=original))
    assert (incoming.sort, incoming.outcome, incoming.event_id) == ("bounce", "bounced", letter.event_id)
    assert session.get(SuppressedAddress, letter.address).reply == "5.1.1 550 No such user"
    assert (letter.state, letter.last_reply) == ("failed", "5.1.1 550 No such user")
    assert session.scalars(select(OutboxAttempt)).one().outcome == "failed"


@pytest.mark.parametrize(("status", "action"), [("4.4.1", "delayed"), ("4.2.2", "delayed"), ("5.1.1", "delayed")])
def test_a_passing_trouble_is_only_noted(session, letter, deliver, status, action):
    assert deliver(report(letter, status, action)).outcome == "delayed"
    assert session.scalars(select(SuppressedAddress)).all() == []
    assert (letter.state, letter.last_reply) == ("sent", f"{status} 550 No such user")


@pytest.mark.parametrize("status", ["5.7.1", "5.2.2", "5.3.4", "4.4.7"])
def test_a_refusal_that_is_not_the_fault_of_the_address_waits_on_the_desk(session, letter, deliver, status):
    incoming = deliver(report(letter, status))
    assert (incoming.outcome, incoming.settled_at) == ("refused", None)
    assert session.scalars(select(SuppressedAddress)).all() == []
    assert letter.state == "failed"


@pytest.mark.parametrize("changes", [
    {"message_id": f"<{'0' * 40}@localhost>"},
    {"message_id": "<guessed@calendar.example>"},
    {"recipient": "somebody-else@delegations.example"},
])  # fmt: skip
def test_a_bounce_of_a_letter_that_we_did_not_send_there_changes_nothing(session, letter, deliver, changes):
    assert deliver(report(letter, **changes)).outcome == "unknown-letter"
    assert session.scalars(select(SuppressedAddress)).all() == []
    assert (letter.state, letter.last_reply) == ("sent", "")


@pytest.mark.parametrize("text", [
    "Hi. This is the qmail-send program at relay.example.\r\nI'm afraid I wasn't able to deliver your message.\r\n\r\n"
    "<anna@delegations.example>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
    "--- Below this line is a copy of the message.\r\n\r\n",
    "Your message did not reach some or all of the intended recipients.\r\n\r\n      Subject:\tReminder\r\n\r\n"
    "The following recipient(s) cannot be reached:\r\n\r\n      'anna@delegations.example' on 23.02.2027 09:00\r\n"
    "            550 5.1.1 User unknown\r\n\r\n",
])  # fmt: skip
def test_the_plain_reports_of_older_servers_are_read(session, letter, deliver, text):
    content = plain(
        "Return-Path: <>", body=f"{text}Message-ID: {letter.message_id}\r\nTo: anna@delegations.example\r\n"
    )
    assert deliver(content).outcome == "bounced"
    assert session.get(SuppressedAddress, "anna@delegations.example") is not None


def test_a_report_in_plain_words_from_anybody_is_none(session, letter, deliver):
    content = plain(body=f"Delivery has failed: anna@delegations.example 5.1.1\r\n{letter.message_id}")
    assert deliver(content).sort == "other"
    assert session.scalars(select(SuppressedAddress)).all() == []


def test_a_bounce_that_comes_twice_counts_once(session, letter, deliver):
    deliver(report(letter))
    deliver(report(letter))
    assert len(session.scalars(select(OutboxAttempt)).all()) == 1
