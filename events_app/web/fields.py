"""Form fields that several areas share: clean text, optional choices, sentences for what browsers send wrongly."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, FieldList, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.i18n import get_translations
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from events_app.ics.plain_text import clean_text
from events_app.web.context import language, say

LONGEST_LINE, LONGEST_TEXT = 5_000, 50_000  # what is longer is refused before it is cleaned
ROW_NUMBER = re.compile("[0-9]{1,4}")


class PageForm(FlaskForm):
    """A form whose built-in messages speak the language of the page."""

    class Meta:
        """WTForms asks here for the words of its own messages."""

        def get_translations(self, form: object) -> object:
            """Return WTForms' own catalogue in the language of the page."""
            return get_translations([language()])


class LineField(StringField):
    """One line of clean text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep one line: line breaks become spaces, control characters go."""
        sent = _first(valuelist)
        self.data = clean_line(sent)
        _refuse_longer(sent, LONGEST_LINE)


class TextField(TextAreaField):
    """Several lines of clean text."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep lines, drop control characters and white space at the ends."""
        sent = _first(valuelist)
        self.data = clean_text(sent[:LONGEST_TEXT]).strip()
        _refuse_longer(sent, LONGEST_TEXT)


class DayField(DateField):
    """A date that may be left empty; impossible ones are named."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read YYYY-MM-DD."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                super().process_formdata(valuelist[:1])
            except ValueError as error:
                raise ValueError(say("{value} is no date in the calendar.", value=valuelist[0][:20])) from error


class HourField(TimeField):
    """A time of day that may be left empty."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read HH:MM; seconds are dropped."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                super().process_formdata([valuelist[0][:5]])
            except ValueError as error:
                raise ValueError(say("{value} is no time of day.", value=valuelist[0][:20])) from error


class ChoiceField(SelectField):
    """One of several, or none where the first choice is empty; what is not offered is refused in words."""

    def pre_validate(self, form: object) -> None:
        """Refuse what was not offered."""
        if self.data not in self.offered():
            raise ValidationError(say("Choose one of the list."))

    def offered(self) -> set[Any]:
        """Return the values that may be chosen."""
        return {choice[0] for choice in self.choices or ()}


class ManyField(SelectMultipleField):
    """Any of several, as checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: object) -> None:
        """Refuse what was not offered."""
        if set(self.data or ()) - {choice[0] for choice in self.choices or ()}:
            raise ValidationError(say("Choose from the list."))


class RowsField(FieldList):
    """Rows of fields that browsers number; what is no number of a row is passed over."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and ROW_NUMBER.fullmatch(number):
                yield int(number)


def clean_line(sent: str) -> str:
    """Return the start of what was sent as one line of clean text."""
    return " ".join(clean_text(sent[:LONGEST_LINE]).split())


def with_none(word: str, choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return choices with an empty one first."""
    return [("", word), *choices]


def _first(valuelist: list[Any]) -> str:
    return str(valuelist[0]) if valuelist else ""


def _refuse_longer(sent: str, most: int) -> None:
    if len(sent) > most:
        raise ValueError(say("At most {most} characters fit here.", most=most))
