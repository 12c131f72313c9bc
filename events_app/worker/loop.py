"""The worker: one pass takes back what dead workers left, derives what is due, claims and sends it.

Each step is a transaction of its own, and none is open while a mail server is talked to.
"""

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from events_app.letters.at_hand import shared_by_a_batch
from events_app.mail.actions import beat, claim, drop_expired, reclaim, release, resolve_doubt
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import Outcome
from events_app.mail.post import Post
from events_app.mail.queries import ids_in_doubt, owners_at_work
from events_app.mail.relay_log import Findings, nothing_known
from events_app.shared.clock import Clock
from events_app.worker.lock import WorkerLock, take_lock
from events_app.worker.sending import mark_leftovers, send_letter

Derive = Callable[[Session, datetime], int]
Write = Callable[[Session, OutboxMessage, datetime], bytes | None]
MayGo = Callable[[Session, OutboxMessage, datetime], bool]
Watch = Callable[[], AbstractContextManager[None]]
Settle = Callable[[Session, datetime], object]
Step = Callable[[], AbstractContextManager[tuple[Session, datetime]]]
Collect = Callable[[Step], None]
LookUp = Callable[[Collection[str]], Findings]

logger = logging.getLogger(__name__)


def always(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Let every letter go again as it was written."""
    return True


def never(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Write no letter a second time."""
    return False


def nothing_to_settle(session: Session, now: datetime) -> None:
    """Store nothing: no result waits to be stored."""


def nothing(step: Step) -> None:
    """Collect no mail: there is no mailbox."""


@dataclass(frozen=True)
class PassReport:
    """What one pass did; `failed` counts letters that could not go now, to be tried again or not."""

    derived: int = 0
    sent: int = 0
    failed: int = 0
    expired: int = 0
    in_doubt: int = 0


@dataclass
class Worker:
    """One worker, alive from its creation until `close`.

    `settle` stores results that time alone has brought. `derive` stores the letters that are due and returns how many
    are new. `write` returns a letter's bytes, or None if it may no longer go; what it writes is committed with them.
    `may_go` is asked before bytes that were written for an earlier attempt go again; where `is_outdated` they are
    written anew. `collect` takes mail that came in, after the letters have gone. `look_up` says which letters in doubt
    the relay took. `watch` surrounds each step that could hang.
    """

    engine: Engine
    post: Post
    derive: Derive
    write: Write
    clock: Clock
    instance_path: Path
    may_go: MayGo = always
    is_outdated: MayGo = never
    settle: Settle = nothing_to_settle
    collect: Collect = nothing
    look_up: LookUp = nothing_known
    watch: Watch = nullcontext
    lock: WorkerLock = field(init=False)
    unmarked: dict[int, Outcome] = field(default_factory=dict, init=False)
    is_stopping: bool = field(default=False, init=False)
    batch: dict[str, Any] = field(default_factory=shared_by_a_batch, init=False)

    def __post_init__(self) -> None:
        self._given = self.engine
        self.lock = take_lock(self.engine, self.instance_path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()

    def run_pass(self) -> PassReport:
        """Do everything that is due now; raises only if the database cannot be used."""
        tally: Counter[str] = Counter()
        self._renew_lock()
        with self.step() as (session, now):
            beat(session, self.lock.owner, now)
        mark_leftovers(self, tally)
        tally["in_doubt"] += self._reclaimed()
        tally["sent"] += self._resolved()
        self._settle()
        tally["derived"] += self._derived()
        try:
            self._send_all(tally)
        finally:
            self.post.close()
        self._collect()
        return PassReport(**tally)

    def stop(self) -> None:
        """Finish the letter at hand and put back the rest."""
        self.is_stopping = True

    def close(self) -> None:
        """End the worker's life."""
        self.lock.release()
        self._given.dispose()

    @contextmanager
    def step(self) -> Iterator[tuple[Session, datetime]]:
        """Open a transaction that writes, committed at the end; yields it and the instant."""
        engine = self.engine.execution_options(writes=True)
        with Session(engine, expire_on_commit=False, info=self.batch) as session, session.begin():
            yield session, self.clock.now()

    def _renew_lock(self) -> None:
        if not self.lock.is_held():
            logger.warning("the lock of worker %s was lost", self.lock.owner)
            self.lock.release()
            self.lock = take_lock(self.engine, self.instance_path)

    def _reclaimed(self) -> int:
        with Session(self.engine) as session:
            owners = owners_at_work(session)
        return sum(self._reclaimed_from(owner) for owner in owners)

    def _reclaimed_from(self, owner: str) -> int:
        # Between two passes this worker sends nothing: what it still holds is left from a step that broke.
        with self.lock.over(owner) as is_dead:
            if not is_dead and owner != self.lock.owner:
                return 0
            with self.step() as (session, now):
                return reclaim(session, owner, now)

    def _settle(self) -> None:
        try:
            with self.step() as (session, now):
                self.settle(session, now)
        except Exception:
            # Everybody reads the results all the same, and letters must not wait for their being stored.
            logger.exception("results could not be stored")

    def _resolved(self) -> int:
        asked_at = self.clock.now()
        with Session(self.engine) as session:
            doubtful = ids_in_doubt(session, asked_at)
        if not doubtful:
            return 0
        # The log is read before the transaction: whatever disk it lies on keeps nobody from writing.
        with self.watch():
            found = self.look_up(doubtful)
        with self.step() as (session, _):
            # As of then: what came into doubt since was not looked up.
            return resolve_doubt(session, asked_at, found)

    def _derived(self) -> int:
        try:
            with self.watch(), self.step() as (session, now):
                return self.derive(session, now)
        except Exception:
            # Letters that are in the outbox already must not wait until this is repaired.
            logger.exception("what is due could not be derived")
            return 0

    def _collect(self) -> None:
        # After sending: a mailbox whose server is slow keeps no letter waiting.
        try:
            with self.watch():
                self.collect(self.step)
        except Exception:
            logger.exception("mail could not be collected")

    def _send_all(self, tally: Counter[str]) -> None:
        try:
            while batch := self._claimed(tally):
                for letter_id in batch:
                    if not self._may_go_on() or not send_letter(self, letter_id, tally):
                        return
        finally:
            with self.step() as (session, _):
                release(session, self.lock.owner)

    def _claimed(self, tally: Counter[str]) -> list[int]:
        self.batch = shared_by_a_batch()
        with self.step() as (session, now):
            tally["expired"] += drop_expired(session, now)
            return [message.id for message in claim(session, self.lock.owner, now)]

    def _may_go_on(self) -> bool:
        return not self.is_stopping and self.lock.is_held()
