"""The forms of the import: choosing a file, and importing the one that was looked at."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from events_app.dates.zones import zone_names
from events_app.feeds.importing import NEUTRAL_KIND, Wishes
from events_app.planning.actions.shadows import LONGEST_NAME
from events_app.web.access import current_reader
from events_app.web.context import say
from events_app.web.fields import ChoiceField, LineField, PageForm
from events_app.web.imports.columns import kinds_of

LONGEST_FILE_NAME = 100


class WishesForm(PageForm):
    """What is said beside a file; every form has the fields itself, in the order in which its page shows them."""

    time_zone: LineField
    is_partial: BooleanField

    def validate_time_zone(self, field: LineField) -> None:
        """Refuse a name that no zone has."""
        if field.data and field.data not in zone_names():
            raise ValidationError(say("No time zone has this name. Choose one that the list suggests."))

    def wishes(self) -> Wishes:
        """Return what is said beside the file."""
        return Wishes(time_zone=self.time_zone.data or None)


class KindForm(WishesForm):
    """What is said beside a file of our own events: also of which kind those are that name none."""

    kind_key: ChoiceField

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the kinds that the reader may draft."""
        super().__init__(*arguments, **named)
        self.kind_key.choices = kinds_of(current_reader())

    def wishes(self) -> Wishes:
        """Return what is said beside the file."""
        return Wishes(time_zone=self.time_zone.data or None, kind_key=self.kind_key.data)


class ImportForm(KindForm):
    """A file to look at before anything is imported."""

    file = FileField(validators=[FileRequired()])
    kind_key = ChoiceField(default=NEUTRAL_KIND)
    time_zone = LineField()
    is_partial = BooleanField()


class ApplyForm(KindForm):
    """The file that was looked at, by the name under which it waits."""

    waiting = StringField(validators=[Length(min=1, max=LONGEST_FILE_NAME)])
    kind_key = ChoiceField(default=NEUTRAL_KIND)
    time_zone = LineField()
    is_partial = BooleanField()


class ShadowForm(WishesForm):
    """The calendar of another body, and what it is called."""

    name = LineField(validators=[DataRequired(), Length(max=LONGEST_NAME)])
    file = FileField(validators=[FileRequired()])
    time_zone = LineField()
    is_partial = BooleanField()
