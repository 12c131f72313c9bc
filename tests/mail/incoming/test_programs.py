"""Replies as Outlook, Google and Apple write them."""

import importlib.util
from pathlib import Path

import pytest

SPEC = importlib.util.spec_from_file_location("programs", Path(__file__).parent / "programs.py")
programs = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(programs)

STAMP = "20270223T075930Z"
WRITERS = {
    "outlook": programs.outlook,
    "outlook-qp": lambda *values: programs.outlook(*values, encoding="quoted-printable"),
    "google": programs.google,
    "apple": programs.apple,
}


@pytest.fixture(params=WRITERS)
def written(request, event, invitation, to_us):
    """Let each of the programs write a reply."""
    return lambda partstat: WRITERS[request.param](to_us, event.uid, event.sequence, STAMP, partstat)


@pytest.mark.parametrize(("partstat", "expected"), [("ACCEPTED", "attends"), ("DECLINED", "declines")])
def test_the_reply_of_a_program_counts(written, deliver, answer, partstat, expected):
    incoming = deliver(written(partstat))
    assert (incoming.sort, incoming.outcome, incoming.comment) == ("reply", "answered", "")
    assert answer() == expected


def test_the_reply_of_a_program_counts_with_plain_line_ends(written, deliver, answer):
    assert deliver(written("ACCEPTED").replace(b"\r\n", b"\n")).outcome == "answered"
    assert answer() == "attends"


def test_the_names_in_the_headers_are_read(event, invitation, to_us, deliver):
    incoming = deliver(programs.outlook(to_us, event.uid, event.sequence, STAMP, "ACCEPTED"))
    assert (incoming.sender, incoming.subject) == ("Anna@delegations.example", "Zugesagt: Treffen")


def test_a_reply_in_an_old_encoding_is_read(reply, deliver):
    mail = reply(lines=("COMMENT:ПРИВЕТ, коллеги",)).decode().replace("utf-8", "koi8-r").encode("koi8-r")
    assert deliver(mail).comment == "ПРИВЕТ, коллеги"


def test_a_reply_under_an_unknown_encoding_is_read(reply, deliver):
    assert deliver(reply().replace(b'charset="utf-8"', b"charset=nope")).outcome == "answered"
