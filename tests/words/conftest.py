"""Kinds and groups as the data files have them, and events that were never stored."""

from collections.abc import Callable
from datetime import date

import pytest

from events_app.events.facts import read_event_facts
from events_app.events.models import Event, Kind
from events_app.partnership.facts import read_partnership_facts
from events_app.partnership.models import ContactGroup

Plan = Callable[..., Event]


@pytest.fixture
def kinds() -> dict[str, Kind]:
    """The kinds by key, each with its names."""
    facts = read_event_facts()
    kinds = {kind.key: kind for kind in facts.kinds}
    for name in facts.kind_names:
        kinds[name.kind_key].names.append(name)
    return kinds


@pytest.fixture
def groups() -> dict[str, ContactGroup]:
    """The Contact Groups by key."""
    return {group.key: group for group in read_partnership_facts().groups}


@pytest.fixture
def plan(kinds: dict[str, Kind], groups: dict[str, ContactGroup]) -> Plan:
    """A function that makes an event of a kind for groups."""

    def planned(kind: str, *group_keys: str, theme: str = "", day: date = date(2027, 3, 2)) -> Event:
        chosen = [groups[key] for key in group_keys]
        return Event(kind=kinds[kind], groups=chosen, theme=theme, starts_on=day, ends_on=day)

    return planned
