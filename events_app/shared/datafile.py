"""Reading the data files of `events_app/data/` so that what is wrong is named by file, line and reason."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from events_app.shared.errors import DomainError

T = TypeVar("T")
DATA = Path(__file__).parent.parent / "data"
SHOWN = 12


class DataFileError(DomainError):
    """A data file that cannot be used: which file, which line, why."""

    def __init__(self, file: str, line: int, why: str) -> None:
        super().__init__(f"{file}, line {line}: {why}")
        self.file, self.line, self.why = file, line, why


@dataclass(frozen=True)
class Row:
    """One record of a data file, with the line on which it starts."""

    file: str
    line: int
    values: Mapping[str, Any]

    def read(self, name: str, parse: Callable[[Any], T]) -> T:
        """Return the value `name` as `parse` understands it; raises DataFileError."""
        try:
            return parse(self.values[name])
        except KeyError as error:
            raise self.refused(f"{name} is missing") from error
        except (ValueError, TypeError) as error:
            raise self.refused(f"{name}: {self.values[name]!r} cannot be read") from error

    def text(self, name: str) -> str:
        """Return a text that must not be empty."""
        value = self.read(name, str).strip()
        if not value:
            raise self.refused(f"{name} is empty")
        return value

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None where it is empty or absent."""
        return str(self.values.get(name) or "").strip() or None

    def day(self, name: str) -> date:
        """Return an ISO 8601 date, written as text or as TOML's own."""
        return self.read(name, lambda value: date.fromisoformat(str(value)))

    def day_or_none(self, name: str) -> date | None:
        """Return an ISO 8601 date, or None where it is empty."""
        return self.day(name) if self.text_or_none(name) else None

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return a text that must be one of `allowed`."""
        value = self.text(name)
        if value not in allowed:
            known = f"none of {', '.join(allowed)}" if len(allowed) <= SHOWN else "unknown"
            raise self.refused(f"{name}: {value!r} is {known}")
        return value

    def refused(self, why: str) -> DataFileError:
        """Return the error that names this record's place."""
        return DataFileError(self.file, self.line, why)


def csv_rows(name: str, folder: Path = DATA, columns: tuple[str, ...] = ()) -> list[Row]:
    """Return the rows of a CSV file whose header line has at least `columns`; raises DataFileError."""
    reader = csv.DictReader(io.StringIO(_text(name, folder)), strict=True)
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        rows = list(_csv_rows(name, reader))
    except csv.Error as error:
        raise DataFileError(name, reader.reader.line_num, str(error)) from error
    if missing or not rows:
        raise DataFileError(name, 1, f"the column {missing[0]} is missing" if missing else "there are no rows")
    return rows


def toml_rows(name: str, table: str, folder: Path = DATA) -> list[Row]:
    """Return the `[[table]]` entries of a TOML file; raises DataFileError."""
    text = _text(name, folder)
    try:
        entries = tomllib.loads(text).get(table, [])
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, _line_of(error), str(error)) from error
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.partition("#")[0].strip() == f"[[{table}]]"]
    if not starts or len(starts) != len(entries):
        raise DataFileError(name, 0, f"every entry must begin with a line [[{table}]], and there must be one")
    return [Row(name, line, values) for line, values in zip(starts, entries, strict=True)]


def each_once(rows: list[Row], *names: str) -> list[Row]:
    """Return the rows if no two of them agree in `names`; raises DataFileError at the second."""
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row.text(name) for name in names)
        if key in seen:
            raise row.refused(f"{' '.join(key)} is there twice")
        seen.add(key)
    return rows


def _csv_rows(name: str, reader: "csv.DictReader[str]") -> Iterator[Row]:
    for values in reader:
        if None in values or None in values.values():
            raise DataFileError(name, reader.line_num, "has too many or too few columns")
        yield Row(name, reader.line_num, values)


def _text(name: str, folder: Path) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DataFileError(name, 0, "the file is missing") from error
    except UnicodeDecodeError as error:
        raise DataFileError(name, 0, "the file is not UTF-8") from error


def _line_of(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else 0
