"""The rows of the ledger as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from flask import request

from events_app.extensions import db
from events_app.mail.ledger import LedgerEntry, LedgerPage
from events_app.mail.queries import relay_state
from events_app.mail.rules import GOES_AGAIN
from events_app.rights.models import Action
from events_app.web.access import allowed
from events_app.web.context import language
from events_app.web.letters.wording import instant, story
from events_app.words.letters import letter_name, letter_state
from events_app.words.titles import event_title


@dataclass(frozen=True)
class LetterRow:
    """One letter in words: instants in the reader's zone (empty: none), the address for secretaries only."""

    id: int
    name: str
    event_id: int | None
    event: str
    person_id: int | None
    reader: str
    address: str
    state: str
    due: str
    sent: str
    tries: int
    story: str
    may_go_again: bool


def rows_of_page(page: LedgerPage) -> list[LetterRow]:
    """Return the letters of a page as rows."""
    relay, is_secretary = relay_state(db.session()), allowed(Action.READ_OUTBOX)
    return [_row(entry, story(entry, relay, not is_secretary), is_secretary) for entry in page.entries]


def asked_page() -> int | None:
    """Return the id before which the page that was asked for begins."""
    asked = request.args.get("before", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


def _row(entry: LedgerEntry, told: str, is_secretary: bool) -> LetterRow:
    message = entry.message
    return LetterRow(
        id=message.id,
        name=letter_name(message.letter, language()),
        event_id=message.event_id,
        event=event_title(entry.event, language()) if entry.event else "",
        person_id=message.person_id,
        reader=entry.reader,
        address=message.address if is_secretary else "",
        state=letter_state(message.state, language()),
        due=instant(message.due_at),
        sent=_instant_or_nothing(message.sent_at),
        tries=entry.tries,
        story=told,
        may_go_again=is_secretary and message.state in GOES_AGAIN and bool(message.address),
    )


def _instant_or_nothing(at: datetime | None) -> str:
    return instant(at) if at else ""
