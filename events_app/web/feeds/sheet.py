"""What a page shows of feed links: when they were fetched, by what, and whether they went around."""

from dataclasses import dataclass
from datetime import timedelta

from events_app.events.queries import kinds, topics
from events_app.extensions import db
from events_app.feeds.models import FeedLink
from events_app.feeds.queries import links_by_person, links_of, network_counts
from events_app.web.access import current_reader, now
from events_app.web.context import language, say
from events_app.web.feeds.forms import ALARM_NAMES
from events_app.words.feeds import detail_name
from events_app.words.labels import group_name, kind_name, topic_name
from events_app.words.languages import LANGUAGE_NAMES

COUNTED_BACK = timedelta(days=30)
MANY_NETWORKS = 12  # a phone on the road sees several, a link that was passed on many more


@dataclass(frozen=True)
class LinkRow:
    """A link, and from how many networks it was fetched in the last 30 days."""

    link: FeedLink
    networks: int

    @property
    def words(self) -> list[str]:
        """What was chosen, in words: groups, kinds and topics if any, last the language and the detail."""
        return chosen_words(self.link)

    @property
    def is_widespread(self) -> bool:
        """Whether so many that it may have been passed on."""
        return self.networks > MANY_NETWORKS


def own_links(person_id: int) -> list[LinkRow]:
    """Return the links of somebody, the oldest first."""
    return _rows(links_of(db.session(), person_id))


def links_of_people(person_ids: list[int]) -> dict[int, list[LinkRow]]:
    """Return the links of several people, by person."""
    found = links_by_person(db.session(), person_ids)
    rows = {row.link.id: row for row in _rows([link for links in found.values() for link in links])}
    return {person_id: [rows[link.id] for link in links] for person_id, links in found.items()}


def row_of(link: FeedLink) -> LinkRow:
    """Return one link as a page shows it."""
    return _rows([link])[0]


def chosen_words(link: FeedLink) -> list[str]:
    """Return what was chosen for a link, in the language of the page."""
    session, code = db.session(), language()
    groups = [group_name(g, code) for g in current_reader().partnership.groups.values() if g.key in link.group_keys]
    chosen_kinds = [kind_name(kind, (), None, code) for kind in kinds(session) if kind.key in link.kind_keys]
    chosen_topics = [topic_name(topic, code) for topic in topics(session) if topic.key in link.topic_keys]
    alarm = [say(ALARM_NAMES[link.alarm_minutes])] if link.alarm_minutes else []
    return [
        *groups,
        *chosen_kinds,
        *chosen_topics,
        *alarm,
        LANGUAGE_NAMES[link.language],
        detail_name(link.detail, code),
    ]


def _rows(links: list[FeedLink]) -> list[LinkRow]:
    counts = network_counts(db.session(), [link.id for link in links], now() - COUNTED_BACK)
    return [LinkRow(link, counts.get(link.id, 0)) for link in links]
