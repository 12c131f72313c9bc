"""The English words for the keys that the code itself knows; the data files bring the others with them."""

from itertools import product

STATUSES = {
    "draft": "Draft",
    "proposed": "Proposed",
    "confirmed": "Confirmed",
    "held": "Held",
    "postponed": "Postponed",
    "cancelled": "Cancelled",
}
SUMMARIES = {
    "draft": "Draft: {title}",
    "postponed": "Postponed: {title}",
    "cancelled": "Cancelled: {title}",
}
VISIBILITIES = {
    "public": "Public",
    "partners": "All delegations",
    "group": "Invited delegations",
    "secretariat": "Secretariat only",
}
EXPLANATIONS = {
    "public": "Everyone can see this event, without signing in.",
    "partners": "The delegations of all participating States and Partners can see this event.",
    "group": "Only the invited delegations can see this event.",
    "secretariat": "Only the Secretariat can see this event.",
}
FORMATS = {
    "in-person": "In person",
    "online": "Online",
    "hybrid": "Hybrid",
}
# "Meeting agenda", because the page that lists the coming events is called Agenda.
DOCUMENT_TYPES = {
    "agenda": "Meeting agenda",
    "summary": "Summary",
    "press-release": "Press release",
    "decision": "Decision",
    "invitation": "Invitation",
    "other": "Other document",
}
ROLES = {
    "secretary": "Secretary",
    "administrator": "Administrator",
    "contact-point": "Contact point",
    "delegate": "Delegate",
    "host": "Host",
    "co-host": "Co-host",
    "participating": "Participating State",
    "mediterranean-partner": "Mediterranean Partner for Co-operation",
    "asian-partner": "Asian Partner for Co-operation",
}
LEVELS = {
    "ambassadorial": "Ambassadorial level",
    "ministerial": "Ministerial level",
    "heads-of-state": "Level of Heads of State or Government",
    "high-level": "High level",
    "expert": "Expert level",
    "working": "Working level",
}
TO_BE_DETERMINED = "to be determined"
ROSTER_STATUSES = {
    "decided": "decided",
    "candidate": "candidate",
    "undetermined": TO_BE_DETERMINED,
}
CHAIRMANSHIP, CHAIRPERSONSHIP = "Chairmanship", "Chairpersonship"
TITLE_WITH_THEME = "{kind}: {theme}"

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth",
    "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
)  # fmt: skip
ORDINAL_NOUNS = {"joint-meeting": "joint meeting"}
MEETING = "meeting"


def ordinal_message(noun: str, ordinal: int) -> str:
    """Return the whole phrase to translate, because adjectives agree with their noun; in words up to twelve."""
    if 1 <= ordinal <= len(ORDINALS):
        return f"{ORDINALS[ordinal - 1]} {noun} of {{year}}"
    return f"{noun} no. {{number}} of {{year}}"


def vocabulary() -> list[str]:
    """Return every message that this package translates without a count."""
    tables = (
        STATUSES, SUMMARIES, VISIBILITIES, EXPLANATIONS, FORMATS, DOCUMENT_TYPES, ROLES, LEVELS, ROSTER_STATUSES,
    )  # fmt: skip
    nouns = (MEETING, *ORDINAL_NOUNS.values())
    phrases = [ordinal_message(noun, n) for noun, n in product(nouns, range(1, len(ORDINALS) + 2))]
    labels = [label for table in tables for label in table.values()]
    return [*labels, CHAIRMANSHIP, CHAIRPERSONSHIP, TITLE_WITH_THEME, *phrases]
