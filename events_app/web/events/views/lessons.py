"""Lessons of an event that was held: reading them, noting one, deleting one's own."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.validators import DataRequired, Length

from events_app.events.actions.lessons import LONGEST_LESSON, note_lesson, remove_lesson
from events_app.events.models import Event, Lesson
from events_app.events.queries import lessons_on
from events_app.events.rules.life import HELD, reads_as
from events_app.extensions import db, transaction
from events_app.people.queries import names_by_id
from events_app.rights.models import Action
from events_app.web.access import CONTACT_POINT, allowed, current_reader, event_or_404, now, open_to, refuse
from events_app.web.context import language, reader_zone, say
from events_app.web.events.views import events
from events_app.web.fields import PageForm, TextField
from events_app.words.dates import instant_text


class LessonForm(PageForm):
    """A lesson in one's own words."""

    text = TextField(validators=[DataRequired(), Length(max=LONGEST_LESSON)])


@dataclass(frozen=True)
class LessonLine:
    """One lesson, who noted it (empty: somebody who was removed) and when; `may_remove` whose it is."""

    id: int
    text: str
    person: str
    at: str
    may_remove: bool


@events.route("/<int:event_id>/lessons", methods=["GET", "POST"])
@open_to(CONTACT_POINT)
def lessons(event_id: int) -> Response | tuple[str, int]:
    """Show what was noted of an event, and note a lesson."""
    event = event_or_404(event_id, Action.EDIT)
    if reads_as(event, now()) != HELD:
        abort(409)
    form = LessonForm()
    if form.validate_on_submit():
        with transaction() as session:
            note_lesson(session, event, form.text.data, now(), person_id=current_reader().person_id)
        return _saved(event)
    lines = lesson_lines(event)
    return render_template("events/lessons.html", event=event, form=form, lines=lines), 422 if form.errors else 200


@events.post("/<int:event_id>/lessons/<int:lesson_id>/remove")
@open_to(CONTACT_POINT)
def remove_lesson_of(event_id: int, lesson_id: int) -> Response:
    """Delete one's own lesson; the Section may delete any."""
    event = event_or_404(event_id, Action.EDIT)
    lesson = next((found for found in lessons_on(db.session(), event.id) if found.id == lesson_id), None) or abort(404)
    if not _may_remove(lesson):
        refuse(403, "remove-lesson", event)
    with transaction() as session:
        remove_lesson(session, lesson, now(), person_id=current_reader().person_id)
    return _saved(event)


@events.app_template_global()
def lessons_on_page(event: Event) -> list[LessonLine] | None:
    """Return what the page of an event says of lessons; None to those who may not note any, and before it was held."""
    is_shown = reads_as(event, now()) == HELD and allowed(Action.EDIT, event)
    return lesson_lines(event) if is_shown else None


def lesson_lines(event: Event) -> list[LessonLine]:
    """Return the lessons of an event, the earliest first."""
    found = lessons_on(db.session(), event.id)
    names = names_by_id(db.session(), (lesson.noted_by_id for lesson in found))
    return [
        LessonLine(
            lesson.id, lesson.text, names.get(lesson.noted_by_id or 0, ""),
            instant_text(lesson.noted_at, reader_zone(), language()), _may_remove(lesson),
        )
        for lesson in found
    ]  # fmt: skip


def _may_remove(lesson: Lesson) -> bool:
    reader = current_reader()
    return reader.is_secretary or lesson.noted_by_id == reader.person_id


def _saved(event: Event) -> Response:
    flash(say("Saved."))
    return redirect(url_for("events.lessons", event_id=event.id))
