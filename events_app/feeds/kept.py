"""Whole feeds, kept as they were served: made once for each state of the calendar, however many ask."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

MOST_OCTETS = 64_000_000
GZIP_LEVEL = 6  # level 9 makes a feed a twentieth smaller and takes three times as long


@dataclass(frozen=True)
class KeptFeed:
    """A feed as bytes, plain and in gzip; the ETag is the digest of the plain bytes, so that equal bytes have one.

    `last_modified` is when a public feed last changed; a personal one goes by when its link served it first.
    """

    content: bytes
    compressed: bytes
    etag: str
    last_modified: datetime

    @property
    def octets(self) -> int:
        """How much room it takes."""
        return len(self.content) + len(self.compressed)


def kept_feed(content: bytes, last_modified: datetime) -> KeptFeed:
    """Return a feed ready to be kept and served."""
    digest = hashlib.sha256(content).hexdigest()[:32]
    return KeptFeed(content, gzip.compress(content, GZIP_LEVEL, mtime=0), digest, last_modified)


class KeptFeeds:
    """The feeds of one application in memory, each with the state it was made for; those not asked for go first."""

    def __init__(self, most_octets: int = MOST_OCTETS) -> None:
        self._most_octets = most_octets
        self._feeds: OrderedDict[Hashable, tuple[Hashable, KeptFeed]] = OrderedDict()
        self._makers: dict[Hashable, tuple[Lock, int]] = {}
        self._guard = Lock()

    def feed(self, name: Hashable, state: Hashable, make: Callable[[], KeptFeed]) -> KeptFeed:
        """Return a feed made for a state; who asks while it is being made waits for it and makes none."""
        found = self._found(name, state)
        if found is not None:
            return found
        with self._sole_maker(name):
            found = self._found(name, state)
            return found if found is not None else self._keep(name, state, make())

    def last_good(self, name: Hashable) -> KeptFeed | None:
        """Return a feed as it was made last, for whatever state."""
        with self._guard:
            return self._feeds[name][1] if name in self._feeds else None

    def _found(self, name: Hashable, state: Hashable) -> KeptFeed | None:
        with self._guard:
            made_for, feed = self._feeds.get(name, (None, None))
            if feed is None or made_for != state:
                return None
            self._feeds.move_to_end(name)
            return feed

    def _keep(self, name: Hashable, state: Hashable, feed: KeptFeed) -> KeptFeed:
        with self._guard:
            self._feeds[name] = (state, feed)
            self._feeds.move_to_end(name)
            octets = sum(kept.octets for _, kept in self._feeds.values())
            while octets > self._most_octets and len(self._feeds) > 1:
                octets -= self._feeds.popitem(last=False)[1][1].octets
        return feed

    @contextmanager
    def _sole_maker(self, name: Hashable) -> Iterator[None]:
        with self._guard:
            lock, waiting = self._makers.get(name, (Lock(), 0))
            self._makers[name] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            self._leave(name, lock)

    def _leave(self, name: Hashable, lock: Lock) -> None:
        with self._guard:
            waiting = self._makers[name][1] - 1
            if waiting:
                self._makers[name] = (lock, waiting)
            else:
                del self._makers[name]
