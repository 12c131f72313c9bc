"""Keeping secrets of addresses out of the logs: of a token only the first six characters are written."""

import logging
import re

from flask import Flask

SECRET_IN_ADDRESS = re.compile(r"(/(?:feeds|answer|sign-in|unsubscribe)/)([A-Za-z0-9_-]{6})[A-Za-z0-9_-]{10,}")
SERVERS = ("waitress", "waitress.queue", "werkzeug")


class SecretFilter(logging.Filter):
    """Cuts tokens out of whatever is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with its message cut."""
        record.msg, record.args = without_secrets(record.getMessage()), None
        return True


def without_secrets(text: str) -> str:
    """Return text in which the tokens of feeds, answers and sign-in links are cut to six characters."""
    return SECRET_IN_ADDRESS.sub(r"\1\2…", text)


def is_feed_address(path: str) -> bool:
    """Return whether a path may hold the token of a feed: a page there must not repeat it, nor lead anywhere."""
    return path.startswith("/feeds/") and bool(SECRET_IN_ADDRESS.match(path))


def init_app(app: Flask) -> None:
    """Filter what Flask and the web server say."""
    for logger in (app.logger, *map(logging.getLogger, SERVERS)):
        if not any(isinstance(known, SecretFilter) for known in logger.filters):
            logger.addFilter(SecretFilter())
