"""A secretary records who holds the Chairmanship of 2027, and every event that depends on it says so at once."""

from datetime import date, time

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(site):
    """A Mediterranean meeting of December 2026, whose chair is the open Chairmanship of 2027."""
    day = date(2026, 12, 8)
    details = EventDetails(
        kind_key="contact-group-meeting", group_keys=("mediterranean",), starts_on=day, ends_on=day,
        start_time=time(10), end_time=time(13), visibility="public", theme="Migration",
    )  # fmt: skip
    with site.session() as session:
        event = create_event(session, details, "localhost", site.clock.now())
        take_step(session, event, CONFIRM, site.clock.now())
        return event.id


def test_recording_the_chairmanship_of_2027_gives_the_meeting_its_chair(site, open_page, meeting):
    clara = site.add("Clara", secretary=True)
    page = open_page()
    site.sign_in(page, clara)
    page.goto(f"{site.address}/events/{meeting}")
    assert "to be determined" in page.locator("main").inner_text().lower()

    page.goto(f"{site.address}/desk")
    page.get_by_role("link", name="Record a decision").first.click()
    page.get_by_label("State", exact=True).select_option(label="Cyprus")
    page.get_by_label("Decided on", exact=False).fill("2026-11-20")
    page.get_by_label("Source", exact=False).fill("Decision 1/26")
    page.get_by_role("button", name="Record").click()
    page.wait_for_url("**/chairmanships/")
    assert "1 event shows its new chair" in page.locator("main").inner_text()

    page.goto(f"{site.address}/events/{meeting}")
    assert "Cyprus" in page.locator("main").inner_text()
    page.goto(f"{site.address}/events/{meeting}/history")
    assert "Cyprus" in page.locator("main").inner_text()
    assert "Clara" in page.locator("main").inner_text()
