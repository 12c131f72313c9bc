"""`feed`: a public feed on standard output, as it would be served."""

import sys

import click

from events_app.cli import application, cli
from events_app.extensions import db
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.rules import feed_named
from events_app.web.access import clock_of, settings_of
from events_app.words.languages import DEFAULT_LANGUAGE, known_language


@cli.command()
@click.argument("name")
@click.option("--lang", default=DEFAULT_LANGUAGE, help="Language of the feed.")
def feed(name: str, lang: str) -> None:
    """Write the public feed NAME (all, mediterranean, asian, joint, conferences, council) to standard output."""
    asked = FeedRequest(feed_named(name.removesuffix(".ics")), known_language(lang))
    with application() as app:
        made = public_feed(db.session(), asked, settings_of(app).base_url, KeptFeeds(), clock_of(app).now())
    sys.stdout.buffer.write(made.content)
