"""Sentences for what is wrong with an answer or a suggestion, shown at the fields."""

from typing import Any

from events_app.events.errors import InvalidAttendanceError
from events_app.web.context import say

SENTENCES = {
    ("answer", "unknown"): "This is not one of the choices.",
    ("accompanying", "too-few"): "Nobody or more people can accompany the head of delegation.",
    ("accompanying", "too-many"): "At most {most} people can accompany the head of delegation.",
    ("head", "too-long"): "At most {most} characters fit here.",
    ("names", "too-long"): "At most {most} characters fit here.",
    ("what", "unknown"): "This is not one of the choices.",
    ("text", "too-long"): "At most {most} characters fit here.",
    ("text", "needed"): "Say what you suggest.",
    ("text", "too-many"): "{most} suggestions of your delegation are open already.",
    ("day", "needed"): "Say which date you suggest.",
    ("day", "in-the-past"): "This day has passed.",
    ("day", "too-far"): "The calendar ends with {last}.",
}


def show_problems(form: Any, error: InvalidAttendanceError) -> None:
    """Write each problem at its field."""
    for problem in error.problems:
        field = form[problem.field]
        field.errors = [*field.errors, say(SENTENCES[problem.field, problem.reason], **problem.facts)]
