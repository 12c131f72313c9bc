"""The page on how to subscribe: public feeds, one's own links, and building another."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from events_app.events.models import Event
from events_app.extensions import db, transaction
from events_app.feeds.actions import create_link
from events_app.feeds.errors import TooManyLinksError
from events_app.feeds.personal import chosen_entry, chosen_events
from events_app.feeds.rules import FEEDS
from events_app.ics.entry import Entry
from events_app.web.access import PUBLIC, SIGNED_IN, current_reader, now, open_to, settings
from events_app.web.context import say
from events_app.web.feeds.forms import LinkForm, link_form
from events_app.web.feeds.offers import personal_offer, public_offer
from events_app.web.feeds.sheet import own_links
from events_app.web.feeds.views import feeds

PREVIEWED = 5
MADE = "feed-link-made"


@feeds.get("/")
@open_to(PUBLIC)
def subscribe() -> str:
    """Show the public feeds and how to add them to a calendar program; to people signed in, their links."""
    return _page(None if current_reader().is_public else link_form())


@feeds.post("/")
@open_to(SIGNED_IN)
def build() -> Response | tuple[str, int]:
    """Show what a personal feed would contain, or make it and show its address, this once."""
    form = link_form()
    is_preview = "preview" in request.form
    if is_preview and not form.label.data:
        form.label.data = say("My meetings")
    if not form.validate():
        return _page(form), 422
    if is_preview:
        return _page(form, previewed=_preview(form)), 200
    try:
        with transaction() as session:
            link, token = create_link(session, current_reader().person_id or 0, form.label.data, form.choice(), now())
    except TooManyLinksError as error:
        form.label.errors = [say("You have {most} links. Revoke one that is no longer used.", most=error.most)]
        return _page(form), 422
    browser[MADE] = [link.label, token]
    return redirect(url_for("feeds.made"))


@feeds.get("/made")
@open_to(SIGNED_IN)
def made() -> str | Response:
    """Show the address of a link just made: this once, as nothing but the reader's own cookie holds it."""
    if MADE not in browser:
        return redirect(url_for("feeds.subscribe"))
    label, token = browser.pop(MADE)
    return render_template("feeds/made.html", offer=personal_offer(label, token), label=label)


def _page(form: LinkForm | None, **facts: Any) -> str:
    offers = [public_offer(name) for name in FEEDS]
    links = own_links(current_reader().person_id or 0) if form else []
    return render_template("feeds/subscribe.html", feeds=offers, form=form, links=links, **facts)


def _preview(form: LinkForm) -> list[tuple[Event, Entry]]:
    """Return the next events that the feed would have, with the entries that calendar programs would get."""
    choice, reader = form.choice(), current_reader()
    coming = [event for event in chosen_events(db.session(), choice, reader, now()) if event.ends_at > now()]
    return [(event, chosen_entry(event, choice, settings().base_url, reader, now())) for event in coming[:PREVIEWED]]
