"""Tables as CSV that spreadsheets open as text and never calculate."""

import csv
import io
import re
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet takes for a formula, at the start of a cell and after what it may take for the end of one.
FORMULA = re.compile(r"""^(?=[\t\r\n])|(?:^|(?<=[,;\t\r\n"]))(?=\s*[=+\-@＝＋－＠])""")


def csv_bytes(lines: Iterable[Iterable[str]]) -> bytes:
    """Return lines of cells as CSV (RFC 4180) in UTF-8 with a byte order mark."""
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerows([safe_cell(cell) for cell in line] for line in lines)
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before its sign."""
    return FORMULA.sub("'", text)
