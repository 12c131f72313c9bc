"""Wishes for a year plan, out of an address and back into one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from events_app.config import MOST_POINTS
from events_app.partnership.rules import JOINT
from events_app.planning.plan_adoption import announced
from events_app.planning.queries.plans import YearCalendar
from events_app.planning.year_plan import JOINT_MEETING, PlannedDate, PlannedEvent, Wishes, sort_named
from events_app.shared.errors import DomainError

QUOTA, HOST, FIRST, LAST = "quota-", "host-", "from-", "until-"
PIN, BAN, CALENDAR, MOVING, WAS = "pin", "ban", "calendar", "moving", "was"
NEW_PIN, NEW_PIN_ON = "keep", "keep-on"
MOST_DAYS, LONGEST = 366, 40

Pin = tuple[str, date]


class WishError(DomainError):
    """A wish that cannot be read: why, and its text."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}")
        self.reason, self.text = reason, text[:LONGEST]


@dataclass(frozen=True)
class Asked:
    """What is wished for, by name of its event (`contact-group-meeting:asian`) or group; hosts may be empty: none.

    Without `keeps_calendar` the plan may move what is confirmed.
    """

    pins: tuple[Pin, ...] = ()
    bans: tuple[date, ...] = ()
    quota: Mapping[str, int] = field(default_factory=dict)
    hosts: Mapping[str, str] = field(default_factory=dict)
    firsts: Mapping[str, date] = field(default_factory=dict)
    lasts: Mapping[str, date] = field(default_factory=dict)
    keeps_calendar: bool = True
    moving: int | None = None

    def arguments(self) -> dict[str, Any]:
        """Return the wishes as the arguments of an address."""
        found: dict[str, Any] = {}
        found |= {f"{QUOTA}{key}": str(count) for key, count in self.quota.items()}
        found |= {f"{HOST}{key}": code for key, code in self.hosts.items()}
        found |= {f"{FIRST}{key}": day.isoformat() for key, day in self.firsts.items()}
        found |= {f"{LAST}{key}": day.isoformat() for key, day in self.lasts.items()}
        found |= {PIN: [f"{name}={day}" for name, day in self.pins]} if self.pins else {}
        found |= {BAN: [day.isoformat() for day in self.bans]} if self.bans else {}
        found |= {} if self.keeps_calendar else {CALENDAR: "0"}
        return found | ({} if self.moving is None else {MOVING: str(self.moving)})

    def keeping(self, name: str, day: date, instead_of: date | None = None) -> "Asked":
        """Return these wishes and that an event be kept on a day, or moved there from another one."""
        pins = [pin for pin in self.pins if pin != (name, instead_of)]
        bans = tuple(one for one in self.bans if one != day)
        return replace(self, pins=_each_once([*pins, (name, day)]), bans=bans)

    def releasing(self, name: str, day: date) -> "Asked":
        """Return these wishes without keeping an event on a day."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin != (name, day)))

    def banning(self, name: str, day: date) -> "Asked":
        """Return these wishes and that a day be not used, on which an event may have been kept."""
        return replace(self.releasing(name, day), bans=tuple(sorted({*self.bans, day})))

    def allowing(self, day: date) -> "Asked":
        """Return these wishes with a day allowed again."""
        return replace(self, bans=tuple(one for one in self.bans if one != day))

    def with_calendar(self, keeps: bool) -> "Asked":
        """Return these wishes and whether what is confirmed is kept."""
        return replace(self, keeps_calendar=keeps)


def asked_of(arguments: MultiDict[str, str]) -> Asked:
    """Return the wishes of an address; raises WishError."""
    pins = [_pin(text) for text in arguments.getlist(PIN) if text]
    if arguments.get(NEW_PIN) and arguments.get(NEW_PIN_ON):
        pins.append((arguments[NEW_PIN][:LONGEST], _day(arguments[NEW_PIN_ON])))
    bans = [_day(text) for text in arguments.getlist(BAN) if text]
    if max(len(pins), len(bans)) > MOST_DAYS:
        raise WishError("too-many")
    return Asked(
        pins=_each_once(pins),
        bans=tuple(sorted(set(bans))),
        quota={key: _number(text) for key, text in _by_group(arguments, QUOTA) if text},
        hosts={key: text.upper() for key, text in _by_group(arguments, HOST)},
        firsts={key: _day(text) for key, text in _by_group(arguments, FIRST) if text},
        lasts={key: _day(text) for key, text in _by_group(arguments, LAST) if text},
        keeps_calendar=arguments.getlist(CALENDAR) in ([], [""]) or "1" in arguments.getlist(CALENDAR),
        moving=_moving(arguments.get(MOVING, "")),
    )


def wishes_for(
    asked: Asked, calendar: YearCalendar, usual_moving: int, windows: Mapping[str, Iterable[date]]
) -> Wishes:
    """Return what the planner is asked; `windows` are the usual ones. Raises what is wrong with it."""
    facts = calendar.facts
    hosts = {**(calendar.hosts if asked.keeps_calendar else {}), **asked.hosts}
    named = {*asked.firsts, *asked.lasts}
    known = {key: tuple(windows.get(key, ())) for key in named}
    return Wishes(
        quota=asked.quota,
        hosts={key: code for key, code in hosts.items() if code},
        pins=tuple(PlannedDate(sort_named(*_named(name), facts), day) for name, day in asked.pins),
        bans=frozenset(asked.bans),
        windows={key: _window(asked, key, known[key]) for key in named},
        from_calendar=asked.keeps_calendar,
        announced=tuple(announced(calendar.dates, with_fixed=not asked.keeps_calendar)),
        moving_cost=usual_moving or None if asked.moving is None else asked.moving,
    )


def name_of(planned: PlannedEvent) -> str:
    """Return by which name an address knows a planned event: `contact-group-meeting:asian`."""
    return f"{planned.kind}:{JOINT if planned.kind == JOINT_MEETING else planned.groups[0]}"


def _window(asked: Asked, key: str, usual: tuple[date, ...]) -> tuple[date, date]:
    if not usual:  # no such group: the planner says so
        day = asked.firsts.get(key) or asked.lasts[key]
        return day, day
    return asked.firsts.get(key) or usual[0], asked.lasts.get(key) or usual[1]


def _named(name: str) -> tuple[str, str]:
    kind, _, group = name.partition(":")
    return kind, group


def _pin(text: str) -> Pin:
    name, sign, day = text.partition("=")
    if not (sign and ":" in name):
        raise WishError("unreadable-pin", text)
    return name[:LONGEST], _day(day)


def _day(text: str) -> date:
    try:
        if len(text) != len("2027-03-02"):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError as error:
        raise WishError("unreadable-date", text) from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise WishError("unreadable-number", text)
    return int(text)


def _moving(text: str) -> int | None:
    found = _number(text) if text else None
    if found is not None and found > MOST_POINTS:
        raise WishError("moving", text)
    return found


def _by_group(arguments: MultiDict[str, str], prefix: str) -> list[tuple[str, str]]:
    names = [name for name in arguments if name.startswith(prefix)]
    return [(name.removeprefix(prefix)[:LONGEST], arguments[name].strip()) for name in names]


def _each_once(pins: Iterable[Pin]) -> tuple[Pin, ...]:
    return tuple(dict.fromkeys(pins))
