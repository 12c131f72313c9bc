"""A worker to be killed: run with database, instance folder, port, instant and the point at which it waits."""

import sys
import time
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine

from events_app.mail.smtp import SmtpPost
from events_app.shared.clock import StoppedClock
from events_app.shared.database import prepare_engine
from events_app.worker.loop import Worker


def wait_here(point):
    print(point, flush=True)
    time.sleep(60)


class LingeringPost(SmtpPost):
    """Waits after the server has accepted a letter, before anybody can write that down."""

    def send(self, address, rendered):
        outcome = super().send(address, rendered)
        wait_here("accepted")
        return outcome


def main(url, instance, port, instant, point):
    def write(session, message, now):
        if point == "writing":
            wait_here("writing")
        return f"Message-ID: {message.message_id}\r\n\r\nWritten by the victim at {now}.\r\n".encode()

    post = LingeringPost if point == "accepted" else SmtpPost
    worker = Worker(
        engine=prepare_engine(create_engine(url)),
        post=post("127.0.0.1", int(port), "partners@calendar.example"),
        derive=lambda session, now: 0,
        write=write,
        clock=StoppedClock(datetime.fromisoformat(instant)),
        instance_path=Path(instance),
    )
    worker.run_pass()


if __name__ == "__main__":
    main(*sys.argv[1:])
