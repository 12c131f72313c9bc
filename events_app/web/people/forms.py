"""Asking for a sign-in link, and how a person wants to read."""

from wtforms.validators import InputRequired, Length

from events_app.web.fields import ChoiceField, LineField, PageForm


class SignInForm(PageForm):
    """The address to which the link goes."""

    email = LineField(validators=[InputRequired(), Length(max=254)])


class PreferencesForm(PageForm):
    """Language, and the zone in which times are shown beside the event's own."""

    language = ChoiceField()
    time_zone = LineField(validators=[InputRequired(), Length(max=64)])
