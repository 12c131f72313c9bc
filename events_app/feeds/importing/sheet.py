"""Reading .csv as spreadsheets and Outlook write it: any of three separators, UTF-8 or Windows-1252, any line ends."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from events_app.feeds.importing.errors import UnreadableFileError
from events_app.ics.plain_text import clean_text

SEPARATORS = (",", ";", "\t")
MOST_COLUMNS = 100
LONGEST_CELL = 100_000
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@")

COLUMNS = {
    name: name.replace(" ", "_")
    for name in (
        "kind", "group", "start", "end", "theme", "city", "country", "host", "co host", "online", "uid", "status",
        "visibility", "start time", "end time", "time zone",
    )
}  # fmt: skip
FOREIGN_COLUMNS = {
    "start date": "start", "end date": "end", "all day event": "all_day", "location": "place",
    "description": "description", "categories": "categories",
}  # fmt: skip
TITLES = ("theme", "subject", "title", "summary")  # the first that is there gives the theme
KNOWN = {**COLUMNS, **FOREIGN_COLUMNS, **dict.fromkeys(TITLES, "theme")}


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the file (the header is 1) and its cells by column; `is_overlong` if there are more."""

    number: int
    cells: dict[str, str]
    is_overlong: bool = False

    def cell(self, column: str) -> str:
        """Return a cell as one line of clean text; empty where there is none."""
        line = " ".join(clean_text(self.cells.get(column, "")).split())
        # Our own tables keep spreadsheets from calculating with an apostrophe, which is no part of the text.
        return line[1:] if line[:1] == "'" and line[1:2] in FORMULA_SIGNS else line

    def text(self, column: str) -> str:
        """Return a cell as clean text of several lines."""
        return clean_text(self.cells.get(column, "")).strip()


@dataclass(frozen=True)
class Sheet:
    """The rows of a file that say anything, and the names of columns that mean nothing to us."""

    rows: tuple[SheetRow, ...]
    ignored: tuple[str, ...]


def read_sheet(content: bytes, most_octets: int, most_rows: int) -> Sheet:
    """Return what a .csv file holds; raises UnreadableFileError."""
    if len(content) > most_octets:
        raise UnreadableFileError("too-large", most=most_octets // 1_000_000)
    text = _text(content)
    records = _records(text, _separator(text))
    columns, ignored = _columns(next(records, []))
    rows: list[SheetRow] = []
    for number, record in enumerate(records, 2):
        if any(cell.strip() for cell in record):
            rows.append(_row(number, columns, record))
        if len(rows) > most_rows:
            raise UnreadableFileError("too-many", most=most_rows)
    return Sheet(tuple(rows), ignored)


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise UnreadableFileError("no-text")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding).removeprefix(BYTE_ORDER_MARK)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("no-text")


def _separator(text: str) -> str:
    """Return the separator with which the header names most columns that we know."""
    header = next(iter(text.splitlines()), "")[:LONGEST_CELL]
    return max(SEPARATORS, key=lambda sign: sum(_plain(name) in KNOWN for name in header.replace('"', "").split(sign)))


def _records(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for record in reader:
            if len(record) > MOST_COLUMNS:
                raise UnreadableFileError("too-many-columns", line=reader.line_num, most=MOST_COLUMNS)
            if any(len(cell) > LONGEST_CELL for cell in record):
                raise UnreadableFileError("long-cell", line=reader.line_num, most=LONGEST_CELL)
            yield record
    except csv.Error as error:
        # The module knows one limit of its own: 128 KB for a cell. All else is about quotation marks.
        reason = "long-cell" if "field limit" in str(error) else "quotes"
        raise UnreadableFileError(reason, line=reader.line_num, most=LONGEST_CELL) from error


def _columns(header: list[str]) -> tuple[list[str], tuple[str, ...]]:
    names = [_plain(name) for name in header]
    passed_over = [name for name in TITLES if name in names][1:]
    columns = ["" if name in passed_over else KNOWN.get(name, "") for name in names]
    known = [column for column in columns if column]
    if "start" not in known:
        raise UnreadableFileError("no-columns")
    for column in known:
        if known.count(column) > 1:
            raise UnreadableFileError("column-twice", column=column)
    ignored = (name[:60] for name, column in zip(names, columns, strict=True) if name and not column)
    return columns, tuple(ignored)


def _row(number: int, columns: list[str], record: list[str]) -> SheetRow:
    cells = {column: cell for column, cell in zip(columns, record, strict=False) if column}
    return SheetRow(number, cells, any(cell.strip() for cell in record[len(columns) :]))


def _plain(name: str) -> str:
    cleaned = clean_text(name[:200]).replace("_", " ").replace("-", " ").replace(BYTE_ORDER_MARK, "")
    return " ".join(cleaned.split()).casefold()
