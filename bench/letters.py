"""What a letter costs from the facts to the mail server: reminders of one meeting in seven languages, one worker.

Beside the time it says how many statements each letter takes, which no other work on the machine changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from mail import LETTERS, NOW, opened, seconds_of_a_bare_loop, sink
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from stage import furnish

from events_app.app import create_worker
from events_app.config import Settings
from events_app.people.actions import add_person, appoint
from events_app.shared.clock import StoppedClock
from events_app.shared.database import Base
from events_app.words.languages import LANGUAGES

BASE = "https://calendar.example"
READERS, STATES = 300, ("AT", "CH", "DE", "ES", "FR", "IT", "PL", "SE")
LONG_AGO = NOW - timedelta(days=200)


def main() -> None:
    """Print what one pass takes."""
    with sink() as port, TemporaryDirectory() as folder:
        bare = LETTERS / seconds_of_a_bare_loop(port)
        settings = Settings(
            smtp_url=f"smtp://127.0.0.1:{port}", secret_key="bench", instance_path=Path(folder), base_url=BASE
        )
        fill(settings)
        print_pass(settings, bare)


def fill(settings: Settings) -> None:
    """Write facts, events, and the contact points who are reminded of them."""
    engine, clock = opened(settings), StoppedClock(LONG_AGO)
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        furnish(session, clock)
        for number in range(READERS):
            person = add_person(session, f"reader{number}@delegations.example", f"Reader {number}", clock.now())
            person.language = LANGUAGES[number % len(LANGUAGES)]
            appoint(session, person, STATES[number % len(STATES)], "contact-point", clock.now())
    engine.dispose()


def print_pass(settings: Settings, bare: float) -> None:
    """Run a pass; deriving is measured apart."""
    with create_worker(settings, StoppedClock(NOW)) as worker:
        with statements_on(worker.engine) as asked:
            derive, worker.derive = worker.derive, lambda session, now: 0
            start = perf_counter()
            with worker.step() as (session, now):
                derived = derive(session, now)
            print(f"{derived} letters derived in {perf_counter() - start:.2f} s with {len(asked)} statements")
            asked.clear()
            start = perf_counter()
            sent = worker.run_pass().sent
            speed = sent / (perf_counter() - start)
        print(f"{speed:.0f} a second written and sent ({speed / bare:.3f} of the bare loop's {bare:.0f}),")
        print(f"{len(asked) / sent:.1f} statements a letter")


@contextmanager
def statements_on(engine: Engine) -> Iterator[list[str]]:
    """Collect what is asked of a database meanwhile."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    yield asked


if __name__ == "__main__":
    main()
