"""The form of one step: when it is due, whose it is, and what an event's own step is called."""

from wtforms import IntegerField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from events_app.events.models import Event
from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.reminders.errors import InvalidStepError
from events_app.reminders.preparation.actions import StepEntry
from events_app.reminders.preparation.queries import organisers_of
from events_app.reminders.preparation.rules import LONGEST_NAME, MOST_OWN_STEPS, MOST_WORKING_DAYS, Step
from events_app.reminders.queries import audience
from events_app.web.access import now
from events_app.web.context import say
from events_app.web.fields import ChoiceField, LineField, PageForm, with_none

BEFORE, AFTER = "before", "after"


class StepForm(PageForm):
    """A step of preparation: working days before or after the event, and the organiser whose it is."""

    name = LineField(validators=[DataRequired(), Length(max=LONGEST_NAME)])
    working_days = IntegerField(validators=[InputRequired(), NumberRange(min=0, max=MOST_WORKING_DAYS)])
    side = ChoiceField()
    assigned_to = ChoiceField()

    @property
    def entry(self) -> StepEntry:
        """What was entered."""
        count = self.working_days.data or 0
        name = self.name.data or "" if "name" in self else ""
        return StepEntry(count if self.side.data == AFTER else -count, int(self.assigned_to.data or 0) or None, name)

    def show(self, error: InvalidStepError) -> None:
        """Say at the field what does not fit."""
        sentence = say("At most {most} own steps fit an event.", most=MOST_OWN_STEPS)
        field = self[error.field if error.field in self else "working_days"]
        field.errors = [sentence if error.reason == "too-many" else say("Please check the entries.")]


def step_form(event: Event, step: Step | None = None) -> StepForm:
    """Return the form of a step (None: a new one), filled with what was sent or else with what holds."""
    form = StepForm(data=_data(step) if step else {"side": BEFORE, "assigned_to": ""})
    if step and not step.is_own:
        del form.name
    form.side.choices = [(BEFORE, say("before the event")), (AFTER, say("after the event"))]
    form.assigned_to.choices = with_none(say("nobody in particular"), _organisers(event, step))
    return form


def _data(step: Step) -> dict[str, object]:
    return {
        "name": step.name,
        "working_days": abs(step.working_days),
        "side": AFTER if step.working_days > 0 else BEFORE,
        "assigned_to": str(step.assigned_to_id or ""),
    }


def _organisers(event: Event, step: Step | None) -> list[tuple[str, str]]:
    """Return who can be chosen: who organises the event, and whose the step is already."""
    found = {person.id: person.name for person in organisers_of(event, audience(db.session(), now()))}
    kept = names_by_id(db.session(), [step.assigned_to_id] if step else [])
    people = sorted({**kept, **found}.items(), key=lambda item: (item[1], item[0]))
    return [(str(number), name) for number, name in people]
