"""The forms of date consultations."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, cast

from wtforms import BooleanField, Form, FormField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from events_app.dates.wall_time import local_of
from events_app.dates.working_days import working_days_after
from events_app.dates.zones import HOME_ZONE
from events_app.events.models import CONFIRMED, PROPOSED, Event
from events_app.planning.consultations.polls import MOST_OPTIONS, OptionDates, own_dates
from events_app.planning.consultations.rules import LONGEST_REACTION, LONGEST_REASON, LONGEST_TEXT
from events_app.planning.models import POLL_ANSWERS, PollOption
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, DayField, HourField, LineField, PageForm, RowsField, TextField
from events_app.words.consultations import poll_answer_name, reaction_name
from events_app.words.labels import status_name
from events_app.words.states import state_name

BLANK_ROWS = 2
CLOSE_OF_BUSINESS = time(18)


class RepeatedHourForm(PageForm):
    """A form with local times, one of which may happen twice."""

    repeated_hour = RadioField(validators=[Optional()])

    @property
    def fold(self) -> int:
        """Which of two equal local times is meant."""
        return 1 if self.repeated_hour.data == "second" else 0


class OpeningForm(RepeatedHourForm):
    """What is asked, until which minute in Vienna, and whether the delegations see what others say."""

    text = TextField(validators=[Length(max=LONGEST_TEXT)])
    expires_on = DayField(validators=[InputRequired()])
    expires_time = HourField(validators=[InputRequired()])
    shows = BooleanField(default=True)


class OptionRow(Form):
    """One date; a row without a day does not count, one without times has those of the event."""

    key = HiddenField()
    starts_on = DayField(validators=[Optional()])
    start_time = HourField(validators=[Optional()])
    end_time = HourField(validators=[Optional()])
    is_removed = BooleanField()


class PollForm(OpeningForm):
    """A poll to be opened, with its dates."""

    options = RowsField(FormField(OptionRow), max_entries=2 * MOST_OPTIONS)


class OptionsForm(RepeatedHourForm):
    """The dates of a poll that is open, and the version of the event at which the reader saw them."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    options = RowsField(FormField(OptionRow), max_entries=2 * MOST_OPTIONS)


class ReactionForm(PageForm):
    """What a delegation says in a no-objection procedure."""

    state_code = ChoiceField()
    reaction = RadioField(validators=[InputRequired()])
    text = TextField(validators=[Length(max=LONGEST_REACTION)])


class WithdrawalForm(PageForm):
    """Why a consultation is taken back."""

    reason = LineField(validators=[Length(max=LONGEST_REASON)])


class SettlingForm(PageForm):
    """The version of the event that the reader saw, and what it becomes on the chosen date."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    status = RadioField(validators=[InputRequired()], default=CONFIRMED)
    clash_reason = LineField(validators=[Length(max=LONGEST_REASON)])


class AnswersForm(PageForm):
    """What a delegation answers to the dates of a poll; `answers_form` adds a field for each."""

    state_code = ChoiceField()

    def answers(self, options: Iterable[PollOption]) -> dict[int, str]:
        """Return what was answered, by the id of the date."""
        given = {option.id: self[field_of(option)].data for option in options}
        return {key: answer for key, answer in given.items() if answer}


def opening_form(now: datetime, least_days: int) -> OpeningForm:
    """Return the form of a procedure, with an evening that leaves time enough."""
    return cast(OpeningForm, _offering_hours(OpeningForm(data=_expiry(now, least_days + 1))))


def poll_form(event: Event, now: datetime, least_days: int) -> PollForm:
    """Return the form of a poll, with the date that the event has now as its first."""
    form = PollForm(data={**_expiry(now, least_days), "options": [_row(None, own_dates(event))]})
    _add_blank_rows(form)
    return cast(PollForm, _offering_hours(form))


def options_form(options: Iterable[PollOption]) -> OptionsForm:
    """Return the form with the dates that a poll has."""
    form = OptionsForm(data={"options": [_row(option.id, option) for option in options]})
    _add_blank_rows(form)
    return cast(OptionsForm, _offering_hours(form))


def reaction_form(codes: Sequence[str], offered: Iterable[str]) -> ReactionForm:
    """Return the form for somebody who speaks for delegations, with what each of them may say."""
    form = ReactionForm()
    form.state_code.choices = [(code, state_name(code, language())) for code in codes]
    form.reaction.choices = [(what, reaction_name(what, language())) for what in dict.fromkeys(offered)]
    return form


def answers_form(codes: Sequence[str], options: Iterable[PollOption], state_code: str = "") -> AnswersForm:
    """Return the form with a field for each date, filled with what a delegation has answered."""
    options = list(options)
    fields = {field_of(option): RadioField(validators=[Optional()]) for option in options}
    shape = cast(type[AnswersForm], type("AnswersFormOfPoll", (AnswersForm,), fields))
    code = state_code or codes[0]
    given = {field_of(o): answer.answer for o in options for answer in o.answers if answer.state_code == code}
    form = shape(data={**given, "state_code": code})
    form.state_code.choices = [(known, state_name(known, language())) for known in codes]
    for name in fields:
        form[name].choices = [(answer, poll_answer_name(answer, language())) for answer in POLL_ANSWERS]
    return form


def settling_form() -> SettlingForm:
    """Return the form that asks what the event becomes."""
    form = SettlingForm()
    form.status.choices = [(status, status_name(status, language())) for status in (CONFIRMED, PROPOSED)]
    return form


def field_of(option: PollOption) -> str:
    """Return the name of the field in which a date is answered; a date that moved is asked for under another one."""
    return f"option_{option.id}_{option.sequence}"


def entered_dates(form: PollForm | OptionsForm, event: Event) -> list[tuple[int, int | None, OptionDates]]:
    """Return the rows that count as (place in the form, id of the date it was, date)."""
    found = []
    for place, row in enumerate(form.options):
        entered = row.form
        if entered.starts_on.data and not entered.is_removed.data:
            key = int(entered.key.data) if (entered.key.data or "").isdecimal() else None
            found.append((place, key, _dates(entered, event, form.fold)))
    return found


def _dates(entered: Any, event: Event, fold: int) -> OptionDates:
    start, end = entered.start_time.data, entered.end_time.data
    if start is None and end is None:
        start, end = event.start_time, event.end_time
    first: date = entered.starts_on.data
    length = event.ends_on - event.starts_on
    last = first + length if first <= date.max - length else first
    return OptionDates(first, start, last, end, event.time_zone, fold, fold)


def _row(key: int | None, dates: OptionDates | PollOption) -> dict[str, Any]:
    times = {"start_time": dates.start_time, "end_time": dates.end_time}
    return {"key": str(key or ""), "starts_on": dates.starts_on, **times}


def _expiry(now: datetime, days: int) -> dict[str, Any]:
    today = local_of(now, HOME_ZONE).date()
    return {"expires_on": working_days_after(today, days), "expires_time": CLOSE_OF_BUSINESS}


def _offering_hours(form: RepeatedHourForm) -> RepeatedHourForm:
    form.repeated_hour.choices = [("first", say("the first time")), ("second", say("the second time"))]
    return form


def _add_blank_rows(form: PollForm | OptionsForm) -> None:
    while sum(not row.form.starts_on.data for row in form.options) < BLANK_ROWS and len(form.options) < MOST_OPTIONS:
        form.options.append_entry()
