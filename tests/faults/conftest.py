"""The table of faults: what was injected, how many letters were due and sent, and how many were lost or doubled."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from operator import itemgetter
from typing import Any

import pytest

TITLES = ("fault", "injected", "due", "sent", "in doubt", "lost", "doubled", "doubled without doubt")


@dataclass(frozen=True)
class Fault:
    """One line of the table; letters are told apart by Message-ID, and doubt is what the outbox itself knows of."""

    name: str
    injected: int
    due: int
    sent: int
    in_doubt: int
    lost: int
    doubled: int
    unexplained: int


@pytest.fixture
def count(record_property: Callable[[str, object], None], request: pytest.FixtureRequest) -> Callable[..., Fault]:
    """Count the letters that arrived against those that were due, write the line, and return it."""

    def counted(
        name: str, due: Iterable[str], arrived: Iterable[str], doubtful: Iterable[str] = (), injected: int = 1
    ) -> Fault:
        expected, found, known = set(due), Counter(arrived), set(doubtful)
        doubled = {letter for letter, times in found.items() if times > 1}
        assert set(found) <= expected, "letters went out that were not due"
        line = Fault(
            name, injected, len(expected), found.total(), len(known), len(expected - set(found)), len(doubled),
            len(doubled - known),
        )  # fmt: skip
        record_property("fault", json.dumps(asdict(line)))
        return line

    return counted


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table of faults."""
    reports = [report for name in ("passed", "failed") for report in terminalreporter.stats.get(name, [])]
    found = [json.loads(value) for report in reports for key, value in report.user_properties if key == "fault"]
    if found:
        terminalreporter.section("faults")
        for line in table(found):
            terminalreporter.write_line(line)


def table(found: list[dict[str, Any]]) -> list[str]:
    """Return the lines of a table, those of the same name added up, columns as wide as they need to be."""
    sums: dict[str, list[int]] = {}
    for values in sorted(found, key=itemgetter("name")):
        name, *numbers = values.values()
        for title in (name, "together"):
            sums[title] = [a + b for a, b in zip(sums.get(title, [0] * len(numbers)), numbers, strict=True)]
    sums["together"] = sums.pop("together")
    shown = [TITLES, *((name, *map(str, numbers)) for name, numbers in sums.items())]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return [
        row[0].ljust(widths[0])
        + "".join(cell.rjust(width + 2) for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in shown
    ]
