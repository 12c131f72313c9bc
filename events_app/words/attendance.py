"""What answers to invitations and suggestions are called."""

from events_app.words.catalogue import translate

ANSWERS = {
    "attends": "Attends in person",
    "attends-online": "Attends online",
    "declines": "Does not attend",
}
SUGGESTIONS = {
    "side-event": "A side event",
    "agenda-point": "A point of the agenda",
    "date": "Another date",
}
SUGGESTION_STATES = {
    "open": "Open",
    "taken": "Taken up",
    "not-taken": "Not taken up",
}


def answer_name(answer: str, language: str) -> str:
    """Return what a delegation answered, in words."""
    return translate(language, ANSWERS[answer])


def suggestion_name(what: str, language: str) -> str:
    """Return what a delegation suggests, in words."""
    return translate(language, SUGGESTIONS[what])


def suggestion_state_name(state: str, language: str) -> str:
    """Return whether a suggestion was taken up, in words."""
    return translate(language, SUGGESTION_STATES[state])
