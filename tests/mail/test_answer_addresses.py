"""The address and the link on which an invitation is answered are ours to make, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest

from events_app.events.models import Invitation
from events_app.mail.answer_address import answer_address, is_address_of, number_in_address
from events_app.mail.answer_link import answer_token, is_token_of, number_in_token

FROM, KEY = "partners@calendar.example", "for tests only"
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def numbered(number, person_id=7, invited_at=NOW):
    return Invitation(id=number, person_id=person_id, invited_at=invited_at)


INVITATION = numbered(42)


def leads_to(address, mail_from=FROM, key=KEY, invitation=INVITATION):
    """Return whether an address leads to an invitation, by its number and by its digest."""
    return number_in_address(address, mail_from) == invitation.id and is_address_of(address, mail_from, key, invitation)


def opens(token, key=KEY, invitation=INVITATION):
    return number_in_token(token) == invitation.id and is_token_of(token, key, invitation)


def test_an_address_leads_back_to_its_invitation_whatever_its_case():
    address = answer_address(FROM, KEY, INVITATION)
    assert address.startswith("partners+42-") and address.endswith("@calendar.example")
    assert leads_to(address)
    assert leads_to(f" {address.upper()}", "Partners@Calendar.example")


def test_each_invitation_and_each_key_has_an_address_of_its_own():
    digests = {
        answer_address(FROM, key, numbered(number)).partition("-")[2] for key in ("one", "two") for number in (1, 2)
    }
    assert len(digests) == 4


def test_an_address_with_a_plus_of_its_own_works():
    address = answer_address("a+b@calendar.example", KEY, INVITATION)
    assert leads_to(address, "a+b@calendar.example")
    assert not leads_to(address, "a@calendar.example")


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
    assert not leads_to(forged(answer_address(FROM, KEY, INVITATION))[number])


def test_an_address_made_with_another_key_leads_nowhere():
    assert not leads_to(answer_address(FROM, "another key", INVITATION))


def test_a_token_leads_back_to_its_invitation_and_no_other_text_does():
    token = answer_token(KEY, INVITATION)
    digest = token.partition("-")[2]
    assert opens(token)
    assert not opens(token, "another key")
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
        assert not opens(other)


def test_whoever_knows_the_address_for_replies_does_not_know_the_link():
    digest = answer_address(FROM, KEY, INVITATION).partition("-")[2].partition("@")[0]
    assert digest not in answer_token(KEY, INVITATION)


@pytest.mark.parametrize(
    "other", [numbered(42, person_id=8), numbered(42, invited_at=NOW + timedelta(days=1))], ids=["person", "instant"]
)
def test_a_number_that_is_handed_out_again_after_a_restored_backup_has_other_secrets(other):
    assert not leads_to(answer_address(FROM, KEY, INVITATION), invitation=other)
    assert not opens(answer_token(KEY, INVITATION), invitation=other)
