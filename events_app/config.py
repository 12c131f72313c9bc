"""Settings: read once at the edge from EVENTS_* variables and the instance folder's `config.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from events_app.shared.errors import DomainError

PREFIX = "EVENTS_"
DEMO_SECRET_KEY = "demonstration only"
ALPHABETICAL, CHAIR_FIRST = "alphabetical", "chair-first"
PARTICIPATING, PARTNERS = "participating", "partners"
PROTOCOL_ORDERS = (ALPHABETICAL, CHAIR_FIRST)
MOST_SILENCE_DAYS = 60
MOST_POINTS = 10_000


class SettingError(DomainError):
    """A setting that is missing or cannot be understood."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


def _says(meaning: str) -> dict[str, str]:
    """Return the metadata of a setting: what it means, for the table in the README."""
    return {"meaning": meaning}


@dataclass(frozen=True)
class Settings:
    """One installation's settings; each field is the variable EVENTS_<FIELD NAME IN CAPITALS>."""

    database_url: str = field(
        default="",
        metadata=_says("SQLAlchemy address of the database; unset: SQLite file `events.sqlite` in the instance folder"),
    )
    smtp_url: str = field(
        default="",
        metadata=_says(
            "mail server: `smtp://`, `smtp+starttls://user:pass@host:587` or `smtps://`; unset: mail is kept in "
            "`instance/mail/` and shown at `/outbox` to secretaries"
        ),
    )
    base_url: str = field(default="http://localhost:8000", metadata=_says("address under which readers reach the site"))
    secret_key: str = field(
        default="", metadata=_says("long random text that signs cookies and links; required outside the demo")
    )
    instance_path: Path = field(default=Path("instance"), metadata=_says("folder of what belongs to this installation"))
    mail_from: str = field(default="partners@calendar.example", metadata=_says("address that letters come from"))
    redis_url: str = field(
        default="", metadata=_says("Redis that counts attempts for all web processes together; unset: each its own")
    )
    imap_url: str = field(
        default="",
        metadata=_says(
            "mailbox, used for nothing else, to which answers by mail come: `imaps://user:pass@host:993/INBOX`, "
            "`imap+starttls://` or `imap://`; unset: answers come through `events-app mail-in` alone"
        ),
    )
    relay_log: str = field(
        default="",
        metadata=_says(
            "log file of the mail server, if it is Postfix and on this machine: shows which letters in doubt it took; "
            "unset: they go again"
        ),
    )
    keep_sign_ins: int = field(
        default=30,
        metadata=_says(
            "days for which ended sessions, used sign-in links and the networks that fetched feeds are kept"
        ),
    )
    keep_letters: int = field(
        default=365, metadata=_says("days for which the address and the bytes of a letter are kept")
    )
    keep_names: int = field(default=365, metadata=_says("days after an event for which names of participants are kept"))
    protocol_order: str = field(
        default=ALPHABETICAL,
        metadata=_says(
            "order of delegations in lists of participants: `alphabetical` in the reader's language, or `chair-first`: "
            "Chairmanship and Troika before the others"
        ),
    )
    may_object: tuple[str, ...] = field(
        default=(PARTICIPATING,),
        metadata=_says(
            "whose contact points break a no-objection procedure by objecting: `participating` States, or "
            "`participating,partners`"
        ),
    )
    silence_working_days: int = field(
        default=5,
        metadata=_says("Austrian working days that a no-objection procedure leaves at least until it expires"),
    )
    plan_moving_cost: int = field(
        default=0,
        metadata=_says("points that moving an announced date costs in the year plan, where the page asks nothing else"),
    )
    demo: bool = field(default=False, metadata=_says("`1` shows “sign in as …” buttons, on loopback only"))
    now: datetime | None = field(
        default=None, metadata=_says("instant at which the clock starts; obeyed only in the demo")
    )

    @property
    def database_address(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.instance_path.absolute() / 'events.sqlite'}"

    @property
    def signing_key(self) -> str:
        """The key that signs cookies and links; raises SettingError if there is none outside the demo."""
        if not self.secret_key and not self.demo:
            raise SettingError(f"{PREFIX}SECRET_KEY", "is required outside the demo")
        return self.secret_key or DEMO_SECRET_KEY

    @property
    def host(self) -> str:
        """The host name of the site, without port."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def is_secure(self) -> bool:
        """Whether readers reach the site over TLS."""
        return urlsplit(self.base_url).scheme == "https"


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings in force; the environment wins over `config.toml`. Raises SettingError."""
    instance_path = Path(environment.get(f"{PREFIX}INSTANCE_PATH") or "instance")
    values = {**_file_values(instance_path / "config.toml"), **_environment_values(environment)}
    settings = Settings(**{name: _parsed(name, value) for name, value in values.items()})
    return _checked(settings)


def setting_table() -> list[tuple[str, str, str]]:
    """Return (variable, default, meaning) of every setting, in order."""
    return [(f"{PREFIX}{f.name.upper()}", _shown(f.default), f.metadata["meaning"]) for f in fields(Settings)]


def _shown(default: Any) -> str:
    if isinstance(default, tuple):
        return ",".join(default)
    return str(default) if default else ""


def _environment_values(environment: Mapping[str, str]) -> dict[str, str]:
    names = [f.name for f in fields(Settings)]
    found = {name: environment.get(f"{PREFIX}{name.upper()}", "") for name in names}
    return {name: value for name, value in found.items() if value}


def _file_values(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(str(path), str(error)) from error
    unknown = set(values) - {f.name for f in fields(Settings)}
    if unknown:
        raise SettingError(str(path), f"unknown setting {sorted(unknown)[0]}")
    return {name: str(value) for name, value in values.items()}


def _parsed(name: str, value: str) -> Any:
    if name == "instance_path":
        return Path(value)
    if name == "demo":
        return value.lower() in ("1", "true", "yes")
    if name == "now":
        return _instant(value)
    if name.startswith("keep_") or name == "silence_working_days":
        return _days(name, value)
    if name == "plan_moving_cost":
        return _points(name, value)
    if name == "may_object":
        return tuple(dict.fromkeys(role.strip() for role in value.split(",")))
    return value.rstrip("/") if name == "base_url" else value


def _days(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 36_500):
        raise SettingError(f"{PREFIX}{name.upper()}", f"{value} is no number of days")
    return int(value)


def _points(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= MOST_POINTS):
        raise SettingError(f"{PREFIX}{name.upper()}", f"{value} is no number of points up to {MOST_POINTS}")
    return int(value)


def _instant(value: str) -> datetime:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError as error:
        raise SettingError(f"{PREFIX}NOW", f"{value} is no ISO 8601 instant") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _checked(settings: Settings) -> Settings:
    if urlsplit(settings.base_url).scheme not in ("http", "https"):
        raise SettingError(f"{PREFIX}BASE_URL", "needs to start with http:// or https://")
    if settings.may_object not in ((PARTICIPATING,), (PARTICIPATING, PARTNERS)):
        raise SettingError(f"{PREFIX}MAY_OBJECT", f"is {PARTICIPATING} or {PARTICIPATING},{PARTNERS}")
    if settings.silence_working_days > MOST_SILENCE_DAYS:
        raise SettingError(f"{PREFIX}SILENCE_WORKING_DAYS", f"is at most {MOST_SILENCE_DAYS}")
    if settings.protocol_order not in PROTOCOL_ORDERS:
        raise SettingError(f"{PREFIX}PROTOCOL_ORDER", f"is one of {', '.join(PROTOCOL_ORDERS)}")
    return settings
