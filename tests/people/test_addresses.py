"""Mail addresses: one spelling each, and nothing that only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events_app.people.actions import add_person
from events_app.people.errors import InvalidAddressError, PersonKnownError
from events_app.people.rules import clean_address


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("anna@delegations.example", "anna@delegations.example"),
        ("  Anna.Berg@Delegations.EXAMPLE \n", "anna.berg@delegations.example"),
        ("o'neill+osce@mail.section.example", "o'neill+osce@mail.section.example"),
        ("a@" + "b" * 63 + ".example", "a@" + "b" * 63 + ".example"),
        ("a" * 64 + "@b.example", "a" * 64 + "@b.example"),
    ],
)
def test_an_address_is_kept_in_lower_case_and_trimmed(given_text, kept):
    assert clean_address(given_text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "", "anna", "anna@", "@b.example", "anna@example", "a b@c.example", "a@b@c.example", "a@b..example",
        "a@-b.example", "a@b-.example", "a@b.example.", "a@[127.0.0.1]", "Anna <a@b.example>", "a,b@c.example",
        "a@b.example\nBcc: c@d.example", "a\r@b.example", "a@b.example\x00", "a\u2028@b.example",
        "аnna@b.example", "anna@ｂ.example", "anna@bank.exampIe\u0301", "\u212aate@b.example", "anna@ba\u212a.example",
        "a" * 65 + "@b.example", "a@" + "b" * 64 + ".example", "a@" + "b.c" * 90 + ".example",
    ],
)  # fmt: skip
def test_these_are_no_addresses(text):
    with pytest.raises(InvalidAddressError) as refused:
        clean_address(text)
    assert refused.value.address == text


@given(st.text(max_size=30), st.sampled_from(["", "@b.example", "@", "a@"]))
@settings(deadline=None)
def test_whatever_is_kept_is_plain_ascii_on_one_line(text, rest):
    try:
        address = clean_address(text + rest)
    except InvalidAddressError:
        return
    assert address.isascii() and address.isprintable() and " " not in address
    assert clean_address(address) == address


def test_an_address_belongs_to_one_person_however_it_is_written(session, make_person, clock):
    make_person("anna", "CH")
    with pytest.raises(PersonKnownError):
        add_person(session, "ANNA@Delegations.example", "Anna", clock.now())
