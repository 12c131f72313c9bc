"""The post in memory: letters that are to be looked at, not sent."""

from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from events_app.mail.outcomes import Delivered, Outcome, Trouble


@dataclass(frozen=True)
class PostedLetter:
    """A letter in the box."""

    address: str
    rendered: bytes

    @property
    def message(self) -> EmailMessage:
        """The letter with its headers and parts."""
        return message_from_bytes(self.rendered, policy=default)


@dataclass
class PostBox:
    """Takes every letter, except where `answers` (by address) or `trouble` say otherwise."""

    letters: list[PostedLetter] = field(default_factory=list)
    answers: dict[str, Outcome] = field(default_factory=dict)
    trouble: Trouble | None = None

    def open(self) -> Trouble | None:
        """Return the trouble it is meant to have."""
        return self.trouble

    def send(self, address: str, rendered: bytes) -> Outcome:
        """Put one letter into the box, or give the prepared answer."""
        answer = self.trouble or self.answers.get(address, Delivered("in the box"))
        if isinstance(answer, Delivered):
            self.letters.append(PostedLetter(address, rendered))
        return answer

    def close(self) -> None:
        """Nothing to hang up."""
