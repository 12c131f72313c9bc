"""What is prepared in the demonstration: most is done, a little is late, something waits for somebody, and lessons."""

from datetime import timedelta

from sqlalchemy import select

from events_app.demo.programme import Scene
from events_app.events.actions.lessons import note_lesson
from events_app.events.models import Event
from events_app.people.models import Person
from events_app.reminders.preparation.actions import StepEntry, change_step, tick_step
from events_app.reminders.preparation.queries import OpenStep, open_steps
from events_app.reminders.preparation.rules import OVERDUE, day_in_vienna, state_of

LESSONS = (
    "The discussion needed twenty minutes more than planned: put fewer points on the agenda.",
    "Two capitals joined online for the first time; the test of the line the day before was worth it.",
)
DAY = timedelta(days=1)


def add_preparation(scene: Scene, organiser: Person) -> None:
    """Tick what lies behind, but for the latest two steps; give an organiser what comes next; note two lessons."""
    steps = open_steps(scene.session, scene.now)
    late = [one for one in steps if state_of(one.step, day_in_vienna(scene.now)) == OVERDUE]
    for one in late[:-2]:
        tick_step(scene.session, one.event, one.step.key, scene.now - DAY, by_id=organiser.id)
    for one in [one for one in steps if one not in late][:2]:
        _assign(scene, one, organiser)
    for event, text in zip(_held_lately(scene), LESSONS, strict=False):
        note_lesson(scene.session, event, text, scene.now, person_id=organiser.id)


def _assign(scene: Scene, one: OpenStep, organiser: Person) -> None:
    entry = StepEntry(one.step.working_days, organiser.id)
    change_step(scene.session, one.event, one.step.key, entry, scene.now, by_id=organiser.id)


def _held_lately(scene: Scene) -> list[Event]:
    of_kind = (Event.kind_key == "contact-group-meeting", Event.status == "confirmed", Event.ends_at <= scene.now)
    return list(scene.session.scalars(select(Event).where(*of_kind).order_by(Event.ends_at.desc()).limit(2)))
