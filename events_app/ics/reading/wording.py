"""The texts of a VEVENT, unescaped, without markup and clean."""

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from events_app.ics.errors import UnfitComponentError
from events_app.ics.plain_text import clean_text, clean_uri
from events_app.ics.reading.components import Component
from events_app.ics.reading.html_text import plain_from_html

LONGEST_UID = 500
LONGEST_ADDRESS = 2_000
MOST_CATEGORIES = 50
STATUSES = ("TENTATIVE", "CONFIRMED", "CANCELLED")

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"((?:[^\\,]++|\\.?)*+)(?:,|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Wording:
    """What a VEVENT says besides its times; `sequence` is 0 if it is none that a calendar counts."""

    summary: str
    description: str
    location: str
    url: str
    status: str
    sequence: int
    categories: tuple[str, ...]
    is_transparent: bool


def wording_of(event: Component) -> Wording:
    """Return the texts of a VEVENT."""
    status = event.text("STATUS").strip().upper()
    sequence = event.text("SEQUENCE").strip()
    return Wording(
        summary=summary_of(event),
        description=_text(event.text("DESCRIPTION")),
        location=_text(event.text("LOCATION")),
        url=_address(event.text("URL")),
        status=status if status in STATUSES else "",
        sequence=int(sequence) if re.fullmatch("[0-9]{1,9}", sequence) else 0,
        categories=_categories(event),
        is_transparent=event.text("TRANSP").strip().upper() == "TRANSPARENT",
    )


def summary_of(event: Component) -> str:
    """Return the title of a VEVENT in one line."""
    return " ".join(_text(event.text("SUMMARY")).split())


def uid_of(event: Component) -> str:
    """Return the UID of a VEVENT, empty if it has none; raises UnfitComponentError."""
    uid = clean_text(unescaped(event.text("UID").strip())).replace("\n", " ")
    if len(uid) > LONGEST_UID:
        raise UnfitComponentError("bad-uid", limit=str(LONGEST_UID))
    return uid


def calendar_name(calendars: list[Component]) -> str:
    """Return the first name that a file gives itself, empty if it gives none."""
    names = (calendar.text(name) for calendar in calendars for name in ("X-WR-CALNAME", "NAME"))
    return " ".join(_text(next((name for name in names if name), "")).split())


def unescaped(text: str) -> str:
    """Return what a TEXT value (RFC 5545, 3.3.11) stands for."""
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _text(text: str) -> str:
    return clean_text(plain_from_html(unescaped(text))).strip()


def _address(text: str) -> str:
    address = clean_uri(text)
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return address if is_web and len(address) <= LONGEST_ADDRESS else ""


def _categories(event: Component) -> tuple[str, ...]:
    pieces = (match[1] for line in event.all("CATEGORIES") for match in _COMMA.finditer(line.value))
    names = (" ".join(_text(piece).split()) for piece in islice(pieces, MOST_CATEGORIES))
    return tuple(dict.fromkeys(name for name in names if name))
