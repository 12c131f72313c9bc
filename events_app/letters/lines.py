"""The lines of a letter's text: short enough for programs that do not break them."""

from collections.abc import Iterator
from textwrap import wrap

COLUMNS = 76


def in_columns(text: str) -> str:
    """Return a text with its long lines broken between words; an address is never broken."""
    return "".join(f"{line}\n" for whole in text.splitlines() for line in _broken(whole))


def _broken(line: str) -> Iterator[str]:
    if len(line) <= COLUMNS:
        yield line
    else:
        yield from wrap(line, COLUMNS, break_long_words=False, break_on_hyphens=False)
