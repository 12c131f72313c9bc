"""The pages of invitations: inviting and withdrawing, answering from the letter's link."""

from flask import Blueprint

from events_app.web.invitations.sheet import is_inviting

invitations = Blueprint("invitations", __name__)
invitations.add_app_template_global(is_inviting)

from events_app.web.invitations.views import answering, inviting  # noqa: E402, F401  (they add routes)
