"""Steps of preparation in words: what they are called, where they stand, how far from the event they are due."""

from events_app.words.catalogue import translate, translate_plural

STATES = {
    "done": "Done",
    "overdue": "Overdue",
    "this-week": "Due this week",
    "waiting": "Waiting for someone",
    "later": "Later",
}


def step_text(name: str, is_worded: bool, language: str) -> str:
    """Return what a step is called: in the organisers' words (`is_worded`), or as its kind names it, translated."""
    return name if is_worded else translate(language, name)


def step_state(state: str, language: str) -> str:
    """Return where a step stands, in words."""
    return translate(language, STATES[state])


def distance_text(working_days: int, language: str) -> str:
    """Return how far from the event a step is due: `20 working days before`, `on the day`, `10 working days after`."""
    count = abs(working_days)
    if working_days < 0:
        return translate_plural(language, "{count} working day before", "{count} working days before", count)
    if working_days > 0:
        return translate_plural(language, "{count} working day after", "{count} working days after", count)
    return translate(language, "on the day")
