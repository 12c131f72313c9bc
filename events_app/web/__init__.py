"""The site: one folder per area, each with its views and forms."""

from flask import Flask

from events_app.web import access, context, errors, headers, logs
from events_app.web.attendance.views import attendance
from events_app.web.consultations.views import consultations
from events_app.web.delegations.views import delegations
from events_app.web.desk.views import desk
from events_app.web.documents.views import documents
from events_app.web.events.views import events
from events_app.web.feeds.views import feeds
from events_app.web.groups.views import groups
from events_app.web.handover.views import handover
from events_app.web.health.views import health
from events_app.web.holidays.views import holidays
from events_app.web.hours.views import hours
from events_app.web.imports.views import imports
from events_app.web.incoming.views import incoming
from events_app.web.invitations.views import invitations
from events_app.web.letters.views import letters
from events_app.web.me.views import me
from events_app.web.outbox.views import outbox
from events_app.web.people.unsubscribing import unsubscribing
from events_app.web.people.views import people
from events_app.web.persons.views import persons
from events_app.web.plan.views import plan
from events_app.web.preparation.views import preparation
from events_app.web.programme.views import programme
from events_app.web.reminders.views import reminders
from events_app.web.roster.views import roster
from events_app.web.trail.views import trail

AREAS = (
    programme, events, attendance, invitations, documents, groups, feeds, people, me, delegations, persons, roster,
    outbox, desk, incoming, imports, trail, unsubscribing, health, letters, reminders,
    preparation,
    consultations,
    hours, handover,
    holidays,
    plan,
)  # fmt: skip


def init_app(app: Flask) -> None:
    """Give the application its pages, and what every page needs."""
    for area in AREAS:
        app.register_blueprint(area)
    access.init_app(app)
    context.init_app(app)
    headers.init_app(app)
    errors.init_app(app)
    logs.init_app(app)
