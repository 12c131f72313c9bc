"""Comparing what was seen with what is expected, and the table of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.eyes.expected import Expected
from tests.eyes.reading import Reader

CHECKS = ("events", "instants", "zones", "titles", "status", "sequence", "order")
NAMELESS = "nameless"

SAYS: dict[str, tuple[Callable[[Expected], Any], Callable[[Sequence[Any]], Any]]] = {
    "instants": (lambda event: [event.start, event.end], lambda row: row[1:3]),
    "titles": (lambda event: event.title, lambda row: row[3]),
    "status": (lambda event: event.status, lambda row: row[4]),
    "sequence": (lambda event: event.sequence, lambda row: row[5]),
}


@dataclass
class Tally:
    """How many events one check compared, which differ, and how many a known limit left out, rightly or not."""

    compared: int = 0
    different: list[Any] = field(default_factory=list)
    left_out: int = 0
    rightly_left_out: int = 0

    @property
    def has_stale_limit(self) -> bool:
        """Whether something is forgiven that the reader no longer gets wrong."""
        return self.left_out > 0 and self.rightly_left_out == 0


def tallies_of(
    reader: Reader, expected: dict[str, list[Expected]], seen: dict[str, list[Sequence[Any]]]
) -> dict[str, Tally]:
    """Return the tally of every check over all feeds; the feed without known zone names counts as `zones` alone."""
    tallies = {check: Tally() for check in CHECKS}
    for name, rows in seen.items():
        count_events(tallies["events"], name, expected[name], rows)
        pairs = list(matched(expected[name], rows))
        if name == NAMELESS:
            count(tallies["zones"], reader, "zones", "instants", pairs)
            continue
        for check in SAYS:
            count(tallies[check], reader, check, check, pairs)
        if reader.keeps_order:
            count_order(tallies["order"], name, expected[name], rows)
    return tallies


def matched(events: Iterable[Expected], rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Expected, Sequence[Any]]]:
    """Return each expected event with the row of its UID."""
    by_uid = {row[0]: row for row in rows}
    return ((event, by_uid[event.uid]) for event in events if event.uid in by_uid)


def count(tally: Tally, reader: Reader, check: str, what: str, pairs: Iterable[tuple[Expected, Sequence[Any]]]) -> None:
    """Count one check over the events of a feed."""
    wanted, given = SAYS[what]
    is_limited = reader.limits.get(check, lambda event: False)
    for event, row in pairs:
        is_different = wanted(event) != given(row)
        if is_limited(event):
            tally.left_out += 1
            tally.rightly_left_out += is_different
            continue
        tally.compared += 1
        if is_different:
            tally.different.append((event, row))


def count_events(tally: Tally, name: str, events: Sequence[Expected], rows: Sequence[Sequence[Any]]) -> None:
    """Count which events of a feed are there, each once."""
    tally.compared += len(events)
    uids = [row[0] for row in rows]
    strangers = {event.uid for event in events} ^ set(uids)
    twice = {uid for uid in uids if uids.count(uid) > 1} if len(set(uids)) < len(uids) else set()
    tally.different += [(name, uid) for uid in sorted(strangers | twice)]


def count_order(tally: Tally, name: str, events: Sequence[Expected], rows: Sequence[Sequence[Any]]) -> None:
    """Count the places of a feed at which another event stands than should."""
    tally.compared += len(events)
    places = zip(events, rows, strict=False)
    tally.different += [(name, event.uid, row[0]) for event, row in places if event.uid != row[0]]


def cells(tallies: dict[str, Tally]) -> list[str]:
    """Return the cells of one line of the table: `compared/differences`, and in brackets what a limit leaves out."""
    return [cell(tallies[check]) for check in CHECKS]


def cell(tally: Tally) -> str:
    """Return one cell, `-` if nothing was compared."""
    left_out = f" ({tally.left_out})" if tally.left_out else ""
    return f"{tally.compared}/{len(tally.different)}{left_out}" if tally.compared else "-"


def table(lines: Iterable[Sequence[str]]) -> str:
    """Return lines of cells as a table with columns of even width."""
    rows = [("reader", *CHECKS), *lines]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(width) for c, width in zip(row, widths, strict=True)).rstrip() for row in rows)
