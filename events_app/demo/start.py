"""Opening the demonstration: fresh data once, and what to tell whoever started it."""

import shutil
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.config import Settings
from events_app.demo.archive import add_archive
from events_app.demo.consultations import add_consultations
from events_app.demo.invitations import add_invitations
from events_app.demo.people import add_people
from events_app.demo.preparation import add_preparation
from events_app.demo.programme import Scene, add_life, add_year
from events_app.extensions import begin_writing, transaction
from events_app.init import initialise
from events_app.mail.post import MAILDIR, maildir_folder
from events_app.partnership.queries import partnership
from events_app.people.actions import issue_sign_in_link
from events_app.people.models import Person
from events_app.shared.errors import DomainError
from events_app.web.access import clock_of, settings_of

CONFIG = "config.toml"
MARK = "demo = true"


class NotADemoError(DomainError):
    """An instance folder that holds something else than the demonstration."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds data that is not the demonstration's; set EVENTS_INSTANCE_PATH to another")


def mark_as_demo(folder: Path, port: int) -> None:
    """Make a folder the demonstration's, so that every command knows; raises NotADemoError if it is in use."""
    if not _is_demo(folder) and ((folder / CONFIG).exists() or (folder / "events.sqlite").exists()):
        raise NotADemoError(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_text(f'{MARK}\nbase_url = "http://localhost:{port}"\n', encoding="utf-8")


def clear_demo(folder: Path) -> None:
    """Throw the demonstration's data away; raises NotADemoError if it is something else's."""
    if not _is_demo(folder):
        if (folder / "events.sqlite").exists():
            raise NotADemoError(folder)
        return
    for name in ("events.sqlite", "events.sqlite-wal", "events.sqlite-shm", CONFIG):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / MAILDIR, ignore_errors=True)


def _is_demo(folder: Path) -> bool:
    config = folder / CONFIG
    return config.is_file() and MARK in config.read_text(encoding="utf-8").lower().splitlines()


def open_demo(app: Flask) -> str:
    """Fill an empty demonstration, keep a used one, and return what to print."""
    with app.app_context():
        initialise(clock_of(app).now())
        begin_writing()
        with transaction() as session:
            if session.scalar(select(Person.id).limit(1)) is None:
                _fill(session, app)
        with transaction() as session:
            return _welcome(session, app)


def _fill(session: Session, app: Flask) -> None:
    now, host = clock_of(app).now(), settings_of(app).host
    facts, today = partnership(session), now.date()
    people = add_people(session, facts, now)
    scene = Scene(session, host, now, facts, add_archive(session, facts, host, now))
    for year in (today.year - 1, today.year, today.year + 1):
        add_year(scene, year)
    add_life(scene, today)
    add_invitations(scene, people)
    add_consultations(scene, today)
    add_preparation(scene, people[0])


def _welcome(session: Session, app: Flask) -> str:
    settings, now = settings_of(app), clock_of(app).now()
    lines = [
        "",
        f"  Partnership Calendar   {settings.base_url}",
        f"  A feed to subscribe to {settings.base_url}/feeds/all.ics",
        f"  Letters                {_where_mail_goes(settings)}",
        "",
        "  Sign-in links (once, 15 minutes; the page /demo has buttons):",
    ]
    for person in session.scalars(select(Person).order_by(Person.id)):
        _, secret = issue_sign_in_link(session, person, settings.signing_key, now)
        lines.append(f"  {person.name:<20} {settings.base_url}/sign-in/{secret}")
    return "\n".join([*lines, "", "  Stop with Ctrl-C.", ""])


def _where_mail_goes(settings: Settings) -> str:
    if settings.smtp_url:
        return "go to the mail server of EVENTS_SMTP_URL"
    folder = maildir_folder(settings)
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    return f"{settings.base_url}/outbox (as the secretary), files in {shown}"
