"""The form of an event's details."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, Form, FormField, IntegerField, RadioField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from events_app.dates.recess import usable_day
from events_app.dates.wall_time import is_repeated
from events_app.dates.working_days import is_working_day
from events_app.events.errors import InvalidEventError, Problem
from events_app.events.models import DOCUMENT_TYPES, FORMATS, SECRETARIAT, VISIBILITIES, Kind
from events_app.events.queries import parent_choices, topics, venues
from events_app.events.rules.agenda import moved_along
from events_app.events.rules.details import LENGTHS, PARENT_KINDS, AgendaPoint, DocumentLink, EventDetails
from events_app.rights.models import Reader
from events_app.rights.rules import visible
from events_app.web.access import now
from events_app.web.context import language, say
from events_app.web.fields import (
    ChoiceField,
    DayField,
    HourField,
    LineField,
    ManyField,
    PageForm,
    RowsField,
    TextField,
    with_none,
)
from events_app.words.labels import (
    document_type_name,
    format_name,
    group_name,
    language_name,
    topic_name,
    visibility_explanation,
    visibility_name,
)
from events_app.words.languages import LANGUAGES
from events_app.words.states import sorted_by_name, state_name
from events_app.words.titles import event_title

BLANK_ROWS = 3
MOST_ROWS = 40
MOST_GUESTS, LONGEST_GUEST = 60, 200
MANY = {"group_keys", "co_host_codes", "topic_keys", "interpretation"}
OPTIONAL = {"venue_key", "host_code", "chair_override_code", "parent_id"}
DIRECT = {
    "theme", "theme_language", "starts_on", "start_time", "end_time", "time_zone", "format", "place", "joining_link",
    "chair_override_reason", "rests_on", "rests_on_link", "is_fund_financed", "visibility", "description",
    "answer_by",
}  # fmt: skip


class AgendaRow(Form):
    """One point of the agenda; a row without a title does not count."""

    held_on = DayField(validators=[Optional()])
    starts = HourField(validators=[Optional()])
    title = LineField(validators=[Length(max=300)])
    speakers = LineField(validators=[Length(max=300)])


class DocumentRow(Form):
    """One link to a document; a row without an address does not count."""

    type = ChoiceField(default=DOCUMENT_TYPES[0])
    title = LineField(validators=[Length(max=200)])
    link = LineField(validators=[Length(max=500)])


class DetailsForm(PageForm):
    """Everything about an event that people enter; problems of the domain are shown at the fields."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    group_keys = ManyField()
    theme = LineField(validators=[Length(max=LENGTHS["theme"])])
    theme_language = ChoiceField()
    starts_on = DayField(validators=[InputRequired()])
    start_time = HourField(validators=[Optional()])
    ends_on = DayField(validators=[Optional()])
    end_time = HourField(validators=[Optional()])
    time_zone = LineField()
    repeated_hour = RadioField(validators=[Optional()])
    repeat_until = DayField(validators=[Optional()])
    format = ChoiceField()
    venue_key = ChoiceField()
    place = LineField(validators=[Length(max=LENGTHS["place"])])
    joining_link = LineField(validators=[Length(max=LENGTHS["joining_link"])])
    host_code = ChoiceField()
    co_host_codes = ManyField()
    chair_override_code = ChoiceField()
    chair_override_reason = LineField(validators=[Length(max=LENGTHS["chair_override_reason"])])
    topic_keys = ManyField()
    interpretation = ManyField()
    parent_id = ChoiceField(coerce=lambda value: int(value) if value else 0)
    rests_on = LineField(validators=[Length(max=LENGTHS["rests_on"])])
    rests_on_link = LineField(validators=[Length(max=LENGTHS["rests_on_link"])])
    is_fund_financed = BooleanField()
    guests = TextField()
    answer_by = DayField(validators=[Optional()])
    visibility = ChoiceField()
    clash_reason = LineField(validators=[Length(max=500)])
    description = TextField(validators=[Length(max=LENGTHS["description"])])
    agenda = RowsField(FormField(AgendaRow), max_entries=MOST_ROWS)
    documents = RowsField(FormField(DocumentRow), max_entries=MOST_ROWS)

    def details(self, base: EventDetails) -> EventDetails:
        """Return what was entered, over what an event had before; what is no field of this form stays."""
        entered: dict[str, Any] = {name: self.data[name] for name in set(self.data) & DIRECT}
        for name in set(self.data) & MANY:
            entered[name] = tuple(self.data[name] or ())
        for name in set(self.data) & OPTIONAL:
            entered[name] = self.data[name] or None
        if self.answer_by.data and self.answer_by.data != base.answer_by and self.answer_by.data < now().date():
            raise InvalidEventError([Problem("answer_by", "in-the-past")])
        fold = 1 if self.repeated_hour.data == "second" else 0
        entered |= {"ends_on": self.ends_on.data or self.starts_on.data, "start_fold": fold, "end_fold": fold}
        entered["guests"] = _lines(self.guests.data)
        return replace(base, **entered, agenda=self._agenda(base), documents=link_rows(self.documents))

    def validate_guests(self, field: Any) -> None:
        """Refuse more guests, or longer names, than a list of participants holds."""
        lines = _lines(field.data)
        if len(lines) > MOST_GUESTS or any(len(line) > LONGEST_GUEST for line in lines):
            raise ValidationError(
                say("At most {count} lines of {most} characters fit here.", count=MOST_GUESTS, most=LONGEST_GUEST)
            )

    def _agenda(self, base: EventDetails) -> tuple[AgendaPoint, ...]:
        rows = [{**row, "held_on": row["held_on"] or self.starts_on.data} for row in self.agenda.data if row["title"]]
        points = tuple(AgendaPoint(r["held_on"], r["starts"], r["title"], r["speakers"]) for r in rows)
        return moved_along(points, base, self.starts_on.data, self.ends_on.data or self.starts_on.data)


