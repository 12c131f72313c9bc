"""What the columns of a table may hold: for the help beside the choice of a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from events_app.events.models import CONFIRMED, DRAFT, POSTPONED, PROPOSED, VISIBILITIES
from events_app.events.queries import kinds
from events_app.extensions import db
from events_app.feeds.importing.rows import FORMS
from events_app.feeds.importing.sheet import TITLES
from events_app.partnership.rules import JOINT
from events_app.rights.models import Reader
from events_app.rights.rules import may_draft_kind
from events_app.web.context import language, say
from events_app.words.labels import group_name, kind_name, status_name, visibility_name

STATUSES = (DRAFT, PROPOSED, CONFIRMED, POSTPONED)  # no file cancels


@dataclass(frozen=True)
class Column:
    """Columns that hold the same: their names, the words that they take with what each means, and how to write."""

    names: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    text: str = ""


def kinds_of(reader: Reader) -> list[tuple[str, str]]:
    """Return key and name of the kinds that a reader may draft."""
    able = [kind for kind in kinds(db.session()) if may_draft_kind(reader, kind)]
    return [(kind.key, kind_name(kind, (), None, language())) for kind in able]


def event_columns(reader: Reader) -> list[Column]:
    """Return the columns of a table of our own events."""
    groups = [(group.key, group_name(group, language())) for group in reader.partnership.groups.values()]
    statuses = ((key, status_name(key, language())) for key in STATUSES)
    sight = ((key, visibility_name(key, language())) for key in VISIBILITIES)
    return [
        Column(("kind",), tuple(kinds_of(reader))),
        Column(("group",), (*groups, (JOINT, say("Both Contact Groups")))),
        *shadow_columns(),
        Column(("country", "host", "co_host"), text=say("The codes of States, two letters each: AT, JP, MA.")),
        Column(("online",), _bare(FORMS)),
        Column(("status",), tuple(statuses)),
        Column(("visibility",), tuple(sight)),
    ]


def shadow_columns() -> list[Column]:
    """Return the columns of the calendar of another body, which events have too."""
    return [
        Column(("start", "end"), text=say("Days, written YYYY-MM-DD or DD.MM.YYYY.")),
        Column(("start_time", "end_time"), text=say("Times of day, written HH:MM; empty for whole days.")),
        Column(("time_zone",), text=say("The name of a time zone, such as Europe/Vienna.")),
        Column(TITLES, text=say("What the event is called; the first of these columns that is there.")),
        Column(("city",), text=say("Where it takes place.")),
        Column(("uid",), text=say("What stays the same when the event is moved.")),
    ]


def _bare(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, "") for word in words)
