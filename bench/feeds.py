"""How quickly feeds are served, beside the icalendar library writing the same events; figures of one run.

Seconds are of CPU, so that other work on the machine counts little. Those of another run or machine say nothing:
compare the last column.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

from library import rendered
from sqlalchemy.orm import Session
from stage import BASE, EVENTS, NOW, Answer, Stage, stage

from events_app.extensions import db
from events_app.feeds.entries import entry_for
from events_app.feeds.queries import public_events
from events_app.feeds.rules import FEEDS, first_day
from events_app.ics.entry import Entry
from events_app.partnership.queries import partnership
from events_app.rights.models import Reader

ALL = "/feeds/all.ics"
POLLS = 100
FEW, MANY = 15, 300  # repetitions of what takes long, and of what does not


@dataclass(frozen=True)
class Case:
    """A request of one sort, what comes before each of them (untimed), and which answer is right."""

    name: str
    ask: Callable[[], Answer]
    before: Callable[[], None]
    times: int
    status: int = 200


def main() -> None:
    """Print the table."""
    with stage() as site:
        cases, entries = _cases(site), _entries(site)
        library = _seconds(lambda: rendered(entries))
        alone = _seconds(lambda: rendered(_entries(site)))
        print(f"{EVENTS} events in the window\n")
        print(f"{'':34}{'a second':>10}{'SQL':>5}{'octets':>9}{'  of the library':>17}")
        print(f"{'icalendar, every time':34}{1 / library:>10.0f}{'':>5}{len(rendered(entries)):>9}{'1':>17}")
        print(f"{'database and icalendar':34}{1 / alone:>10.0f}{'':>14}{library / alone:>17.1f}")
        for case in cases:
            _print_case(site, case, library)
        _print_polls(site)


def _cases(site: Stage) -> list[Case]:
    etags = {path: site.ask(path)().etag for path in (ALL, site.personal)}
    known, own = (site.ask(path, if_none_match=etags[path]) for path in (ALL, site.personal))
    unchanged = [
        Case("warm", site.ask(ALL), site.pause, MANY),
        Case("warm, gzip", site.ask(ALL, accept_encoding="gzip"), site.pause, MANY),
        Case("304", known, site.pause, MANY, 304),
        Case("personal, warm", site.ask(site.personal), site.pause, MANY),
        Case("personal, 304", own, site.pause, MANY, 304),
    ]
    return [
        *unchanged,
        Case("cold", site.ask(ALL), site.forget, FEW),
        Case("one event changed", site.ask(ALL), site.change_one, FEW),
        Case("personal, one event changed", site.ask(site.personal), lambda: _change_for(site), FEW),
    ]


def _change_for(site: Stage) -> None:
    site.pause()
    site.change_one()


def _print_case(site: Stage, case: Case, library: float) -> None:
    for _ in range(3):
        answer = _checked(case)
    taken, counts = [], set()
    for _ in range(case.times):
        case.before()
        site.statements.clear()
        start = process_time()
        answer = case.ask()
        taken.append(process_time() - start)
        counts.add(_selects(site))
        assert answer.status == case.status, answer
    usual = median(taken)
    queries = "-".join(map(str, sorted({min(counts), max(counts)})))
    print(f"{case.name:34}{1 / usual:>10.0f}{queries:>5}{answer.octets:>9}{library / usual:>17.1f}")


def _checked(case: Case) -> Answer:
    case.before()
    return case.ask()


def _selects(site: Stage) -> int:
    return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in site.statements)


def _seconds(do: Callable[[], object]) -> float:
    """Return the seconds of CPU that something takes, the median of a few times."""
    taken = []
    for _ in range(FEW):
        start = process_time()
        do()
        taken.append(process_time() - start)
    return median(taken)


def _entries(site: Stage) -> list[Entry]:
    with site.app.app_context(), Session(db.engine) as session:
        public = Reader(partnership(session))
        shown = public_events(session, FEEDS["all"], first_day(NOW))
        return [entry_for(event, "en", BASE, public, NOW) for event in shown]


def _print_polls(site: Stage) -> None:
    print(f"\n{POLLS} polls of an unchanged feed")
    whole = site.ask(ALL)().octets * POLLS
    print(f"{'everything every time':34}{whole:>10} octets")
    for name, headers in (("ours", {}), ("ours, gzip", {"accept_encoding": "gzip"})):
        first = site.ask(ALL, **headers)()
        other = site.ask(ALL, if_none_match=first.etag, **headers)()
        ours = first.octets + (POLLS - 1) * other.octets
        print(f"{name:34}{ours:>10} octets, 1 in {whole / ours:.0f}")


if __name__ == "__main__":
    main()
