"""The mailbox to which answers come (IMAP, RFC 3501): what is new in it is fetched, and marked as seen once taken."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Timer
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from events_app.config import SettingError, Settings
from events_app.mail.incoming.raw import LARGEST, RawMail, raw_mail
from events_app.mail.smtp import PLAIN, STARTTLS, TLS

SECURITY = {"imap": (PLAIN, 143), "imap+starttls": (STARTTLS, 143), "imaps": (TLS, 993)}
NAME = "EVENTS_IMAP_URL"
MOST_AT_ONCE = 50
SEEN = r"(\Seen)"
FOLDER = "INBOX"

_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,15})")


class MailboxError(Exception):
    """The mailbox cannot be read; the text says what its server or the network said."""


@dataclass(frozen=True)
class Patience:
    """Seconds: for one answer of the server, and for a visit as a whole, on the wall."""

    answer: float = 20
    visit: float = 60


@dataclass
class Mailbox:
    """A folder on an IMAP server; `security` is plain, starttls or tls."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = FOLDER
    security: str = TLS
    patience: Patience = Patience()
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    @contextmanager
    def visit(self) -> Iterator["Visit"]:
        """Sign in, and out at the end; raises MailboxError, also for what goes wrong inside."""
        opened: list[imaplib.IMAP4] = []
        timer = Timer(self.patience.visit, _cut, [opened])
        timer.daemon = True
        try:
            timer.start()
            server = self._connected(opened)
            self._sign_in(server)
            yield Visit(server)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            raise MailboxError(_described(error)) from error
        finally:
            _leave(opened)
            timer.cancel()

    def _connected(self, opened: list[imaplib.IMAP4]) -> imaplib.IMAP4:
        if self.security == TLS:
            return _Tls(opened, self.host, self.port, ssl_context=self.context, timeout=self.patience.answer)
        server = _Plain(opened, self.host, self.port, timeout=self.patience.answer)
        if self.security == STARTTLS:
            server.starttls(self.context)
        return server

    def _sign_in(self, server: imaplib.IMAP4) -> None:
        server.login(self.user, self.password)
        quoted = self.folder.replace("\\", "\\\\").replace('"', '\\"')
        _checked(server.select(f'"{quoted}"'))


@dataclass
class Visit:
    """What can be done in a mailbox while signed in."""

    server: imaplib.IMAP4

    def new_mail(self) -> Iterator[tuple[str, RawMail]]:
        """Yield the number (UID) and the mail of what is not marked as seen, the oldest first, at most 50.

        One that the server refuses to hand out keeps no other waiting: its refusal is raised when they are through.
        """
        [found, *_] = self._asked("SEARCH", "UNSEEN") or [b""]
        refusals = []
        for number in bytes(found or b"").decode("ascii").split()[:MOST_AT_ONCE]:
            try:
                mail = self._fetched(number)
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as refusal:
                refusals.append(refusal)
                continue
            if mail is not None:
                yield number, mail
        if refusals:
            raise refusals[0]

    def mark_seen(self, number: str) -> None:
        """Mark a mail as seen, so that it is not fetched again."""
        self._asked("STORE", number, "+FLAGS.SILENT", SEEN)

    def _fetched(self, number: str) -> RawMail | None:
        """Return a mail, of one that is too large the beginning; None if somebody has deleted it meanwhile."""
        size = _SIZE.search(_joined(self._asked("FETCH", number, "(RFC822.SIZE)")))
        if size is None:
            return None
        # One octet more than may be read: whoever reads it sees that it is too large.
        wanted = "BODY.PEEK[]" if int(size[1]) <= LARGEST else f"BODY.PEEK[]<0.{LARGEST + 1}>"
        literals = [item[1] for item in self._asked("FETCH", number, f"({wanted})") if isinstance(item, tuple)]
        return raw_mail(literals[0]) if literals else None

    def _asked(self, command: str, *arguments: str) -> list[Any]:
        return _checked(self.server.uid(command, *arguments))


def mailbox_for(settings: Settings) -> Mailbox | None:
    """Return the mailbox that the settings name, or None; raises SettingError."""
    if not settings.imap_url:
        return None
    url = urlsplit(settings.imap_url)
    if url.scheme not in SECURITY or not url.hostname or not url.username:
        raise SettingError(NAME, "needs to look like imaps://user:password@host:993/INBOX")
    security, usual_port = SECURITY[url.scheme]
    return Mailbox(
        host=url.hostname,
        port=_port(url) or usual_port,
        user=unquote(url.username),
        password=unquote(url.password or ""),
        folder=unquote(url.path.strip("/")) or FOLDER,
        security=security,
    )


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError as error:
        raise SettingError(NAME, "has a port that is no number") from error


def _joined(answer: list[Any]) -> bytes:
    pieces = (piece for item in answer for piece in (item if isinstance(item, tuple) else (item,)))
    return b" ".join(piece for piece in pieces if isinstance(piece, bytes))


def _checked(answer: tuple[str, list[Any]]) -> list[Any]:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(f"{status} {data}")
    return data


def _leave(opened: list[imaplib.IMAP4]) -> None:
    for server in opened:
        with suppress(imaplib.IMAP4.error, OSError):
            server.logout()


def _cut(opened: list[imaplib.IMAP4]) -> None:
    for server in opened:
        with suppress(OSError):
            # Below TLS, which would first want to say goodbye.
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


class _Plain(imaplib.IMAP4):
    """Is known before it waits for the server's greeting, which may come a byte a second."""

    def __init__(self, opened: list[imaplib.IMAP4], *arguments: Any, **options: Any) -> None:
        self._opened = opened
        super().__init__(*arguments, **options)

    def open(self, *arguments: Any, **options: Any) -> None:
        super().open(*arguments, **options)
        self._opened.append(self)

    def read(self, size: int) -> bytes:
        """Read a literal, unless it is far more than anybody asked for."""
        if size > 2 * LARGEST:
            raise self.abort(f"a literal of {size} octets")
        return super().read(size)


class _Tls(_Plain, imaplib.IMAP4_SSL):
    """The same over TLS from the start."""
