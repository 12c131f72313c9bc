"""What readers prefer: letters they decline or read in the digest, and hours in which they want none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.events.models import Event, Invitation
from events_app.mail.actions.outbox import NewLetter
from events_app.mail.kinds import CHANGE_NOTICE, DECLINABLE, WEEKLY_DIGEST
from events_app.mail.models import OutboxMessage
from events_app.mail.queries import last_restored_at
from events_app.people.models import Person
from events_app.reminders.models import AT_ONCE, IN_DIGEST, NOT_AT_ALL, LetterPreference
from events_app.reminders.quiet import QuietHours, end_of_quiet, quiet_hours_of, wall_instant
from events_app.rights.models import Reader

CLOSE = timedelta(hours=48)

Modes = Mapping[tuple[int, str], str]


def as_preferred(session: Session, letters: Iterable[NewLetter], now: datetime) -> list[NewLetter]:
    """Return the letters that go to their readers singly, put off to the end of their quiet hours.

    Nothing that is about an event within 48 hours is put off, nor what would then be too late, nor what was due before
    a backup was restored: it is to be stopped, not to go in the morning. A change notice always goes to who was
    invited, as it moves the event in that calendar. Four queries, five if notices were declined.
    """
    modes = modes_of_readers(session)
    letters = list(letters)
    declined = [letter for letter in letters if modes.get((letter.person_id or 0, letter.letter), AT_ONCE) != AT_ONCE]
    left_out = {letter.dedupe_key for letter in declined} - _updates_of_invitations(session, declined)
    singly = [letter for letter in letters if letter.dedupe_key not in left_out]
    quiet = _quiet_readers(session)
    starts = _starts(session, {letter.event_id for letter in singly if letter.person_id in quiet and letter.event_id})
    return list(_put_off(singly, quiet, starts, last_restored_at(session), now))


def waits_until(
    letter: NewLetter | OutboxMessage, hours: QuietHours, starts_at: datetime | None, due_at: datetime
) -> datetime | None:
    """Return the end of the quiet hours in which a letter is due; None where it goes at once all the same.

    `starts_at` is the start of the event that it is about, if it is about one.
    """
    is_close = any(start <= due_at + CLOSE for start in (starts_at, _start_before(letter)) if start)
    end = end_of_quiet(hours, due_at) if letter.letter in DECLINABLE and not is_close else None
    return end if end is not None and (letter.expires_at is None or end < letter.expires_at) else None


def modes_of_readers(session: Session) -> Modes:
    """Return {(person's id, letter): how it is wanted} of everybody who chose; what nobody may decline is left out."""
    rows = session.execute(select(LetterPreference.person_id, LetterPreference.letter, LetterPreference.mode))
    return {(row.person_id, row.letter): row.mode for row in rows if row.letter in DECLINABLE}


def modes_of(session: Session, person_id: int) -> dict[str, str]:
    """Return {letter: how it is wanted} as far as a person chose."""
    rows = session.scalars(select(LetterPreference).where(LetterPreference.person_id == person_id))
    return {row.letter: row.mode for row in rows}


def modes_among(modes: Modes, person_id: int) -> dict[str, str]:
    """Return {letter: how it is wanted} as far as one of many persons chose."""
    return {letter: mode for (reader_id, letter), mode in modes.items() if reader_id == person_id}


def wants_digest(reader: Reader, modes: Mapping[str, str]) -> bool:
    """Return whether somebody gets the weekly digest: who chose it or put other letters there, else whoever plans."""
    chosen = modes.get(WEEKLY_DIGEST)
    if chosen is not None:
        return chosen != NOT_AT_ALL
    return reader.is_secretary or bool(reader.contact_codes) or IN_DIGEST in modes.values()


def _updates_of_invitations(session: Session, letters: Iterable[NewLetter]) -> set[str]:
    """Return the keys of the change notices among letters that update an invitation in their reader's calendar."""
    notices = {(n.event_id, n.person_id): n.dedupe_key for n in letters if n.letter == CHANGE_NOTICE}
    if not notices:
        return set()
    events = Invitation.event_id.in_({event_id for event_id, _ in notices})
    rows = session.execute(
        select(Invitation.event_id, Invitation.person_id).where(events, Invitation.withdrawn_at.is_(None))
    )
    return {notices[key] for key in map(tuple, rows) if key in notices}


def _put_off(
    letters: Iterable[NewLetter], quiet: Mapping[int, QuietHours], starts: Mapping[int, datetime],
    restored_at: datetime | None, now: datetime,
) -> Iterator[NewLetter]:  # fmt: skip
    for letter in letters:
        hours, starts_at = quiet.get(letter.person_id or 0), starts.get(letter.event_id or 0)
        may_wait = not (restored_at and letter.due_at <= restored_at)
        end = waits_until(letter, hours, starts_at, max(letter.due_at, now)) if hours and may_wait else None
        yield replace(letter, due_at=end) if end is not None else letter


def _start_before(letter: NewLetter | OutboxMessage) -> datetime | None:
    """Return when the event began before the change that a letter tells of: the wrong day is close as the right one."""
    was = letter.facts.get("was")
    if not was:
        return None
    at = time.fromisoformat(was["start_time"]) if was["start_time"] else time()
    return wall_instant(date.fromisoformat(was["starts_on"]), at, was["time_zone"])


def _quiet_readers(session: Session) -> dict[int, QuietHours]:
    people = session.scalars(select(Person).where(Person.quiet_from.is_not(None)))
    hours = ((person.id, quiet_hours_of(person)) for person in people)
    return {person_id: found for person_id, found in hours if found is not None}


def _starts(session: Session, event_ids: set[int]) -> dict[int, datetime]:
    if not event_ids:
        return {}
    rows = session.execute(select(Event.id, Event.starts_at).where(Event.id.in_(event_ids)))
    return {row.id: row.starts_at for row in rows}
