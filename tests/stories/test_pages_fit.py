"""Every page fits a phone and a desk, from left to right and from right to left, with and without scripts."""

from datetime import date, time

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.rules.details import AgendaPoint, DocumentLink, EventDetails
from events_app.events.rules.life import CONFIRM

pytestmark = pytest.mark.browser

PAGES = ("/", "/year/2026", "/month/2026-12", "/groups/", "/groups/asian", "/groups/mediterranean", "/events/",
         "/events/1", "/events/2", "/feeds/", "/chairmanships/", "/sign-in", "/preferences", "/nothing")  # fmt: skip
DESK_PAGES = ("/desk", "/events/new", "/events/new/conference", "/events/1/edit", "/events/1/history",
              "/events/1/cancel", "/events/2/edit-hosted", "/outbox", "/chairmanships/2027", "/feeds/")  # fmt: skip
WIDTHS = (320, 375, 1280)
TOO_WIDE = """() => [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 1
                    || element.getBoundingClientRect().left < -1)
    .slice(0, 5).map(element => element.outerHTML.slice(0, 120))"""


@pytest.fixture
def programme(site):
    """A meeting, and a conference of two days with everything that a page can show."""
    now = site.clock.now()
    first, last = date(2026, 12, 14), date(2026, 12, 15)
    meeting = EventDetails(
        kind_key="contact-group-meeting", group_keys=("asian",), starts_on=date(2026, 12, 10),
        ends_on=date(2026, 12, 10), start_time=time(10), end_time=time(13), visibility="public",
        theme="Confidence-building measures",
        place="Hofburg, Neuer Saal", interpretation=("en", "fr", "ru"),
    )  # fmt: skip
    conference = EventDetails(
        kind_key="conference", group_keys=("mediterranean",), starts_on=first, ends_on=last, visibility="public",
        theme="Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        host_code="AT", co_host_codes=("JO", "EG"), place="Vienna", format="hybrid", description="One.\n\nTwo.",
        joining_link="https://meet.example/" + "long" * 20, rests_on="Decision 1/26",
        agenda=(AgendaPoint(first, time(9, 30), "Opening", "Chair"), AgendaPoint(last, None, "Closing")),
        documents=(DocumentLink("agenda", "https://documents.example/" + "a" * 80, "https://documents.example/1"),),
    )  # fmt: skip
    with site.session() as session:
        for details in (meeting, conference):
            take_step(session, create_event(session, details, "localhost", now), CONFIRM, now)


def too_wide(page):
    """What sticks out of a page, empty if nothing can be scrolled sideways."""
    if page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"):
        return []
    return page.evaluate(TOO_WIDE) or ["something"]


def misfits(page, site, paths, language):
    """Open pages at every width and return what sticks out, by path and width."""
    found = {}
    for path in paths:
        answer = page.goto(f"{site.address}{path}?lang={language}")
        assert answer.status == (404 if path == "/nothing" else 200), path
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[path, width] = too_wide(page)
    return {place: what for place, what in found.items() if what}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_scrolls_sideways(site, programme, open_page, language):
    assert misfits(open_page(), site, PAGES, language) == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_of_the_desk_scrolls_sideways(site, programme, open_page, language):
    page = open_page()
    site.enter(page.context, site.add("Clara", secretary=True))
    assert misfits(page, site, DESK_PAGES, language) == {}


def test_the_pages_say_the_same_without_scripts(site, programme, open_page):
    with_scripts, without = open_page(), open_page(java_script_enabled=False)
    for path in ("/", "/year/2026", "/month/2026-12", "/groups/asian", "/events/2"):
        texts = []
        for page in (with_scripts, without):
            page.goto(f"{site.address}{path}")
            texts.append(page.locator("main").inner_text())
        assert texts[0] == texts[1], path


def test_signing_in_and_drafting_work_without_scripts_on_a_phone(site, open_page):
    page = open_page(375, java_script_enabled=False)
    site.sign_in(page, site.add("Ben", "CH"))
    page.goto(f"{site.address}/events/new/workshop")
    page.get_by_label("First day").fill("2026-12-16")
    page.get_by_label("Last day").fill("2026-12-16")
    page.get_by_role("button", name="Save as a draft").click()
    page.wait_for_url("**/events/1")


def test_a_refused_form_says_why_at_the_field_and_leads_there(site, open_page):
    page = open_page(375)
    site.enter(page.context, site.add("Ben", "CH"))
    page.goto(f"{site.address}/events/new/workshop")
    page.get_by_label("First day").fill("2026-12-16")
    page.get_by_label("Last day").fill("2026-12-15")
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        page.get_by_role("button", name="Save as a draft").click()
    assert answer.value.status == 422
    summary = page.get_by_role("alert")
    assert "The end must come after the start." in summary.inner_text()
    assert page.locator("#ends_on").get_attribute("aria-invalid") == "true"
    assert too_wide(page) == []


def test_the_keyboard_reaches_the_content_first(site, programme, open_page):
    page = open_page()
    page.goto(site.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
