"""The report of an import as lines of a table, in the language of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from events_app.feeds.importing import Change, Plan, Rejection
from events_app.web.context import language, say
from events_app.web.events.changes import Change as FieldChange
from events_app.web.events.changes import changes_in_words
from events_app.web.imports.wording import item_sentence
from events_app.words.dates import day_text

LONGEST = 120


@dataclass(frozen=True)
class Line:
    """One item: its place in the file, what it is called, its day, what becomes of it; why not, or what changes."""

    position: int
    title: str
    day: str
    outcome: str
    word: str
    why: str = ""
    changes: tuple[FieldChange, ...] = ()


def lines_of(plan: Plan) -> list[Line]:
    """Return a line for every item, in the order of the file."""
    lines = [*map(_line, plan.changes), *rejected_lines(plan.rejections)]
    return sorted(lines, key=lambda line: line.position)


def rejected_lines(rejections: tuple[Rejection, ...]) -> list[Line]:
    """Return a line for every item that is not taken."""
    word = say("rejected")
    return [Line(r.position, r.title, "", "rejected", word, item_sentence(r, language())) for r in rejections]


def _line(change: Change) -> Line:
    words = {"created": say("new"), "updated": say("changed"), "unchanged": say("unchanged")}
    return Line(
        change.item.position,
        change.item.title,
        day_text(change.details.starts_on, language()),
        change.outcome,
        words[change.outcome],
        changes=tuple(_field_changes(change)),
    )


def _field_changes(change: Change) -> Iterator[FieldChange]:
    fields = dict(change.fields or {})
    if change.steps and change.event:
        fields["status"] = [change.event.status, change.item.status]
    for found in changes_in_words(fields):
        yield FieldChange(found.label, _short(found.was), _short(found.now_is))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
