"""What a mail server says is understood by command, code and enhanced code."""

import pytest

from events_app.mail.outcomes import Misconfigured, Refused, TryLater
from events_app.mail.replies import Stage, enhanced_code, verdict


@pytest.mark.parametrize("text", ["5.1.1 unknown", "5.1.1 <anna@x.example>: Recipient address rejected", "no (#5.1.1)"])
def test_a_recipient_that_does_not_exist_is_a_dead_address(text):
    assert verdict(Stage.RCPT, 550, text) == Refused(f"550 {text}", is_address_dead=True)


@pytest.mark.parametrize(
    ("stage", "code", "text"),
    [
        (Stage.RCPT, 550, "mailbox unavailable"),
        (Stage.RCPT, 550, "5.2.1 disabled"),
        (Stage.DOT, 550, "5.1.1 unknown"),
        (Stage.DOT, 554, "5.6.0 not a message"),
    ],
)
def test_other_final_refusals_fail_the_letter_and_keep_the_address(stage, code, text):
    assert verdict(stage, code, text) == Refused(f"{code} {text}", is_address_dead=False)


@pytest.mark.parametrize(
    ("stage", "code", "text"),
    [
        (Stage.MAIL, 530, "5.7.0 Authentication required"),
        (Stage.MAIL, 550, "we do not know you"),
        (Stage.RCPT, 535, "5.7.8 bad credentials"),
        (Stage.RCPT, 550, "5.7.1 not allowed"),
        (Stage.RCPT, 554, "5.7.1 Relay access denied"),
        (Stage.RCPT, 550, "relay not permitted"),
        (Stage.RCPT, 550, "5.1.8 Sender address rejected: Domain not found"),
        (Stage.RCPT, 550, "5.1.0 <us@x.example>: Sender address rejected: unknown"),
        (Stage.DOT, 550, "5.7.26 unauthenticated sender"),
    ],
)
def test_what_is_wrong_with_us_is_never_blamed_on_the_recipient(stage, code, text):
    assert verdict(stage, code, text) == Misconfigured(f"{code} {text}")


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_temporary_refusals_are_tried_later(code):
    assert verdict(Stage.RCPT, code, "4.2.0 busy") == TryLater(f"{code} 4.2.0 busy")


@pytest.mark.parametrize(("code", "text"), [(552, "quota"), (550, "5.2.2 over quota")])
def test_a_full_mailbox_is_tried_a_few_times(code, text):
    assert verdict(Stage.RCPT, code, text) == TryLater(f"{code} {text}", is_mailbox_full=True)


@pytest.mark.parametrize(("text", "code"), [("5.1.1 no", "5.1.1"), ("from 5.1.1.9 refused", ""), ("", "")])
def test_an_enhanced_code_stands_first_or_behind_a_hash(text, code):
    assert enhanced_code(text) == code
