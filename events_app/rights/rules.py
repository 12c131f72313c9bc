"""May this reader do that? The one place, asked by pages, feeds, letters and commands. Refused unless allowed."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from events_app.events.models import (
    CONFIRMED,
    DRAFT,
    GROUP,
    PARTNERS,
    PROPOSED,
    PUBLIC,
    SECRETARIAT,
    Document,
    Event,
    Kind,
)
from events_app.events.rules.life import PROPOSE
from events_app.events.rules.table import chair_line, invited_codes
from events_app.partnership.rules import Partnership, may_edit_for_term
from events_app.people.models import Person
from events_app.people.rules import is_held
from events_app.rights.models import Action, Reader

FORUM = "forum"
Rule = Callable[[Reader, Event, datetime], bool]


def may(reader: Reader, action: Action, event: Event | None, now: datetime) -> bool:
    """Return whether a reader may do something, to an event or (None) at all."""
    if event is None:
        return _may_at_all(reader, action)
    rule = RULES.get(action)
    if rule is None or (event.visibility == SECRETARIAT and not reader.is_secretary):
        return False
    return rule(reader, event, now)


def may_take(reader: Reader, step: str, event: Event, now: datetime) -> bool:
    """Return whether a reader may take an event through a step of its life, whatever its status."""
    return may(reader, Action.PROPOSE if step == PROPOSE else Action.CONFIRM, event, now)


def reader_for(person: Person | None, facts: Partnership, day: date) -> Reader:
    """Return what a person (None: the public) may rely on that day."""
    if person is None:
        return Reader(facts)
    posts = frozenset((post.state_code, post.role) for post in person.posts if is_held(post, day))
    return Reader(facts, person.id, person.is_secretary, posts)


def visible(reader: Reader, events: Iterable[Event], now: datetime) -> list[Event]:
    """Return the events that a reader may see, in their order."""
    return [event for event in events if may(reader, Action.SEE, event, now)]


def may_draft_for(reader: Reader, group_keys: tuple[str, ...], day: date) -> bool:
    """Return whether a reader may draft an event of these groups: contact points of States that sit in all of them."""
    if reader.is_secretary:
        return True
    facts = reader.partnership
    participating = set(facts.participating(day))
    partners = [set(facts.partners((key,), day)) for key in group_keys]
    return any(code in participating or all(code in group for group in partners) for code in reader.contact_codes)


def may_answer_for(reader: Reader, code: str, event: Event, now: datetime) -> bool:
    """Return whether a reader may answer an invitation for a delegation: its own, or any for a secretary."""
    is_own = reader.is_secretary or code in reader.state_codes
    is_asked = code in invited_codes(event, reader.partnership)
    return is_own and is_asked and may(reader, Action.ANSWER, event, now)


def may_see_document(reader: Reader, document: Document, event: Event, now: datetime) -> bool:
    """Return whether a reader may see a document: the event, and where it has its own visibility, that too."""
    if not may(reader, Action.SEE, event, now):
        return False
    if not document.visibility or _may_edit_hosted(reader, event, now):
        return document.visibility != SECRETARIAT or reader.is_secretary
    return _is_in_sight(reader, event, document.visibility)


def _is_in_sight(reader: Reader, event: Event, visibility: str) -> bool:
    """Return whether what has a visibility, of an event that is no draft, is for this reader."""
    if visibility == PUBLIC and event.published_at is not None and event.status != PROPOSED:
        return True
    if visibility in (PUBLIC, PARTNERS):
        return bool(reader.state_codes)
    return visibility == GROUP and _is_invited(reader, event)


def may_draft_kind(reader: Reader, kind: Kind) -> bool:
    """Return whether a reader may draft events of a kind: those of the Chairmanship and the Forum are the Section's."""
    return reader.is_secretary or (kind.chairing != "chairmanship" and kind.key != FORUM)


def _may_at_all(reader: Reader, action: Action) -> bool:
    if action in (Action.DRAFT, Action.IMPORT, Action.SEE_DESK):
        return reader.is_secretary or bool(reader.contact_codes)
    return reader.is_secretary


def _may_see(reader: Reader, event: Event, now: datetime) -> bool:
    if _may_edit(reader, event, now) or _hosts(reader, event):
        return True
    if event.status == DRAFT:
        return False
    return _is_in_sight(reader, event, event.visibility)


