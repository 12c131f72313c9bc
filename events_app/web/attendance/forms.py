"""The forms of attendance: an answer, a suggestion."""

from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from events_app.events.models import SUGGESTIONS, Answer, Event
from events_app.events.rules.attendance import (
    LENGTHS,
    LONGEST_SUGGESTION,
    MOST_ACCOMPANYING,
    AnswerDetails,
    details_of_answer,
    offered_answers,
)
from events_app.web.context import language
from events_app.web.fields import DayField, LineField, PageForm, TextField
from events_app.words.attendance import answer_name, suggestion_name


class AnswerForm(PageForm):
    """Whether and how a delegation comes, and who."""

    answer = RadioField(validators=[InputRequired()])
    head = LineField(validators=[Length(max=LENGTHS["head"])])
    accompanying = IntegerField(validators=[Optional(), NumberRange(0, MOST_ACCOMPANYING)])
    names = TextField(validators=[Length(max=LENGTHS["names"])])

    def details(self) -> AnswerDetails:
        """Return what was entered."""
        return AnswerDetails(self.answer.data, self.head.data, self.accompanying.data or 0, self.names.data)


class SuggestionForm(PageForm):
    """What a delegation suggests."""

    what = RadioField(validators=[InputRequired()])
    text = TextField(validators=[Length(max=LONGEST_SUGGESTION)])
    day = DayField(validators=[Optional()])


def answer_form(event: Event, given: Answer | None) -> AnswerForm:
    """Return the form, filled with what was sent or else with the answer given before."""
    form = AnswerForm(data=vars(details_of_answer(given)) if given else {})
    form.answer.choices = [(key, answer_name(key, language())) for key in offered_answers(event)]
    return form


def suggestion_form() -> SuggestionForm:
    """Return the form with everything that can be suggested."""
    form = SuggestionForm()
    form.what.choices = [(key, suggestion_name(key, language())) for key in SUGGESTIONS]
    return form
