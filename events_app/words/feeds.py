"""What the feeds are called, and what they say of themselves."""

from events_app.words.catalogue import translate

NAMES = {
    "all": "OSCE partnership: everything",
    "mediterranean": "OSCE Mediterranean Contact Group",
    "asian": "OSCE Asian Contact Group",
    "joint": "OSCE joint meetings of the Contact Groups",
    "conferences": "OSCE Mediterranean and Asian Conferences",
    "council": "OSCE Permanent Council and Forum for Security Co-operation",
}
DESCRIPTIONS = {
    "all": "Every public event of the OSCE's work with its Partners for Co-operation.",
    "mediterranean": "Meetings of the Mediterranean Contact Group, joint meetings, and the Mediterranean Conference "
    "with what stands on its margins.",
    "asian": "Meetings of the Asian Contact Group, joint meetings, and the Asian Conference with what stands on its "
    "margins.",
    "joint": "Meetings that both Contact Groups hold together.",
    "conferences": "The annual conferences with the Mediterranean and the Asian Partners.",
    "council": "The weekly meetings of the Permanent Council and of the Forum for Security Co-operation.",
}
PERSONAL = "What one person chose of the meetings of the OSCE with its Partners for Co-operation. Not to be passed on."
DETAIL_NAMES = {
    "busy": "Only that the time is taken",
    "title": "Kind of event, time and place",
    "full": "Everything I may see",
}


def feed_name(name: str, language: str) -> str:
    """Return the name of a public feed."""
    return translate(language, NAMES[name])


def feed_description(name: str, language: str) -> str:
    """Return one sentence on what a public feed holds."""
    return translate(language, DESCRIPTIONS[name])


def personal_feed_description(language: str) -> str:
    """Return one sentence on what a personal feed holds."""
    return translate(language, PERSONAL)


def detail_name(detail: str, language: str) -> str:
    """Return how much a personal feed tells, in words."""
    return translate(language, DETAIL_NAMES[detail])
