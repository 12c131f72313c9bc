"""What date consultations, what is said in them and what becomes of them are called."""

from events_app.words.catalogue import translate
from events_app.words.titles import with_status

CONSULTATIONS = {
    "poll": "Poll on dates",
    "no-objection": "No-objection procedure",
}
OUTCOMES = {
    "open": "Running",
    "closed": "Answers closed",
    "settled": "Date chosen",
    "agreed": "Agreed",
    "broken": "Broken",
    "withdrawn": "Withdrawn",
    "overtaken": "Overtaken",
}
REACTIONS = {
    "unopposed": "Unopposed",
    "difficulty": "Difficulty",
    "objection": "Objection",
    "amendment": "Amendment",
}
POLL_ANSWERS = {
    "yes": "Yes",
    "if-need-be": "If need be",
    "no": "No",
}
OPTION = "Date option {number} of {count}: {title}"
FORMER_OPTION = "Date option: {title}"


def consultation_name(what: str, language: str) -> str:
    """Return what a consultation is called."""
    return translate(language, CONSULTATIONS[what])


def outcome_name(outcome: str, language: str) -> str:
    """Return the word for what has become of a consultation."""
    return translate(language, OUTCOMES[outcome])


def reaction_name(what: str, language: str) -> str:
    """Return what a delegation says in a no-objection procedure, in a word."""
    return translate(language, REACTIONS[what])


def poll_answer_name(answer: str, language: str) -> str:
    """Return what a delegation answers to a date, in words."""
    return translate(language, POLL_ANSWERS[answer])


def option_title(number: int, count: int, title: str, language: str) -> str:
    """Return `Date option 1 of 3: {title}`: what a date of a poll is called in a calendar."""
    return translate(language, OPTION, number=number, count=count, title=title)


def former_option_title(title: str, language: str) -> str:
    """Return `Cancelled: Date option: {title}`: what a date is called that was released."""
    return with_status(translate(language, FORMER_OPTION, title=title), "cancelled", language)
