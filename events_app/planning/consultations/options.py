"""The rows of a poll's dates: made, changed, taken back, released."""

from datetime import datetime

from events_app.events.models import new_uid
from events_app.planning.consultations.polls import OptionDates, instants_of, live_options
from events_app.planning.models import Consultation, PollOption


def new_option(dates: OptionDates, host: str, now: datetime) -> PollOption:
    """Return a new date with a UID of its own."""
    starts_at, ends_at = instants_of(dates)
    return PollOption(**vars(dates), uid=new_uid(host), starts_at=starts_at, ends_at=ends_at, modified_at=now)


def move_option(option: PollOption, dates: OptionDates, now: datetime) -> None:
    """Write another date over one: the answers to what it was are gone."""
    option.starts_at, option.ends_at = instants_of(dates)
    for name, value in vars(dates).items():
        setattr(option, name, value)
    option.answers.clear()
    _note(option, now)


def remove_option(option: PollOption, now: datetime) -> None:
    """Take a date back; its answers stay as they were given."""
    option.removed_at = now
    _note(option, now)


def release_options(poll: Consultation, now: datetime) -> None:
    """Let go of every date that was not chosen."""
    for option in live_options(poll):
        if not option.is_chosen:
            _note(option, now)


def _note(option: PollOption, now: datetime) -> None:
    option.sequence += 1
    option.modified_at = now
