"""The small forms of an event: a step of its life, and what its host edits."""

from sqlalchemy.orm import Session
from wtforms import BooleanField, FormField, IntegerField
from wtforms.validators import AnyOf, DataRequired, Length, Optional
from wtforms.widgets import HiddenInput

from events_app.events.models import DOCUMENT_TYPES
from events_app.events.queries import venues
from events_app.events.rules.details import LENGTHS, EventDetails
from events_app.events.rules.life import NEEDS_REASON
from events_app.web.context import language, say
from events_app.web.events.forms.details import BLANK_ROWS, MOST_ROWS, DocumentRow
from events_app.web.fields import ChoiceField, LineField, PageForm, RowsField, with_none
from events_app.words.labels import document_type_name

LONGEST_NOTE = 500
TELL, QUIETLY = "tell", "quietly"


class StepForm(PageForm):
    """The version that the reader saw, why, and whether those concerned are told, with a line of one's own."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    reason = LineField(validators=[Length(max=500)])
    tell = BooleanField(default=True)
    note = LineField(validators=[Length(max=LONGEST_NOTE)])


class TellForm(PageForm):
    """Whether those concerned are told of a change, with a line of one's own."""

    note = LineField(validators=[Length(max=LONGEST_NOTE)])
    choice = LineField(validators=[AnyOf((TELL, QUIETLY))])


class HostedForm(PageForm):
    """What a host or co-host edits: where, and the documents."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    venue_key = ChoiceField()
    place = LineField(validators=[Length(max=LENGTHS["place"])])
    clash_reason = LineField(validators=[Length(max=500)])
    documents = RowsField(FormField(DocumentRow), max_entries=MOST_ROWS)


def step_form(step: str) -> StepForm:
    """Return the form of a step; only some steps need a reason."""
    form = StepForm()
    if step in NEEDS_REASON:
        form.reason.validators = [DataRequired(say("Say why: those invited will read it.")), Length(max=500)]
    return form


def hosted_form(session: Session, shown: EventDetails) -> HostedForm:
    """Return the host's form, filled with what was sent or else with `shown`."""
    documents = [vars(document) for document in shown.documents]
    form = HostedForm(data={"venue_key": shown.venue_key or "", "place": shown.place, "documents": documents})
    places = [(venue.key, venue.full_name) for venue in venues(session)]
    form.venue_key.choices = with_none(say("another place, named below"), places)
    while sum(not row.form.link.data for row in form.documents) < BLANK_ROWS and len(form.documents) < MOST_ROWS:
        form.documents.append_entry()
    for row in form.documents:
        row.form.type.choices = [(key, document_type_name(key, language())) for key in DOCUMENT_TYPES]
    return form
