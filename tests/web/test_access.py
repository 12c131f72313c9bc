"""Who may enter: every address of the site, for everyone who may come, with the answer they get."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.app import create_app
from events_app.config import Settings
from events_app.events.actions.inviting import invite
from events_app.events.actions.lessons import note_lesson
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import Document, Event, Invitation
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CANCEL, CONFIRM, PROPOSE
from events_app.extensions import db, limiter
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.mail.answer_link import answer_token
from events_app.mail.kinds import EVENT_REMINDER
from events_app.mail.unsubscribing import unsubscribe_token
from events_app.people.actions import add_person, appoint, begin_session, issue_sign_in_link
from events_app.people.models import Person
from events_app.planning.consultations.opening import open_poll, open_procedure
from events_app.planning.consultations.polls import OptionDates
from events_app.planning.models import PlanVersion
from events_app.shared.clock import StoppedClock
from events_app.trail.models import TrailEntry
from events_app.web.access import SESSION_COOKIE

ROLES = ("public", "delegate", "contact point", "chair", "host", "secretary", "administrator", "former chair")
METHODS = {"GET", "POST"}

EVERYBODY = (200,) * 6
NOBODY = (404,) * 6
SIGNED_IN = (404, *(200,) * 5)
SIGNED_IN_TO = {
    "delegate": "IT", "contact point": "CH", "chair": "FI", "host": "JP", "administrator": "AT", "former chair": "MT",
}  # fmt: skip
POSTS = {"delegate": "delegate", "administrator": "administrator"}


def only(
    secretary: int, *, chair: int = 403, host: int = 403, other: int = 403, delegate: int = 403
) -> tuple[int, ...]:
    """What everybody gets where the public finds nothing and a delegate is refused."""
    return (404, delegate, other, chair, host, secretary)


def whole(answers: tuple[int, ...]) -> tuple[int, ...]:
    """The answers of all roles: where a row names six, the administrator and the former chair are contact points."""
    return answers if len(answers) == len(ROLES) else (*answers, answers[2], answers[2])


# Every endpoint and method, with addresses and the answer for each role in the order of ROLES. The events of the
# addresses are those of `scene`: an Asian meeting of December 2026 is chaired by Finland and hosted by Japan.
# An answer to a POST of 409 or 422 means that the door was open and what was sent was not good enough.
ANSWERS: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {
    ("static", "GET"): {"/static/favicon.svg": EVERYBODY},
    ("programme.agenda", "GET"): {"/": EVERYBODY},
    ("programme.year", "GET"): {"/year/2026": EVERYBODY},
    ("programme.month", "GET"): {"/month/2026-12": EVERYBODY},
    ("groups.all_groups", "GET"): {"/groups/": EVERYBODY},
    ("groups.page", "GET"): {"/groups/asian": EVERYBODY, "/groups/nordic": NOBODY},
    ("groups.next_meeting", "GET"): {"/groups/asian/next": (302,) * 6},
    ("feeds.subscribe", "GET"): {"/feeds/": EVERYBODY},
    ("feeds.build", "POST"): {"/feeds/": (404, *(422,) * 5)},
    ("feeds.made", "GET"): {"/feeds/made": (404, *(302,) * 5)},
    ("feeds.feed", "GET"): {"/feeds/all.ics": EVERYBODY, "/feeds/nothing.ics": NOBODY, "/feeds/{token}.ics": EVERYBODY},
    ("feeds.rename", "GET"): {
        "/feeds/links/{link}": (404, 404, 404, 404, 404, 404),
        "/feeds/links/{delegate's link}": (404, 200, 404, 404, 404, 404),
    },
    ("feeds.rename", "POST"): {"/feeds/links/{delegate's link}": (404, 422, 404, 404, 404, 404)},
    ("feeds.revoke", "GET"): {
        "/feeds/links/{link}/revoke": (404, 404, 404, 404, 404, 200, 200, 404),
        "/feeds/links/{delegate's link}/revoke": (404, 200, 404, 404, 404, 200),
        "/feeds/links/999999999/revoke": NOBODY,
    },
    ("feeds.revoke", "POST"): {"/feeds/links/{link}/revoke": (404, 404, 404, 404, 404, 302, 302, 404)},
    ("health.alive", "GET"): {"/healthz": EVERYBODY},
    ("health.ready", "GET"): {"/readyz": (503,) * 6},
    ("health.ready_to_send", "GET"): {"/readyz/mail": (503,) * 6},
    ("events.search", "GET"): {"/events/": EVERYBODY},
    ("events.page", "GET"): {
        "/events/{confirmed}": EVERYBODY,
        "/events/{draft}": (404, 404, 404, 200, 200, 200),
        "/events/{proposed}": (404, 200, 200, 200, 200, 200),
        "/events/{partners}": (404, 200, 200, 200, 200, 200),
        "/events/{group}": (404, 200, 200, 200, 200, 200),
        "/events/{secretariat}": (404, 404, 404, 404, 404, 200),
        "/events/999999999": NOBODY,
    },
    ("events.download", "GET"): {
        "/events/{confirmed}.ics": EVERYBODY,
        "/events/{draft}.ics": (404, 404, 404, 200, 200, 200),
        "/events/{partners}.ics": (404, 200, 200, 200, 200, 200),
    },
    ("events.history", "GET"): {
        "/events/{confirmed}/history": (404, 200, 200, 200, 200, 200),
        "/events/{draft}/history": (404, 404, 404, 200, 200, 200),
    },
    ("events.choose_kind", "GET"): {"/events/new": only(200, chair=200, host=200, other=200)},
    ("events.new", "GET"): {"/events/new/workshop": only(200, chair=200, host=200, other=200)},
    ("events.new", "POST"): {"/events/new/workshop": only(422, chair=422, host=422, other=422)},
    ("events.edit", "GET"): {
        "/events/{confirmed}/edit": only(200, chair=200),
        "/events/{draft}/edit": (404, 403, 404, 200, 403, 200),
    },
    ("events.edit", "POST"): {"/events/{confirmed}/edit": only(422, chair=422)},
    ("events.edit_hosted", "GET"): {"/events/{confirmed}/edit-hosted": only(200, chair=200, host=200)},
    ("events.edit_hosted", "POST"): {"/events/{confirmed}/edit-hosted": only(409, chair=409, host=409)},
    ("events.discard", "GET"): {
        "/events/{draft}/discard": (404, 403, 404, 200, 403, 200),
        "/events/{confirmed}/discard": only(403),
    },
    ("events.discard", "POST"): {"/events/{draft}/discard": (404, 403, 404, 302, 403, 302)},
    ("events.step", "GET"): {
        "/events/{draft}/propose": (404, 403, 404, 200, 403, 200),
        "/events/{proposed}/confirm": only(200, chair=200),
        "/events/{confirmed}/postpone": only(200, chair=200),
        "/events/{confirmed}/cancel": only(200, chair=200),
        "/events/{cancelled}/restore": only(200, chair=200),
        "/events/{confirmed}/restore": only(409, chair=409),
    },
    ("events.tell", "GET"): {
        "/events/{confirmed}/tell": only(200, chair=200, host=200),
        "/events/{draft}/tell": (404, 403, 404, 200, 200, 200),
    },
    ("events.tell", "POST"): {"/events/{confirmed}/tell": only(422, chair=422, host=422)},
    ("events.step", "POST"): {
        "/events/{draft}/propose": (404, 403, 404, 409, 403, 409),
        "/events/{proposed}/confirm": only(409, chair=409),
        "/events/{confirmed}/postpone": only(409, chair=409),
        "/events/{confirmed}/cancel": only(422, chair=422),
        "/events/{cancelled}/restore": only(409, chair=409),
    },
    ("attendance.answer", "GET"): {
        "/events/{confirmed}/answer": (404, 200, 200, 200, 200, 200),
        "/events/{confirmed}/answer?state=FI": (404, 403, 403, 200, 403, 200),
        "/events/{group}/answer": (404, 200, 200, 200, 200, 200),
        "/events/{draft}/answer": (404, 404, 404, 409, 409, 409),
        "/events/{cancelled}/answer": (404, 409, 409, 409, 409, 409),
        "/events/{secretariat}/answer": (404, 404, 404, 404, 404, 200),
    },
    ("attendance.answer", "POST"): {"/events/{confirmed}/answer": (404, 422, 422, 422, 422, 422)},
    ("attendance.make_suggestion", "GET"): {"/events/{confirmed}/suggest": (404, 200, 200, 200, 200, 200)},
    ("attendance.make_suggestion", "POST"): {"/events/{confirmed}/suggest": (404, 422, 422, 422, 422, 422)},
    ("attendance.settle", "POST"): {"/events/{confirmed}/suggestions/1": (404, 403, 403, 404, 403, 404)},
    ("attendance.participants", "GET"): {
        "/events/{confirmed}/participants": (404, 403, 403, 200, 200, 200),
        "/events/{draft}/participants": (404, 403, 404, 200, 200, 200),
    },
    ("attendance.export", "POST"): {"/events/{confirmed}/participants.csv": (404, 403, 403, 200, 200, 200)},
    ("invitations.invite", "GET"): {
        "/events/{confirmed}/invite": only(200, chair=200),
        "/events/{draft}/invite": (404, 403, 404, 409, 403, 409),
        "/events/{cancelled}/invite": only(409, chair=409),
        "/events/{secretariat}/invite": only(200, chair=404, host=404, other=404),
    },
    ("invitations.invite", "POST"): {"/events/{confirmed}/invite": only(302, chair=302)},
    ("invitations.withdraw_one", "GET"): {
        "/events/{confirmed}/invite/{invitation}/withdraw": only(200, chair=200),
        "/events/{confirmed}/invite/999999999/withdraw": only(404, chair=404),
    },
    ("invitations.withdraw_one", "POST"): {
        "/events/{confirmed}/invite/{invitation}/withdraw": only(302, chair=302),
    },
    ("invitations.withdraw_all", "GET"): {"/events/{confirmed}/invite/withdraw": only(200, chair=200)},
    ("invitations.withdraw_all", "POST"): {"/events/{confirmed}/invite/withdraw": only(302, chair=302)},
    ("invitations.answer", "GET"): {"/answer/{answer token}": EVERYBODY, "/answer/nothing": NOBODY},
    ("invitations.answer", "POST"): {"/answer/{answer token}": (422,) * 6, "/answer/nothing": NOBODY},
    ("documents.new", "GET"): {"/events/{confirmed}/documents/new": only(200, chair=200, host=200)},
    ("documents.new", "POST"): {"/events/{confirmed}/documents/new": only(422, chair=422, host=422)},
    ("documents.download", "GET"): {
        "/documents/{open file}": EVERYBODY,
        "/documents/{group file}": (404, 200, 200, 200, 200, 200),
        "/documents/{secretariat file}": only(200, chair=404, host=404, other=404, delegate=404),
        "/documents/999999999": NOBODY,
    },
    ("documents.remove", "GET"): {
        "/documents/{open file}/remove": only(200, chair=200, host=200),
        "/documents/{secretariat file}/remove": only(200, chair=404, host=404, other=404),
    },
    ("documents.remove", "POST"): {"/documents/{open file}/remove": only(302, chair=302, host=302)},
    ("delegations.all_delegations", "GET"): {"/delegations/": SIGNED_IN},
    ("holidays.this_year", "GET"): {"/holidays/": (404, *(302,) * 5)},
    ("holidays.year", "GET"): {"/holidays/2027": SIGNED_IN, "/holidays/1800": NOBODY, "/holidays/2027?of=XX": NOBODY},
    ("holidays.check", "GET"): {"/dates": only(200, chair=200, host=200, other=200)},
    ("holidays.lens", "GET"): {
        "/lens?from=2027-05-16&group=mediterranean": only(200, chair=200, host=200, other=200),
        "/lens?from=soon": only(422, chair=422, host=422, other=422),
    },
    ("holidays.add", "GET"): {"/holidays/new": only(200)},
    ("holidays.add", "POST"): {"/holidays/new": only(422)},
    ("holidays.correct", "GET"): {
        "/holidays/MA/2027-05-16": only(200),
        "/holidays/MA/2027-05-12": only(404),
        "/holidays/XX/2027-05-16": only(404),
        "/holidays/MA/soon": only(404),
    },
    ("holidays.correct", "POST"): {"/holidays/MA/2027-05-16": only(422)},
    ("holidays.take_correction_back", "POST"): {"/holidays/corrections/999999999/take-back": only(404)},
    ("holidays.accept_date", "POST"): {
        "/events/{confirmed}/dates": only(302, chair=302),
        "/events/{secretariat}/dates": only(302, chair=404, host=404, other=404),
    },
    ("handover.page", "GET"): {
        "/handover/2026": (404, 403, 200, 200, 404, 200, 404, 404),
        "/handover/2099": (404, 403, 404, 404, 404, 404),
    },
    ("plan.next_year", "GET"): {"/plan": only(302, chair=302, host=302, other=302)},
    ("plan.board", "GET"): {
        "/plan/1996": only(200, chair=200, host=200, other=200),
        "/plan/1993": only(404, chair=404, host=404, other=404),
    },
    ("plan.adopt_plan", "GET"): {"/plan/1996/adopt": only(200)},
    ("plan.adopt_plan", "POST"): {"/plan/1996/adopt": only(409)},
    ("plan.all_versions", "GET"): {"/plan/2027/versions": SIGNED_IN},
    ("plan.version", "GET"): {"/plan/2027/versions/1": SIGNED_IN, "/plan/2027/versions/1.1": NOBODY},
    ("hours.year", "GET"): {"/fair-hours/2027": SIGNED_IN},
    ("delegations.delegation", "GET"): {"/delegations/AT": SIGNED_IN, "/delegations/XX": NOBODY},
    ("delegations.add", "GET"): {
        "/delegations/AT/people/new": (404, 403, 403, 403, 403, 200, 200, 403),
        "/delegations/FI/people/new": only(200),
    },
    ("delegations.add", "POST"): {
        "/delegations/AT/people/new": (404, 403, 403, 403, 403, 422, 422, 403),
        "/delegations/FI/people/new": only(422),
    },
    ("delegations.change", "GET"): {
        "/delegations/AT/people/{colleague}": (404, 403, 403, 403, 403, 200, 200, 403),
        "/delegations/FI/people/{colleague}": (404, 403, 403, 403, 403, 404, 403, 403),
        "/delegations/AT/people/999999999": (404, 403, 403, 403, 403, 404, 404, 403),
    },
    ("delegations.change", "POST"): {
        "/delegations/AT/people/{colleague}": (404, 403, 403, 403, 403, 422, 422, 403),
    },
    ("delegations.end", "GET"): {"/delegations/AT/people/{colleague}/end": (404, 403, 403, 403, 403, 200, 200, 403)},
    ("delegations.end", "POST"): {"/delegations/AT/people/{colleague}/end": (404, 403, 403, 403, 403, 302, 302, 403)},
    ("persons.all_people", "GET"): {"/people/": only(200)},
    ("persons.add", "GET"): {"/people/new": only(200)},
    ("persons.add", "POST"): {"/people/new": only(422)},
    ("persons.remove", "GET"): {"/people/1/remove": only(200), "/people/999999999/remove": only(404)},
    ("persons.remove", "POST"): {"/people/1/remove": only(302)},
    ("me.page", "GET"): {"/me": SIGNED_IN},
    ("me.leave_everywhere", "POST"): {"/me/sign-out-everywhere": (404, *(302,) * 5)},
    ("me.data", "GET"): {"/me/data": SIGNED_IN},
    ("me.download", "POST"): {"/me/data.json": SIGNED_IN},
    ("trail.search", "GET"): {"/trail": only(200)},
    ("roster.all_years", "GET"): {"/chairmanships/": EVERYBODY},
    ("roster.decide", "GET"): {"/chairmanships/2027": only(200)},
    ("roster.decide", "POST"): {"/chairmanships/2027": only(422)},
    ("outbox.letters", "GET"): {"/outbox": only(200)},
    ("outbox.letter", "GET"): {"/outbox/nothing.letter": only(404)},
    ("incoming.waiting", "GET"): {"/desk/mail": only(200, chair=200, host=200, other=200)},
    ("incoming.file", "GET"): {"/desk/mail/999999999.eml": only(404)},
    ("incoming.settle", "POST"): {"/desk/mail/999999999/settle": only(404, chair=404, host=404, other=404)},
    ("letters.of_event", "GET"): {
        "/events/{confirmed}/letters": only(200, chair=200),
        "/events/{draft}/letters": (404, 403, 404, 200, 403, 200),
        "/events/{secretariat}/letters": only(200, chair=404, host=404, other=404),
    },
    ("letters.of_person", "GET"): {"/people/1/letters": only(200), "/people/999999999/letters": only(404)},
    ("letters.clear", "POST"): {"/people/1/letters/clear": only(302)},
    ("letters.of_delegation", "GET"): {"/delegations/AT/letters": only(200), "/delegations/XX/letters": only(404)},
    ("letters.again", "GET"): {"/letters/999999999/again": only(404)},
    ("letters.again", "POST"): {"/letters/999999999/again": only(404)},
    ("letters.release", "GET"): {"/outbox/release": only(200)},
    ("letters.release", "POST"): {"/outbox/release": only(302)},
    ("reminders.all_kinds", "GET"): {"/reminders/": only(200)},
    ("reminders.of_kind", "GET"): {
        "/reminders/contact-group-meeting": only(200),
        "/reminders/contact-group-meeting/asian": only(200),
        "/reminders/contact-group-meeting/nordic": only(404),
        "/reminders/nothing": only(404),
    },
    ("reminders.of_kind", "POST"): {"/reminders/contact-group-meeting": only(422)},
    ("reminders.of_event", "GET"): {
        "/events/{confirmed}/reminders": only(200, chair=200),
        "/events/{draft}/reminders": (404, 403, 404, 200, 403, 200),
    },
    ("reminders.of_event", "POST"): {"/events/{confirmed}/reminders": only(422, chair=422)},
    ("preparation.page", "GET"): {
        "/events/{confirmed}/preparation": only(200, chair=200),
        "/events/{draft}/preparation": (404, 403, 404, 200, 403, 200),
        "/events/{secretariat}/preparation": only(200, chair=404, host=404, other=404),
    },
    ("preparation.new", "GET"): {"/events/{confirmed}/preparation/new": only(200, chair=200)},
    ("preparation.new", "POST"): {"/events/{confirmed}/preparation/new": only(422, chair=422)},
    ("preparation.change", "GET"): {
        "/events/{confirmed}/preparation/steps/speakers": only(200, chair=200),
        "/events/{confirmed}/preparation/steps/nothing": only(404, chair=404),
    },
    ("preparation.change", "POST"): {"/events/{confirmed}/preparation/steps/speakers": only(422, chair=422)},
    ("preparation.do", "POST"): {
        "/events/{confirmed}/preparation/steps/speakers/tick": only(302, chair=302),
        "/events/{draft}/preparation/steps/speakers/untick": (404, 403, 404, 302, 403, 302),
        "/events/{confirmed}/preparation/steps/nothing/drop": only(404, chair=404),
    },
    ("preparation.restore", "POST"): {"/events/{confirmed}/preparation/restore": only(302, chair=302)},
    ("events.lessons", "GET"): {
        "/events/{confirmed}/lessons": only(409, chair=409),
        "/events/{held}/lessons": only(200, chair=200),
    },
    ("events.lessons", "POST"): {"/events/{held}/lessons": only(422, chair=422)},
    ("events.remove_lesson_of", "POST"): {
        "/events/{held}/lessons/{lesson}/remove": only(302, chair=403),
        "/events/{held}/lessons/999999999/remove": only(404, chair=404),
    },
    ("desk.desk_page", "GET"): {"/desk": (404, 302, 200, 200, 200, 200)},
    ("consultations.all_consultations", "GET"): {"/consultations/": SIGNED_IN},
    ("consultations.page", "GET"): {
        "/consultations/{procedure}": SIGNED_IN,
        "/consultations/{poll}": SIGNED_IN,
        "/consultations/999999999": NOBODY,
    },
    ("consultations.choose", "GET"): {
        "/events/{proposed}/consult": only(200, chair=200),
        "/events/{draft}/consult": (404, 403, 404, 200, 403, 200),
        "/events/{confirmed}/consult": only(409, chair=409),
        "/events/{secretariat}/consult": only(409, chair=404, host=404, other=404),
    },
    ("consultations.propose", "GET"): {"/events/{proposed}/consult/no-objection": only(200, chair=200)},
    ("consultations.propose", "POST"): {"/events/{proposed}/consult/no-objection": only(422, chair=422)},
    ("consultations.ask", "GET"): {"/events/{proposed}/consult/poll": only(200, chair=200)},
    ("consultations.ask", "POST"): {"/events/{proposed}/consult/poll": only(422, chair=422)},
    ("consultations.react_to", "POST"): {
        "/consultations/{procedure}/react": (404, 422, 422, 422, 422, 403),
        "/consultations/{poll}/react": NOBODY,
    },
    ("consultations.answer", "POST"): {
        "/consultations/{poll}/answer": (404, 403, 422, 422, 422, 403),
        "/consultations/{procedure}/answer": NOBODY,
    },
    ("consultations.withdraw_one", "GET"): {"/consultations/{procedure}/withdraw": only(200, chair=200)},
    ("consultations.withdraw_one", "POST"): {"/consultations/{procedure}/withdraw": only(422, chair=422)},
    ("consultations.dates", "GET"): {
        "/consultations/{poll}/dates": only(200, chair=200),
        "/consultations/{procedure}/dates": only(404, chair=404, host=404, other=404, delegate=403),
    },
    ("consultations.dates", "POST"): {"/consultations/{poll}/dates": only(409, chair=409)},
    ("consultations.choose_one", "GET"): {
        "/consultations/{poll}/dates/{option}": only(200, chair=200),
        "/consultations/{poll}/dates/999999999": only(404, chair=404),
    },
    ("consultations.choose_one", "POST"): {"/consultations/{poll}/dates/{option}": only(422, chair=422)},
    ("imports.new", "GET"): {"/import": only(200, chair=200, host=200, other=200)},
    ("imports.new", "POST"): {"/import": only(422, chair=422, host=422, other=422)},
    ("imports.apply", "POST"): {"/import/apply": only(422, chair=422, host=422, other=422)},
    ("imports.shadows", "GET"): {"/shadows": only(200)},
    ("imports.shadows", "POST"): {"/shadows": only(422)},
    ("imports.remove", "GET"): {"/shadows/999999999/remove": only(404)},
    ("imports.remove", "POST"): {"/shadows/999999999/remove": only(404)},
    ("people.sign_in", "GET"): {"/sign-in": EVERYBODY},
    ("people.sign_in", "POST"): {"/sign-in": (422,) * 6},
    ("people.use_link", "GET"): {"/sign-in/{secret}": EVERYBODY},
    ("people.use_link", "POST"): {"/sign-in/{secret}": (302,) * 6, "/sign-in/nothing": (410,) * 6},
    ("people.demo", "GET"): {"/demo": NOBODY},
    ("people.sign_in_as", "POST"): {"/sign-in/as/1": NOBODY},
    ("people.leave", "POST"): {"/sign-out": (302,) * 6},
    ("people.preferences", "GET"): {"/preferences": EVERYBODY},
    ("people.preferences", "POST"): {"/preferences": (422,) * 6},
    ("people.choose_language", "POST"): {"/language": (400,) * 6},
    ("unsubscribing.ask", "GET"): {"/unsubscribe/{stop}": EVERYBODY, "/unsubscribe/nothing": NOBODY},
    ("unsubscribing.stop", "POST"): {"/unsubscribe/{stop}": (400,) * 6},
}
CASES = [
    (endpoint, method, address, answers)
    for (endpoint, method), addresses in ANSWERS.items()
    for address, answers in addresses.items()
]
FILES = {"open file": "", "group file": "group", "secretariat file": "secretariat"}
SCENE = {"draft": [], "proposed": [PROPOSE], "confirmed": [CONFIRM], "cancelled": [CONFIRM, CANCEL]}


class Site:
    """The site with a scene in its database that can be set up again, and a browser for every role."""

    def __init__(self, folder: Path, blank: bytes, clock: StoppedClock, templates: BytecodeCache) -> None:
        self.file = folder / "events.sqlite"
        self.file.write_bytes(blank)
        self.settings = Settings(instance_path=folder, secret_key="for tests only", base_url="http://localhost")
        self.app = create_app(self.settings, clock)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.app.jinja_env.bytecode_cache = templates
        with self.app.app_context(), Session(db.engine) as session:
            self.ids = add_scene(session, clock.now())
            self.secrets = add_roles(session, clock.now())
            self.ids["secret"] = self.secrets.pop("link")
            self.ids["delegate's link"], self.ids["token"] = add_link(session, "delegate@delegations.example", clock)
            self.ids["link"], _ = add_link(session, "colleague@delegations.example", clock)
            self.ids["stop"] = unsubscribe_token(1, EVENT_REMINDER, "for tests only")
            invitation = add_invitation(session, self.ids["confirmed"], clock)
            self.ids |= {"invitation": invitation.id, "answer token": answer_token("for tests only", invitation)}
            session.commit()
        self.close()
        self.scene = self.file.read_bytes()

    def close(self) -> None:
        with self.app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()

    def set_up_again(self) -> None:
        self.close()
        self.file.write_bytes(self.scene)
        with self.app.app_context():
            limiter.reset()
        uploads = self.file.parent / "uploads"
        uploads.mkdir(exist_ok=True)
        for visibility in FILES.values():
            (uploads / stored_name(visibility)).write_bytes(b"text")

    def browser(self, role: str, app: Flask | None = None) -> FlaskClient:
        browser = (app or self.app).test_client()
        if role in self.secrets:
            browser.set_cookie(SESSION_COOKIE, self.secrets[role])
        return browser


def add_scene(session: Session, now: datetime) -> dict[str, Any]:
    """Add an Asian meeting of every status and visibility on 10 December 2026; return their ids by name."""
    day = date(2026, 12, 10)
    meeting = EventDetails(
        kind_key="contact-group-meeting", group_keys=("asian",), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(13), visibility="public", host_code="JP", place="Hofburg",
    )  # fmt: skip
    made = {status: create_event(session, meeting, "localhost", now, for_code="FI") for status in SCENE}
    for visibility in ("partners", "group", "secretariat"):
        made[visibility] = create_event(session, replace(meeting, visibility=visibility), "localhost", now)
    for name, steps in {**SCENE, "partners": [CONFIRM], "group": [CONFIRM], "secretariat": [CONFIRM]}.items():
        for step in steps:
            take_step(session, made[name], step, now, reason="Because.")
    past = replace(meeting, starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 10))
    made["held"] = take_step(session, create_event(session, past, "localhost", now), CONFIRM, now)
    lesson = note_lesson(session, made["held"], "Send the papers a week earlier.", now)
    consulted = add_consultations(session, meeting, now)
    empty = {"events": [], "rules": {}, "asked": {}}
    session.add(PlanVersion(year=2027, major=1, minor=0, plan=empty, adopted_at=now))
    files = {name: add_file(session, made["confirmed"], visibility, now) for name, visibility in FILES.items()}
    colleague = add_person(session, "colleague@delegations.example", "Colleague", now)
    post = appoint(session, colleague, "AT", "delegate", now)
    ids = {name: event.id for name, event in made.items()}
    return {**ids, **files, **consulted, "colleague": post.id, "lesson": lesson.id}


def add_consultations(session: Session, meeting: EventDetails, now: datetime) -> dict[str, int]:
    """Open a no-objection procedure and a poll, each on an event of its own; return their ids."""
    days = [date(2026, 12, day) for day in (10, 11)]
    dates = [OptionDates(day, time(10), day, time(13), "Europe/Vienna") for day in days]
    first, second = (create_event(session, meeting, "localhost", now) for _ in days)
    expires_at, asked = datetime(2026, 12, 1, 17, tzinfo=UTC), {"FI", "CH", "IT", "JP", "AT", "MT"}
    procedure = open_procedure(session, first, "", expires_at, now, least_days=5, invited=asked)
    poll = open_poll(session, second, "", expires_at, dates, "localhost", now, invited=asked)
    return {"procedure": procedure.id, "poll": poll.id, "option": poll.options[0].id}


def add_file(session: Session, event: Event, visibility: str, now: datetime) -> int:
    """Add a file of a visibility to an event; return its id."""
    file = Document(
        type="summary", title="A file", file_name="file.txt", stored_as=stored_name(visibility),
        content_type="text/plain", size=4, visibility=visibility, added_at=now,
    )  # fmt: skip
    event.documents.append(file)
    session.flush()
    return file.id


def stored_name(visibility: str) -> str:
    """The name under which the file of a visibility lies on disk."""
    return f"{list(FILES.values()).index(visibility):032x}"


def add_link(session: Session, address: str, clock: StoppedClock) -> tuple[int, str]:
    """Give somebody a feed link; return its id and its token."""
    person = session.scalars(select(Person).where(Person.email == address)).one()
    link, token = create_link(session, person.id, "Mine", FeedChoice(), clock.now())
    return link.id, token


def add_invitation(session: Session, event_id: int, clock: StoppedClock) -> Invitation:
    """Invite the contact point to an event."""
    person = session.scalars(select(Person).where(Person.email == "contact-point@delegations.example")).one()
    [invitation] = invite(session, session.get_one(Event, event_id), [(person, "CH")], clock.now())
    return invitation


def add_roles(session: Session, now: datetime) -> dict[str, str]:
    """Add somebody of every role, signed in; return the secrets of their sessions, and of a sign-in link."""
    secrets = {}
    for role in ROLES[1:]:
        email = f"{role.replace(' ', '-')}@delegations.example"
        person = add_person(session, email, role.title(), now, is_secretary=role == "secretary")
        if role in SIGNED_IN_TO:
            appoint(session, person, SIGNED_IN_TO[role], POSTS.get(role, "contact-point"), now)
        secrets[role] = begin_session(session, person.id, now)[1]
    secrets["link"] = issue_sign_in_link(session, person, "for tests only", now)[1]
    return secrets


@pytest.fixture(scope="module")
def furnished(blank_database, tmp_path_factory, compiled_templates) -> Iterator[Site]:
    clock = StoppedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))
    site = Site(tmp_path_factory.mktemp("site"), blank_database.read_bytes(), clock, compiled_templates)
    yield site
    site.close()


@pytest.fixture
def site(furnished) -> Site:
    furnished.set_up_again()
    return furnished


@pytest.fixture
def guarded(site) -> Iterator[Flask]:
    """The site as it runs outside of tests, with a map of its own: forms need their token."""
    guarded = create_app(site.settings, site.app.extensions["clock"])
    guarded.jinja_env.bytecode_cache = site.app.jinja_env.bytecode_cache
    yield guarded
    with guarded.app_context():
        db.engine.dispose()


def doors(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint with every method that it answers to."""
    return {(rule.endpoint, method) for rule in app.url_map.iter_rules() for method in (rule.methods or ()) & METHODS}


