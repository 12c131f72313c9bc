"""The form that adopts a plan."""

from wtforms import HiddenField
from wtforms.validators import Length

from events_app.web.fields import LineField, PageForm

LONGEST_NOTE = 500


class AdoptionForm(PageForm):
    """A line on the version, and by what the plan that was shown is recognised."""

    note = LineField(validators=[Length(max=LONGEST_NOTE)])
    digest = HiddenField()
