"""What must be known of an installation to read its mail."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from events_app.config import Settings

FOLDER = "mail-in"


@dataclass(frozen=True)
class Mailroom:
    """Our address, the key and host of what we sign and send, and where odd mail is kept."""

    mail_from: str
    key: str
    host: str
    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the mailroom of an installation; raises SettingError."""
        return cls(settings.mail_from, settings.signing_key, settings.host, kept_mail_folder(settings.instance_path))


def kept_mail_folder(instance_path: Path) -> Path:
    """Return where mail is kept that a person has to look at, outside everything that is served."""
    return instance_path / FOLDER
