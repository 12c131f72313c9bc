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
    """Run a pass two weeks before 2 March 2027; return the letters, digests apart, by the name in the address."""

    def sent(at: datetime = datetime(2027, 2, 16, 8, tzinfo=UTC)) -> dict[str, EmailMessage]:
        clock.move_to(at)
        run_pass()
        sent = [letter for letter in post_box.letters if "weekly-digest" not in letter.message["List-Id"]]
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