def link_rows(rows: Any) -> tuple[DocumentLink, ...]:
    """Return the documents of the rows that have an address; without a title the address is one."""
    given = [row for row in rows.data if row["link"]]
    return tuple(DocumentLink(row["type"], row["title"] or row["link"], row["link"]) for row in given)


def details_form(
    session: Session, reader: Reader, kind: Kind, shown: EventDetails, *, may_change_kind: bool
) -> DetailsForm:
    """Return the form, filled with what was sent or else with `shown`, and with everything on offer."""
    form = DetailsForm(data=_form_data(shown))
    _offer_choices(session, form, reader, shown)
    _offer_parents(session, form, reader, shown)
    if not may_change_kind or kind.groups == "both":
        del form.group_keys
    if not kind.rests_on:
        del form.rests_on, form.rests_on_link
    if not reader.is_secretary:
        del form.chair_override_code, form.chair_override_reason
    _add_blank_rows(form)
    return form


def usual_details(kind: Kind, now: datetime, group_keys: tuple[str, ...]) -> EventDetails:
    """Return what a new event of a kind usually looks like, on the first usable day four weeks ahead."""
    ahead = (now.date() + timedelta(weeks=4, days=days) for days in range(60))
    day = next(day for day in ahead if usable_day(day) and is_working_day(day))
    start = kind.usual_start
    end = (datetime.combine(day, start) + timedelta(minutes=kind.usual_minutes or 60)).time() if start else None
    return EventDetails(
        kind_key=kind.key,
        group_keys=group_keys,
        starts_on=day,
        ends_on=day + timedelta(days=kind.usual_days - 1),
        start_time=start,
        end_time=end,
        visibility=kind.visibility,
    )


def _form_data(shown: EventDetails) -> dict[str, Any]:
    data = {name: getattr(shown, name) for name in shown.__dataclass_fields__}
    return {
        **data,
        "ends_on": shown.ends_on if shown.ends_on != shown.starts_on else None,
        "venue_key": shown.venue_key or "",
        "host_code": shown.host_code or "",
        "chair_override_code": shown.chair_override_code or "",
        "parent_id": shown.parent_id or 0,
        "guests": "\n".join(shown.guests),
        "repeated_hour": "second" if shown.start_fold else "first" if _is_repeated(shown) else None,
        "agenda": [vars(point) for point in shown.agenda],
        "documents": [vars(document) for document in shown.documents],
    }


def _lines(text: str | None) -> tuple[str, ...]:
    """Return the lines that say something, each once."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _is_repeated(shown: EventDetails) -> bool:
    return shown.start_time is not None and is_repeated(shown.starts_on, shown.start_time, shown.time_zone)


def _add_blank_rows(form: DetailsForm) -> None:
    for rows in (form.agenda, form.documents):
        blank = sum(1 for row in rows if not (row.form.title.data or row.form.data.get("link")))
        for _ in range(min(BLANK_ROWS - blank, MOST_ROWS - len(rows))):
            rows.append_entry()
    for row in form.documents:
        row.form.type.choices = [(key, document_type_name(key, language())) for key in DOCUMENT_TYPES]


def _offer_choices(session: Session, form: DetailsForm, reader: Reader, shown: EventDetails) -> None:
    tongue, facts = language(), reader.partnership
    states = [(code, state_name(code, tongue)) for code in sorted_by_name(facts.states, tongue)]
    form.group_keys.choices = [(group.key, group_name(group, tongue)) for group in facts.groups.values()]
    form.theme_language.choices = form.interpretation.choices = [(c, language_name(c, tongue)) for c in LANGUAGES]
    form.repeated_hour.choices = [("first", say("the first time")), ("second", say("the second time"))]
    form.format.choices = [(key, format_name(key, tongue)) for key in FORMATS]
    places = [(venue.key, venue.full_name) for venue in venues(session)]
    form.venue_key.choices = with_none(say("another place, named below"), places)
    form.host_code.choices = with_none(say("none"), states)
    form.chair_override_code.choices = with_none(say("by the rule"), states)
    form.co_host_codes.choices = states
    form.topic_keys.choices = [(topic.key, topic_name(topic, tongue)) for topic in topics(session)]
    form.visibility.choices = _visibility_choices(reader, tongue)
    for row in form.documents:
        row.form.type.choices = [(key, document_type_name(key, tongue)) for key in DOCUMENT_TYPES]


def _offer_parents(session: Session, form: DetailsForm, reader: Reader, shown: EventDetails) -> None:
    """Offer what an event can stand on the margins of; one that the reader may not see is no field and stays."""
    able = parent_choices(session, shown.starts_on, PARENT_KINDS, shown.parent_id)
    parents = visible(reader, able, now())
    if shown.parent_id and shown.parent_id not in {event.id for event in parents}:
        del form.parent_id
        return
    named = [(event.id, f"{event.starts_on.isoformat()} {event_title(event, language())}") for event in parents]
    form.parent_id.choices = [(0, say("none")), *named]


def _visibility_choices(reader: Reader, tongue: str) -> list[tuple[str, str]]:
    open_to_reader = [key for key in VISIBILITIES if reader.is_secretary or key != SECRETARIAT]
    return [(k, f"{visibility_name(k, tongue)}: {visibility_explanation(k, tongue)}") for k in open_to_reader]
