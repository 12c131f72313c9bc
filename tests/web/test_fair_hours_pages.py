"""The hours of an online event elsewhere stand on its page for delegations, and the year's burden on one page."""

import re
from html import unescape

import pytest


@pytest.fixture
def delegate(client, make_person, sign_in):
    return sign_in(client, make_person("dana", "US", "delegate"))


def test_unfair_hours_are_named_on_the_page_of_the_event(delegate, make_event):
    event = make_event(format="hybrid")
    text = unescape(delegate.get(f"/events/{event.id}").text)
    assert "For 2 States this lies outside 07:00 to 20:00." in text
    assert re.search(r"<li>United States[^<]*: <span class=\"number\">04:00–07:00</span></li>", text)


def test_the_public_and_meetings_in_person_have_no_such_hours(app, delegate, make_event):
    hybrid, in_person = make_event(format="hybrid"), make_event()
    assert "Hours elsewhere" not in app.test_client().get(f"/events/{hybrid.id}").text
    assert "Hours elsewhere" not in delegate.get(f"/events/{in_person.id}").text


def test_the_year_shows_the_heaviest_burden_first(delegate, make_event):
    make_event(format="hybrid")
    text = unescape(delegate.get("/fair-hours/2027").text)
    assert text.index("Canada") < text.index("United States") < text.index("Austria")
    assert "No event of this year has an online part." in delegate.get("/fair-hours/2028").text
    assert delegate.get("/fair-hours/20x7").status_code == 404
