"""Writing the outbox: putting letters in, taking them out, noting what became of them."""

from events_app.mail.actions.claiming import claim, drop_expired, reclaim, release
from events_app.mail.actions.marking import (
    begin_data,
    mark,
    mark_failed,
    mark_in_doubt,
    mark_postponed,
    mark_sent,
    resolve_doubt,
    supersede,
)
from events_app.mail.actions.outbox import NewLetter, enqueue
from events_app.mail.actions.relay import beat, clear_address, pause_relay, resume_relay, suppress_address
from events_app.mail.actions.requeueing import release_stopped, send_again, stopped_count

__all__ = [
    "NewLetter", "beat", "begin_data", "claim", "clear_address", "drop_expired", "enqueue", "mark", "mark_failed",
    "mark_in_doubt", "mark_postponed", "mark_sent", "pause_relay", "reclaim", "release", "release_stopped",
    "resolve_doubt", "resume_relay", "send_again", "stopped_count", "supersede", "suppress_address",
]  # fmt: skip
