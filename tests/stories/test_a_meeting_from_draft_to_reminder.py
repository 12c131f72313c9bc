"""A contact point of the chairing State schedules a meeting; it reaches calendars, and its reminder the mail."""

from datetime import UTC, date, datetime, timedelta
from urllib.request import urlopen

import pytest
from icalendar import Calendar

pytestmark = pytest.mark.browser


def test_a_contact_point_of_the_chair_schedules_a_meeting_and_is_reminded(site, open_page):
    aino = site.add("Aino", "FI")
    site.add("Haruto", "JP")
    site.add("Leila", "JO")
    page = open_page()
    site.sign_in(page, aino)

    page.get_by_role("link", name="Draft an event").click()
    page.get_by_role("link", name="Contact Group meeting").click()
    page.get_by_label("Asian Contact Group").check()
    page.get_by_label("Theme", exact=False).first.fill("Border management in winter")
    page.get_by_label("First day").fill("2026-12-15")
    page.get_by_label("Last day").fill("2026-12-15")
    page.locator("#start_time").fill("10:00")
    page.locator("#end_time").fill("13:00")
    page.locator("#place").fill("Hofburg")
    page.locator("#documents-0-title").fill("Draft agenda")
    page.locator("#documents-0-link").fill("https://documents.example/draft-agenda")
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url("**/events/*")
    assert "Border management in winter" in page.locator("main").inner_text()
    event = page.url
    assert "Border management" not in text_at(f"{site.address}/")

    page.goto(f"{event}/confirm")
    page.get_by_role("button", name="Confirm this event").click()
    page.wait_for_url(event)

    page.goto(site.address)
    row = page.locator("li.row", has_text="Border management in winter")
    assert "15" in row.inner_text()
    assert "Finland" in row.inner_text()

    feed = Calendar.from_ical(text_at(f"{site.address}/feeds/asian.ics"))
    [entry] = [component for component in feed.walk("VEVENT") if "Border management in winter" in component["SUMMARY"]]
    assert entry["STATUS"] == "CONFIRMED"
    assert entry.decoded("DTSTART") == datetime(2026, 12, 15, 9, tzinfo=UTC)
    assert entry.decoded("DTSTART").date() == date(2026, 12, 15)

    site.mail.letters.clear()
    site.send_due()
    assert site.mail.letters == []
    site.clock.move_to(datetime(2026, 12, 1, 8, 1, tzinfo=UTC))
    site.send_due()
    site.send_due()
    assert len(site.mail.letters) == 2
    assert site.mail.to("leila@delegations.example") == []
    [letter] = site.mail.to(aino)
    assert "Contact Group" in letter["Subject"]
    assert "Border management in winter" in letter.get_body(("plain",)).get_content()
    [attached] = letter.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    assert attached.get_filename().endswith(".ics")
    [inside] = Calendar.from_ical(attached.get_payload(decode=True)).walk("VEVENT")
    assert inside["UID"] == entry["UID"]

    site.clock.advance(timedelta(days=12))
    site.send_due()
    assert len(site.mail.to(aino)) == 2


def test_another_contact_point_proposes_and_the_chair_confirms(site, open_page):
    haruto, aino = site.add("Haruto", "JP"), site.add("Aino", "FI")
    first = open_page()
    site.sign_in(first, haruto)
    first.goto(f"{site.address}/events/new/workshop")
    first.get_by_label("Asian Contact Group").check()
    first.get_by_label("Theme", exact=False).first.fill("Disaster risk")
    first.get_by_label("First day").fill("2026-12-16")
    first.get_by_label("Last day").fill("2026-12-16")
    first.get_by_role("button", name="Save as a draft").click()
    first.wait_for_url("**/events/*")
    event = first.url
    first.get_by_role("link", name="Propose").or_(first.get_by_role("button", name="Propose")).first.click()
    first.get_by_role("button", name="Propose this event").click()
    first.wait_for_url(event)
    assert "Proposed" in first.locator("main").inner_text()
    second = open_page()
    site.sign_in(second, aino)
    second.goto(event)
    assert "Disaster risk" in second.locator("main").inner_text()


def text_at(address):
    with urlopen(address, timeout=30) as answer:
        return answer.read().decode()
