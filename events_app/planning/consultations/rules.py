"""What a consultation has come to, how long it has to run, and who has said something. Pure."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from events_app.dates.wall_time import instant_of, local_of
from events_app.dates.working_days import is_working_day, working_days_after
from events_app.dates.zones import HOME_ZONE
from events_app.events.errors import Problem
from events_app.events.models import DRAFT, PROPOSED, Event
from events_app.planning.consultations.polls import complete_codes
from events_app.planning.models import BREAKING, POLL, UNOPPOSED, Consultation

OPEN, CLOSED, SETTLED = "open", "closed", "settled"
AGREED, BROKEN, WITHDRAWN, OVERTAKEN = "agreed", "broken", "withdrawn", "overtaken"
RUNNING = (OPEN, CLOSED)
CONSULTED_STATUSES = (DRAFT, PROPOSED)

LONGEST_TEXT, LONGEST_REASON, LONGEST_REACTION = 5_000, 500, 2_000
CLOSING_BEFORE = timedelta(hours=24)
PUNCTUAL = timedelta(hours=1)
DAY = timedelta(days=1)


def outcome(consultation: Consultation, event: Event, now: datetime) -> str:
    """Return what has become of a consultation, whether or not anything has been stored since.

    A poll is open, closed (no more answers, no date chosen yet), settled; a no-objection procedure open, agreed or
    broken. Either may have been withdrawn, or overtaken by a step that somebody took on the event.
    """
    if consultation.withdrawn_at is not None:
        return WITHDRAWN
    return _of_poll(consultation, event, now) if consultation.what == POLL else _of_procedure(consultation, event, now)


def is_running(consultation: Consultation, event: Event, now: datetime) -> bool:
    """Return whether a consultation still waits for its end: for answers, for silence, or for a date to be chosen."""
    return outcome(consultation, event, now) in RUNNING


def earliest_expiry(now: datetime, least_days: int) -> datetime:
    """Return the first minute at which a procedure opened now can expire: so many Austrian working days later."""
    local = local_of(now, HOME_ZONE).replace(second=0, microsecond=0, tzinfo=None)
    return instant_of(working_days_after(local.date(), least_days), local.time(), HOME_ZONE)


def expiry_problems(what: str, expires_at: datetime, event: Event, now: datetime, least_days: int) -> list[Problem]:
    """Return what is wrong with a minute of expiry: past, too soon for a procedure, not before the event starts."""
    if expires_at <= now:
        return [Problem("expires_on", "in-the-past")]
    if what == POLL:
        return []
    earliest = earliest_expiry(now, least_days)
    if expires_at < earliest:
        return [Problem("expires_on", "too-soon", {"count": least_days, "earliest": earliest})]
    return [Problem("expires_on", "after-start")] if expires_at >= event.starts_at else []


def working_days_left(now: datetime, expires_at: datetime) -> int:
    """Return how many Austrian working days there are after today, up to the day of expiry and with it."""
    day, last = local_of(now, HOME_ZONE).date(), local_of(expires_at, HOME_ZONE).date()
    return sum(is_working_day(other) for other in _days_after(day, last))


def takes_reaction(found: str, what: str) -> bool:
    """Return whether a procedure of an outcome takes a reaction.

    Objections are recorded after the end too, as late; a second one stands beside the one that broke it.
    """
    return found == OPEN or (what in BREAKING and found in (AGREED, BROKEN))


def breaks(found: str, what: str) -> bool:
    """Return whether a reaction breaks a procedure of an outcome."""
    return found == OPEN and what in BREAKING


def reaction_problems(what: str, text: str, offered: Collection[str]) -> list[Problem]:
    """Return what is wrong with a reaction: whatever stands against a proposal does so in writing."""
    found = [] if what in offered else [Problem("reaction", "unknown")]
    if what != UNOPPOSED and not text.strip():
        found.append(Problem("text", "in-writing"))
    if len(text) > LONGEST_REACTION:
        found.append(Problem("text", "too-long", {"most": LONGEST_REACTION}))
    return found


def reacted_codes(consultation: Consultation) -> set[str]:
    """Return the delegations that have said something in time: in a poll, those that have answered every date."""
    if consultation.what == POLL:
        return complete_codes(consultation)
    return {reaction.state_code for reaction in consultation.reactions if not reaction.is_late}


def closes_at(consultation: Consultation) -> datetime | None:
    """Return when those who have said nothing are written to; None where it was opened later than that."""
    at = consultation.expires_at - CLOSING_BEFORE
    return at if at > consultation.opened_at else None


def is_late_notice(consultation: Consultation, now: datetime) -> bool:
    """Return whether a notice of the expiry that goes now is late."""
    return now - consultation.expires_at > PUNCTUAL


def _of_poll(poll: Consultation, event: Event, now: datetime) -> str:
    if poll.settled_at is not None:
        return SETTLED
    if event.status not in CONSULTED_STATUSES:
        return OVERTAKEN
    return OPEN if now < poll.expires_at else CLOSED


def _of_procedure(procedure: Consultation, event: Event, now: datetime) -> str:
    if any(reaction.breaks for reaction in procedure.reactions):
        return BROKEN
    if procedure.settled_at is not None:
        return OVERTAKEN
    # Silence alone publishes an event at the minute of expiry; what is done to it later changes nothing of that.
    if event.published_at == procedure.expires_at:
        return AGREED
    if event.silence_ends_at != procedure.expires_at:
        return OVERTAKEN
    return OPEN if now < procedure.expires_at else AGREED


def _days_after(day: date, last: date) -> list[date]:
    return [day + n * DAY for n in range(1, (last - day).days + 1)]
