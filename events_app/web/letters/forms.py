"""The form that sends a letter again: it names the state that was seen."""

from wtforms.validators import AnyOf, InputRequired

from events_app.mail.models import STATES
from events_app.web.fields import LineField, PageForm


class AgainForm(PageForm):
    """In which state the letter was when somebody decided to send it again."""

    seen = LineField(validators=[InputRequired(), AnyOf(STATES)])
