"""The address and the link on which an invitation is answered are ours to make, and nobody else's."""

import pytest

from events_app.mail.answer_address import answer_address, invitation_id_of
from events_app.mail.answer_link import answer_token, invitation_id_of_token

FROM, KEY = "partners@calendar.example", "for tests only"


def test_an_address_leads_back_to_its_invitation_whatever_its_case():
    address = answer_address(FROM, KEY, 42)
    assert address.startswith("partners+42-") and address.endswith("@calendar.example")
    assert invitation_id_of(address, FROM, KEY) == 42
    assert invitation_id_of(f" {address.upper()}", "Partners@Calendar.example", KEY) == 42


def test_each_invitation_and_each_key_has_an_address_of_its_own():
    digests = {answer_address(FROM, key, number).partition("-")[2] for key in ("one", "two") for number in (1, 2)}
    assert len(digests) == 4


def test_an_address_with_a_plus_of_its_own_works():
    address = answer_address("a+b@calendar.example", KEY, 7)
    assert invitation_id_of(address, "a+b@calendar.example", KEY) == 7
    assert invitation_id_of(address, "a@calendar.example", KEY) is None


def forged(address):
    number, _, digest = address.partition("-")
    digits = digest.partition("@")[0]
    other = ("0" if digits[0] != "0" else "1") + digits[1:]
    return [
        "", "@", "partners", FROM, f"{number}-{other}@calendar.example", f"{number}-{digits[:-1]}@calendar.example",
        f"partners+43-{digest}", f"partners+042-{digest}", f"partners+٤٢-{digest}", f"others+42-{digest}",
        f"{number}-{digits}@evil.example", f"{number}-{digits}@calendar.example\nx", f"x{address}",
        f"partners+-{digest}", f"partners+{'9' * 40}-{digest}", f"{number}-{digits}é@calendar.example",
        "partners+" + "4" * 10_000, address.removeprefix("partners+"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", range(18))
def test_no_other_address_leads_to_an_invitation(number):
    assert invitation_id_of(forged(answer_address(FROM, KEY, 42))[number], FROM, KEY) is None


def test_an_address_made_with_another_key_leads_nowhere():
    assert invitation_id_of(answer_address(FROM, "another key", 42), FROM, KEY) is None


def test_a_token_leads_back_to_its_invitation_and_no_other_text_does():
    token = answer_token(KEY, 42)
    digest = token.partition("-")[2]
    assert invitation_id_of_token(token, KEY) == 42
    assert invitation_id_of_token(token, "another key") is None
    for other in (
        "",
        "42",
        "42-",
        f"43-{digest}",
        f"042-{digest}",
        token.upper(),
        f"{token}0",
        token[:-1],
        f"{token}\n",
    ):
        assert invitation_id_of_token(other, KEY) is None


def test_whoever_knows_the_address_for_replies_does_not_know_the_link():
    digest = answer_address(FROM, KEY, 42).partition("-")[2].partition("@")[0]
    assert digest not in answer_token(KEY, 42)
