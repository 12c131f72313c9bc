"""A delegate subscribes: builds a feed with a preview, copies its address, reads it in a program, takes it back."""

from dataclasses import replace
from datetime import date, time
from urllib.request import urlopen

import pytest
from icalendar import Calendar

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event, create_event
from events_app.events.rules.details import EventDetails, details_of
from events_app.events.rules.life import CONFIRM

pytestmark = pytest.mark.browser


def add_meeting(site, theme, visibility, day):
    details = EventDetails(
        kind_key="contact-group-meeting", group_keys=("asian",), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(13), visibility=visibility, theme=theme,
    )  # fmt: skip
    with site.session() as session:
        event = create_event(session, details, "localhost", site.clock.now())
        take_step(session, event, CONFIRM, site.clock.now())
    return event


def read(address):
    with urlopen(address) as answer:
        return {str(found["UID"]): found for found in Calendar.from_ical(answer.read()).walk("VEVENT")}


def test_built_previewed_copied_read_and_taken_back(site, open_page):
    meeting = add_meeting(site, "Water", "group", date(2026, 12, 10))
    add_meeting(site, "Elections", "public", date(2027, 1, 12))
    email = site.add("Haruto", "JP")
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    site.enter(page.context, email)
    page.goto(f"{site.address}/feeds/")
    page.get_by_label("What you call it").fill("Office")
    page.get_by_role("checkbox", name="Asian Contact Group").check()
    page.get_by_text("What comes next in this feed").wait_for()
    assert page.locator("#preview li").count() == 2
    page.get_by_label("How much it tells").select_option("title")
    page.locator("#preview").filter(has_not_text="Water").wait_for()
    page.get_by_label("How much it tells").select_option("full")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("This address is shown once").wait_for()
    address = page.get_by_label("Or copy the address").input_value()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address

    first = read(address)
    assert {component["SUMMARY"].split(": ")[1] for component in first.values()} == {"Water", "Elections"}
    with site.session() as session:
        event = session.merge(meeting)
        change_event(session, event, replace(details_of(event), start_time=time(11)), event.version, site.clock.now())
    second = read(address)
    assert second.keys() == first.keys()
    assert second[meeting.uid]["SEQUENCE"] == first[meeting.uid]["SEQUENCE"] + 1

    page.goto(f"{site.address}/feeds/")
    assert "Python-urllib" in page.get_by_role("listitem", name="Office").inner_text()
    page.get_by_role("listitem", name="Office").get_by_role("link", name="Revoke").click()
    page.get_by_role("button", name="Revoke").click()
    page.get_by_text("The link was revoked").wait_for()
    assert page.request.get(address).status == 410


def test_without_a_script_the_preview_has_a_button(site, open_page):
    add_meeting(site, "Water", "group", date(2026, 12, 10))
    page = open_page(width=320, java_script_enabled=False)
    site.enter(page.context, site.add("Haruto", "JP"))
    page.goto(f"{site.address}/feeds/")
    page.get_by_role("button", name="Show what it would contain").click()
    assert "Water" in page.locator("#preview").inner_text()
    assert page.get_by_role("button", name="Copy").count() == 0
