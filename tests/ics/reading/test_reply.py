"""The answer to an invitation, read without believing more of it than is needed."""

from datetime import UTC, datetime

import pytest

from events_app.ics.errors import UnreadableCalendarError
from events_app.ics.reading.reply import read_reply


def reply(*lines: str, method: str = "REPLY", attendee: str = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example") -> bytes:
    usual = ["UID:1@x", "SEQUENCE:2", "DTSTAMP:20270223T080000Z", attendee]
    event = ["BEGIN:VEVENT", *usual, *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", *event, "END:VCALENDAR", ""]).encode()


def test_a_reply_says_who_answers_what():
    read = read_reply(reply("COMMENT:Yes\\, gladly", "COMMENT:all of us"))
    assert (read.method, read.uid, read.sequence) == ("REPLY", "1@x", 2)
    assert read.dtstamp == datetime(2027, 2, 23, 8, tzinfo=UTC)
    assert read.attendees == (("a@b.example", "ACCEPTED"),)
    assert read.comment == "Yes, gladly\nall of us"


def test_without_a_sequence_the_first_version_is_meant():
    assert read_reply(reply().replace(b"SEQUENCE:2\r\n", b"")).sequence == 0


def test_the_method_is_read_in_any_case():
    assert read_reply(reply(method="reply ")).method == "REPLY"


@pytest.mark.parametrize("attendee", [
    'ATTENDEE;CN="a: b; c";PARTSTAT=ACCEPTED:MAILTO:A@B.example',
    'ATTENDEE;PARTSTAT="ACCEPTED";CN=A:mailto:"a@b.example"',
    "attendee;partstat=accepted:<a@b.example>",
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.exam\r\n ple",
])  # fmt: skip
def test_an_attendee_is_read_however_it_is_written(attendee):
    assert read_reply(reply(attendee=attendee)).attendees == (("a@b.example", "ACCEPTED"),)


def test_an_attendee_of_an_alarm_is_none_of_the_event():
    alarm = ("BEGIN:VALARM", "ATTENDEE:mailto:c@d.example", "END:VALARM")
    assert len(read_reply(reply(*alarm)).attendees) == 1


def test_a_comment_is_clean_and_short():
    assert read_reply(reply("COMMENT:a\x07b\u202ec" + "x" * 5000)).comment.startswith("ab")
    assert len(read_reply(reply("COMMENT:" + "x" * 5000)).comment) == 500


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "not-a-calendar"),
    (b"\x1f\x8bxxxx", "compressed"),
    (reply().decode().encode("utf-16"), "encoding"),
    (reply("SEQUENCE:3"), "said-twice"),
    (reply("DTSTAMP:20270223T080000Z"), "said-twice"),
    (reply("END:VEVENT", "BEGIN:VEVENT"), "not-one-event"),
    (reply().replace(b"VEVENT", b"VTODO"), "not-one-event"),
    (reply() + reply(), "said-twice"),
    (reply().replace(b"SEQUENCE:2", b"SEQUENCE:two"), "sequence"),
    (reply().replace(b"080000Z", b"080000"), "bad-time"),
    (reply().replace(b"080000Z", b"990000Z"), "bad-time"),
    (reply().replace(b"END:VEVENT", b""), "unbalanced"),
    (reply(*["ATTENDEE:mailto:x@y.example"] * 1_001), "too-many-properties"),
    (reply("COMMENT:" + "x" * 600_000), "too-large"),
])  # fmt: skip
def test_what_is_no_reply_is_refused(content, reason):
    with pytest.raises(UnreadableCalendarError) as refused:
        read_reply(content)
    assert refused.value.reason == reason
