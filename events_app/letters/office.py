"""The office in which letters are written: the site's settings, and the templates of subject, text and HTML."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from events_app.config import Settings
from events_app.letters.lines import in_columns
from events_app.mail.kinds import DECLINABLE
from events_app.mail.message import Attachment, CalendarPart, Letter, Mailbox, letter_bytes
from events_app.mail.models import OutboxMessage
from events_app.mail.unsubscribing import unsubscribe_path
from events_app.people.models import Person
from events_app.words.catalogue import translate, translate_plural
from events_app.words.languages import direction
from events_app.words.letters import letter_reason
from events_app.words.lists import listed

SECTION = "OSCE Partnership Calendar"


@dataclass(frozen=True)
class Office:
    """Where letters are written: settings, and the folder that holds `emails/<letter>/`."""

    settings: Settings
    templates: str

    @cached_property
    def environment(self) -> Environment:
        """The templates; a fact that is missing is an error, HTML is escaped."""
        made = Environment(
            loader=FileSystemLoader(self.templates),
            autoescape=lambda name: bool(name and name.endswith(".html")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.filters["listed"] = listed
        return made

    def address(self, path: str) -> str:
        """Return the full address of a page."""
        return f"{self.settings.base_url}{path}"


def draft_of(letter: str, person: Person, facts: dict[str, Any], office: Office) -> tuple[str, str]:
    """Return subject and text of a letter as a person would read it, to be shown before it goes."""
    subject, text = (_filled(f"{letter}/{part}", person, facts, office) for part in ("subject.txt", "body.txt"))
    return " ".join(subject.split()), text


def letter_to(
    person: Person,
    message: OutboxMessage,
    facts: dict[str, Any],
    office: Office,
    now: datetime,
    *,
    attachments: tuple[Attachment, ...] = (),
    thread: str = "",
    calendar: CalendarPart | None = None,
) -> bytes:
    """Return the bytes of a letter: its templates filled with facts, in the language of a person.

    A letter with a calendar part is answered at that part's own address; one that may be declined says at its foot why
    it came, and how to stop it.
    """
    subject, text, html = _written(message.letter, person, facts, office)
    letter = Letter(
        message_id=message.message_id,
        sender=Mailbox(office.settings.mail_from, SECTION),
        recipient=Mailbox(message.address, person.name),
        subject=subject,
        text=text,
        html=html,
        language=person.language,
        sent_at=now,
        list_id=f"{message.letter}.{office.settings.host}",
        thread=thread,
        reply_to=Mailbox(calendar.answer_address) if calendar else None,
        unsubscribe_link=_unsubscribe_link(person, message, office),
        attachments=attachments,
        calendar=calendar,
    )
    return letter_bytes(letter)


def _unsubscribe_link(person: Person, message: OutboxMessage, office: Office) -> str:
    if message.letter not in DECLINABLE:
        return ""
    return office.address(unsubscribe_path(person.id, message.letter, office.settings.signing_key))


def _written(letter: str, person: Person, facts: dict[str, Any], office: Office) -> tuple[str, str, str]:
    """Return subject, text and HTML, with what stands at the foot of a letter that its reader may decline."""
    why = letter_reason(letter, person.language) if letter in DECLINABLE else ""
    known = {**facts, "why": why, "preferences_address": office.address("/preferences")}
    subject, text = draft_of(letter, person, known, office)
    foot = f"\n{_filled('footer.txt', person, known, office)}" if why else ""
    return subject, in_columns(text + foot), _filled(f"{letter}/body.html", person, known, office)


def _filled(path: str, person: Person, facts: dict[str, Any], office: Office) -> str:
    language = person.language

    def say(sentence: str, **values: Any) -> str:
        return translate(language, sentence, **values)

    def say_count(one: str, many: str, count: int, **values: Any) -> str:
        return translate_plural(language, one, many, count, **values)

    template = office.environment.get_template(f"emails/{path}")
    known = {"_": say, "ngettext": say_count, "language": language, "direction": direction(language), "person": person}
    return template.render(**known, **facts).strip() + "\n"
