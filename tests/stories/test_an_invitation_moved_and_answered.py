"""The whole way of an invitation: invited, moved with a notice, updated in a calendar program, answered by mail."""

from contextlib import contextmanager
from datetime import date, time, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.mail.incoming import Delivery, Mailroom, raw_mail, receive_mail
from events_app.people.actions import prefer
from events_app.people.queries import person_by_address
from tests.eyes.reading import CLIENTS
from tests.eyes.subscriber import subscribed
from tests.mail.incoming.programs import google

pytestmark = pytest.mark.browser
DAY = date(2027, 3, 2)
MEETING = EventDetails(
    kind_key="contact-group-meeting", group_keys=("mediterranean",), starts_on=DAY, ends_on=DAY, start_time=time(10),
    end_time=time(13), visibility="group", theme="Water",
)  # fmt: skip
TITLE = "Meeting of the Mediterranean Contact Group: Water"


@pytest.fixture
def event(site):
    with site.session() as session:
        event = create_event(session, MEETING, "127.0.0.1", site.clock.now())
        take_step(session, event, CONFIRM, site.clock.now())
    return event


@pytest.fixture
def khal(tmp_path):
    """A calendar program to which one gives the files of letters."""
    if not (CLIENTS / "khal").exists():
        pytest.skip("khal: run `make readers`")
    file = tmp_path / "letter.ics"
    delegate = subscribed(tmp_path / "delegate", file.as_uri())

    def opened(letter):
        file.write_bytes(calendar_of(letter).get_payload(decode=True))
        delegate.import_feed()
        return delegate.agenda()

    return opened


def calendar_of(letter):
    return next(part for part in letter.walk() if part.get_content_type() == "text/calendar")


@contextmanager
def a_step(site):
    with site.session() as session:
        yield session, site.clock.now()


def test_invited_moved_updated_and_answered(site, open_page, event, khal):
    clara, anna = site.add("Clara", secretary=True), site.add("Anna", "CH")
    with site.session() as session:
        prefer(session, person_by_address(session, anna), "en", "Asia/Amman")
    page = open_page()
    site.enter(page.context, clara)
    page.goto(f"{site.address}/events/{event.id}/invite")
    page.get_by_role("button", name="Invite 1 contact point").click()
    page.get_by_text("1 contact point was invited.").wait_for()
    site.send_due()
    [invitation] = site.mail.to(anna)
    assert khal(invitation) == [["2027-03-02 10:00", "2027-03-02 13:00", "False", TITLE, "CONFIRMED", event.uid]]

    page.goto(f"{site.address}/events/{event.id}/edit")
    page.locator("#start_time").fill("15:00")
    page.locator("#end_time").fill("18:00")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url("**/tell?since=*")
    assert "To 1 person" in page.locator("main").inner_text()
    page.get_by_role("button", name="Tell them").click()
    page.wait_for_url(f"**/events/{event.id}")
    site.clock.advance(timedelta(minutes=10))
    site.send_due()
    [_, notice] = site.mail.to(anna)
    text = notice.get_body(("plain",)).get_content()
    for words in ("10:00–13:00 (Austria)", "12:00–15:00 (Jordan)", "15:00–18:00 (Austria)", "17:00–20:00 (Jordan)"):
        assert words in text
    assert khal(notice) == [["2027-03-02 15:00", "2027-03-02 18:00", "False", TITLE, "CONFIRMED", event.uid]]

    stamp = f"{site.clock.advance(timedelta(minutes=5)):%Y%m%dT%H%M%SZ}"
    sent = google(notice["Reply-To"], event.uid, event.sequence + 1, stamp, "ACCEPTED")
    taken = receive_mail(lambda: a_step(site), Delivery(raw_mail(sent), ()), Mailroom.of(site.settings))
    assert (taken.sort, taken.outcome) == ("reply", "answered")
    page.goto(f"{site.address}/events/{event.id}/participants")
    assert "Attends in person" in page.get_by_role("row", name="Switzerland").inner_text()
