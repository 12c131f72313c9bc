"""The post without a server: letters are kept as files in a Maildir and can be read on the site."""

import os
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import mktime_tz, parseaddr, parsedate_tz
from hashlib import sha256
from pathlib import Path

from events_app.mail.outcomes import Delivered, Outcome, RelayDown, Trouble

FOLDERS = ("tmp", "new", "cur")
SHOWN = 200


@dataclass(frozen=True)
class KeptLetter:
    """A letter as it was kept; `name` is its file, `sent_at` its Date header."""

    name: str
    recipient: str
    subject: str
    sent_at: str
    text: str
    html: str


@dataclass
class MaildirPost:
    """Keeps letters under `folder`; the same bytes are kept once, however often they are sent."""

    folder: Path

    def open(self) -> Trouble | None:
        """Make the folders; return what is wrong with the disk, if anything."""
        try:
            for name in FOLDERS:
                (self.folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return RelayDown(str(error))
        return None

    def send(self, address: str, rendered: bytes) -> Outcome:
        """Keep one letter, whole or not at all."""
        trouble = self.open()
        if trouble is not None:
            return trouble
        name = f"{sha256(address.encode() + rendered).hexdigest()[:32]}.letter"
        try:
            _write(self.folder / "tmp" / name, rendered)
            (self.folder / "tmp" / name).replace(self.folder / "new" / name)
        except OSError as error:
            return RelayDown(str(error))
        return Delivered(f"kept as {name}")

    def close(self) -> None:
        """Nothing to do: every letter is complete."""


def kept_letters(folder: Path) -> list[KeptLetter]:
    """Return the letters kept last, the newest first, at most 200."""
    newest = sorted(_files(folder), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)
    return [_read(file) for file in newest[:SHOWN]]


def kept_letter(folder: Path, name: str) -> KeptLetter | None:
    """Return the letter kept under that name, or None."""
    return next((letter for letter in kept_letters(folder) if letter.name == name), None)


def forget_kept_letters_to(folder: Path, address: str) -> None:
    """Delete the letters that were kept for an address."""
    for file in _files(folder):
        if parseaddr(_head(file)["To"] or "")[1].casefold() == address.casefold():
            file.unlink(missing_ok=True)


def forget_kept_letters(folder: Path, before: datetime) -> None:
    """Delete the letters that were sent before an instant, by their Date header: a file knows the machine's clock."""
    for file in _files(folder):
        sent_at = parsedate_tz(_head(file)["Date"] or "")
        if sent_at is not None and mktime_tz(sent_at) < before.timestamp():
            file.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    return [file for name in ("new", "cur") for file in (folder / name).glob("*")]


def _head(file: Path) -> Message:
    """Return the headers of a letter alone, which is quick."""
    return message_from_bytes(file.read_bytes().partition(b"\r\n\r\n")[0])


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(file: Path) -> KeptLetter:
    message = message_from_bytes(file.read_bytes(), policy=default)
    recipient, subject, sent_at = (str(message[name] or "") for name in ("To", "Subject", "Date"))
    return KeptLetter(file.name, recipient, subject, sent_at, _body(message, "plain"), _body(message, "html"))


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""
