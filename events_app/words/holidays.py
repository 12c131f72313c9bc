"""What stands on a day, in words: who has a holiday, and what else speaks against meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events_app.planning.lens import (
    ESTIMATED_BESIDE,
    HOLIDAY,
    OBSERVANCE,
    PARTICIPATING,
    SEAT,
    WEEKEND,
    Entry,
    Lens,
)
from events_app.planning.lens.entries import CLOSE
from events_app.words.catalogue import translate, translate_plural
from events_app.words.dates import day_text
from events_app.words.languages import DEFAULT_LANGUAGE
from events_app.words.lists import listed
from events_app.words.states import sorted_by_name, state_name

PARTICIPANTS = "participating"
LABELS = {
    "holiday": "Public holiday",
    "estimated-beside": "Estimated feast the day before or after",
    "observance": "The General Assembly asks not to meet",
    "weekend": "Weekend",
    "ramadan": "Ramadan",
    "recess": "Recess",
    "ministerial-week": "Week of the Ministerial Council",
    "council": "Permanent Council",
    "forum": "Forum for Security Co-operation",
}
RELATIONS = {
    "on": "{holiday} in {state} is now certain and falls on the day of this event: {day}.",
    "beside": "{holiday} in {state} is now certain and falls a day before or after this event: {day}.",
    "was-near": "{holiday} in {state} was expected near this event and now falls on another day: {day}.",
}


@dataclass(frozen=True)
class Part:
    """States, the name of what they have (in `language`), and a remark."""

    states: str = ""
    name: str = ""
    remark: str = ""
    language: str = DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Line:
    """One line about a day: its sort, what that is called, and whom it concerns."""

    what: str
    label: str
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The line as plain text: `Public holiday: Morocco (Eid al-Adha); Austria: none`."""
        parts = "; ".join(part_text(part) for part in self.parts)
        return f"{self.label}: {parts}" if parts else self.label


def lens_lines(lens: Lens, language: str) -> list[Line]:
    """Return everything that stands on a day, a line a sort; participating States on holiday have one of their own."""
    lines: list[Line] = []
    for what, label in LABELS.items():
        found = lens.of(what)
        parts = tuple(_parts(what, found, language))
        if parts or (found and not any(entry.who for entry in found)):
            lines.append(Line(what, translate(language, label), (*parts, *_seat_has_none(what, lens, language))))
        lines += _participating(what, found, language)
    return lines


def short_lines(lens: Lens, language: str, what: Iterable[str]) -> list[Line]:
    """Return the lines of some sorts, as far as they concern more than participating States alone."""
    kept = (entry for entry in lens.of(*what) if entry.is_close or not entry.who)
    return [line for line in lens_lines(Lens(lens.day, tuple(kept)), language) if line.what != PARTICIPANTS]


def part_text(part: Part) -> str:
    """Return `Morocco (Eid al-Adha)`, `Yom Kippur (A/RES/69/250)`, `Austria: none`."""
    if part.states and part.name:
        return " ".join(filter(None, (part.states, f"({part.name})", part.remark)))
    return " ".join(filter(None, (part.states or part.name, part.remark)))


def state_names(codes: Iterable[str], language: str) -> str:
    """Return the names of States in the order of their alphabet."""
    return listed((state_name(code, language) for code in sorted_by_name(list(codes), language)), language)


def relation_text(relation: str, holiday: str, state: str, day: str, language: str) -> str:
    """Return the sentence on a holiday that became certain after an event was scheduled."""
    return translate(language, RELATIONS[relation]).format(holiday=holiday, state=state, day=day)


def _parts(what: str, found: list[Entry], language: str) -> Iterator[Part]:
    if what == OBSERVANCE:
        yield from (_observance(entry, language) for entry in found)
        return
    for entry in found:
        if entry.is_close:
            remark = _estimated(language) if entry.is_estimated and what != ESTIMATED_BESIDE else ""
            yield Part(state_names(entry.codes(*CLOSE), language), entry.name, remark)
    if what in (WEEKEND, ESTIMATED_BESIDE) and any(entry.is_close for entry in found):
        count = sum(len(entry.codes(PARTICIPATING)) for entry in found)
        if count:
            yield Part(_count(count, language))


def _participating(what: str, found: list[Entry], language: str) -> list[Line]:
    """Return the line of the participating States on holiday, by name of the holiday."""
    entries = [entry for entry in found if entry.codes(PARTICIPATING)]
    if what != HOLIDAY or not entries:
        return []
    count = sum(len(entry.codes(PARTICIPATING)) for entry in entries)
    label = translate_plural(
        language, "{count} participating State on holiday", "{count} participating States on holiday", count
    )
    parts = (
        Part(
            state_names(entry.codes(PARTICIPATING), language),
            entry.name,
            _estimated(language) if entry.is_estimated else "",
        )
        for entry in entries
    )
    return [Line(PARTICIPANTS, label, tuple(parts))]


def _observance(entry: Entry, language: str) -> Part:
    name, adopted = translate(language, entry.name), entry.adopted_on
    basis = entry.resolution
    if not basis and adopted:
        basis = translate(language, "resolution of {day}", day=day_text(adopted, language))
    remarks = [f"({basis})", _estimated(language) if entry.is_estimated else ""]
    return Part(name=name, remark=" ".join(filter(None, remarks)), language=language)


def _seat_has_none(what: str, lens: Lens, language: str) -> tuple[Part, ...]:
    """Return that the seat has no holiday, where others have one."""
    seats = lens.concerned.codes.get(SEAT, ())
    if what != HOLIDAY or not seats or any(entry.codes(SEAT) for entry in lens.of(HOLIDAY)):
        return ()
    return (Part(translate(language, "{state}: none", state=state_names(seats, language))),)


def _count(count: int, language: str) -> str:
    return translate_plural(language, "{count} participating State", "{count} participating States", count)


def _estimated(language: str) -> str:
    return translate(language, "(estimated)")
