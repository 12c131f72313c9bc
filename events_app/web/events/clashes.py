"""Clashes on the pages of an event: told by name before it is saved, and saved all the same with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from events_app.events.errors import InvalidEventError, Problem
from events_app.events.models import Event, Kind
from events_app.events.rules.details import EventDetails, details_of, problems_of
from events_app.extensions import db
from events_app.planning.actions.clashes import accept_clashes
from events_app.planning.clashes.queries import accepted_clashes, clashes_of
from events_app.planning.clashes.rules import CHAIR, GROUP, HOST, PERSON, SHADOW, Clash
from events_app.planning.clashes.slot import slot_of, slot_of_details
from events_app.planning.models import Shadow
from events_app.rights.models import Action
from events_app.web.access import allowed, current_reader, now
from events_app.web.context import language
from events_app.words.clashes import clash_sentence
from events_app.words.dates import day_text, days_span_text
from events_app.words.labels import group_name
from events_app.words.lists import listed
from events_app.words.states import state_name
from events_app.words.titles import event_title


@dataclass(frozen=True)
class ClashLine:
    """One clash in words, the address of the other event (empty for other bodies), and why it was accepted."""

    text: str
    address: str
    reason: str = ""


def new_clashes(details: EventDetails, kind: Kind, event: Event | None = None) -> list[Clash]:
    """Return what stands in the way of details that nobody has accepted, and that did not before they changed."""
    facts = current_reader().partnership
    if problems_of(details, kind, facts):
        return []
    found = _seen(clashes_of(db.session(), slot_of_details(details, kind, facts, event.id if event else None), facts))
    if event is None or not found:
        return found
    before = clashes_of(db.session(), slot_of_details(details_of(event), event.kind, facts, event.id), facts)
    known = {clash.key for clash in before} | accepted_clashes(db.session(), event.id).keys()
    return [clash for clash in found if clash.key not in known]


def require_reason(clashes: list[Clash], reason: str | None) -> None:
    """Ask for a reason where something stands in the way; raises InvalidEventError."""
    if clashes and not (reason or "").strip():
        raise InvalidEventError([Problem("clash_reason", "clashes")])


def keep_reason(event: Event, clashes: list[Clash], reason: str | None) -> None:
    """Keep why an event was saved in spite of clashes."""
    keys, person_id = [clash.key for clash in clashes], current_reader().person_id
    accept_clashes(db.session(), event, keys, (reason or "").strip(), now(), person_id=person_id)


def clash_lines(clashes: Iterable[Clash]) -> list[ClashLine]:
    """Return clashes in the reader's words."""
    return [ClashLine(_sentence(clash), _address(clash)) for clash in clashes]


def clashes_on_page(event: Event) -> list[ClashLine]:
    """Return what stands in the way of a coming event, with the reasons given, for those who may edit it."""
    if event.ends_at <= now() or event.status == "cancelled" or not allowed(Action.EDIT, event):
        return []
    facts = current_reader().partnership
    found = _seen(clashes_of(db.session(), slot_of(event, facts), facts))
    accepted = accepted_clashes(db.session(), event.id) if found else {}
    reasons = {key: row.reason for key, row in accepted.items()}
    return [ClashLine(_sentence(clash), _address(clash), reasons.get(clash.key, "")) for clash in found]


def _seen(clashes: list[Clash]) -> list[Clash]:
    """Return the clashes with what the reader may see; of the rest not even that they are there."""
    return [clash for clash in clashes if clash.event is None or allowed(_sight(clash), clash.event)]


def _sight(clash: Clash) -> Action:
    """Return what a reader of a clash must be allowed to: who is invited to an event is for its organisers."""
    return Action.SEE_ATTENDANCE if clash.what == PERSON else Action.SEE


def _sentence(clash: Clash) -> str:
    if clash.shadow is not None:
        return _shadow_sentence(clash.shadow)
    assert clash.event is not None
    title = event_title(clash.event, language())
    return clash_sentence(clash.what, title, _names(clash), day_text(clash.day, language()), language())


def _shadow_sentence(shadow: Shadow) -> str:
    days = days_span_text(shadow.starts_on, shadow.ends_on, language())
    return clash_sentence(SHADOW, shadow.title, shadow.calendar.name, days, language())


def _names(clash: Clash) -> str:
    facts = current_reader().partnership
    if clash.what == GROUP:
        return listed((group_name(facts.group(key), language()) for key in clash.names), language())
    if clash.what in (CHAIR, HOST):
        return listed((state_name(code, language()) for code in clash.names), language())
    return listed(clash.names, language()) if clash.what == PERSON else ""


def _address(clash: Clash) -> str:
    return f"/events/{clash.event.id}" if clash.event else ""
