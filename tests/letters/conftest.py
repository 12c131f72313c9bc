"""What the tests of the letters ask for: the letters of a pass, taken apart."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from events_app.mail.postbox import PostBox
from events_app.shared.clock import StoppedClock


@pytest.fixture
def letters(
    run_pass: Callable[[], Any], post_box: PostBox, clock: StoppedClock
) -> Callable[..., dict[str, EmailMessage]]:
    """Run a pass two weeks before 2 March 2027; return the letters by the name in the address.

    Digests and letters on steps of preparation are left out: those who plan get them besides.
    """

    def sent(at: datetime = datetime(2027, 2, 16, 8, tzinfo=UTC)) -> dict[str, EmailMessage]:
        clock.move_to(at)
        run_pass()
        besides = ("weekly-digest", "preparation-due")
        sent = [found for found in post_box.letters if not any(name in found.message["List-Id"] for name in besides)]
        return {letter.address.partition("@")[0]: letter.message for letter in sent}

    return sent


@pytest.fixture
def parts() -> Callable[[EmailMessage], tuple[str, str]]:
    """Return text and HTML of a letter."""

    def of(message: EmailMessage) -> tuple[str, str]:
        text, html = message.get_body(("plain",)), message.get_body(("html",))
        assert text is not None and html is not None
        return text.get_content(), html.get_content()

    return of
