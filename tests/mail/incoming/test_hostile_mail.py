"""Mail that is meant to break its reader: always within two seconds of computing time, never a crash."""

import random
import time
from email import message_from_bytes
from email.policy import compat32

import pytest

from events_app.mail.incoming import Delivery, raw_mail, read_raw_mail, take_mail
from events_app.mail.incoming.contents import contents_of
from events_app.mail.incoming.errors import UnreadableMailError
from events_app.mail.incoming.parts import whole_mail
from events_app.mail.incoming.raw import KEPT_OF_LARGE, LARGEST
from events_app.mail.incoming.reports import report_of
from events_app.mail.incoming.sorting import sort_of

MUTATIONS = 3_000
SIGNS = (b"\0", b"\r", b"\n", b"\r\n\r\n", b"--", b";", b'"', b"=?", b"?=", b"\xff", b"\xe2\x80\xae", b"(" * 50, b":")
FROM = b"From: a@b.example\r\n"


def nested(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))


def mixed(body: bytes) -> bytes:
    return FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body


HOSTILE = {
    "1,500 nested multiparts": nested(1_500),
    "nested to the limit, and large": nested(9) + b"\n" + b"x" * 70 * 200_000,
    "20,000 parts": mixed(b"--b\r\n\r\nx\r\n" * 20_000),
    "20,000 parts in messages": mixed(b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x\r\n\r\n" * 20_000),
    "lines that are nearly marks": mixed(b"\n--bX" * 2_000_000),
    "a From of brackets": b"From: " + b"(" * 500_000 + b"\r\n\r\nx",
    "a From of quotes": b'From: "' + b'\\"' * 200_000 + b"\r\n\r\nx",
    "a To of ten thousand": b"To: " + b"a@b.example, " * 10_000 + b"\r\n\r\nx",
    "a To without an @": b"To: " + b"a" * 900_000 + b"\r\n\r\nx",
    "an unknown charset": FROM + b"Content-Type: text/plain; charset=nope\r\nSubject: =?nope?q?a?=\r\n\r\nx",
    "a charset that is a bomb": FROM + b"Content-Type: text/calendar; charset=punycode\r\n\r\n" + b"x" * 500_000,
    "encoded words": b"Subject: " + b"=?utf-8?q?=41?= " * 50_000 + b"\r\n\r\nx",
    "encoded words left open": b"Subject: " + b"=?utf-8?q?" * 90_000 + b"\r\n\r\nx",
    "parameters": FROM + b"Content-Type: multipart/mixed" + b"; a=b" * 100_000 + b"\r\n\r\nx",
    "parameters left open": FROM + b"Content-Type: multipart/mixed" + b'; a="' * 100_000 + b"\r\n\r\nx",
    "a header of a megabyte": b"X: " + b"x" * 2_000_000 + b"\r\n\r\nx",
    "200,000 headers": b"X: y\r\n" * 200_000 + b"\r\n",
    "a million folds": b"Subject: x" + b"\r\n " * 300_000 + b"\r\n\r\nx",
    "20 MB of line ends": FROM + b"\r\n" * 9_900_000,
    "20 MB of blanks": FROM + b"\r\n" + b" " * 19_000_000,
    "a calendar of folds": FROM + b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR" + b"\r\n " * 160_000,
    "a calendar of parameters": FROM
    + b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nATTENDEE"
    + b";a=b" * 100_000
    + b":x\r\nEND:VEVENT\r\nEND:VCALENDAR",
    "base64 that is none": FROM
    + b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    + b"=" * 900_000,
    "a report of recipients": FROM
    + b"Content-Type: message/delivery-status\r\n\r\n"
    + b"Final-Recipient: rfc822; a@b\r\nStatus: 5.1.1\r\nAction: failed\r\n\r\n" * 50_000,
    "a report of digits": b"Return-Path: <>\r\nSubject: undeliverable\r\n\r\n" + b"5." * 1_000_000,
    "no mail at all": bytes(range(256)) * 100,
    "nothing": b"",
    "one line end": b"\r\n",
    "NUL": FROM + b"Subject: \0\0\r\n\r\n\0",
    "overlong UTF-8": b"From: \xc0\xaf@b.example\r\nSubject: \xed\xa0\x80\r\n\r\nx",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_taken_within_two_seconds(session, mailroom, clock, name):
    started = time.process_time()
    incoming = take_mail(session, Delivery(raw_mail(HOSTILE[name])), mailroom, clock.now())
    session.commit()
    assert time.process_time() - started < 2
    assert incoming.sort in ("unreadable", "other", "reply", "bounce")
    assert incoming.outcome not in ("answered", "bounced", "broke-off")


@pytest.mark.parametrize(("name", "outcome"), [
    ("1,500 nested multiparts", "too-deep"),
    ("20,000 parts", "too-many-parts"),
    ("lines that are nearly marks", "too-many-parts"),
    ("a header of a megabyte", "headers-too-long"),
    ("200,000 headers", "headers-too-long"),
    ("no mail at all", "not-a-mail"),
    ("nothing", "not-a-mail"),
])  # fmt: skip
def test_what_cannot_be_read_is_set_aside_as_a_file(deliver, mailroom, name, outcome):
    incoming = deliver(HOSTILE[name])
    assert (incoming.sort, incoming.outcome, incoming.settled_at) == ("unreadable", outcome, None)
    assert (mailroom.folder / incoming.stored_as).read_bytes() == HOSTILE[name]


def test_more_headers_than_anybody_writes_are_refused(deliver):
    assert deliver(b"X: y\r\n" * 1_001 + b"\r\n").outcome == "too-many-headers"


def test_a_mail_of_more_than_20_mb_is_set_aside_with_its_beginning(deliver, mailroom):
    incoming = deliver(FROM + b"Subject: Large\r\n\r\n" + b"x" * LARGEST)
    assert (incoming.sort, incoming.outcome, incoming.subject) == ("unreadable", "too-large", "Large")
    assert (mailroom.folder / incoming.stored_as).stat().st_size == KEPT_OF_LARGE


def test_a_large_mail_has_the_same_digest_from_a_pipe(tmp_path):
    path = tmp_path / "mail"
    path.write_bytes(FROM + b"\r\n" + b"x" * LARGEST)
    with path.open("rb") as stream:
        assert read_raw_mail(stream) == raw_mail(path.read_bytes())


def test_only_so_much_is_kept(deliver, mailroom):
    mailroom.folder.mkdir()
    for number in range(2_000):
        (mailroom.folder / str(number)).touch()
    incoming = deliver(HOSTILE["1,500 nested multiparts"])
    assert (incoming.outcome, incoming.stored_as) == ("too-deep", "")


def test_a_name_in_a_header_cannot_leave_the_line(deliver):
    incoming = deliver(
        b"From: =?utf-8?q?a=0D=0ABcc:?= <x@y.example>\r\nSubject: =?utf-8?q?a=0D=0Ab=00c=E2=80=AE?=\r\n\r\n"
    )
    assert "\n" not in incoming.sender + incoming.subject
    assert "\0" not in incoming.subject


def test_mutated_replies_are_never_a_crash_and_answer_only_for_anna(reply):
    chance = random.Random(20270223)
    original = reply(lines=("COMMENT:Grüße",))
    slowest = 0.0
    for _ in range(MUTATIONS):
        content = mutated(original, chance)
        started = time.process_time()
        try:
            mail = contents_of(content)
            sort_of(mail, report_of(mail), "localhost")
        except UnreadableMailError:
            pass
        slowest = max(slowest, time.process_time() - started)
    assert slowest < 0.5


def test_mutated_replies_that_count_say_what_the_original_said(reply, session, mailroom, clock, answer):
    chance = random.Random(7)
    original = reply("DECLINED")
    outcomes = set()
    for _ in range(150):
        delivery = Delivery(raw_mail(mutated(original, chance)))
        outcomes.add(take_mail(session, delivery, mailroom, clock.now()).outcome)
        assert answer() in (None, "declines")
        session.rollback()
    assert {"answered", "no-invitation"} < outcomes
    assert "broke-off" not in outcomes


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_the_parts_are_those_that_the_standard_library_finds(reply, line_end):
    content = mixed(
        b'before\r\n--b\r\nContent-Type: multipart/alternative; boundary="b 2"\r\n\r\n'
        b"--b 2\r\n\r\none\r\n\r\n--b 2  \r\n"
        b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\nQkVHSU4=\r\n--b 2--\r\nafter\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"caf=C3=A9=\r\n!\r\n--b--\r\n"
    ).replace(b"\r\n", line_end)
    expected = list(message_from_bytes(content, policy=compat32).walk())
    found = list(whole_mail(content).all_parts())
    assert [part.content_type for part in found] == [part.get_content_type() for part in expected]
    bodies = [part.content(10_000) for part in found if not part.parts]
    assert bodies == [part.get_payload(decode=True) for part in expected if not part.is_multipart()]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a mail with a few of its places cut, doubled, moved or overwritten."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content))
        end = min(len(content), start + chance.choice((1, 2, 8, 40)))
        piece = chance.choice((b"", content[start:end] * 2, chance.choice(SIGNS), chance.randbytes(3)))
        content = content[:start] + piece + content[end:]
    return content
