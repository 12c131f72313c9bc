"""The forms of the import: choosing a file, and importing the one that was looked at."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import Length, ValidationError

from events_app.dates.zones import zone_names
from events_app.feeds.importing import Wishes
from events_app.planning.actions import LONGEST_NAME
from events_app.web.context import say
from events_app.web.fields import LineField, PageForm

LONGEST_FILE_NAME = 100


class WishesForm(PageForm):
    """What is said beside a file."""

    time_zone = LineField()
    is_partial = BooleanField()

    def validate_time_zone(self, field: LineField) -> None:
        """Refuse a name that no zone has."""
        if field.data and field.data not in zone_names():
            raise ValidationError(say("No time zone has this name. Choose one that the list suggests."))

    def wishes(self) -> Wishes:
        """Return what is said beside the file."""
        return Wishes(time_zone=self.time_zone.data or None)


class ImportForm(WishesForm):
    """A file to look at before anything is imported."""

    file = FileField(validators=[FileRequired()])


class ApplyForm(WishesForm):
    """The file that was looked at, by the name under which it waits."""

    waiting = StringField(validators=[Length(min=1, max=LONGEST_FILE_NAME)])


class ShadowForm(ImportForm):
    """The calendar of another body, and what it is called."""

    name = LineField(validators=[Length(min=1, max=LONGEST_NAME)])
