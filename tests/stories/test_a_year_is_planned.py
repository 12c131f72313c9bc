"""The story of a year: planned, a date kept by a click, adopted, agreed by silence, and in everybody's calendar."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from events_app.events.models import Event

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site, open_page):
    """The browser of a secretary."""
    site.add("Clara", secretary=True)
    page = open_page()
    site.enter(page.context, "clara@delegations.example")
    return page


def test_a_year_is_planned_adopted_agreed_by_silence_and_in_the_feed(site, page):
    haruto, leila = site.add("Haruto", "JP"), site.add("Leila", "JO")
    page.goto(f"{site.address}/plan/2027")
    assert page.locator(".plan-row").count() == 15
    row = page.locator(".plan-row").filter(has_text="Meeting of the Asian Contact Group").first
    row.get_by_text("Why this date").click()
    assert row.get_by_text("What it avoids: the best other days").is_visible()
    row.get_by_role("link", name="Choose this day").first.click()
    assert "Meeting of the Asian Contact Group: was" in page.locator(".plan-changes").inner_text()
    kept = page.locator(".plan-row").filter(has_text="Let it move again")
    day = date.fromisoformat(kept.locator("time").get_attribute("datetime"))
    chosen = kept.get_attribute("id")

    page.get_by_role("link", name="Adopt this plan …").press("Enter")
    page.get_by_label("A line on this version").fill("As agreed in November")
    page.get_by_role("button", name="Adopt", exact=True).click()
    page.wait_for_url("**/plan/2027/versions/1")
    assert page.locator(".plan-card-row").count() == 15

    site.send_due()
    for email, others in ((haruto, "Mediterranean"), (leila, "Asian")):
        [letter] = site.mail.to(email)
        text = letter.get_body(("plain",)).get_content()
        assert "Plan of 2027, version 1: 8 dates are new or have moved" in text
        assert f"Meeting of the {others}" not in text and "As agreed in November" in text

    page.goto(f"{site.address}{_event_on(site, day)}/consult/no-objection")
    page.get_by_role("button", name="Open the procedure").click()
    page.wait_for_url("**/consultations/*")
    feed = f"{site.address}/feeds/asian.ics"
    assert f"DTSTART;TZID=Europe/Vienna:{day:%Y%m%d}" not in page.request.get(feed).text()
    site.clock.advance(timedelta(days=21))
    assert f"DTSTART;TZID=Europe/Vienna:{day:%Y%m%d}" in page.request.get(feed).text()
    site.enter(page.context, "clara@delegations.example")
    page.goto(f"{site.address}/plan/2027")
    assert "Confirmed" in page.locator(f"#{chosen}").inner_text()


def test_an_adopted_plan_fits_one_upright_sheet_and_every_page_a_phone(site, page):
    page.goto(f"{site.address}/plan/2027/adopt?host-asian=JP")
    page.get_by_role("button", name="Adopt", exact=True).click()
    page.wait_for_url("**/plan/2027/versions/1")
    assert page.locator(".plan-card-row").count() == 15
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1
    page.set_viewport_size({"width": 320, "height": 700})
    for path in ("", "?quota-asian=61", "/adopt", "/versions", "/versions/1"):
        for language in ("en", "ar"):
            sign = "&" if "?" in path else "?"
            page.goto(f"{site.address}/plan/2027{path}{sign}lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = one.closest('main') })")
            assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), (path, language)


def _event_on(site, day):
    """Return the address of the event on a day."""
    with site.session() as session:
        return f"/events/{session.scalar(select(Event.id).where(Event.starts_on == day))}"
