"""The form of somebody new in the Section."""

from wtforms.validators import InputRequired, Length

from events_app.web.fields import LineField, PageForm


class SecretaryForm(PageForm):
    """Address and name."""

    email = LineField(validators=[InputRequired(), Length(max=254)])
    name = LineField(validators=[InputRequired(), Length(max=120)])
