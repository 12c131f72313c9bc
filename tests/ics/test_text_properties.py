"""Whatever people type, in any script: the lines are sound, and programs from outside read what was meant."""

import re
from collections.abc import Callable
from datetime import timedelta
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from events_app.ics.entry import Entry
from events_app.ics.plain_text import clean_text
from events_app.ics.writing import CalendarHead, calendar_bytes, entry_bytes

Build = Callable[..., Entry]
Words = dict[str, str]

BREAKS = ["\r", "\n", "\r\n", "\x0b", "\x85", "\u2028", "\u2029", "\r\nATTENDEE:x", "\nMETHOD:x", "\x85ORGANIZER:x"]
ESCAPES = ["\\", "\\n", "\\N", "\\,", ";", ":", ",", '"', "^n", "%0A", "\t", "\0", "\ufeff"]
LETTERS = [
    "a",
    "é",
    "ß",
    "ж",
    "ع",
    "ש",
    "ก",
    "合",
    "👩‍👩‍👧‍👦",
    "🇲🇹",
    "\u200d",
    "\u202e",
    "\u2067",
    "\u2069",
    "\u0301",
    "\u05c1",
]
SIGNS = [" ", *BREAKS, *ESCAPES, *LETTERS]
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(SIGNS), max_size=120).map("".join))
three_texts = st.tuples(texts, texts, texts)
without_bom = texts.map(lambda text: text.replace("\ufeff", ""))  # vobject drops it wherever it stands


def read_by_icalendar(data: bytes) -> Words:
    component = Calendar.from_ical(data).walk("VEVENT")[0]
    assert not component.errors
    return {name: str(component.get(name, "")) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")}


def read_by_vobject(data: bytes) -> Words:
    import vobject

    component: Any = vobject.readOne(data.decode()).vevent
    found = {name: getattr(component, name.lower(), None) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")}
    return {name: line.value if line else "" for name, line in found.items()}


READERS = [read_by_icalendar, *([read_by_vobject] if find_spec("vobject") else [])]


def written(entry: Entry, name: str = "Partners") -> bytes:
    head = CalendarHead(name, name, "Europe/Vienna", "https://calendar.example/", "teal")
    return calendar_bytes(head, [], [entry_bytes(entry)])


@pytest.mark.parametrize("read", READERS)
@given(words=st.tuples(without_bom, without_bom, without_bom))
@settings(max_examples=60)
def test_programs_from_outside_read_what_was_meant(
    entry_with: Build, read: Callable[[bytes], Words], words: tuple[str, str, str]
) -> None:
    summary, description, location = words
    found = read(written(entry_with(summary=summary, description=description, location=location)))
    assert found == {
        "SUMMARY": clean_text(summary), "DESCRIPTION": clean_text(description), "LOCATION": clean_text(location),
    }  # fmt: skip


@given(texts, three_texts)
@settings(max_examples=60)
def test_every_line_is_whole_characters_in_75_octets_ended_by_crlf(
    entry_with: Build, name: str, words: tuple[str, str, str]
) -> None:
    summary, long, short = words
    entry = entry_with(
        summary=summary, description=long, location=short, categories=(short, summary), conference=long, contact=short,
        uid=short, parent_uid=summary, url=long, alarm=timedelta(minutes=15),
    )  # fmt: skip
    data = written(entry, name)
    assert data.endswith(b"\r\n")
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", data)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


@given(texts)
@settings(max_examples=60)
def test_no_text_adds_a_line_of_its_own(entry_with: Build, text: str) -> None:
    plain, odd = (
        re.findall(rb"^([A-Z-]+)[;:]", written(entry).replace(b"\r\n ", b""), re.M)
        for entry in (
            entry_with(summary="a", description="a", location="a", conference="a", contact="a", categories=("a",)),
            entry_with(
                summary=text, description=text + "a", location=text + "a", conference=text, contact=text + "a",
                categories=(text,),
            ),
        )
    )  # fmt: skip
    assert set(odd) <= set(plain)
