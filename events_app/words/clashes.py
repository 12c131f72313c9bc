"""Clashes in words: what stands in the way, by name."""

from events_app.words.catalogue import translate

SENTENCES = {
    "venue": "At the same place at the same time: {title} ({day}).",
    "group": "On the same day for {names}: {title} ({day}).",
    "chair": "On the same day under the same chair ({names}): {title} ({day}).",
    "host": "On the same day in the same host State ({names}): {title} ({day}).",
    "person": "Invited to both at the same time are {names}: {title} ({day}).",
    "permanent-council": "The Permanent Council meets that day: {title} ({day}).",
    "forum": "The Forum for Security Co-operation meets that day: {title} ({day}).",
    "ministerial-council": "The Ministerial Council meets then: {title} ({day}).",
    "shadow": "Another body meets then: {title} ({names}, {day}).",
}


def clash_sentence(what: str, title: str, names: str, day: str, language: str) -> str:
    """Return the sentence for one clash."""
    return translate(language, SENTENCES[what]).format(title=title, names=names, day=day)
