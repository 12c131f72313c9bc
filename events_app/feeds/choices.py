"""What somebody chooses for a personal feed, of what that person may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from events_app.events.models import CANCELLED, Event
from events_app.feeds.errors import InvalidChoiceError
from events_app.feeds.models import DETAILS, FULL, FeedLink
from events_app.words.languages import DEFAULT_LANGUAGE, LANGUAGES

ALARMS = (0, 15, 60, 24 * 60)  # minutes before the start
LONGEST_LABEL = 80
MOST_LINKS = 20


@dataclass(frozen=True)
class FeedChoice:
    """Which events (empty keys: any), in which language and detail, with which alarm (minutes, 0: none)."""

    group_keys: tuple[str, ...] = ()
    kind_keys: tuple[str, ...] = ()
    topic_keys: tuple[str, ...] = ()
    language: str = DEFAULT_LANGUAGE
    detail: str = FULL
    alarm_minutes: int = 0
    shows_cancelled: bool = True


CHOICE_FIELDS = ("group_keys", "kind_keys", "topic_keys")


def choice_of(link: FeedLink) -> FeedChoice:
    """Return what was chosen for a link."""
    return FeedChoice(
        tuple(link.group_keys), tuple(link.kind_keys), tuple(link.topic_keys), link.language, link.detail,
        link.alarm_minutes, link.shows_cancelled,
    )  # fmt: skip


def is_chosen(event: Event, choice: FeedChoice) -> bool:
    """Return whether an event is among those chosen; what stands on an event's margins counts to its groups."""
    if event.status == CANCELLED and not choice.shows_cancelled:
        return False
    groups = {*event.group_keys, *(event.parent.group_keys if event.parent else ())}
    topics = {topic.key for topic in event.topics}
    has_group, has_topic = _meets(groups, choice.group_keys), _meets(topics, choice.topic_keys)
    return has_group and has_topic and _meets({event.kind_key}, choice.kind_keys)


def check_choice(choice: FeedChoice, known: Mapping[str, Collection[str]]) -> None:
    """Check a choice against the known keys of groups, kinds and topics; raises InvalidChoiceError."""
    for field in CHOICE_FIELDS:
        if not set(getattr(choice, field)) <= set(known[field]):
            raise InvalidChoiceError(field)
    for field, offered in (("language", LANGUAGES), ("detail", DETAILS), ("alarm_minutes", ALARMS)):
        if getattr(choice, field) not in offered:
            raise InvalidChoiceError(field)


def _meets(keys: set[str], chosen: Iterable[str]) -> bool:
    wanted = set(chosen)
    return not wanted or bool(wanted & keys)
