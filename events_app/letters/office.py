"""The office in which letters are written: the site's settings, and the templates of subject, text and HTML."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from events_app.config import Settings
from events_app.mail.message import Attachment, Letter, Mailbox, letter_bytes
from events_app.mail.models import OutboxMessage
from events_app.people.models import Person
from events_app.words.catalogue import translate, translate_plural
from events_app.words.languages import direction

SECTION = "OSCE Partnership Calendar"


@dataclass(frozen=True)
class Office:
    """Where letters are written: settings, and the folder that holds `emails/<letter>/`."""

    settings: Settings
    templates: str

    @cached_property
    def environment(self) -> Environment:
        """The templates; a fact that is missing is an error, HTML is escaped."""
        return Environment(
            loader=FileSystemLoader(self.templates),
            autoescape=lambda name: bool(name and name.endswith(".html")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def address(self, path: str) -> str:
        """Return the full address of a page."""
        return f"{self.settings.base_url}{path}"


def letter_to(
    person: Person,
    message: OutboxMessage,
    facts: dict[str, Any],
    office: Office,
    now: datetime,
    *,
    attachments: tuple[Attachment, ...] = (),
    thread: str = "",
) -> bytes:
    """Return the bytes of a letter: its templates filled with facts, in the language of a person."""
    subject, text, html = (
        _filled(message.letter, part, person, facts, office) for part in ("subject.txt", "body.txt", "body.html")
    )
    letter = Letter(
        message_id=message.message_id,
        sender=Mailbox(office.settings.mail_from, SECTION),
        recipient=Mailbox(message.address, person.name),
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        language=person.language,
        sent_at=now,
        list_id=f"{message.letter}.{office.settings.host}",
        thread=thread,
        attachments=attachments,
    )
    return letter_bytes(letter)


def _filled(letter: str, part: str, person: Person, facts: dict[str, Any], office: Office) -> str:
    language = person.language

    def say(sentence: str, **values: Any) -> str:
        return translate(language, sentence, **values)

    def say_count(one: str, many: str, count: int, **values: Any) -> str:
        return translate_plural(language, one, many, count, **values)

    template = office.environment.get_template(f"emails/{letter}/{part}")
    known = {"_": say, "ngettext": say_count, "language": language, "direction": direction(language), "person": person}
    return template.render(**known, **facts).strip() + "\n"
