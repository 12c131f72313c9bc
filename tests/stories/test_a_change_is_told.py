"""The story of a move: an organiser changes the hour, sees the letter before it goes, and a delegation reads it."""

from datetime import date, time, timedelta

import pytest
from icalendar import Calendar

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.people.actions import prefer
from events_app.people.queries import person_by_address

pytestmark = pytest.mark.browser
DAY = date(2026, 12, 10)
MEETING = EventDetails(
    kind_key="contact-group-meeting", group_keys=("asian",), starts_on=DAY, ends_on=DAY, start_time=time(10),
    end_time=time(13), visibility="group", theme="Roads", place="Ratsaal",
)  # fmt: skip


@pytest.fixture
def meeting(site):
    """The address of a meeting of the Asian group that Finland chairs."""
    with site.session() as session:
        event = create_event(session, MEETING, "127.0.0.1", site.clock.now())
        take_step(session, event, CONFIRM, site.clock.now())
        session.commit()
        return f"{site.address}/events/{event.id}"


def test_an_organiser_moves_a_meeting_sees_the_letter_and_a_delegation_reads_it(site, open_page, meeting):
    aino, haruto = site.add("Aino", "FI"), site.add("Haruto", "JP")
    with site.session() as session:
        prefer(session, person_by_address(session, haruto), "en", "Asia/Tokyo")
    page = open_page()
    site.enter(page.context, aino)
    page.goto(f"{meeting}/edit")
    page.locator("#start_time").fill("15:00")
    page.locator("#end_time").fill("18:00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/tell?since=*")
    shown = page.locator("main").inner_text()
    assert "To 1 person: Saturday, 21 November 2026" in shown
    assert "Was: Thursday, 10 December 2026" in shown and "15:00–18:00 (Austria)" in shown
    page.get_by_text("Who gets it").click()
    assert page.get_by_text("Haruto", exact=True).is_visible()
    page.get_by_label("A line of your own").fill("The room was taken.")
    page.get_by_role("button", name="Tell them").click()
    page.wait_for_url(meeting)

    site.send_due()
    assert site.mail.to(haruto) == []
    site.clock.advance(timedelta(minutes=10))
    site.send_due()
    [letter] = site.mail.to(haruto)
    text = letter.get_body(("plain",)).get_content()
    for words in ("10:00–13:00 (Austria)", "18:00–21:00 (Japan)", "15:00–18:00 (Austria)", "The room was taken."):
        assert words in text
    [attached] = letter.iter_attachments()
    [inside] = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert (inside["SEQUENCE"], inside["DTSTART"].dt.hour) == (2, 15)
    assert site.mail.to(aino) == []


def test_a_cancellation_shows_its_letter_before_it_is_taken(site, open_page, meeting):
    clara, haruto = site.add("Clara", secretary=True), site.add("Haruto", "JP")
    page = open_page()
    site.enter(page.context, clara)
    page.goto(f"{meeting}/cancel")
    shown = page.locator("main").inner_text()
    assert "Cancelled: Meeting of the Asian Contact Group: Roads" in shown
    assert page.get_by_label("Tell those concerned by mail").is_checked()
    page.get_by_label("Reason").fill("No quorum.")
    page.get_by_role("button", name="Cancel this event").click()
    page.wait_for_url(meeting)
    site.clock.advance(timedelta(minutes=10))
    site.send_due()
    [letter] = site.mail.to(haruto)
    assert letter["Subject"] == "Cancelled: Meeting of the Asian Contact Group: Roads"
    assert "Reason: No quorum." in letter.get_body(("plain",)).get_content()
