"""The bytes of a mail as they came in, never more of them than may be read."""

from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

LARGEST = 20_000_000
KEPT_OF_LARGE = 100_000
BLOCK = 65_536


@dataclass(frozen=True)
class RawMail:
    """A mail: its bytes, the digest (SHA-256) of all of them, and whether there were more than may be read.

    Of one that is too large `content` holds the beginning only.
    """

    content: bytes
    digest: str
    is_too_large: bool = False


def raw_mail(content: bytes) -> RawMail:
    """Return a mail that is in memory already."""
    digest = sha256(content).hexdigest()
    return _cut(content, digest) if len(content) > LARGEST else RawMail(content, digest)


def read_raw_mail(stream: BinaryIO) -> RawMail:
    """Read a mail to its end, as a mail server's pipe expects, and keep no more of it than may be read."""
    digest, content = sha256(), bytearray()
    while block := stream.read(BLOCK):
        digest.update(block)
        if len(content) <= LARGEST:
            content += block
    if len(content) > LARGEST:
        return _cut(bytes(content), digest.hexdigest())
    return RawMail(bytes(content), digest.hexdigest())


def _cut(content: bytes, digest: str) -> RawMail:
    return RawMail(content[:KEPT_OF_LARGE], digest, is_too_large=True)
