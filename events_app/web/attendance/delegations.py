"""For which delegations a reader speaks, and in which order delegations are listed."""

from collections.abc import Iterable

from flask import abort, request

from events_app.config import CHAIR_FIRST
from events_app.events.models import Event
from events_app.events.rules.attendance import leading_codes
from events_app.events.rules.table import invited_codes
from events_app.web.access import current_reader, refuse, settings
from events_app.web.context import language
from events_app.words.states import sorted_by_name


def own_codes(event: Event) -> list[str]:
    """Return the invited delegations that the reader belongs to."""
    reader = current_reader()
    return in_protocol_order(reader.state_codes & invited_codes(event, reader.partnership), event)


def answerable_codes(event: Event) -> list[str]:
    """Return the invited delegations for which the reader speaks: its own, all for a secretary."""
    reader = current_reader()
    if reader.is_secretary:
        return in_protocol_order(invited_codes(event, reader.partnership), event)
    return own_codes(event)


def asked_code(event: Event) -> str | None:
    """Return the delegation asked for with `state`, or the reader's only one; None if it is still to be chosen."""
    _refuse_keys_twice()
    codes, asked = answerable_codes(event), request.values.get("state", "")
    if asked and asked not in current_reader().partnership.states:
        abort(404)
    if not codes or (asked and asked not in codes):
        refuse(403, "answer-for", event)
    return asked or (codes[0] if len(codes) == 1 else None)


def in_protocol_order(codes: Iterable[str], event: Event) -> list[str]:
    """Return States by their names in the language of the page, or by the setting Chairmanship and Troika first."""
    ordered = sorted_by_name(codes, language())
    is_chair_first = settings().protocol_order == CHAIR_FIRST
    first = leading_codes(event, current_reader().partnership) if is_chair_first else []
    return [code for code in first if code in ordered] + [code for code in ordered if code not in first]


def _refuse_keys_twice() -> None:
    """Answer 400 where a key was sent twice: nobody can tell which value was meant."""
    states = {*request.args.getlist("state"), *request.form.getlist("state")}
    is_twice = any(len(values) > 1 for sent in (request.args, request.form) for _, values in sent.lists())
    if is_twice or len(states) > 1:
        abort(400)
