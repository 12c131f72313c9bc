"""Sentences for what is not taken of a file, for the pages of the import and the command line."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from events_app.dates.zones import HOME_ZONE
from events_app.feeds.importing import Rejection, UnreadableFileError
from events_app.web.labels import LABELS
from events_app.words.catalogue import translate
from events_app.words.dates import day_text, instant_text, time_text

MOST_NAMED = 6
UNKNOWN = "This cannot be read: {reason}."
FILE_SENTENCES = {
    "kind": "Only calendar files (.ics) and tables (.csv) are read.",
    "empty": "The file is empty.",
    "too-large": "The file is too large.",
    "too-many": "The table has more than {most} rows.",
    "no-text": "The file is no text. Save the table as CSV in UTF-8.",
    "no-columns": "The first row must name the columns, at least “start”.",
    "column-twice": "The column “{column}” is there twice.",
    "too-many-columns": "Line {line} has more than {most} columns.",
    "long-cell": "Line {line} has a cell that is too long.",
    "quotes": "The quotation marks up to line {line} do not match.",
    "unknown-zone": "The time zone “{zone}” is not known.",
    "unknown-kind": "The kind “{kind}” is not known. Among those that are: {known}.",
    "not-a-calendar": "The file is no calendar.",
    "encoding": "The text cannot be read. Save the file in UTF-8.",
    "compressed": "The file is compressed. Unpack it first.",
    "unbalanced": "The calendar is damaged: what begins does not end, or the other way round ({component}).",
    "too-deep": "The calendar nests its parts too deeply.",
    "too-many-components": "The calendar has more than {limit} parts.",
    "too-many-properties": "A part of the calendar has more than {limit} lines.",
    "too-many-folds": "The calendar is broken into too many lines.",
    "line-too-long": "A line of the calendar is too long.",
    "method": "This is a message about an event ({method}), not a calendar.",
    "version": "This version of the calendar format is not read: {version}.",
    "calendar-scale": "Only the Gregorian calendar is read, not {scale}.",
    "took-too-long": "Reading the file takes too long. Send a part of it.",
    "too-much-memory": "Reading the file takes too much memory. Send a part of it.",
    "broke-off": "The calendar is damaged and cannot be read.",
    "too-many-events": "The file holds more than {most} events, counting each time that one repeats.",
}
ITEM_SENTENCES = {
    "uid-twice": "Its UID stands in the file more than once.",
    "ambiguous": "Several events of this kind and group take place that day. Give its UID.",
    "not-yours": "Its UID, or its kind, group and date, belong to an event that you may not change.",
    "kind-of-the-section": "Events of this kind are drafted by the Section for External Co-operation.",
    "kind-stays": "Kind and groups of this event cannot be changed by you.",
    "uid-in-use": "Its UID stands on an event that a delegation brought. Change that one on its page.",
    "group-not-yours": "Your delegation does not sit in this group.",
    "needs-parent": "Choose the conference on whose margins it stands.",
    "needs-secretary": "Moving an event across 1 January changes its chair: ask the Section for External Co-operation.",
    "visibility": "Only the Secretariat can keep events to itself.",
    "may-not-confirm": "You may not give it this status.",
    "cancelled": "The file says it is cancelled. Cancel it on its page, with a reason.",
    "cancelled-unknown": "The file says it is cancelled, and the calendar does not know it.",
    "status": "Its status cannot become the one in the file. Change it on its page.",
    "no-kind": "The file does not say what kind of event it is.",
    "no-title": "It has no title. The column for it is called “title”, “summary” or “theme”.",
    "one-host": "The column “host” takes one State; the others belong into “co_host”.",
    "no-date": "It has no date.",
    "no-such-day": "{value} is no date in the calendar.",
    "date-form": "“{text}” is not written as YYYY-MM-DD or DD.MM.YYYY.",
    "time-form": "“{text}” is no time of day. Write it as HH:MM.",
    "times-together": "Give both a start and an end time, or neither for whole days.",
    "zone-needed": "Its times have no time zone. Say which one is meant.",
    "needs-time-zone": "Its times have no time zone. Say which one is meant.",
    "unknown-zone": "The time zone “{zone}” is not known. Say which one is meant.",
    "zone-differs": "What the file says of the time zone “{zone}” is not what its clocks show.",
    "repeated-hour": "On {day} the clocks go back: {time} happens twice. Enter this event by hand.",
    "skipped-hour": "On {day} the clocks go forward: {time} does not exist that day.",
    "outside-years": "It lies outside the years of this calendar.",
    "out-of-range": "The date must lie between {first} and {last}.",
    "too-far": "The last day lies too far away.",
    "end-before-start": "The end must come after the start.",
    "too-many-cells": "The row has more cells than the first row names columns.",
    "unknown-word": "“{word}” means nothing in the column “{column}”. Among the words that do: {known}.",
    "unknown-state": "“{word}” in the column “{column}” is no code of a State. Codes have two letters: {known}.",
    "too-long": "At most {most} characters fit here.",
    "unknown": "This is not one of the choices.",
    "needs-one": "Choose one Contact Group.",
    "needs-both": "A joint meeting belongs to both Contact Groups.",
    "not-founded": "This group did not meet before {since}.",
    "is-host": "A State is either the host or a co-host.",
    "under-procedure": "A no-objection procedure on this runs until {until}: withdraw it first.",
    "outside-event": "“{title}” lies outside the days of the event.",
    "after-start": "Answers are due before the event begins.",
    "bad-time": "“{time}” is no time that can be read.",
    "bad-uid": "Its UID is too long.",
    "duplicate-uid": "Its UID stands in the file more than once.",
    "no-start": "It has no date.",
    "no-length": "It ends when it begins.",
    "ends-before-start": "The end must come after the start.",
    "lasts-too-long": "It lasts too long.",
    "no-instances": "Every time that it repeats lies more than a year back or more than five years ahead.",
    "too-many-instances": "It repeats too often.",
    "hostile-alarm": "Its alarm repeats too often.",
    "bad-rule": "The rule by which it repeats cannot be read.",
    "hostile-rule": "The rule by which it repeats leads too far.",
}


def file_sentence(error: UnreadableFileError, language: str) -> str:
    """Return why nothing of a file can be read."""
    return _sentence(FILE_SENTENCES, error.reason, error.facts, language)


def item_sentences(rejection: Rejection, language: str) -> list[str]:
    """Return everything for which one item of a file is not taken; the field comes first where one is meant."""
    reasons = [(rejection.reason, rejection.facts), *rejection.others]
    return list(dict.fromkeys(_item_sentence(reason, facts, language) for reason, facts in reasons))


def _item_sentence(reason: str, facts: Mapping[str, Any], language: str) -> str:
    sentence = _sentence(ITEM_SENTENCES, reason, facts, language)
    label = {**LABELS, "uid": "UID"}.get(str(facts.get("field", "")))
    return f"{translate(language, label)}: {sentence}" if label else sentence


def _sentence(table: dict[str, str], reason: str, facts: Mapping[str, Any], language: str) -> str:
    message = table.get(reason, UNKNOWN)
    words = {name: _in_words(value, language) for name, value in facts.items()}
    try:
        return translate(language, message, **{**words, "reason": reason})
    except LookupError:
        return translate(language, UNKNOWN, reason=reason)


def _in_words(value: Any, language: str) -> Any:
    if isinstance(value, datetime):
        return instant_text(value, HOME_ZONE, language)
    if isinstance(value, date):
        return day_text(value, language)
    if isinstance(value, tuple):
        return ", ".join(value[:MOST_NAMED])
    return time_text(value, language) if isinstance(value, time) else value
