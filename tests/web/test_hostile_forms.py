"""Forms that no browser sends are answered in words and at once, never with a fault."""

import re
import time
from datetime import date

import pytest
from sqlalchemy import func, select

from events_app.events.models import Event
from events_app.people.models import SignInRequest

NEW_MEETING = "/events/new/contact-group-meeting"
MEETING = {
    "group_keys": "mediterranean", "theme_language": "en", "starts_on": "2027-03-02", "start_time": "10:00",
    "end_time": "13:00", "time_zone": "Europe/Vienna", "format": "in-person", "place": "Hofburg", "parent_id": "0",
    "visibility": "public", "venue_key": "", "host_code": "", "chair_override_code": "",
}  # fmt: skip
ANNA = "anna@delegations.example"


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


def sentences_at(answer, name):
    """The sentences that a page shows at a field."""
    return " ".join(re.findall(rf'<[^>]*id="{name}-error"[^>]*>(.*?)</', answer.text, re.DOTALL))


@pytest.mark.parametrize("rows", ["agenda", "documents"])
@pytest.mark.parametrize("number", ["²", "٣", "9" * 5_000, "10000", "-1", "", "1e3"])
def test_what_is_no_number_of_a_row_is_passed_over(secretary, session, rows, number):
    name = "title" if rows == "agenda" else "link"
    answer = secretary.post(NEW_MEETING, data={**MEETING, f"{rows}-{number}-{name}": "https://a.example/"})
    assert answer.status_code == 302
    event = session.scalars(select(Event)).one()
    assert (event.agenda, event.documents) == ([], [])


def test_a_host_is_as_safe_from_such_rows(secretary, make_event):
    event = make_event()
    sent = {"version": event.version, "venue_key": "", "place": "Ratsaal", "documents-²-link": "https://a.example/"}
    assert secretary.post(f"/events/{event.id}/edit-hosted", data=sent).status_code == 302


def test_a_row_with_a_number_of_four_places_counts(secretary, session):
    assert secretary.post(NEW_MEETING, data={**MEETING, "agenda-9999-title": "Water"}).status_code == 302
    assert [point.title for point in session.scalars(select(Event)).one().agenda] == ["Water"]


@pytest.mark.parametrize(("name", "most"), [("theme", 5_000), ("place", 5_000), ("description", 50_000)])
@pytest.mark.parametrize("sign", ["x", "\0", "\u0301\u0316", "\u202a"])
def test_an_overlong_entry_is_refused_in_words_and_at_once(secretary, session, name, most, sign):
    before = time.process_time()
    answer = secretary.post(NEW_MEETING, data={**MEETING, name: sign * (most + 1)})
    assert time.process_time() - before < 3
    assert answer.status_code == 422
    assert f"At most {most} characters fit here." in sentences_at(answer, name).replace(",", "")
    assert session.scalars(select(Event)).all() == []


def test_weekly_meetings_at_the_end_of_the_calendar_are_refused(secretary, session):
    sent = {**MEETING, "group_keys": [], "starts_on": "9999-12-01", "repeat_until": "9999-12-31"}
    answer = secretary.post("/events/new/permanent-council", data=sent)
    assert answer.status_code == 422
    assert sentences_at(answer, "starts_on")
    assert session.scalars(select(Event)).all() == []


@pytest.mark.parametrize("sent", [{}, {"version": ""}, {"version": "0"}, {"version": "-1"}])
def test_a_step_that_does_not_say_what_was_seen_is_not_taken(secretary, make_event, session, sent):
    event = make_event("proposed", starts_on=date(2027, 3, 2))
    assert secretary.post(f"/events/{event.id}/confirm", data=sent).status_code == 409
    session.refresh(event)
    assert event.status == "proposed"


def test_one_address_is_counted_once_however_it_is_written(client, session):
    written = [f"{chr(1) * n}{' ' * n}{ANNA.title()}\t\0" for n in range(8)]
    codes = [client.post("/sign-in", data={"email": address}).status_code for address in written]
    assert codes == [200] * 5 + [429] * 3
    asked = select(func.count()).select_from(SignInRequest).where(SignInRequest.address == ANNA)
    assert session.scalar(asked) == 5


def test_whatever_is_no_address_is_counted_together_and_apart_from_addresses(client):
    codes = [client.post("/sign-in", data={"email": f"nobody {n}"}).status_code for n in range(6)]
    assert codes == [422] * 5 + [429]
    assert client.post("/sign-in", data={"email": ANNA}).status_code == 200
