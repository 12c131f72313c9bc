"""Which replies count: only the address they came to and the ATTENDEE are believed, and only what is current."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from events_app.events.actions.attendance import answer_invitation
from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.models import Event, EventChange, Invitation
from events_app.events.queries import answer_of
from events_app.events.rules.attendance import AnswerDetails
from events_app.events.rules.life import CANCEL
from events_app.mail.answer_address import answer_address
from events_app.mail.models import IncomingMail, OutboxMessage
from events_app.people.models import Post

MINUTE = timedelta(minutes=1)
# What counts is decided before anything is written; the tests of programs and of bounces write on both databases.
pytestmark = pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)], indirect=True
)


@pytest.mark.parametrize(("partstat", "written"), [("ACCEPTED", "attends"), ("DECLINED", "declines")])
def test_a_reply_is_written_as_the_answer_of_the_delegation(reply, deliver, answer, anna, partstat, written):
    incoming = deliver(reply(partstat))
    assert (incoming.sort, incoming.outcome, incoming.state_code) == ("reply", "answered", "CH")
    assert incoming.person_id == anna.id
    assert incoming.settled_at is not None
    assert answer() == written


def test_who_accepts_an_online_event_attends_online(session, event, reply, deliver, answer):
    event.format = "online"
    session.commit()
    deliver(reply())
    assert answer() == "attends-online"


def test_the_invitation_remembers_the_last_reply(event, invitation, reply, deliver, clock):
    deliver(reply())
    assert (invitation.replied_at, invitation.replied_sequence) == (clock.now(), event.sequence)


def test_the_head_and_the_names_of_an_earlier_answer_stay(session, event, reply, deliver, clock):
    event.format = "hybrid"
    answer_invitation(session, event, "CH", AnswerDetails("attends-online", "Anna", 2, "Ben\nCleo"), clock.now())
    clock.advance(MINUTE)
    deliver(reply())
    given = answer_of(session, event.id, "CH")
    assert (given.answer, given.head, given.accompanying, given.names) == ("attends-online", "Anna", 2, "Ben\nCleo")


def test_a_late_reply_counts_and_is_late(session, event, reply, deliver, clock):
    event.answer_by = clock.now().date() - timedelta(days=1)
    deliver(reply())
    assert answer_of(session, event.id, "CH").is_late


def test_a_comment_is_kept_and_waits_to_be_read(reply, deliver, answer):
    incoming = deliver(reply(lines=("COMMENT:We come\\, but\\nlate <b>",)))
    assert (incoming.outcome, incoming.comment, incoming.settled_at) == ("answered", "We come, but\nlate <b>", None)
    assert answer() == "attends"


def test_a_tentative_reply_waits_with_its_comment_and_answers_nothing(reply, deliver, answer):
    incoming = deliver(reply("TENTATIVE", lines=("COMMENT:Perhaps",)))
    assert (incoming.outcome, incoming.comment, incoming.settled_at) == ("tentative", "Perhaps", None)
    assert answer() is None


def test_an_accept_from_before_a_tentative_reply_does_not_overtake_it(reply, deliver, answer, clock):
    deliver(reply("TENTATIVE"))
    assert deliver(reply(dtstamp=clock.now() - MINUTE)).outcome == "older"
    assert answer() is None


@pytest.mark.parametrize(
    ("partstat", "outcome"), [("DELEGATED", "delegated"), ("NEEDS-ACTION", "no-answer"), ("X", "no-answer")]
)
def test_what_is_neither_yes_nor_no_answers_nothing(reply, deliver, answer, partstat, outcome):
    assert deliver(reply(partstat)).outcome == outcome
    assert answer() is None


def test_a_forged_sender_with_the_right_uid_changes_nothing(reply, deliver, answer):
    incoming = deliver(reply(to="partners@calendar.example"))
    assert (incoming.outcome, incoming.settled_at, incoming.event_id) == ("no-invitation", None, None)
    assert answer() is None


@pytest.mark.parametrize("spoil", [
    lambda address: address.replace("+", "+9"),
    lambda address: address.replace("@", "0@"),
    lambda address: address.replace("-", "-0", 1),
    lambda address: address[: address.index("-") + 5] + "@calendar.example",
    lambda address: address.replace("calendar.example", "calendar.example.evil.example"),
    lambda address: address.replace("+", "%2b"),
])  # fmt: skip
def test_a_digest_one_sign_off_is_none(reply, deliver, answer, to_us, spoil):
    assert deliver(reply(to=spoil(to_us))).outcome == "no-invitation"
    assert answer() is None


def test_a_digest_of_another_key_is_none(invitation, reply, deliver):
    forged = answer_address("partners@calendar.example", "another key", invitation)
    assert deliver(reply(to=forged)).outcome == "no-invitation"


def test_a_digest_of_an_invitation_that_no_database_can_hold_is_none(invitation, reply, deliver):
    distant = Invitation(id=9_999_999_999, person_id=invitation.person_id, invited_at=invitation.invited_at)
    far = answer_address("partners@calendar.example", "for tests only", distant)
    assert deliver(reply(to=far)).outcome == "no-invitation"


def test_the_address_is_believed_where_the_mail_server_names_it(reply, deliver, to_us, answer):
    incoming = deliver(reply(to="partners@calendar.example"), to_us)
    assert incoming.outcome == "answered"
    assert answer() == "attends"


@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_the_address_is_believed_where_a_header_names_it(reply, deliver, to_us, name):
    assert deliver(reply(to="partners@calendar.example", headers=(f"{name}: {to_us}",))).outcome == "answered"


def test_the_case_of_the_address_says_nothing(reply, deliver, to_us):
    assert deliver(reply(to=to_us.upper())).outcome == "answered"


def test_the_sender_is_not_asked(reply, deliver):
    assert deliver(reply(sender="assistant@elsewhere.example")).outcome == "answered"


def test_the_right_digest_with_another_attendee_changes_nothing(reply, deliver, answer):
    incoming = deliver(reply(attendee="mailto:mallory@delegations.example"))
    assert (incoming.outcome, incoming.settled_at) == ("other-attendee", None)
    assert answer() is None


def test_a_reply_from_the_wrong_delegation_changes_nothing(session, event, make_person, reply, deliver, answer):
    make_person("ben", "IT")
    assert deliver(reply(attendee="mailto:ben@delegations.example")).outcome == "other-attendee"
    assert answer() is None
    assert answer_of(session, event.id, "IT") is None


def test_two_attendees_are_one_too_many(reply, deliver, answer):
    second = "ATTENDEE;PARTSTAT=DECLINED:mailto:ben@delegations.example"
    assert deliver(reply(lines=(second,))).outcome == "several-attendees"
    assert answer() is None


@pytest.mark.parametrize("attendee", [
    "MAILTO:anna@delegations.example",
    "mailto:Anna@Delegations.Example",
    "MAILTO:'anna@delegations.example'",
    "anna@delegations.example",
    "mailto:anna%40delegations.example",
])  # fmt: skip
def test_the_attendee_is_known_however_programs_write_it(reply, deliver, attendee):
    assert deliver(reply(attendee=attendee)).outcome == "answered"


@pytest.mark.parametrize(("changes", "outcome"), [
    ({"uid": "another@calendar.example"}, "other-event"),
    ({"sequence": 7}, "unknown-sequence"),
    ({"sequence": -1}, "unreadable-calendar"),
    ({"sequence": "9" * 30}, "unreadable-calendar"),
    ({"dtstamp": "20270223T080000"}, "unreadable-calendar"),
    ({"dtstamp": "20279923T080000Z"}, "unreadable-calendar"),
    ({"dtstamp": "20290223T080000Z"}, "from-the-future"),
    ({"method": "COUNTER"}, "counter"),
    ({"method": "ADD"}, "not-a-reply"),
    ({"method": "CANCEL"}, "not-a-reply"),
    ({"method": "REQUEST"}, "not-a-reply"),
    ({"method": "DELEGATE"}, "not-a-reply"),
    ({"method": ""}, "not-a-reply"),
    ({"lines": ("UID:twice",)}, "unreadable-calendar"),
    ({"lines": ("END:VEVENT", "BEGIN:VEVENT", "UID:second")}, "unreadable-calendar"),
])  # fmt: skip
def test_what_is_not_a_current_reply_goes_to_the_desk(reply, deliver, answer, changes, outcome):
    incoming = deliver(reply(**changes))
    assert (incoming.outcome, incoming.settled_at) == (outcome, None)
    assert answer() is None


def test_a_reply_to_an_earlier_version_goes_to_the_desk(session, event, reply, deliver, answer):
    event.sequence += 2
    session.commit()
    incoming = deliver(reply(sequence=event.sequence - 1))
    assert (incoming.outcome, incoming.event_id) == ("old-sequence", event.id)
    assert answer() is None


def test_a_replayed_accept_after_a_decline_is_ignored(reply, deliver, answer, clock):
    accepted = reply(dtstamp=clock.now() - 2 * MINUTE)
    deliver(accepted)
    deliver(reply("DECLINED", dtstamp=clock.now() - MINUTE))
    replayed = deliver(accepted + b"\r\n")
    assert replayed.outcome == "older"
    assert replayed.settled_at is not None
    assert answer() == "declines"


def test_a_reply_from_a_clock_that_is_ahead_does_not_silence_the_next(reply, deliver, answer, clock):
    deliver(reply(dtstamp=clock.now() + timedelta(hours=20)))
    clock.advance(MINUTE)
    assert deliver(reply("DECLINED")).outcome == "answered"
    assert answer() == "declines"


def test_the_same_bytes_again_change_nothing(session, reply, deliver, answer, clock):
    first = deliver(reply())
    clock.advance(MINUTE)
    assert deliver(reply(dtstamp=first.received_at)).id == first.id
    assert session.scalar(select(func.count()).select_from(IncomingMail)) == 1


def test_a_reply_from_before_an_answer_on_the_site_is_older(session, event, reply, deliver, answer, clock):
    answer_invitation(session, event, "CH", AnswerDetails("declines"), clock.now())
    assert deliver(reply(dtstamp=clock.now() - MINUTE)).outcome == "older"
    assert answer() == "declines"


def test_a_slow_mail_is_no_answer_on_the_site(reply, deliver, answer, clock):
    deliver(reply(dtstamp=clock.now() - 3 * MINUTE))
    assert deliver(reply("DECLINED", dtstamp=clock.now() - 2 * MINUTE)).outcome == "answered"
    assert answer() == "declines"


def test_a_changed_start_is_not_taken_over(session, event, reply, deliver):
    before = (event.starts_at, event.version, session.scalar(select(func.count()).select_from(EventChange)))
    moved = reply().replace(b"DTSTART:20270302T090000Z", b"DTSTART:20270401T090000Z")
    assert deliver(moved).outcome == "answered"
    after = session.get_one(Event, event.id, populate_existing=True)
    assert (after.starts_at, after.version, session.scalar(select(func.count()).select_from(EventChange))) == before


def test_a_withdrawn_invitation_takes_no_replies(session, event, invitation, reply, deliver, answer, clock):
    withdraw(session, event, [invitation], clock.now())
    assert deliver(reply()).outcome == "withdrawn"
    assert answer() is None


def test_a_cancelled_event_takes_no_replies(session, event, reply, deliver, answer, clock):
    written = reply()
    take_step(session, event, CANCEL, clock.now(), reason="no room")
    incoming = deliver(written)
    assert (incoming.outcome, incoming.settled_at) == ("closed", None)
    assert answer() is None


def test_a_past_event_takes_no_replies(reply, deliver, answer, clock):
    written = reply()
    clock.advance(timedelta(days=10))
    assert deliver(written).outcome == "closed"
    assert answer() is None


def test_who_left_the_delegation_answers_no_more(session, anna, reply, deliver, answer, clock):
    session.scalars(select(Post).where(Post.person_id == anna.id)).one().valid_to = clock.now().date() - timedelta(
        days=1
    )
    assert deliver(reply()).outcome == "no-post"
    assert answer() is None


def test_a_delegation_that_is_not_invited_any_more_answers_no_more(session, event, reply, deliver, answer):
    event.visibility = "secretariat"
    assert deliver(reply()).outcome == "not-invited"
    assert answer() is None


def test_two_calendar_parts_that_differ_go_to_the_desk(reply, deliver, answer):
    assert deliver(together(reply("ACCEPTED"), reply("DECLINED"))).outcome == "differing"
    assert answer() is None


def test_two_calendar_parts_that_agree_count(reply, deliver, answer):
    assert deliver(together(reply(), reply())).outcome == "answered"
    assert answer() == "attends"


def test_a_part_that_cannot_be_read_spoils_the_other(reply, deliver, answer):
    assert deliver(together(reply(), reply(dtstamp="never"))).outcome == "unreadable-calendar"
    assert answer() is None


def test_a_mail_to_two_invitations_goes_to_the_desk(session, event, make_person, reply, deliver, clock, to_us):
    [second] = invite(session, event, [(make_person("ben", "CH"), "CH")], clock.now())
    session.commit()
    other = answer_address("partners@calendar.example", "for tests only", second)
    assert deliver(reply(to=f"{to_us}, {other}")).outcome == "several-invitations"


@pytest.mark.parametrize("claim", ["dmarc=pass header.from=delegations.example", "spf=pass; dkim=pass", "none"])
def test_what_a_foreign_server_says_it_has_checked_is_not_believed(reply, deliver, answer, claim):
    headers = (f"Authentication-Results: mail.calendar.example; {claim}", "Received-SPF: pass")
    assert deliver(reply(to="partners@calendar.example", headers=headers)).outcome == "no-invitation"
    assert answer() is None


def test_an_automatic_reply_of_a_calendar_counts(reply, deliver):
    assert deliver(reply(headers=("Auto-Submitted: auto-generated",))).outcome == "answered"


def test_a_calendar_in_a_mail_that_was_sent_along_is_not_read(reply, deliver, answer, to_us):
    forwarded = (
        f"From: b@elsewhere.example\r\nTo: {to_us}\r\nSubject: Fwd\r\nContent-Type: message/rfc822\r\n\r\n".encode()
    )
    assert deliver(forwarded + reply()).sort == "other"
    assert answer() is None


def test_no_mail_is_ever_answered(session, reply, deliver):
    for content in (reply(), reply(method="COUNTER"), b"From: a@b.example\r\n\r\nHello"):
        deliver(content)
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def together(first: bytes, second: bytes) -> bytes:
    """Return a mail with the calendars of two, under the headers of the first."""
    head, _, body = first.partition(b"Content-Type:")
    parts = [b"Content-Type:" + body, b"Content-Type:" + second.partition(b"Content-Type:")[2]]
    mixed = b'Content-Type: multipart/mixed; boundary="between"\r\n\r\n'
    return head + mixed + b"".join(b"--between\r\n" + part + b"\r\n" for part in parts) + b"--between--\r\n"
