"""Names stand one after another as the language writes it."""

import pytest

from events_app.words.lists import listed, listed_apart


@pytest.mark.parametrize(("language", "commas", "semicolons"), [("en", "a, b", "a; b"), ("ar", "a، b", "a؛ b")])
def test_each_language_has_its_comma(language, commas, semicolons):
    assert listed(["a", "b"], language) == commas
    assert listed_apart(["a", "b"], language) == semicolons
    assert listed(["a"], language) == "a"
