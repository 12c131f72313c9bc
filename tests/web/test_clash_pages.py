"""Whoever saves an event in the way of another is told by name, and may save it all the same with a reason."""

from datetime import date
from html import unescape

import pytest
from sqlalchemy import select

from events_app.events.actions.inviting import invite
from events_app.events.models import Event
from events_app.planning.models import AcceptedClash

NEW = "/events/new/contact-group-meeting"
MEETING = {
    "group_keys": "mediterranean", "theme": "Water", "theme_language": "en", "starts_on": "2027-03-02",
    "start_time": "10:00", "end_time": "13:00", "time_zone": "Europe/Vienna", "format": "in-person", "venue_key": "",
    "place": "Hofburg", "host_code": "", "parent_id": "0", "visibility": "public", "chair_override_code": "",
}  # fmt: skip


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def contact_point(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("ben", "CH"))


def test_a_clash_is_named_before_anything_is_saved(session, secretary, make_event):
    make_event(theme="Youth", place="hofburg")
    answer = secretary.post(NEW, data=MEETING)
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert "At the same place at the same time:" in text
    assert "Youth" in text
    assert "Save it all the same, because: Something stands in the way." in text
    assert session.scalar(select(Event).where(Event.theme == "Water")) is None


def test_with_a_reason_it_is_saved_and_the_reason_kept(session, secretary, make_event):
    make_event(theme="Youth")
    answer = secretary.post(NEW, data={**MEETING, "clash_reason": "The chair wishes both on one day."})
    assert answer.status_code == 302
    page = unescape(secretary.get(answer.location).text)
    assert "Kept all the same: The chair wishes both on one day." in page
    assert {row.clash.split(":")[0] for row in session.scalars(select(AcceptedClash))} == {"group"}


def test_an_edit_that_moves_nothing_into_the_way_asks_for_nothing(secretary, make_event):
    make_event(theme="Youth")
    event = make_event()
    sent = {**MEETING, "version": event.version, "place": event.place, "theme": "Another theme"}
    assert secretary.post(f"/events/{event.id}/edit", data=sent).status_code == 302


def test_moving_an_event_into_the_way_asks_for_a_reason(secretary, make_event):
    make_event(theme="Youth")
    event = make_event(starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 9))
    sent = {**MEETING, "version": event.version}
    assert secretary.post(f"/events/{event.id}/edit", data=sent).status_code == 422
    assert secretary.post(f"/events/{event.id}/edit", data={**sent, "clash_reason": "Agreed"}).status_code == 302


def test_what_a_reader_may_not_see_is_not_betrayed_by_its_clash(secretary, contact_point, make_event):
    make_event(theme="Secret retreat", visibility="secretariat")
    answer = contact_point.post(NEW, data=MEETING)
    assert answer.status_code == 302
    assert "Secret retreat" not in contact_point.get(answer.location).text
    assert "Secret retreat" in secretary.get(answer.location).text


def test_the_public_page_of_an_event_says_nothing_of_clashes(app, make_event):
    make_event(theme="Youth")
    event = make_event()
    assert "stands in the way" not in app.test_client().get(f"/events/{event.id}").text


def test_who_is_invited_elsewhere_is_told_to_the_organisers_of_both_alone(
    session, secretary, contact_point, make_event, make_person, clock
):
    anna, day = make_person("anna", "SE"), {"starts_on": date(2026, 12, 8), "ends_on": date(2026, 12, 8)}
    chaired = make_event(**day, chair_override_code="CH", chair_override_reason="by turns")
    briefing = make_event(**day, kind_key="briefing", group_keys=(), visibility="partners", place="Library")
    for event in (chaired, briefing):
        invite(session, event, [(anna, "SE")], clock.now())
    session.commit()
    assert "What stands in the way" in secretary.get(f"/events/{chaired.id}").text
    assert "Anna" in secretary.get(f"/events/{chaired.id}").text
    assert contact_point.get(f"/events/{briefing.id}").status_code == 200
    assert "Anna" not in contact_point.get(f"/events/{chaired.id}").text