def test_every_address_of_the_site_is_in_the_table(app):
    assert set(ANSWERS) == doors(app)


@pytest.mark.parametrize(("endpoint", "method", "address", "answers"), CASES)
def test_everybody_gets_the_answer_of_the_table(endpoint, method, address, answers, site):
    path = address.format(**site.ids)
    with site.app.test_request_context(path, method=method) as context:
        assert context.request.endpoint == endpoint
    found = {}
    for role in ROLES:
        with site.browser(role).open(path, method=method) as answer:
            found[role] = answer.status_code
        if method == "POST":
            site.set_up_again()
    assert found == dict(zip(ROLES, whole(answers), strict=True))


def test_every_view_says_who_may_enter(app):
    silent = {name for name, view in app.view_functions.items() if not hasattr(view, "entrance")} - {"static"}
    assert silent == set()


def test_a_view_that_says_nothing_is_open_to_nobody(site, guarded):
    guarded.add_url_rule("/forgotten", "forgotten", lambda: "open")
    assert site.browser("public", guarded).get("/forgotten").status_code == 404
    assert site.browser("secretary", guarded).get("/forgotten").status_code == 403


def test_what_one_may_not_see_answers_404_with_an_offer_to_sign_in(site):
    answer = site.browser("public").get(f"/events/{site.ids['partners']}")
    assert answer.status_code == 404
    assert "/sign-in" in answer.text


