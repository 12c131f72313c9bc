"""The relay's log shows which letters it took; whatever else stands in it, or does not, no letter is lost for it."""

import os

import pytest

from events_app.mail.relay_log import TAIL, RelayLog

OURS = "<0a1b2c@calendar.example>"
TRADITIONAL, ISO = "Mar  2 10:00:01 relay", "2027-03-02T10:00:01.123456+01:00 relay"


def lines(stamp, cleanup="postfix/cleanup[71]:", qmgr="postfix/qmgr[72]:", queue_id="4F1A2B3C4D"):
    return (
        f"{stamp} {cleanup} {queue_id}: message-id={OURS}\n"
        f"{stamp} {qmgr} {queue_id}: from=<p@calendar.example>, size=912, nrcpt=1 (queue active)\n"
    )


@pytest.fixture
def taken(tmp_path):
    """Return the queue id under which a log of these bytes, and one rotated before it, has our letter."""

    def ask(log, rotated=None):
        path = tmp_path / "mail.log"
        path.write_bytes(log.encode() if isinstance(log, str) else log)
        if rotated is not None:
            (tmp_path / "mail.log.1").write_text(rotated)
        return RelayLog(path).findings([OURS, "<other@calendar.example>"]).taken.get(OURS)

    return ask


@pytest.mark.parametrize(
    "log",
    [
        lines(TRADITIONAL),
        lines(ISO),
        lines("2027-03-02T09:00:01Z relay.example"),
        lines("<22>1 2027-03-02T09:00:01.123Z relay", "postfix/cleanup 71 - -", "postfix/qmgr 72 - -"),
        lines(TRADITIONAL, "postfix-out/smtpd/cleanup[71]:", "postfix-out/qmgr[72]:"),
    ],
    ids=["traditional", "ISO 8601", "Zulu", "RFC 5424", "another instance"],
)
def test_a_letter_that_came_into_the_queue_was_taken_in_either_way_of_writing_the_time(taken, log):
    assert taken(log) == "4F1A2B3C4D"


def test_what_became_of_it_there_does_not_matter(taken):
    bounced = f"{TRADITIONAL} postfix/smtp[9]: 4F1A2B3C4D: to=<x@y.example>, dsn=5.1.1, status=bounced (unknown)\n"
    assert taken(lines(TRADITIONAL) + bounced) == "4F1A2B3C4D"


def test_a_letter_that_was_only_arriving_was_not_taken(taken):
    named, queued = lines(TRADITIONAL).splitlines(keepends=True)
    assert taken(named) is None
    assert taken(queued + named) is None
    assert taken(named + queued.replace("4F1A2B3C4D", "5F1A2B3C4D")) is None
    # The number of what broke off goes to the next letter.
    assert taken(named + named.replace(OURS, "<theirs@x.example>") + queued) is None


@pytest.mark.parametrize(
    "log",
    [
        lines("Subject:"),
        lines(TRADITIONAL, "other/cleanup[71]:", "other/qmgr[72]:"),
        lines(TRADITIONAL).replace("\n", " and more\n"),
        "warning: " + lines(TRADITIONAL).replace("\n", "\nwarning: "),
        lines(TRADITIONAL).replace(OURS, OURS[:-1]),
    ],
)
def test_what_only_looks_like_it_is_passed_over(taken, log):
    assert taken(log) is None


def test_binary_rubbish_and_endless_lines_do_no_harm(taken):
    rubbish = bytes(range(256)) * 2000 + b"\n"
    endless = TRADITIONAL.encode() + b" postfix/qmgr[1]: 4F1A2B3C4D: from=<" + b"(queue active) " * 60_000 + b"\n"
    assert taken(rubbish + endless + lines(ISO).encode() + rubbish) == "4F1A2B3C4D"


def test_of_a_huge_log_only_the_end_is_read(taken, tmp_path):
    assert taken(lines(ISO) + "x" * 99 + "\n" + "y" * TAIL) is None
    with (tmp_path / "mail.log").open("r+b") as log:
        log.seek(10**12)
        log.write(b"\n" + lines(ISO).encode())
    assert RelayLog(tmp_path / "mail.log").findings([OURS]).taken == {OURS: "4F1A2B3C4D"}


def test_the_log_that_was_rotated_last_counts_too(taken):
    named, queued = lines(TRADITIONAL).splitlines(keepends=True)
    assert taken("", rotated=lines(TRADITIONAL)) == "4F1A2B3C4D"
    assert taken(queued, rotated=named.rstrip()) == "4F1A2B3C4D"


def test_a_log_that_cannot_be_read_is_trouble_and_no_news(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in ("missing", "pipe", "."):
        found = RelayLog(tmp_path / name).findings([OURS])
        assert found.taken == {} and found.trouble.startswith("the relay's log cannot be read: ")
