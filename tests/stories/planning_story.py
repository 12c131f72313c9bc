"""How a plan is adopted and dates are agreed on, as the delegations that are asked get it by mail."""

from datetime import UTC, date, datetime, time, timedelta

from events_app.events.rules.details import WHEN_FIELDS, details_of
from events_app.mail.kinds import CONSULTATION_OPENED
from events_app.planning.consultations.opening import open_poll, open_procedure, withdraw
from events_app.planning.consultations.polling import choose_date
from events_app.planning.consultations.polls import OptionDates
from events_app.planning.consultations.reacting import react
from events_app.planning.models import PlanVersion
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import IN_DIGEST
from tests.stories.letter_story import GROUPS, THEME

OPENING, CLOSING, EXPIRY = (datetime(2027, 3, day, 17, tzinfo=UTC) for day in (3, 16, 17))
MONDAY = datetime(2027, 3, 22, 9, tzinfo=UTC)
LONG_AFTER = datetime(2027, 4, 30, 17, tzinfo=UTC)
INVITED = {"JP", "JO", "FI"}
TEXT = "The hall is free then, and no other group meets.\n\nThe draft agenda follows."
AGAINST = "On that day we have a national feast: nobody of ours could come. Any other day of the week would do."
WHY = "The hall is taken by the Ministerial Council. We shall ask again."
PLAN_NOTE = "As discussed in the Partnership meeting on 12 March (see the summary of the chair)."
SHORTER = "Roads and railways"


def tell_of_planning(story):
    """Ask, remind, object, agree, choose, withdraw, and adopt the plan."""
    agreed, objected, polled = (_proposed(story, theme, 11 + n) for n, theme in enumerate((THEME, SHORTER, "Forests")))
    procedures = [_procedure(story, event) for event in (agreed, objected)]
    story.goes_on(OPENING)
    poll = _poll(story, polled)
    story.goes_on(form="-poll")
    story.goes_on(CLOSING)
    react(story.session, procedures[1], "FI", "objection", AGAINST, story.clock.now())
    choose_date(story.session, poll, poll.options[1], polled.version, story.clock.now(), confirms=True)
    story.goes_on()
    again = _poll(story, objected)
    story.goes_on(EXPIRY)
    withdraw(story.session, again, WHY, story.clock.now())
    story.goes_on(form="-withdrawn")
    _adopt(story, {agreed: date(2027, 5, 4), polled: None})
    story.goes_on()
    for person in story.readers:
        prefer_letters(story.session, person.id, {CONSULTATION_OPENED: IN_DIGEST})
    _poll(story, objected)
    story.goes_on(MONDAY, form="-asked")


def _proposed(story, theme, day):
    return story.make_event(
        "proposed", kind_key="joint-meeting", group_keys=GROUPS, theme=theme, starts_on=date(2027, 5, day)
    )


def _procedure(story, event):
    return open_procedure(story.session, event, TEXT, EXPIRY, story.clock.now(), least_days=5, invited=INVITED)


def _poll(story, event):
    days = (date(2027, 5, 18), date(2027, 5, 20))
    dates = [OptionDates(day, time(22), day + timedelta(days=1), time(1), "Europe/Vienna") for day in days]
    return open_poll(story.session, event, TEXT, LONG_AFTER, dates, "localhost", story.clock.now(), invited=INVITED)


def _adopt(story, events):
    """Adopt a plan of events as they stand, which were on these days before."""
    entries = [
        {"event_id": it.id, "kind": it.kind_key, "groups": list(it.group_keys), "when": _when(it),
         "moved_from": day and _when(it, day)}
        for it, day in events.items()
    ]  # fmt: skip
    plan, now = {"events": entries, "rules": {}, "asked": {}}, story.clock.now()
    by_id = story.organiser.id
    story.session.add(
        PlanVersion(year=2027, major=1, minor=0, plan=plan, note=PLAN_NOTE, adopted_at=now, adopted_by_id=by_id)
    )


def _when(event, day=None):
    details = details_of(event)
    when = {name: getattr(details, name) for name in WHEN_FIELDS} | ({"starts_on": day, "ends_on": day} if day else {})
    return {name: it.isoformat() if hasattr(it, "isoformat") else it for name, it in when.items()}
