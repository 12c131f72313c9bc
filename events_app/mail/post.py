"""What every way of sending offers, and which one an installation uses."""

from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from events_app.config import SettingError, Settings
from events_app.mail.errors import AddressRefusedError
from events_app.mail.maildir import MaildirPost
from events_app.mail.message import checked_address
from events_app.mail.outcomes import Outcome, Trouble
from events_app.mail.smtp import PLAIN, STARTTLS, TLS, SmtpPost

SECURITY = {"smtp": (PLAIN, 25), "smtp+starttls": (STARTTLS, 587), "smtps": (TLS, 465)}
MAILDIR = "mail"


class Post(Protocol):
    """Sends letters in batches: `open` may be called before each letter, `close` after the last."""

    def open(self) -> Trouble | None:
        """Make ready; return what is wrong with the way itself, if anything."""
        ...

    def send(self, address: str, rendered: bytes) -> Outcome:
        """Send one letter to one address and return what became of it."""
        ...

    def close(self) -> None:
        """Let go of what `open` took."""
        ...


def post_for(settings: Settings) -> Post:
    """Return the way to send that the settings ask for; raises SettingError."""
    if not settings.smtp_url:
        return MaildirPost(maildir_folder(settings))
    return _smtp_post(urlsplit(settings.smtp_url), settings)


def maildir_folder(settings: Settings) -> Path:
    """Return where letters are kept when there is no mail server."""
    return settings.instance_path / MAILDIR


def _smtp_post(url: SplitResult, settings: Settings) -> SmtpPost:
    if url.scheme not in SECURITY or not url.hostname:
        raise SettingError("EVENTS_SMTP_URL", "needs to look like smtp+starttls://user:password@host:587")
    security, usual_port = SECURITY[url.scheme]
    return SmtpPost(
        host=url.hostname,
        port=_port(url) or usual_port,
        sender=_sender(settings),
        security=security,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        local_name=settings.host,
    )


def _port(url: SplitResult) -> int | None:
    try:
        return url.port
    except ValueError as error:
        raise SettingError("EVENTS_SMTP_URL", "has a port that is no number") from error


def _sender(settings: Settings) -> str:
    try:
        return checked_address(settings.mail_from)
    except AddressRefusedError as error:
        raise SettingError("EVENTS_MAIL_FROM", "needs to be a plain address") from error
