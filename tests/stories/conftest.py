"""A whole site for the stories: real web server, real database, real mail server, real browser, and a stopped clock."""

import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from events_app.app import create_app, create_worker
from events_app.config import Settings
from events_app.extensions import db
from events_app.people.actions import add_person, appoint, begin_session
from events_app.people.queries import person_by_address
from events_app.shared.clock import StoppedClock
from events_app.shared.database import prepare_engine
from events_app.web.access import SESSION_COOKIE

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


@dataclass
class MailServer:
    """A mail server that takes every letter and keeps it."""

    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd calls it so)
        self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [letter for letter in self.letters if address in letter["To"]]


@dataclass
class Site:
    """The running site: its address, its post, its clock, and what is needed to enter it."""

    address: str
    settings: Settings
    app: Flask
    clock: StoppedClock
    mail: MailServer

    def send_due(self) -> None:
        """Run one pass of the worker."""
        with create_worker(self.settings, self.clock) as worker:
            worker.run_pass()

    @contextmanager
    def session(self) -> Iterator[Session]:
        engine = prepare_engine(create_engine(self.settings.database_address))
        with Session(engine, expire_on_commit=False) as session:
            yield session
            session.commit()
        engine.dispose()

    def add(self, name: str, state: str = "", *, secretary: bool = False) -> str:
        """Add somebody and return their mail address."""
        email = f"{name.lower()}@delegations.example"
        with self.session() as session:
            person = add_person(session, email, name, self.clock.now(), is_secretary=secretary)
            if state:
                appoint(session, person, state, "contact-point", self.clock.now())
            session.commit()
        return email

    def sign_in(self, page: Page, email: str) -> None:
        """Sign in as a person does: ask for a link, read the mail, open the link, press the button."""
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("Your mail address").fill(email)
        page.get_by_role("button", name="Send the link").click()
        self.send_due()
        body = self.mail.to(email)[-1].get_body(("plain",)).get_content()  # type: ignore[union-attr]
        page.goto(re.search(r"http://\S+/sign-in/\w+", body)[0])  # type: ignore[index]
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/desk")

    def enter(self, context: BrowserContext, email: str) -> None:
        """Give a browser the session of a person, without the mail."""
        with self.session() as session:
            person = person_by_address(session, email)
            _, secret = begin_session(session, person.id, self.clock.now())  # type: ignore[union-attr]
            session.commit()
        context.add_cookies([{"name": SESSION_COOKIE, "value": secret, "url": self.address}])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mail() -> Iterator[tuple[MailServer, int]]:
    server, port = MailServer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    yield server, port
    controller.stop()


@pytest.fixture
def site(
    tmp_path: Path, blank_database: Path, clock: StoppedClock, mail: tuple[MailServer, int], compiled_templates: Any
) -> Iterator[Site]:
    (tmp_path / "events.sqlite").write_bytes(blank_database.read_bytes())
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    settings = Settings(
        instance_path=tmp_path, secret_key="for tests only", base_url=address, smtp_url=f"smtp://127.0.0.1:{mail[1]}"
    )
    app = create_app(settings, clock)
    app.jinja_env.bytecode_cache = compiled_templates
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(address, settings, app, clock, mail[0])
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
    yield browser
    browser.close()


def is_complaint(said: ConsoleMessage) -> bool:
    """Return whether a console says something against us: not that a page was refused, which tests ask for."""
    is_refused_page = "status of 4" in said.text and "/static/" not in said.location["url"]
    return said.type in ("error", "warning") and not is_refused_page


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a browser of its own; what the console says against us fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
