"""Is the application alive, ready, sending? For whoever watches the machine."""

from datetime import datetime

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from events_app.extensions import db
from events_app.mail.queries import mail_health
from events_app.schema import revision_of_code, revision_of_tables
from events_app.web.access import PUBLIC, now, open_to

health = Blueprint("health", __name__)


@health.get("/healthz")
@open_to(PUBLIC)
def alive() -> Response:
    """Answer as long as the process can."""
    return jsonify(status="ok")


@health.get("/readyz")
@open_to(PUBLIC)
def ready() -> tuple[Response, int]:
    """Answer 200 when the database can be used and has all migrations, else 503."""
    try:
        found = revision_of_tables(db.session().connection())
    except SQLAlchemyError:
        return jsonify(status="database cannot be used"), 503
    if found != revision_of_code():
        return jsonify(status="migrations are missing"), 503
    return jsonify(status="ok"), 200


@health.get("/readyz/mail")
@open_to(PUBLIC)
def ready_to_send() -> tuple[Response, int]:
    """Answer 503 with reasons when letters do not go out, and how the post is: counts and instants, never addresses."""
    found = mail_health(db.session(), now())
    relay = {"reason": found.relay.reason, "until": found.relay.retry_at.isoformat()} if found.relay else None
    answer = jsonify(
        status="ok" if found.is_healthy else "trouble",
        reasons=found.reasons,
        last_beat=_text(found.last_beat_at),
        oldest_waiting=_text(found.oldest_due_at),
        failures=dict(found.failures),
        addresses_marked=found.suppressed,
        relay=relay,
    )
    return answer, 200 if found.is_healthy else 503


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
