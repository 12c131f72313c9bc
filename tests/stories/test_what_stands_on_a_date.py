"""A contact point enters the date of a meeting and is told at once what stands on it."""

import pytest

pytestmark = pytest.mark.browser


def test_the_lens_follows_the_date_the_group_and_the_host_while_they_are_entered(site, open_page):
    page = open_page(375)
    site.enter(page.context, site.add("Leila", "JO"))
    page.goto(f"{site.address}/events/new/contact-group-meeting")
    lens = page.locator("[data-lens-answer]")
    assert lens.get_attribute("aria-live") == "polite"
    page.get_by_label("First day").fill("2027-05-16")
    lens.get_by_text("The General Assembly asks not to meet").wait_for()
    assert "Morocco" not in lens.inner_text()
    page.get_by_role("checkbox", name="Mediterranean Contact Group").check()
    lens.get_by_text("Morocco, Tunisia (Eid al-Adha)").wait_for()
    page.get_by_label("Last day").fill("2027-05-10")
    lens.get_by_text("days, in order").wait_for()
    page.get_by_label("Last day").fill("2027-05-17")
    lens.get_by_text("Austria (Pentecost Monday)").wait_for()
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Check dates").click()
    page.wait_for_url("**/dates?**")
    assert "Pentecost Monday" in page.locator("main").inner_text()


def test_the_layer_of_a_month_and_a_year_fits_a_phone(site, open_page):
    page = open_page(320)
    for path in ("/month/2027-05?lens=joint", "/year/2027?lens=joint", "/month/2027-05?lens=joint&lang=ar"):
        page.goto(f"{site.address}{path}")
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path
        assert page.locator(".lens-heavy").count() > 0


def test_the_pages_of_holidays_fit_a_phone(site, open_page):
    page = open_page(320)
    site.enter(page.context, site.add("Clara", secretary=True))
    for path in ("/holidays/2027?of=all", "/holidays/MA/2027-05-16", "/holidays/new", "/dates?from=2027-05-16"):
        page.goto(f"{site.address}{path}")
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), path
