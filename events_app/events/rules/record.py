"""What the events of some years add up to: topics treated, delegations that came. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from events_app.events.models import ATTENDS, ATTENDS_ONLINE, Answer, Event

COMING = (ATTENDS, ATTENDS_ONLINE)


@dataclass(frozen=True)
class TopicRecord:
    """How often a topic was treated, and when last."""

    topic_key: str
    times: int
    last_on: date


@dataclass(frozen=True)
class AttendanceRecord:
    """How many events were answered by anybody, to how many of them each delegation came, how many come on average."""

    events: int
    times: Mapping[str, int]
    average: float


def topics_treated(events: Iterable[Event]) -> list[TopicRecord]:
    """Return the topics of events, the most frequent first."""
    days: dict[str, list[date]] = {}
    for event in events:
        for topic in event.topics:
            days.setdefault(topic.key, []).append(event.starts_on)
    found = [TopicRecord(key, len(treated), max(treated)) for key, treated in days.items()]
    return sorted(found, key=lambda record: (-record.times, record.topic_key))


def attendance_record(answers: Iterable[Answer]) -> AttendanceRecord:
    """Return what the answers to some events add up to; events that nobody answered do not count."""
    given = list(answers)
    events = len({answer.event_id for answer in given})
    times = Counter(answer.state_code for answer in given if answer.answer in COMING)
    return AttendanceRecord(events, times, times.total() / events if events else 0.0)
