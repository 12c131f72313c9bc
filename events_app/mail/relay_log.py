"""The log of a relay that is Postfix: which letters it took, whatever became of its answer.

Only the end of the log is read, and nothing in it is trusted: what does not look like a line of Postfix is passed over.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

TAIL = 4_000_000
ROTATED = ".1"

_STAMP = rb"(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|(?:<\d{1,3}>1 )?\d{4}-\d\d-\d\dT[\d:.]{8,18}(?:Z|[+-]\d\d:\d\d))"
_DAEMON = rb"postfix[\w./-]{0,40}/(?P<daemon>cleanup|qmgr)(?:\[\d+\]:| \d+ \S{1,40} -)"
_SAID = rb"(?P<queue_id>[0-9A-Za-z]{5,20}): (?:message-id=(?P<id><[!-~]{3,253}>)$|from=<.*\(queue active\)$)"
_LINE = re.compile(rb"^%s \S{1,255} %s %s" % (_STAMP, _DAEMON, _SAID), re.MULTILINE)


@dataclass(frozen=True)
class Findings:
    """Which of the letters asked for the relay took, by Message-ID with its queue's id; `trouble` if nobody knows."""

    taken: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


def nothing_known(message_ids: Collection[str]) -> Findings:
    """Know of no letter: there is no log."""
    return Findings()


@dataclass(frozen=True)
class RelayLog:
    """The log at `path`, and the one that was rotated last."""

    path: Path

    def findings(self, message_ids: Collection[str]) -> Findings:
        """Return which of these letters the log shows as taken."""
        try:
            log, is_whole = _tail(self.path)
        except OSError as error:
            return Findings(trouble=f"the relay's log cannot be read: {error.strerror or error}")
        if is_whole:
            log = self._rotated() + b"\n" + log
        wanted = {message_id.encode("ascii", "replace"): message_id for message_id in message_ids}
        found = (pair for pair in _taken(log) if pair[0] in wanted)
        return Findings({wanted[message_id]: queue_id for message_id, queue_id in found})

    def _rotated(self) -> bytes:
        """Return the end of the rotated log; empty if there is none that can be read."""
        try:
            return _tail(self.path.with_name(self.path.name + ROTATED))[0]
        except OSError:
            return b""


def _taken(log: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield Message-ID and queue id of each letter that came into the queue.

    `cleanup` names a letter while it is still arriving; it is the relay's once `qmgr` has it. Queue ids come again.
    """
    arriving: dict[bytes, bytes] = {}
    for line in _LINE.finditer(log):
        queue_id, message_id = line["queue_id"], line["id"]
        if line["daemon"] == b"cleanup" and message_id:
            arriving[queue_id] = message_id
        elif line["daemon"] == b"qmgr" and not message_id and queue_id in arriving:
            yield arriving.pop(queue_id), queue_id.decode()


def _tail(path: Path) -> tuple[bytes, bool]:
    """Return the last whole lines of a file, and whether they are all of it.

    Raises OSError, also for what is no file: a pipe would make us wait.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        if not S_ISREG(status.st_mode):
            raise OSError(f"{path.name} is no file")
        start = max(0, status.st_size - TAIL)
        file.seek(start)
        content = file.read(TAIL)
    return (content.partition(b"\n")[2], False) if start else (content, True)
