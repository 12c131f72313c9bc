"""What letters and their states are called, and what may be wrong with the post."""

from events_app.words.catalogue import translate

LETTERS = {
    "answer-missing": "Answer missing",
    "change-notice": "Change notice",
    "documents-added": "New documents",
    "event-reminder": "Reminder",
    "invitation": "Invitation",
    "plan-version": "Year plan",
    "preparation-due": "Steps of preparation",
    "consultation-opened": "Date consultation opened",
    "consultation-closing": "Date consultation about to close",
    "consultation-objected": "Objection in a date consultation",
    "consultation-agreed": "Agreed by silence",
    "consultation-settled": "Date chosen",
    "consultation-ended": "Date consultation ended",
    "sign-in-link": "Sign-in link",
    "weekly-digest": "Weekly digest",
    "delivery-trouble": "Delivery trouble",
}
REASONS = {
    "answer-missing": "You get this letter because your delegation is invited and has not answered.",
    "change-notice": "You get this letter because you organise the event, are invited to it or subscribe to it.",
    "documents-added": "You get this letter because you organise the event or your delegation is invited.",
    "event-reminder": "You get this letter because you organise the event or your delegation is invited.",
    "plan-version": "You get this letter because your delegation is invited to these events.",
    "preparation-due": "You get this letter because you organise the events.",
    "consultation-opened": "You get this letter because your delegation is asked.",
    "consultation-closing": "You get this letter because your delegation is asked and has not said everything yet.",
    "consultation-objected": "You get this letter because you organise the event.",
    "consultation-agreed": "You get this letter because you organise the event or your delegation was asked.",
    "consultation-settled": "You get this letter because you organise the event or your delegation was asked.",
    "consultation-ended": "You get this letter because your delegation was asked.",
    "weekly-digest": "You get this letter on Mondays because you hold a role in the Partnership Calendar.",
}
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
    "mailbox-unread": "The mailbox for answers by mail cannot be read.",
}

FAILURES = {
    "address-unknown": "The address does not exist",
    "mailbox-full": "The mailbox is full",
    "our-side": "The server refuses letters from us",
    "other": "Other reasons",
}


def letter_name(letter: str, language: str) -> str:
    """Return what a letter is called."""
    return translate(language, LETTERS[letter])


def letter_reason(letter: str, language: str) -> str:
    """Return why somebody gets a letter that may be declined."""
    return translate(language, REASONS[letter])


def letter_state(state: str, language: str) -> str:
    """Return the word for the state of a letter."""
    return translate(language, STATES[state])


def mail_trouble(reason: str, language: str) -> str:
    """Return one sentence on what is wrong with the post."""
    return translate(language, TROUBLES[reason])


def failure_name(sort: str, language: str) -> str:
    """Return what letters fail of, as a heading for a count."""
    return translate(language, FAILURES[sort])
