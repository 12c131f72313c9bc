"""From a row of a sheet to what it says of an event. A word that is not known is rejected, never guessed."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from events_app.events.models import CANCELLED, CONFIRMED, HYBRID, IN_PERSON, ONLINE, STATUSES, VISIBILITIES
from events_app.events.rules.life import HELD
from events_app.feeds.importing.errors import RejectedItemError
from events_app.feeds.importing.items import LONGEST_UID, Item, Wishes
from events_app.feeds.importing.names import Names, folded
from events_app.feeds.importing.reading import Reading
from events_app.feeds.importing.row_times import days_and_times
from events_app.feeds.importing.sheet import SheetRow
from events_app.partnership.rules import JOINT

FORMS = {"yes": ONLINE, "online": ONLINE, "hybrid": HYBRID, "no": IN_PERSON, "in-person": IN_PERSON}
STATES = {**{status: status for status in STATUSES}, HELD: CONFIRMED, "canceled": CANCELLED}
SEEN_BY = {key: key for key in VISIBILITIES}
BETWEEN_WORDS = re.compile("[;,+/ ]+")


def item_of_row(row: SheetRow, names: Names, wishes: Wishes) -> Item:
    """Return what a row says; raises RejectedItemError with everything that is wrong."""
    if row.is_overlong:
        raise RejectedItemError("too-many-cells")
    reading = Reading()
    named_kind = reading.part(_word, row, "kind", names.kind_keys, names.kinds)
    named_groups = reading.part(_groups, row, names)
    fields = {**(reading.part(days_and_times, row, wishes) or {}), **_plain_fields(row, reading)}
    fields |= _hosts(row, names, reading)
    country_zone = reading.part(_country_zone, row, names)
    status, uid = reading.part(_word, row, "status", STATES, STATUSES), reading.part(_uid, row)
    reading.end()
    words = [word for word in row.cell("categories").split(";") if word.strip()]
    kind_key = named_kind or names.kind_of(words)
    return Item(
        position=row.number,
        title=title_of_row(row),
        starts_on=fields["starts_on"],
        uid=uid or "",
        theme=row.cell("theme"),
        kind_key=kind_key,
        group_keys=named_groups or names.groups_of(words) or names.all_groups_of(kind_key),
        fields=fields,
        place=row.cell("place") or row.cell("city"),
        status=status or "",
        country_zone=country_zone or "",
        has_kind_column="kind" in row.cells,
        description=row.text("description"),
    )


def title_of_row(row: SheetRow) -> str:
    """Return what to call a row in a report: its theme, else its kind."""
    return (row.cell("theme") or row.cell("kind"))[:200]


def _uid(row: SheetRow) -> str:
    uid = row.cell("uid")
    if len(uid) > LONGEST_UID:
        raise RejectedItemError("too-long", field="uid", most=LONGEST_UID)
    return uid


def _plain_fields(row: SheetRow, reading: Reading) -> dict[str, Any]:
    found = {
        "theme": row.cell("theme"),
        "visibility": reading.part(_word, row, "visibility", SEEN_BY, VISIBILITIES),
        "format": reading.part(_word, row, "online", FORMS, FORMS),
    }
    return {name: value for name, value in found.items() if value}


def _hosts(row: SheetRow, names: Names, reading: Reading) -> dict[str, Any]:
    host = reading.part(_host, row, names)
    co_hosts = reading.part(_states, row, "co_host", names)
    return {**({"host_code": host} if host else {}), **({"co_host_codes": co_hosts} if co_hosts else {})}


def _host(row: SheetRow, names: Names) -> str:
    codes = _states(row, "host", names)
    if len(codes) > 1:
        raise RejectedItemError("one-host")
    return codes[0] if codes else ""


def _states(row: SheetRow, column: str, names: Names) -> tuple[str, ...]:
    codes = [code.upper() for code in BETWEEN_WORDS.split(row.cell(column)) if code]
    for code in codes:
        if code not in names.facts.states:
            raise RejectedItemError("unknown-state", column=column, word=code[:60], known=tuple(names.facts.states))
    return tuple(sorted(set(codes)))


def _country_zone(row: SheetRow, names: Names) -> str:
    found = _states(row, "country", names)
    return names.facts.state(found[0]).time_zone if found else ""


def _groups(row: SheetRow, names: Names) -> tuple[str, ...]:
    text = row.cell("group")
    if folded(text) in names.group_keys:
        return names.groups_of([text])
    words = [word for word in BETWEEN_WORDS.split(text) if word]
    if not all(folded(word) in names.group_keys for word in words):
        raise _unknown_word("group", text, (*names.facts.groups, JOINT))
    return names.groups_of(words)


def _word(row: SheetRow, column: str, meanings: Mapping[str, str], known: Collection[str]) -> str | None:
    """Return what the word of a column means, None where there is none; `known` are words to name as examples."""
    word = row.cell(column)
    if folded(word) and folded(word) not in meanings:
        raise _unknown_word(column, word, known)
    return meanings[folded(word)] if word else None


def _unknown_word(column: str, word: str, known: Iterable[str]) -> RejectedItemError:
    return RejectedItemError("unknown-word", column=column, word=word[:60], known=tuple(known))
