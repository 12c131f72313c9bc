"""The only place where the parts meet."""

from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from events_app import web
from events_app.config import Settings
from events_app.events.actions.silence import store_silence
from events_app.extensions import csrf, db, limiter
from events_app.feeds.kept import KeptFeeds
from events_app.letters import is_outdated, may_go, write_letter
from events_app.letters.office import Office
from events_app.letters.sign_in_link import answer_link_requests
from events_app.mail.imap import mailbox_for
from events_app.mail.incoming import Mailroom
from events_app.mail.post import Post, post_for
from events_app.mail.relay_log import RelayLog, nothing_known
from events_app.reminders.deriving import derive_letters
from events_app.shared.clock import Clock, ShiftedClock, SystemClock
from events_app.shared.database import prepare_engine
from events_app.worker.collecting import Collector
from events_app.worker.forgetting import forget_old
from events_app.worker.loop import Collect, Worker, nothing

PACKAGE = Path(__file__).parent
FAR_OCTETS = 4_000_000
LARGEST_BODY = 1_000_000
LARGEST_FORM_PARTS = 1_000


def create_app(settings: Settings, clock: Clock | None = None) -> Flask:
    """Return the application for an installation's settings; the clock is the machine's unless given."""
    app = Flask(
        "events_app",
        static_folder=asset_folder("static"),
        template_folder=asset_folder("templates"),
        instance_path=str(settings.instance_path.absolute()),
    )
    settle(app, settings, clock or clock_for(settings))
    _open_database(app)
    csrf.init_app(app)
    limiter.init_app(app)
    web.init_app(app)
    return app


def settle(app: Flask, settings: Settings, clock: Clock) -> None:
    """Give the application an installation's settings and a clock; feeds that it kept of another are forgotten."""
    app.config.update(_flask_config(settings))
    app.extensions["settings"], app.extensions["clock"] = settings, clock
    app.extensions["kept_feeds"], app.extensions["far_feeds"] = KeptFeeds(), KeptFeeds(FAR_OCTETS)


def create_worker(settings: Settings, clock: Clock | None = None, post: Post | None = None) -> Worker:
    """Return the worker of an installation, which derives letters and sends them; close it after use."""
    key, office = settings.signing_key, Office(settings, asset_folder("templates"))
    settings.instance_path.mkdir(parents=True, exist_ok=True)
    return Worker(
        engine=prepare_engine(create_engine(settings.database_address, pool_pre_ping=True)),
        post=post or post_for(settings),
        derive=lambda session, now: _derive(session, settings, key, now),
        write=lambda session, message, now: write_letter(session, message, office, now),
        may_go=may_go,
        is_outdated=is_outdated,
        settle=store_silence,
        collect=_collect_for(settings),
        look_up=RelayLog(Path(settings.relay_log)).findings if settings.relay_log else nothing_known,
        clock=clock or clock_for(settings),
        instance_path=settings.instance_path,
    )


def _collect_for(settings: Settings) -> Collect:
    """Return how the mailbox that the settings name is emptied."""
    mailbox = mailbox_for(settings)
    return Collector(mailbox, Mailroom.of(settings)).collect if mailbox else nothing


def _derive(session: Session, settings: Settings, key: str, now: datetime) -> int:
    """Do what comes before sending: forget what is old, answer who asked for a link, derive what is due."""
    forget_old(session, settings, now)
    posted = answer_link_requests(session, key, settings.host, now)
    return posted + derive_letters(session, key, settings.host, now)


def asset_folder(name: str) -> str:
    """Return the folder `templates` or `static`: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / name
    return str(installed if installed.is_dir() else PACKAGE.parent / name)


def clock_for(settings: Settings) -> Clock:
    """Return the machine's clock, or in the demo one that starts at EVENTS_NOW."""
    return ShiftedClock(settings.now) if settings.demo and settings.now else SystemClock()


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key or (settings.signing_key if settings.demo else None),
        "SQLALCHEMY_DATABASE_URI": settings.database_address,
        "MAX_CONTENT_LENGTH": LARGEST_BODY,
        "MAX_FORM_MEMORY_SIZE": LARGEST_BODY,
        "MAX_FORM_PARTS": LARGEST_FORM_PARTS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "WTF_CSRF_TIME_LIMIT": 12 * 3600,
        "WTF_CSRF_SSL_STRICT": settings.is_secure,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "RATELIMIT_KEY_PREFIX": settings.host,
        "RATELIMIT_SWALLOW_ERRORS": True,
    }


def _open_database(app: Flask) -> None:
    Path(app.instance_path).mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    with app.app_context():
        prepare_engine(db.engine)
