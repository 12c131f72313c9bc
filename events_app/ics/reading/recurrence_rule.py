"""Recurrence rules (RFC 5545, 3.3.10) that may be expanded: of days and longer, with few parts, possible."""

import re
from math import prod

from events_app.ics.errors import UnfitComponentError
from events_app.ics.vtimezone import MONTH_LENGTHS, WEEKDAYS

Rule = dict[str, str]

MOST_REPEATS = 10_000
LONGEST_INTERVAL = 1_000
MOST_COMBINATIONS = 400
MOST_TIMES = 4

_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_TIME_LISTS = {"BYSECOND": (0, 59), "BYMINUTE": (0, 59), "BYHOUR": (0, 23)}
_DAY_LISTS = {
    "BYMONTHDAY": (1, 31),
    "BYYEARDAY": (1, 366),
    "BYWEEKNO": (1, 53),
    "BYMONTH": (1, 12),
    "BYSETPOS": (1, 366),
}
_SIGNED = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_LISTS = {**_TIME_LISTS, **_DAY_LISTS}
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_LISTS}
_DAY = re.compile(f"([+-]?[0-9]{{1,2}})?({'|'.join(WEEKDAYS)})")


def checked_rule(text: str) -> Rule:
    """Return the parts of an RRULE, UNTIL as it stands; raises UnfitComponentError."""
    try:
        rule = _parts(text)
        _check_frequency(rule)
        _check_lists(rule)
        _check_possible(rule)
    except UnfitComponentError as error:
        raise UnfitComponentError(error.reason, rule=text[:100]) from None
    return rule


def _parts(text: str) -> Rule:
    if len(text) > 2_000:
        raise UnfitComponentError("hostile-rule")
    pairs = [part.partition("=")[::2] for part in text.strip().upper().rstrip(";").split(";")]
    rule = {name.strip(): value.strip() for name, value in pairs}
    if len(rule) != len(pairs) or not set(rule) <= _PARTS or "FREQ" not in rule or {"COUNT", "UNTIL"} <= set(rule):
        raise UnfitComponentError("bad-rule")
    return rule


def _check_frequency(rule: Rule) -> None:
    if rule["FREQ"] in _TOO_OFTEN:
        raise UnfitComponentError("hostile-rule")
    if rule["FREQ"] not in _FREQUENCIES or rule.get("WKST", "MO") not in WEEKDAYS:
        raise UnfitComponentError("bad-rule")
    for name, most in (("INTERVAL", LONGEST_INTERVAL), ("COUNT", MOST_REPEATS)):
        value = rule.get(name, "1")
        if not re.fullmatch("[0-9]{1,9}", value) and not value.isdecimal():
            raise UnfitComponentError("bad-rule")
        if len(value) > 9 or not 1 <= int(value) <= most:
            raise UnfitComponentError("hostile-rule")


def _check_lists(rule: Rule) -> None:
    sizes = {name: _list_size(name, rule[name]) for name in (*_LISTS, "BYDAY") if name in rule}
    if prod(sizes.values()) > MOST_COMBINATIONS or prod(sizes.get(name, 1) for name in _TIME_LISTS) > MOST_TIMES:
        raise UnfitComponentError("hostile-rule")
    if "BYDAY" in rule and rule["FREQ"] in ("DAILY", "WEEKLY") and re.search("[0-9]", rule["BYDAY"]):
        raise UnfitComponentError("bad-rule")


def _list_size(name: str, text: str) -> int:
    values = text.split(",")
    if not all(_is_weekday(value) if name == "BYDAY" else _is_number(name, value) for value in values):
        raise UnfitComponentError("bad-rule")
    return len(values)


def _is_weekday(value: str) -> bool:
    match = _DAY.fullmatch(value)
    return match is not None and 1 <= abs(int(match[1] or 1)) <= 53


def _is_number(name: str, value: str) -> bool:
    least, most = _LISTS[name]
    sign = "[+-]?" if name in _SIGNED else ""
    return re.fullmatch(f"{sign}[0-9]{{1,3}}", value) is not None and least <= abs(int(value)) <= most


def _check_possible(rule: Rule) -> None:
    """Refuse the 31st of February, after which a library would look until the year 9999."""
    if "BYMONTH" in rule and "BYMONTHDAY" in rule:
        longest = max(_longest(int(month)) for month in rule["BYMONTH"].split(","))
        if all(abs(int(day)) > longest for day in rule["BYMONTHDAY"].split(",")):
            raise UnfitComponentError("hostile-rule")


def _longest(month: int) -> int:
    return MONTH_LENGTHS[month - 1] + (month == 2)