def test_nothing_is_changed_without_the_token_of_the_form(site, guarded):
    posted = [address for (_, method), addresses in ANSWERS.items() if method == "POST" for address in addresses]
    sent = {"state_code": "CY", "status": "decided", "language": "fr", "reason": "no"}
    browser = site.browser("secretary", guarded)
    answers = {address: browser.post(address.format(**site.ids), data=sent).status_code for address in posted}
    assert answers == dict.fromkeys(posted, 400)
    with guarded.app_context():
        db.engine.dispose()
    site.close()
    assert site.file.read_bytes() == site.scene


def test_a_reader_who_lost_the_post_is_the_public_again(client, make_person, sign_in, session, make_event):
    person, event = make_person("ben", "CH"), make_event(visibility="partners")
    sign_in(client, person)
    assert client.get("/desk").status_code == 200
    person.posts[0].valid_to = date(2026, 11, 20)
    session.commit()
    assert client.get("/desk").status_code == 404
    assert client.get(f"/events/{event.id}").status_code == 404


def test_a_partner_does_not_see_what_belongs_to_the_other_group(client, make_person, sign_in, make_event):
    sign_in(client, make_person("leila", "JO"))
    asian = {"group_keys": ("asian",), "starts_on": date(2026, 12, 10)}
    assert client.get(f"/events/{make_event(**asian, visibility='partners').id}").status_code == 200
    assert client.get(f"/events/{make_event(**asian, visibility='group').id}").status_code == 404


