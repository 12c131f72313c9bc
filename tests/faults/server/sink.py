"""A mail server that keeps nothing but Message-IDs, quickly: it counts what it took, and fails as it is told to.

Run as a program it listens on a free port of loopback, prints the port, and takes everything until it is ended.
"""

import asyncio
import threading
from collections.abc import Callable
from random import Random
from typing import Any

GREETING, OK, GO_ON = b"220 sink\r\n", b"250 OK\r\n", b"354 go on\r\n"
END = b"\r\n.\r\n"
MARK = b"Message-ID: "


class Sink:
    """Counts letters; with a `dice` it refuses one in `odds` for now, and hangs up on one in `odds` after taking it.

    With `cuts` it hangs up after taking the next letter, with `lateness` (seconds) it answers that one so late.
    """

    def __init__(self, dice: Random | None = None, odds: int = 100) -> None:
        self.taken: list[str] = []
        self.hiccups = 0
        self.cuts = 0
        self.lateness = 0.0
        self.dice, self.odds = dice, odds
        self.port = 0
        self.has_taken = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> None:
        """Listen in a thread of its own."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def stop(self) -> None:
        """End the thread."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def wait_for(self, number: int, timeout: float) -> bool:
        """Wait until so many letters were taken."""
        with self.has_taken:
            return self.has_taken.wait_for(lambda: len(self.taken) >= number, timeout)

    def take(self, letter: bytes) -> None:
        """Count a letter."""
        with self.has_taken:
            start = letter.index(MARK) + len(MARK)
            self.taken.append(letter[start : letter.index(b"\r\n", start)].decode())
            self.has_taken.notify_all()

    def hiccup(self) -> bool:
        """Decide whether something goes wrong now."""
        unlucky = self.dice is not None and self.dice.randrange(self.odds) == 0
        self.hiccups += unlucky
        return unlucky

    async def _listen(self) -> None:
        self._server = await self._loop.create_server(lambda: Conversation(self), "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        if self._server is not None:
            self._server.close()
        for transport in Conversation.open_ones.copy():
            transport.abort()
        await asyncio.sleep(0)


class Conversation(asyncio.Protocol):
    """One client's connection."""

    open_ones: set[Any] = set()  # noqa: RUF012

    def __init__(self, sink: Sink) -> None:
        self.sink, self.buffer, self.is_in_data = sink, b"", False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.open_ones.add(transport)
        transport.write(GREETING)

    def connection_lost(self, error: Exception | None) -> None:
        self.open_ones.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while self._letter() if self.is_in_data else self._command():
            pass

    def _letter(self) -> bool:
        letter, end, rest = self.buffer.partition(END)
        if not end:
            return False
        self.buffer, self.is_in_data = rest, False
        self.sink.take(letter)
        if self.sink.cuts or self.sink.hiccup():
            self.sink.cuts = 0
            self.transport.abort()
            return False
        self._answer_in(self.sink.lateness)
        self.sink.lateness = 0.0
        return True

    def _answer_in(self, seconds: float) -> None:
        if seconds:
            asyncio.get_running_loop().call_later(seconds, self.transport.write, OK)
        else:
            self.transport.write(OK)

    def _command(self) -> bool:
        line, end, rest = self.buffer.partition(b"\r\n")
        if not end:
            return False
        self.buffer = rest
        ANSWERS.get(line[:4].upper(), Conversation._agree)(self)
        return not self.transport.is_closing()

    def _agree(self) -> None:
        self.transport.write(OK)

    def _expect_a_letter(self) -> None:
        self.is_in_data = True
        self.transport.write(GO_ON)

    def _look_at_the_recipient(self) -> None:
        self.transport.write(b"451 4.7.1 greylisted\r\n" if self.sink.hiccup() else OK)

    def _part(self) -> None:
        self.transport.write(b"421 4.3.2 closing\r\n")
        self.transport.close()


ANSWERS: dict[bytes, Callable[[Conversation], None]] = {
    b"DATA": Conversation._expect_a_letter,
    b"RCPT": Conversation._look_at_the_recipient,
    b"QUIT": Conversation._part,
}


if __name__ == "__main__":
    sink = Sink()
    sink.start()
    print(sink.port, flush=True)
    threading.Event().wait()
