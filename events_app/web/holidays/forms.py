"""The forms of holidays: which days to look at, and what is known better than the table."""

from datetime import date
from typing import Any

from flask import request
from wtforms import BooleanField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from events_app.dates.holiday_table import Holiday
from events_app.planning.actions.correcting import LONGEST, Grounds
from events_app.planning.queries.lens import Asked
from events_app.rights.models import Reader
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, DayField, LineField, ManyField, PageForm, with_none
from events_app.web.holidays.lens import LONGEST_LOOK, is_span
from events_app.words.labels import group_name
from events_app.words.states import sorted_by_name, state_name

CONFIRM, MOVE, STRIKE = "confirm", "move", "strike"


class LookForm(PageForm):
    """Which days are looked at, for which groups and which host; it is sent with GET and changes nothing."""

    class Meta(PageForm.Meta):
        """A form that only asks needs no token."""

        csrf = False

    first = DayField(name="from", validators=[InputRequired()])
    last = DayField(name="to", validators=[Optional()])
    group = ManyField()
    host = ChoiceField(default="")

    def validate_first(self, field: Any) -> None:
        """Refuse days in the wrong order, too many, or outside the years of this calendar."""
        if field.data and not is_span(field.data, self.last.data or field.data):
            most = LONGEST_LOOK.days + 1
            raise ValidationError(say("Give at most {count} days, in order, in the years 1973 to 2100.", count=most))

    @property
    def span(self) -> tuple[date, date]:
        """The days that are looked at."""
        return self.first.data, self.last.data or self.first.data

    @property
    def asked(self) -> Asked:
        """For whom they are looked at."""
        return Asked(tuple(self.group.data or ()), (self.host.data,) if self.host.data else ())


class GroundsForm(PageForm):
    """Why a holiday is corrected."""

    confirmed_on = DayField(validators=[Optional()])
    source = LineField(validators=[Length(max=LONGEST["source"])])
    reason = LineField(validators=[InputRequired(), Length(max=LONGEST["reason"])])

    @property
    def grounds(self) -> Grounds:
        """What was entered."""
        return Grounds(self.reason.data or "", self.source.data or "", self.confirmed_on.data)


class HolidayForm(GroundsForm):
    """A holiday that the table does not know."""

    state_code = ChoiceField()
    day = DayField(validators=[InputRequired()])
    name = LineField(validators=[InputRequired(), Length(max=LONGEST["name"])])
    is_estimated = BooleanField()


class CorrectionForm(GroundsForm):
    """What became of a holiday of the table; `is_whole`: of all days of its feast."""

    deed = ChoiceField()
    new_day = DayField()
    is_whole = BooleanField(default=True)

    def validate_new_day(self, field: Any) -> None:
        """Ask for the new day where there must be one."""
        if self.deed.data == MOVE and field.data is None:
            raise ValidationError(say("Give the new day."))


def look_form(reader: Reader, usual: date | None = None) -> LookForm:
    """Return the form as the address fills it; without any day in the address it shows the `usual` one."""
    facts, tongue = reader.partnership, language()
    form = LookForm(request.args)
    form.group.choices = [(key, group_name(group, tongue)) for key, group in facts.groups.items()]
    states = [(code, state_name(code, tongue)) for code in sorted_by_name(facts.states, tongue)]
    form.host.choices = with_none(say("none"), states)
    if usual and not request.args.get("from"):
        form.first.data = usual
    form.host.data = form.host.data or ""
    return form


def holiday_form(reader: Reader) -> HolidayForm:
    """Return the form of a new holiday."""
    form, facts = HolidayForm(), reader.partnership
    form.state_code.choices = [(c, state_name(c, language())) for c in sorted_by_name(facts.states, language())]
    return form


def correction_form(feast: list[Holiday]) -> CorrectionForm:
    """Return the form for a holiday, of whose feast these are the days."""
    form = CorrectionForm()
    certain = [(CONFIRM, say("It is certain: the day stays."))] if any(day.is_estimated for day in feast) else []
    form.deed.choices = [
        *certain,
        (MOVE, say("It falls on another day.")),
        (STRIKE, say("It is no public holiday.")),
    ]
    if len(feast) < 2:
        del form.is_whole
    return form