def test_a_proposal_of_a_contact_point_is_confirmed_by_the_chair_and_nobody_else(
    app, make_person, sign_in, session, make_event
):
    proposed = make_event(
        "proposed",
        group_keys=("asian",),
        starts_on=date(2026, 12, 10),
        for_code="JP",
        start_time=time(15),
        end_time=time(16),
    )
    for name, state, answer in (("haruto", "JP", 403), ("ben", "CH", 403), ("aino", "FI", 302)):
        browser = sign_in(app.test_client(), make_person(name, state))
        assert browser.post(f"/events/{proposed.id}/confirm", data={"version": proposed.version}).status_code == answer
    session.refresh(proposed)
    assert proposed.status == "confirmed"


def test_the_chair_edits_until_31_january_after_the_term(client, make_person, sign_in, make_event, clock, session):
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10))
    person = make_person("aino", "FI")
    clock.move_to(clock.now().replace(year=2027, month=1, day=31))
    sign_in(client, person)
    assert client.get(f"/events/{event.id}/edit").status_code == 200
    clock.move_to(clock.now().replace(year=2027, month=2, day=1))
    sign_in(client, person)
    assert client.get(f"/events/{event.id}/edit").status_code == 403


def test_the_joining_link_is_shown_to_the_invited_alone(app, make_person, sign_in, make_event):
    link = "https://meet.example/secret-room"
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), format="online", joining_link=link)
    for where in (f"/events/{event.id}", f"/events/{event.id}.ics", "/feeds/all.ics", "/"):
        assert "secret-room" not in app.test_client().get(where).text
    invited = sign_in(app.test_client(), make_person("haruto", "JP", "delegate"))
    assert "secret-room" in invited.get(f"/events/{event.id}").text
    stranger = sign_in(app.test_client(), make_person("leila", "JO"))
    assert "secret-room" not in stranger.get(f"/events/{event.id}").text


