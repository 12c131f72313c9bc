"""The form of one year of the roster."""

from datetime import date

from wtforms.validators import Length, Optional

from events_app.partnership.models import CHAIRMANSHIP_STATUSES
from events_app.rights.models import Reader
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, DayField, LineField, PageForm, with_none
from events_app.words.labels import roster_status_name
from events_app.words.states import sorted_by_name, state_name


class ChairmanshipForm(PageForm):
    """Which State holds the Chairmanship of a year, how sure that is, since when, and where it says so."""

    state_code = ChoiceField()
    status = ChoiceField()
    decided_on = DayField(validators=[Optional()])
    source = LineField(validators=[Length(max=300)])


def chairmanship_form(reader: Reader, year: int) -> ChairmanshipForm:
    """Return the form, filled with what was sent or else with what the roster says."""
    entry = reader.partnership.roster.get(year)
    form = ChairmanshipForm(obj=entry)
    able = reader.partnership.participating(date(year, 1, 1))
    states = [(code, state_name(code, language())) for code in sorted_by_name(able, language())]
    form.state_code.choices = with_none(say("to be determined"), states)
    form.status.choices = [(status, roster_status_name(status, language())) for status in CHAIRMANSHIP_STATUSES]
    if not form.is_submitted():
        form.state_code.data = (entry.state_code if entry else None) or ""
        form.status.data = "decided"
    return form
