"""The dates of a poll: what may be proposed, what was answered, and which date suits best. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from events_app.dates.errors import SkippedTimeError
from events_app.dates.wall_time import day_bounds, instant_of
from events_app.events.errors import Problem
from events_app.events.models import Event
from events_app.events.rules.details import FIRST_DAY, LAST_DAY
from events_app.planning.models import IF_NEED_BE, NO, YES, Consultation, PollOption

LEAST_OPTIONS, MOST_OPTIONS = 2, 12


@dataclass(frozen=True)
class OptionDates:
    """One date as people enter it: local days and times in a zone, both times None for whole days."""

    starts_on: date
    start_time: time | None
    ends_on: date
    end_time: time | None
    time_zone: str
    start_fold: int = 0
    end_fold: int = 0


@dataclass(frozen=True)
class Tally:
    """What the delegations answered to one date; `is_best` if most can and fewest cannot come."""

    option: PollOption
    yes: int
    if_need_be: int
    no: int
    unable: tuple[str, ...]
    is_best: bool = False


def dates_of(option: PollOption) -> OptionDates:
    """Return the date of a stored option."""
    return OptionDates(**{name: getattr(option, name) for name in OptionDates.__dataclass_fields__})


def own_dates(event: Event) -> OptionDates:
    """Return the date that an event has now."""
    return OptionDates(**{name: getattr(event, name) for name in OptionDates.__dataclass_fields__})


def instants_of(dates: OptionDates) -> tuple[datetime, datetime]:
    """Return the instants at which a date begins and ends (exclusive); raises SkippedTimeError."""
    if dates.start_time is None or dates.end_time is None:
        return day_bounds(dates.starts_on, dates.ends_on, dates.time_zone)
    start = instant_of(dates.starts_on, dates.start_time, dates.time_zone, dates.start_fold)
    return start, instant_of(dates.ends_on, dates.end_time, dates.time_zone, dates.end_fold)


def option_problems(options: Sequence[OptionDates], expires_at: datetime) -> list[Problem]:
    """Return what is wrong with the dates of a poll: how many, each by itself, and two that are the same."""
    count = len(options)
    found = [] if LEAST_OPTIONS <= count <= MOST_OPTIONS else [_count_problem(count)]
    for number, dates in enumerate(options):
        found += [_at(number, reason, facts) for reason, facts in _date_problems(dates, expires_at)]
        if dates in options[:number]:
            found.append(_at(number, "twice", {}))
    return found


def live_options(poll: Consultation) -> list[PollOption]:
    """Return the dates that were not taken back, in order."""
    return [option for option in poll.options if option.removed_at is None]


def complete_codes(poll: Consultation) -> set[str]:
    """Return the delegations that have answered every date."""
    answered = [{answer.state_code for answer in option.answers} for option in live_options(poll)]
    return set.intersection(*answered) if answered else set()


def answering_codes(poll: Consultation) -> set[str]:
    """Return the delegations that have answered any date."""
    return {answer.state_code for option in live_options(poll) for answer in option.answers}


def tallies(poll: Consultation, invited: Collection[str]) -> list[Tally]:
    """Return what the invited delegations answered, date by date; the earliest of equally good dates is the best."""
    counted = [_tally(option, invited) for option in live_options(poll)]
    best = min(counted, key=lambda tally: (-tally.yes, tally.no), default=None)
    if best is None or not any(tally.yes or tally.if_need_be for tally in counted):
        return counted
    return [Tally(**{**vars(tally), "is_best": tally is best}) for tally in counted]


def _tally(option: PollOption, invited: Collection[str]) -> Tally:
    given = [answer for answer in option.answers if answer.state_code in invited]
    counts = Counter(answer.answer for answer in given)
    unable = tuple(answer.state_code for answer in given if answer.answer == NO)
    return Tally(option, counts[YES], counts[IF_NEED_BE], counts[NO], unable)


def _count_problem(count: int) -> Problem:
    is_few = count < LEAST_OPTIONS
    most = {"most": LEAST_OPTIONS if is_few else MOST_OPTIONS}
    return Problem("options", "too-few" if is_few else "too-many", most)


def _at(number: int, reason: str, facts: dict[str, object]) -> Problem:
    return Problem("options", reason, {**facts, "row": number})


def _date_problems(dates: OptionDates, expires_at: datetime) -> Iterator[tuple[str, dict[str, object]]]:
    if not FIRST_DAY <= dates.starts_on <= dates.ends_on <= LAST_DAY:
        yield "out-of-range", {"first": FIRST_DAY.year, "last": LAST_DAY.year}
        return
    if (dates.start_time is None) != (dates.end_time is None):
        yield "times-together", {}
        return
    try:
        starts_at, ends_at = instants_of(dates)
    except SkippedTimeError as error:
        yield "skipped-hour", {"day": error.day, "time": error.at}
        return
    if ends_at <= starts_at:
        yield "end-before-start", {}
    elif starts_at <= expires_at:
        yield "before-expiry", {}


def numbered(options: Iterable[PollOption]) -> dict[int, int]:
    """Return the place of each date among those that were not taken back, from 1, by id."""
    return {option.id: number for number, option in enumerate((o for o in options if o.removed_at is None), 1)}