def test_a_setting_of_the_demo_does_not_open_doors_elsewhere(settings, app, clock, make_person):
    person = make_person("clara", secretary=True)
    demo = create_app(replace(settings, demo=True), clock)
    demo.config["WTF_CSRF_ENABLED"] = False
    elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert demo.test_client().get("/demo", **elsewhere).status_code == 404
    assert demo.test_client().post(f"/sign-in/as/{person.id}", **elsewhere).status_code == 404
    with demo.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("kind", ["permanent-council", "forum", "ministerial-council", "summit"])
def test_events_of_the_chairmanship_are_drafted_by_the_section_alone(kind, app, make_person, sign_in):
    contact_point = sign_in(app.test_client(), make_person("ben", "CH"))
    assert contact_point.get(f"/events/new/{kind}").status_code == 403
    assert f"/events/new/{kind}" not in contact_point.get("/events/new").text
    secretary = sign_in(app.test_client(), make_person("clara", secretary=True))
    assert secretary.get(f"/events/new/{kind}").status_code == 200


def test_a_draft_does_not_move_into_a_group_in_which_its_drafter_does_not_sit(
    client, make_person, sign_in, make_event, session
):
    draft = make_event("draft", group_keys=("asian",), starts_on=date(2026, 12, 10), for_code="JP")
    entered = {
        "version": draft.version, "group_keys": "mediterranean", "theme_language": "en", "starts_on": "2026-12-10",
        "start_time": "10:00", "end_time": "13:00", "time_zone": "Europe/Vienna", "format": "in-person",
        "visibility": "public", "parent_id": "0", "host_code": "", "venue_key": "", "place": "Hofburg",
    }  # fmt: skip
    haruto = sign_in(client, make_person("haruto", "JP"))
    answer = haruto.post(f"/events/{draft.id}/edit", data=entered)
    assert (answer.status_code, "Your delegation does not sit in this group." in answer.text) == (422, True)
    session.expire_all()
    assert draft.group_keys == ("asian",)
    assert haruto.post(f"/events/{draft.id}/edit", data={**entered, "group_keys": "asian"}).status_code == 302


def test_a_side_event_says_on_whose_margins_it_stands(client, make_person, sign_in):
    entered = {
        "theme": "Youth", "theme_language": "en", "starts_on": "2026-12-10", "start_time": "10:00",
        "end_time": "13:00", "time_zone": "Europe/Vienna", "format": "in-person", "visibility": "group",
        "parent_id": "0", "host_code": "", "venue_key": "",
    }  # fmt: skip
    answer = sign_in(client, make_person("haruto", "JP")).post("/events/new/side-event", data=entered)
    assert (answer.status_code, "on whose margins" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/events/{confirmed}/cancel", 403),
        ("/delegations/FI/people/new", 403),
        ("/documents/{secretariat file}", 404),
    ],
)
def test_what_is_refused_to_somebody_signed_in_stands_in_the_trail(address, status, site):
    assert site.browser("contact point").get(address.format(**site.ids)).status_code == status
    with site.app.app_context(), Session(db.engine) as session:
        verbs = session.scalars(select(TrailEntry.verb).where(TrailEntry.verb.startswith("refused-"))).all()
    assert len(verbs) == 1


def test_a_forged_host_leads_nowhere(client):
    assert client.get("/groups", headers={"Host": "evil.example"}).location == "/groups/"
