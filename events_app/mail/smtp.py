"""The post over SMTP (RFC 5321): one connection for a batch, one recipient a letter."""

import re
import smtplib
import socket
import ssl
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field

from events_app.mail.message import checked_address
from events_app.mail.outcomes import Delivered, Doubtful, Misconfigured, Outcome, RelayDown, Trouble, TryLater
from events_app.mail.replies import Stage, verdict
from events_app.mail.watchdog import Watchdog

PLAIN, STARTTLS, TLS = "plain", "starttls", "tls"
LINE_DOT = re.compile(rb"^\.", re.MULTILINE)
TAKEN, CLOSING = 250, 421


@dataclass(frozen=True)
class Limits:
    """Seconds: for a command, for the answer to the final dot (RFC 5321, 4.5.3.2.6), for a letter as a whole.

    The last is measured on the wall: a server that sends a byte a second never trips a socket's own limit.
    """

    command: float = 60
    final_dot: float = 600
    letter: float = 900
    farewell: float = 5


@dataclass
class SmtpPost:
    """Hands letters to a mail server; `security` is plain, starttls or tls, `local_name` what we call ourselves."""

    host: str
    port: int
    sender: str
    security: str = PLAIN
    user: str = ""
    password: str = field(default="", repr=False)
    local_name: str = "localhost"
    limits: Limits = Limits()
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    _server: smtplib.SMTP | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        self._watchdog = Watchdog(self._cut)

    def open(self) -> Trouble | None:
        """Connect and sign in unless that is done; return what is wrong with the server, if anything."""
        if self._server is not None:
            return None
        try:
            with self._watched():
                self._connect()
        except (OSError, ValueError) as error:
            self._drop()
            return _trouble(error)
        return None

    def send(self, address: str, rendered: bytes) -> Outcome:
        """Send one letter (bytes with CRLF) to one address and return what became of it."""
        was_open = self._server is not None
        outcome = self._sent(checked_address(address), rendered)
        if was_open and self._server is None and isinstance(outcome, TryLater):
            # The server had hung up between two letters: that is not the letter's fault.
            outcome = self._sent(address, rendered)
        return outcome

    def close(self) -> None:
        """Hang up; whatever the server answers to that, the letters are gone."""
        if self._server is not None:
            with suppress(OSError), self._watched(self.limits.farewell):
                self._server.quit()
        self._drop()
        self._watchdog.rest()

    def _sent(self, address: str, rendered: bytes) -> Outcome:
        with self._watched():
            trouble = self.open()
            if trouble is not None or self._server is None:
                return trouble or RelayDown("no connection")
            return self._exchanged(self._server, address, rendered)

    def _exchanged(self, server: smtplib.SMTP, address: str, rendered: bytes) -> Outcome:
        try:
            refusal = self._announced(server, address)
            if refusal is None:
                server.send(_stuffed(rendered))
        except OSError as error:
            self._drop()
            return TryLater(_described(error))
        return refusal or self._ended(server)

    def _announced(self, server: smtplib.SMTP, address: str) -> Outcome | None:
        _set_timeout(server, self.limits.command)
        commands = (
            (Stage.MAIL, f"MAIL FROM:<{self.sender}>", (250,)),
            (Stage.RCPT, f"RCPT TO:<{address}>", (250, 251)),
            (Stage.DATA, "DATA", (354,)),
        )
        for stage, command, accepted in commands:
            code, text = server.docmd(command)
            if code not in accepted:
                return self._refused(server, stage, code, text)
        return None

    def _ended(self, server: smtplib.SMTP) -> Outcome:
        # From here on silence means doubt: the server may have taken the letter.
        try:
            _set_timeout(server, self.limits.final_dot)
            server.send(b".\r\n")
            code, text = server.getreply()
        except OSError as error:
            self._drop()
            return Doubtful(_described(error))
        if code == TAKEN:
            return Delivered(f"{code} {_decoded(text)}")
        if 400 <= code < 600:
            return self._refused(server, Stage.DOT, code, text)
        self._drop()
        return Doubtful(f"{code} {_decoded(text)}")

    def _refused(self, server: smtplib.SMTP, stage: Stage, code: int, text: bytes) -> Outcome:
        try:
            if code == CLOSING or not 400 <= code < 600:
                self._drop()
            elif stage is not Stage.DOT:
                server.rset()
        except OSError:
            self._drop()
        return verdict(stage, code, _decoded(text))

    def _connect(self) -> None:
        server = self._server = self._new_server()
        # Given to the constructor the host would be connected to there, out of reach of the watchdog.
        server._host = self.host  # type: ignore[attr-defined]
        code, text = server.connect(self.host, self.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, text)
        if server.sock is not None:
            # The final dot travels alone and must not wait until the server has acknowledged the letter.
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.ehlo_or_helo_if_needed()
        if self.security == STARTTLS:
            server.starttls(context=self.context)
            server.ehlo_or_helo_if_needed()
        if self.user:
            server.login(self.user, self.password)

    def _new_server(self) -> smtplib.SMTP:
        if self.security == TLS:
            return smtplib.SMTP_SSL(local_hostname=self.local_name, timeout=self.limits.command, context=self.context)
        return smtplib.SMTP(local_hostname=self.local_name, timeout=self.limits.command)

    def _watched(self, seconds: float | None = None) -> AbstractContextManager[None]:
        return self._watchdog.watching(self.limits.letter if seconds is None else seconds)

    def _cut(self) -> None:
        wire = self._server and self._server.sock
        if wire:
            with suppress(OSError):
                # Below TLS, which would first want to say goodbye.
                socket.socket.shutdown(wire, socket.SHUT_RDWR)

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError):
                server.close()


def _trouble(error: Exception) -> Trouble:
    if isinstance(error, smtplib.SMTPResponseException):
        is_ours = error.smtp_code >= 500
    else:
        # The bare class is what smtplib raises when no way to sign in is left.
        settings = (smtplib.SMTPNotSupportedError, ssl.SSLError, ValueError)
        is_ours = type(error) is smtplib.SMTPException or isinstance(error, settings)
        is_ours = is_ours and not isinstance(error, ssl.SSLEOFError)
    return Misconfigured(_described(error)) if is_ours else RelayDown(_described(error))


def _described(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_decoded(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _stuffed(rendered: bytes) -> bytes:
    body = LINE_DOT.sub(b"..", rendered)
    return body if body.endswith(b"\r\n") else body + b"\r\n"


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text


def _set_timeout(server: smtplib.SMTP, seconds: float) -> None:
    if server.sock is not None:
        server.sock.settimeout(seconds)
