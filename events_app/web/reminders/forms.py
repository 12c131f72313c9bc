"""The form of the days before an event, for organisers and contact points."""

import re

from wtforms.validators import Length

from events_app.reminders.day_rules import checked_days
from events_app.reminders.errors import UnfitDaysError
from events_app.reminders.rules import CONTACT_POINTS, MOST_DAYS, MOST_RULES, ORGANISERS, Days, PartDays
from events_app.web.context import say
from events_app.web.fields import ChoiceField, LineField, PageForm

USUAL, OWN = "usual", "own"
NUMBERS = re.compile(r"\s*(?:[0-9]{1,4}(?:[\s,;]+[0-9]{1,4})*)?\s*")
FIELDS = {
    ORGANISERS: ("organisers_choice", "organisers_days"),
    CONTACT_POINTS: ("contact_points_choice", "contact_points_days"),
}


class DaysForm(PageForm):
    """By part: as usual or own days, and these as `14, 2, 1` (empty: no reminder)."""

    organisers_choice = ChoiceField()
    organisers_days = LineField(validators=[Length(max=100)])
    contact_points_choice = ChoiceField()
    contact_points_days = LineField(validators=[Length(max=100)])


def days_form(in_force: dict[str, tuple[Days, bool]], usual: str) -> DaysForm:
    """Return the form, filled with what was sent or else the days in force by part and whether they are own ones.

    `usual` says what holds without own days. Whoever writes other days over the usual ones means own days.
    """
    form = DaysForm()
    for part, (choice, days) in FIELDS.items():
        form[choice].choices = [(USUAL, usual), (OWN, say("own days"))]
        form[choice].label.text, form[days].label.text = _labels()[part]
        found, is_own = in_force[part]
        if not form.is_submitted():
            form[choice].data, form[days].data = OWN if is_own else USUAL, days_text(found)
        elif not is_own and _is_retyped(form[days].data, found):
            form[choice].data = OWN
    return form


def entered_days(form: DaysForm) -> PartDays | None:
    """Return the days by part (None: as usual); None at all if something does not fit, which the form then says."""
    found = {part: _entered(form, *names) for part, names in FIELDS.items()}
    return None if form.errors else found


def days_text(days: Days) -> str:
    """Return days as people write them: `14, 2, 1`."""
    return ", ".join(map(str, days))


def _entered(form: DaysForm, choice: str, days: str) -> Days | None:
    if form[choice].data != OWN:
        return None
    try:
        return _read(form[days].data or "")
    except UnfitDaysError:
        form[days].errors = [_limits()]
        return None


def _is_retyped(text: str | None, usual: Days) -> bool:
    if not text:
        return False
    try:
        return _read(text) != usual
    except UnfitDaysError:
        return True


def _limits() -> str:
    numbers = {"count": MOST_RULES, "most": MOST_DAYS}
    return say("Write at most {count} whole numbers from 0 to {most}, such as 14, 2, 1.", **numbers)


def _read(text: str) -> Days:
    if not NUMBERS.fullmatch(text):
        raise UnfitDaysError(())
    return checked_days(map(int, re.findall("[0-9]+", text)))


def _labels() -> dict[str, tuple[str, str]]:
    return {
        ORGANISERS: (say("Organisers"), say("Days before, for organisers")),
        CONTACT_POINTS: (say("Contact points"), say("Days before, for contact points")),
    }
