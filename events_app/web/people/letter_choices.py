"""How somebody signed in wants letters: each at once, in the digest or not at all; when, and at which hours not."""

from collections.abc import Mapping
from typing import Any

from wtforms.validators import Length

from events_app.mail.kinds import DECLINABLE, WEEKLY_DIGEST
from events_app.people.errors import LeadDaysError, QuietHoursError
from events_app.people.models import Person
from events_app.people.rules import LONGEST_LEAD_TIME, MOST_LEAD_TIMES, check_quiet_hours, lead_days_in
from events_app.reminders.models import AT_ONCE, IN_DIGEST, NOT_AT_ALL
from events_app.reminders.preferences import wants_digest
from events_app.rights.models import Reader
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, HourField, LineField
from events_app.web.people.forms import PreferencesForm
from events_app.words.letters import letter_name

LEAD_SENTENCES = {
    "unreadable": "Write days as numbers with commas between, such as 14, 2, 1.",
    "too-far": "At most {longest} days before an event.",
    "too-many": "At most {most} reminders of an event.",
}
QUIET_SENTENCES = {
    "quiet_from": "Say from when on, too, or leave both empty.",
    "quiet_until": "Say until when, too, or leave both empty.",
    "": "Quiet hours end at another time than they begin.",
}


def field_of(letter: str) -> str:
    """Return the name of the field in which a letter is chosen."""
    return f"letter_{letter.replace('-', '_')}"


class LetterChoicesForm(PreferencesForm):
    """Language and zone, each letter that may be declined, own lead times, quiet hours."""

    lead_days = LineField(validators=[Length(max=60)])
    quiet_from = HourField()
    quiet_until = HourField()

    @property
    def letters(self) -> list[ChoiceField]:
        """The fields of the letters."""
        return [self[field_of(letter)] for letter in DECLINABLE]

    @property
    def modes(self) -> dict[str, str]:
        """How each letter is wanted."""
        return {letter: self[field_of(letter)].data for letter in DECLINABLE}

    @property
    def days(self) -> list[int]:
        """The days before an event; raises LeadDaysError."""
        return lead_days_in(self.lead_days.data or "")

    def check_choices(self) -> None:
        """Say at the fields what cannot be kept."""
        self._check_days()
        if not self.quiet_from.errors and not self.quiet_until.errors:
            self._check_quiet_hours()
        if IN_DIGEST in self.modes.values() and self.modes[WEEKLY_DIGEST] == NOT_AT_ALL:
            sentence = say("You want other letters in the weekly digest. Let it come, or choose otherwise for them.")
            self[field_of(WEEKLY_DIGEST)].errors = [sentence]

    def _check_days(self) -> None:
        try:
            assert self.days is not None
        except LeadDaysError as error:
            sentence = LEAD_SENTENCES[error.reason]
            self.lead_days.errors = [say(sentence, longest=LONGEST_LEAD_TIME, most=MOST_LEAD_TIMES)]

    def _check_quiet_hours(self) -> None:
        try:
            check_quiet_hours(self.quiet_from.data, self.quiet_until.data)
        except QuietHoursError as error:
            self[error.missing or "quiet_until"].errors = [say(QUIET_SENTENCES[error.missing])]


for _letter in DECLINABLE:
    setattr(LetterChoicesForm, field_of(_letter), ChoiceField())


def letter_choices_form(
    person: Person, reader: Reader, modes: Mapping[str, str], so_far: Mapping[str, Any]
) -> LetterChoicesForm:
    """Return the form with what holds for a person now; `so_far` are language and zone."""
    wanted = {field_of(letter): modes.get(letter, AT_ONCE) for letter in DECLINABLE}
    wanted[field_of(WEEKLY_DIGEST)] = AT_ONCE if wants_digest(reader, modes) else NOT_AT_ALL
    days = ", ".join(str(day) for day in person.lead_days)
    hours = {"quiet_from": person.quiet_from, "quiet_until": person.quiet_until}
    form = LetterChoicesForm(data={**so_far, **wanted, **hours, "lead_days": days})
    for letter in DECLINABLE:
        _offer(form[field_of(letter)], letter)
    return form


def _offer(field: ChoiceField, letter: str) -> None:
    """Offer the ways in which a letter can be wanted; the digest itself can only come or not."""
    never = (NOT_AT_ALL, say("Not at all"))
    field.label.text = letter_name(letter, language())
    if letter == WEEKLY_DIGEST:
        field.choices = [(AT_ONCE, say("On Mondays at 8:00, if there is anything to tell")), never]
    else:
        field.choices = [(AT_ONCE, say("At once")), (IN_DIGEST, say("In the weekly digest")), never]
