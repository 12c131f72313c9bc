"""Who chairs, in words."""

from events_app.events.rules.table import ChairLine
from events_app.partnership.rules import Chair
from events_app.words.catalogue import translate
from events_app.words.labels import to_be_determined
from events_app.words.lists import listed
from events_app.words.states import state_name

GROUPS = {"mediterranean": "{state} (Mediterranean)", "asian": "{state} (Asian)"}


def chair_names(line: ChairLine, language: str) -> str:
    """Return `Poland`, `to be determined`, or `Malta (Mediterranean), Finland (Asian)`; empty if nobody chairs."""
    if len(line.chairs) == 1:
        return chair_name(line.chairs[0], language)
    names = [(chair_name(chair, language), GROUPS.get(chair.group or "", "{state}")) for chair in line.chairs]
    return listed((translate(language, message, state=name) for name, message in names), language)


def chairs_text(line: ChairLine, language: str) -> str:
    """Return `Chair: Poland`, empty if nobody chairs; an override says that it is one, and why."""
    if not line.chairs:
        return ""
    text = translate(language, "Chair: {states}", states=chair_names(line, language))
    if not line.is_override:
        return text
    return translate(language, "{chair} (decided otherwise for this event: {reason})", chair=text, reason=line.reason)


def chair_name(chair: Chair, language: str) -> str:
    """Return the State that chairs, or that it is to be determined."""
    known = chair.is_decided and chair.state_code
    return state_name(known, language) if known else to_be_determined(language)
