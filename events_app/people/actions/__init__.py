"""Changing people: who belongs where, who is signed in, what is forgotten."""

from events_app.people.actions.delegations import add_person, appoint, change_post, end_post, prefer
from events_app.people.actions.preferring import prefer_times
from events_app.people.actions.privacy import forget_sign_ins, remove_person
from events_app.people.actions.signing_in import (
    ask_for_link,
    begin_session,
    issue_sign_in_link,
    note_presence,
    sign_in,
    sign_out,
    sign_out_everywhere,
)

__all__ = [
    "add_person", "appoint", "ask_for_link", "begin_session", "change_post", "end_post", "forget_sign_ins",
    "issue_sign_in_link", "note_presence", "prefer", "prefer_times", "remove_person", "sign_in", "sign_out",
    "sign_out_everywhere",
]  # fmt: skip
