"""What letters and their states are called, and what may be wrong with the post."""

from events_app.words.catalogue import translate

LETTERS = {"event-reminder": "Reminder", "sign-in-link": "Sign-in link"}
STATES = {
    "pending": "waiting",
    "sending": "being sent",
    "in-doubt": "in doubt",
    "sent": "sent",
    "failed": "failed",
    "expired": "too late",
    "superseded": "no longer needed",
    "stopped": "stopped",
}
TROUBLES = {
    "no-heartbeat": "No worker has shown a sign of life for 90 seconds.",
    "late-letters": "A letter has been waiting for more than ten minutes.",
    "relay-misconfigured": "The mail server refuses our letters: its settings need attention.",
}


def letter_name(letter: str, language: str) -> str:
    """Return what a letter is called."""
    return translate(language, LETTERS[letter])


def letter_state(state: str, language: str) -> str:
    """Return the word for the state of a letter."""
    return translate(language, STATES[state])


def mail_trouble(reason: str, language: str) -> str:
    """Return one sentence on what is wrong with the post."""
    return translate(language, TROUBLES[reason])