def _may_answer(reader: Reader, event: Event, now: datetime) -> bool:
    """Members of invited delegations, and secretaries for them, while the event is ahead and not a draft."""
    is_open = event.status in (PROPOSED, CONFIRMED) and event.starts_at > now
    return is_open and _may_see(reader, event, now) and (reader.is_secretary or _is_invited(reader, event))


def _may_edit(reader: Reader, event: Event, now: datetime) -> bool:
    return reader.is_secretary or _chairs(reader, event, now) or _drafted(reader, event)


def _may_confirm(reader: Reader, event: Event, now: datetime) -> bool:
    return reader.is_secretary or _chairs(reader, event, now)


def _may_propose(reader: Reader, event: Event, now: datetime) -> bool:
    return event.status == DRAFT and _may_edit(reader, event, now)


def _may_discard(reader: Reader, event: Event, now: datetime) -> bool:
    return event.status == DRAFT and event.published_at is None and _may_edit(reader, event, now)


def _may_change_kind(reader: Reader, event: Event, now: datetime) -> bool:
    return reader.is_secretary or (event.status == DRAFT and _drafted(reader, event))


def _may_edit_hosted(reader: Reader, event: Event, now: datetime) -> bool:
    return _may_edit(reader, event, now) or _hosts(reader, event)


def _may_see_joining_link(reader: Reader, event: Event, now: datetime) -> bool:
    return _may_edit_hosted(reader, event, now) or (_may_see(reader, event, now) and _is_invited(reader, event))


def _may_see_history(reader: Reader, event: Event, now: datetime) -> bool:
    return not reader.is_public and _may_see(reader, event, now)


def _may_see_consultations(reader: Reader, event: Event, now: datetime) -> bool:
    """Those who are asked, and those who prepare or host the event."""
    return _may_edit_hosted(reader, event, now) or (_may_see(reader, event, now) and _is_invited(reader, event))


def _is_secretary(reader: Reader, event: Event, now: datetime) -> bool:
    return reader.is_secretary


def _chairs(reader: Reader, event: Event, now: datetime) -> bool:
    """Contact points of a State that chairs on the event's date, from the decision to 31 January after."""
    if not reader.contact_codes:
        return False
    chairs = [chair for chair in chair_line(event, reader.partnership).chairs if chair.is_decided]
    return any(
        chair.state_code in reader.contact_codes and _in_term(reader, event, chair.year, now) for chair in chairs
    )


def _in_term(reader: Reader, event: Event, roster_year: int, now: datetime) -> bool:
    if event.chair_override_code or event.kind.chairing == "host":
        return now.date() <= date(event.starts_on.year + 1, 1, 31)
    return may_edit_for_term(reader.partnership.roster.get(roster_year), event.starts_on.year, now.date())


def _drafted(reader: Reader, event: Event) -> bool:
    """Contact points of the delegation that drafted it, until it is confirmed."""
    return event.status in (DRAFT, PROPOSED) and event.drafted_for_code in reader.contact_codes


def _hosts(reader: Reader, event: Event) -> bool:
    """Contact points of a host or co-host, of the event itself or of the one on whose margins it stands."""
    hosts = set(event.host_codes) | set(event.parent.host_codes if event.parent else ())
    return bool(hosts & reader.contact_codes)


def _is_invited(reader: Reader, event: Event) -> bool:
    return bool(reader.state_codes) and bool(reader.state_codes & invited_codes(event, reader.partnership))


RULES: dict[Action, Rule] = {
    Action.SEE: _may_see,
    Action.SEE_JOINING_LINK: _may_see_joining_link,
    Action.SEE_HISTORY: _may_see_history,
    Action.EDIT: _may_edit,
    Action.EDIT_HOSTED: _may_edit_hosted,
    Action.CHANGE_KIND: _may_change_kind,
    Action.MOVE_ACROSS_YEARS: _is_secretary,
    Action.PROPOSE: _may_propose,
    Action.CONFIRM: _may_confirm,
    Action.DISCARD: _may_discard,
    Action.ANSWER: _may_answer,
    Action.SUGGEST: _may_answer,
    Action.SEE_ATTENDANCE: _may_edit_hosted,
    Action.CONSULT: _may_confirm,
    Action.SEE_CONSULTATIONS: _may_see_consultations,
}
