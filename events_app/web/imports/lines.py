"""The report of an import as lines of a table, in the language of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import url_for

from events_app.events.models import Event
from events_app.extensions import db
from events_app.feeds.importing import Change, Plan, Rejection
from events_app.rights.models import Action
from events_app.web.access import allowed
from events_app.web.context import language, say
from events_app.web.events.changes import Change as FieldChange
from events_app.web.events.changes import changes_in_words
from events_app.web.imports.outline import outline_of
from events_app.web.imports.wording import item_sentences
from events_app.words.dates import day_text

LONGEST = 120


@dataclass(frozen=True)
class Line:
    """One item: its place in the file, what it will be in words, what becomes of it; why not, or what changes.

    `href` is the page of its event, where there is one that the reader may see.
    """

    position: int
    title: str
    when: str
    outcome: str
    word: str
    kind: str = ""
    place: str = ""
    state: str = ""
    why: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    href: str = ""


def lines_of(plan: Plan) -> list[Line]:
    """Return a line for every item: first the changes of a plan in its order, then what is rejected."""
    return [*map(_line, plan.changes), *rejected_lines(plan.rejections)]


def linked(lines: Sequence[Line], events: Sequence[Event]) -> list[Line]:
    """Return lines of which the first lead to these events."""
    first = [replace(line, href=page_of(event)) for line, event in zip(lines, events, strict=False)]
    return [*first, *lines[len(first) :]]


def rejected_lines(rejections: tuple[Rejection, ...]) -> list[Line]:
    """Return a line for every item that is not taken."""
    return [_rejected(rejection) for rejection in rejections]


def page_of(event: Event | None) -> str:
    """Return the address of an event's page; empty where the reader may not see it."""
    return url_for("events.page", event_id=event.id) if event and allowed(Action.SEE, event) else ""


def _line(change: Change) -> Line:
    words = {"created": say("new"), "updated": say("changed"), "unchanged": say("unchanged")}
    outline = outline_of(db.session(), change, language())
    return Line(
        change.item.position,
        outline.title,
        outline.when,
        change.outcome,
        words[change.outcome],
        kind=outline.kind,
        place=outline.place,
        state=outline.state,
        changes=tuple(_field_changes(change)),
        href=page_of(change.event),
    )


def _rejected(rejection: Rejection) -> Line:
    when = rejection.when
    day = day_text(when, language()) if isinstance(when, date) else when
    why = tuple(item_sentences(rejection, language()))
    return Line(rejection.position, rejection.title, day, "rejected", say("rejected"), why=why)


def _field_changes(change: Change) -> Iterator[FieldChange]:
    fields = dict(change.fields or {})
    if change.steps and change.event:
        fields["status"] = [change.event.status, change.item.status]
    for found in changes_in_words(fields):
        yield FieldChange(found.label, _short(found.was), _short(found.now_is))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
