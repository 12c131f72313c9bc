"""What every page knows: its language, its reader's zone, and the words for both."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from flask import Flask, abort, g, has_request_context, request

from events_app.dates.zones import HOME_ZONE, zone_names
from events_app.rights.models import Action
from events_app.web.access import allowed, current_person, current_reader, now, settings
from events_app.web.labels import LABELS
from events_app.words.catalogue import translate, translate_plural
from events_app.words.dates import day_text, instant_text, span_text
from events_app.words.labels import role_name, roster_status_name
from events_app.words.languages import LANGUAGE_NAMES, LANGUAGES, best_language, direction
from events_app.words.letters import letter_name, letter_state, mail_trouble
from events_app.words.lists import listed, listed_apart
from events_app.words.states import state_name
from events_app.words.titles import event_title
from events_app.words.zones import zone_text

PLAIN = ("static", "people.choose_language", "people.preferences")
LANGUAGE_COOKIE, ZONE_COOKIE = "language", "time_zone"


def language() -> str:
    """Return the language of this page: asked for in the address, chosen before, or the browser's."""
    if "language" not in g:
        g.language = (
            _asked_language() or _chosen_language() or best_language(request.headers.get("Accept-Language", ""))
        )
    return cast(str, g.language)


def reader_zone() -> str:
    """Return the zone in which the reader wants to see times."""
    person = current_person()
    chosen = person.time_zone if person else request.cookies.get(ZONE_COOKIE, "")
    return chosen if chosen in zone_names() else HOME_ZONE


def say(message: str, **values: Any) -> str:
    """Return a sentence in the language of this page."""
    return translate(language(), message, **values)


def say_count(one: str, many: str, count: int, **values: Any) -> str:
    """Return a sentence about a number in the language of this page."""
    return translate_plural(language(), one, many, count, **values)


def init_app(app: Flask) -> None:
    """Give every template these words."""
    app.jinja_env.globals.update(_=say, ngettext=say_count, allowed=allowed, Action=Action, **_words())
    app.jinja_env.filters.update(listed=listed, listed_apart=listed_apart)
    app.context_processor(_page_facts)
    app.before_request(_refuse_unknown_language)
    app.url_defaults(_keep_asked_language)


def _words() -> dict[str, Callable[[Any], str]]:
    """Return the words that templates ask for by name, in the language of the page."""
    return {
        "state_text": lambda code: state_name(code, language()),
        "field_label": lambda field: say(LABELS.get(field.short_name, field.label.text)),
        "role_text": lambda role: role_name(role, language()),
        "roster_status": lambda status: roster_status_name(status, language()),
        "day": lambda day: day_text(day, language()),
        "instant": lambda text: instant_text(datetime.fromisoformat(text), reader_zone(), language()),
        "event_title": lambda event: event_title(event, language()),
        "when": lambda event: f"{span_text(event, language())} ({zone_text(event.time_zone, language())})",
        "letter_name": lambda letter: letter_name(letter, language()),
        "letter_state": lambda state: letter_state(state, language()),
        "mail_trouble": lambda reason: mail_trouble(reason, language()),
    }


def _page_facts() -> dict[str, Any]:
    return {
        "language": language(),
        "direction": direction(language()),
        "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        "reader": current_reader(),
        "person": current_person(),
        "reader_zone": reader_zone(),
        "now": now(),
        "is_demo": settings().demo,
    }


def _keep_asked_language(endpoint: str, values: dict[str, Any]) -> None:
    """Let the pages that a page leads to speak the language that was asked for in its address."""
    asked = _asked_language() if has_request_context() else None
    if asked and endpoint not in PLAIN:
        values.setdefault("lang", asked)


def _asked_language() -> str | None:
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else None


def _chosen_language() -> str | None:
    person = current_person()
    chosen = person.language if person else request.cookies.get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else None


def _refuse_unknown_language() -> None:
    asked = request.args.getlist("lang")
    has_odd_name = any(name.startswith("lang[") for name in request.args)
    if has_odd_name or len(asked) > 1 or any(code not in LANGUAGES for code in asked):
        abort(400, description="unknown-language")
