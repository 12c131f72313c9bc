"""Letters that did not come to be, as pages show them: who has none about an event and why, who wants none."""

from dataclasses import dataclass

from events_app.events.models import Event
from events_app.extensions import db
from events_app.people.models import Person
from events_app.reminders.absences import Absence, absences
from events_app.reminders.models import IN_DIGEST, NOT_AT_ALL
from events_app.reminders.preferences import modes_of
from events_app.reminders.why_untold import absences_from_notice
from events_app.web.access import now
from events_app.web.context import language
from events_app.web.letters.wording import absence_text
from events_app.words.letters import letter_name


@dataclass(frozen=True)
class MissingRow:
    """Somebody without a letter of a sort, and why in a sentence."""

    person_id: int
    name: str
    letter: str
    why: str


@dataclass(frozen=True)
class Wishes:
    """The names of the letters that somebody wants not at all, and of those to be read in the digest."""

    declined: list[str]
    in_digest: list[str]


def missing_rows(event: Event) -> list[MissingRow]:
    """Return who has no reminder of an event and no letter on its latest change, each with the reason."""
    return [_row(found) for find in (absences, absences_from_notice) for found in find(db.session(), event, now())]


def wishes_of(person: Person) -> Wishes:
    """Return which letters somebody does not want singly."""
    modes = sorted(modes_of(db.session(), person.id).items())
    return Wishes(
        *([letter_name(key, language()) for key, mode in modes if mode == m] for m in (NOT_AT_ALL, IN_DIGEST))
    )


def _row(found: Absence) -> MissingRow:
    person = found.person
    return MissingRow(person.id, person.name, letter_name(found.letter, language()), absence_text(found))
