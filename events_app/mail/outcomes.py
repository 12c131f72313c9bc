"""What can become of a letter that was handed to a server."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Delivered:
    """The server took responsibility for the letter."""

    reply: str


@dataclass(frozen=True)
class Refused:
    """The server will never take this letter; `is_address_dead` if it will take none for this address."""

    reply: str
    is_address_dead: bool = False


@dataclass(frozen=True)
class TryLater:
    """The server did not take the letter now."""

    reply: str
    is_mailbox_full: bool = False


@dataclass(frozen=True)
class Doubtful:
    """The whole letter was handed over and no understandable answer came back."""

    reply: str


@dataclass(frozen=True)
class RelayDown:
    """The server cannot be reached; no letter is to blame."""

    reply: str


@dataclass(frozen=True)
class Misconfigured:
    """The server does not want us (credentials, sender, relaying); no recipient is to blame."""

    reply: str


Trouble = RelayDown | Misconfigured
Outcome = Delivered | Refused | TryLater | Doubtful | Trouble
