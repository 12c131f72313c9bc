"""A contact point comes and goes: appointed by the delegation's administrator, in term, out of term, out of office."""

from datetime import UTC, date, datetime, time

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.people.actions import add_person, appoint

pytestmark = pytest.mark.browser

ADA, NEWCOMER = "ada@delegations.example", "nina@delegations.example"


def test_appointed_in_term_out_of_term_and_removed(site, open_page):
    meeting = furnish(site)
    ada = open_page()
    site.sign_in(ada, ADA)
    ada.goto(f"{site.address}/me")
    ada.get_by_role("link", name="Delegation: Finland").click()
    ada.get_by_role("link", name="Add somebody").click()
    ada.get_by_label("Mail address").fill(NEWCOMER)
    ada.get_by_label("Name", exact=True).fill("Nina Virta")
    ada.get_by_label("Role").select_option("contact-point")
    ada.get_by_role("button", name="Add", exact=True).click()
    assert "Nina Virta" in ada.locator("main table").inner_text()

    nina = open_page()
    site.sign_in(nina, NEWCOMER)
    edit_theme(nina, meeting, "Agreed in term")
    assert "Agreed in term" in nina.locator("main").inner_text()

    site.clock.move_to(datetime(2027, 1, 31, 22, tzinfo=UTC))
    site.enter(nina.context, NEWCOMER)
    edit_theme(nina, meeting, "Corrected on the last day")
    site.clock.move_to(datetime(2027, 2, 1, 8, tzinfo=UTC))
    site.enter(nina.context, NEWCOMER)
    assert nina.goto(f"{meeting}/edit").status == 403
    nina.goto(meeting)
    assert nina.get_by_role("link", name="Edit", exact=True).count() == 0
    assert "Corrected on the last day" in nina.locator("main").inner_text()

    site.enter(ada.context, ADA)
    ada.goto(f"{site.address}/delegations/FI")
    ada.get_by_role("row", name="Nina Virta").get_by_role("link", name="End the role").click()
    ada.get_by_role("button", name="End the role").click()
    ada.wait_for_url("**/delegations/FI")
    assert "not in office" in ada.get_by_role("row", name="Nina Virta").inner_text()
    assert nina.goto(f"{site.address}/me").status == 404
    nina.goto(f"{site.address}/sign-in")
    nina.get_by_label("Your mail address").fill(NEWCOMER)
    site.mail.letters.clear()
    nina.get_by_role("button", name="Send the link").click()
    assert "a link is on its way" in nina.locator("main").inner_text()
    site.send_due()
    assert site.mail.to(NEWCOMER) == []


def furnish(site):
    """Add Finland's administrator and an Asian meeting of 2026, which Finland chairs; return the meeting's address."""
    day = date(2026, 12, 8)
    details = EventDetails(
        kind_key="contact-group-meeting", group_keys=("asian",), starts_on=day, ends_on=day, start_time=time(10),
        end_time=time(13), visibility="public", theme="Planned",
    )  # fmt: skip
    with site.session() as session:
        now = site.clock.now()
        appoint(session, add_person(session, ADA, "Ada", now), "FI", "administrator", now)
        event = create_event(session, details, "127.0.0.1", now)
        take_step(session, event, CONFIRM, now)
        return f"{site.address}/events/{event.id}"


def edit_theme(page, meeting, theme):
    page.goto(f"{meeting}/edit")
    page.locator("#theme").fill(theme)
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(meeting)
