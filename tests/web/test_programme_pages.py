"""The agenda, the year and the month, and the pages for what is not there."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as listening
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.models import Event
from events_app.events.rules.life import CANCEL
from events_app.extensions import db
from events_app.shared.clock import StoppedClock

MakeEvent = Callable[..., Event]


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    """Return the text of a page, without its markup."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def conference(**changes: Any) -> dict[str, Any]:
    return {
        "kind_key": "conference", "group_keys": ("asian",), "start_time": None, "end_time": None,
        "starts_on": date(2027, 6, 14), "ends_on": date(2027, 6, 15), **changes,
    }  # fmt: skip


def council() -> dict[str, Any]:
    return {"kind_key": "permanent-council", "group_keys": (), "starts_on": date(2027, 3, 4)}


def test_the_agenda_shows_a_coming_meeting_with_its_day_time_place_and_open_chair(
    client: FlaskClient, make_event: MakeEvent
) -> None:
    make_event(theme="Water management")
    shown = page(client, "/")
    assert "March 2027 2 Tue 10:00–13:00" in shown
    assert "Meeting of the Mediterranean Contact Group Water management Hofburg, Neuer Saal" in shown
    assert "Chair: to be determined Confirmed" in shown


def test_the_agenda_starts_today_and_reaches_the_past_by_month(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(starts_on=date(2026, 3, 3), theme="Over and done")
    assert "Over and done" not in page(client, "/")
    assert "Over and done" in page(client, "/?from=2026-01")
    assert "Held" in page(client, "/?from=2026-01")


def test_an_empty_month_is_one_line(client: FlaskClient) -> None:
    assert "January 2027: no events" in page(client, "/")


def test_the_strip_links_twelve_months(client: FlaskClient) -> None:
    linked = re.findall(r'href="/month/(\d{4}-\d{2})"', client.get("/").text)
    assert linked[0] == "2026-11"
    assert linked[11] == "2027-10"
    assert len(set(linked)) == 12


def test_a_draft_and_a_proposed_meeting_stay_away_from_the_public(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(status="draft", theme="Not yet")
    make_event(status="proposed", theme="Perhaps")
    for address in ("/", "/month/2027-03", "/year/2027"):
        shown = page(client, address)
        assert "Not yet" not in shown
        assert "Perhaps" not in shown


def test_a_cancelled_meeting_is_struck_through_and_labelled(
    client: FlaskClient, make_event: MakeEvent, session: Session, clock: StoppedClock
) -> None:
    event = make_event(starts_on=date(2027, 3, 3))
    assert "row-is-confirmed" in client.get("/").text
    take_step(session, event, CANCEL, clock.now(), reason="No quorum")
    session.commit()
    assert "row-is-cancelled" in client.get("/").text
    assert "Cancelled" in page(client, "/")


@pytest.mark.parametrize("address", ["/", "/month/2027-03", "/year/2027"])
def test_council_and_forum_are_shown_by_choice(client: FlaskClient, make_event: MakeEvent, address: str) -> None:
    make_event(**council())
    assert "Permanent Council" not in page(client, address)
    assert "Permanent Council" in page(client, f"{address}?council=1")


def test_the_agenda_of_one_group_leaves_the_other_out(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(theme="Ours")
    make_event(group_keys=("asian",), theme="Theirs")
    shown = page(client, "/?group=asian")
    assert "Theirs" in shown
    assert "Ours" not in shown


def test_a_time_elsewhere_is_given_with_its_state_and_in_the_readers_zone(
    client: FlaskClient, make_event: MakeEvent
) -> None:
    make_event(group_keys=("asian",), time_zone="Asia/Tokyo", start_time=time(9), end_time=time(10))
    assert "09:00–10:00 Japan 01:00–02:00 (Austria)" in page(client, "/")
    client.set_cookie("time_zone", "Asia/Tokyo")
    assert "Austria" not in page(client, "/")


def test_a_time_on_another_day_of_the_reader_names_the_day(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(time_zone="Asia/Tokyo", start_time=time(2), end_time=time(3))
    assert "02:00–03:00 Japan Mon, 1 Mar 2027, 18:00–19:00 (Austria)" in page(client, "/")


def test_a_conference_is_a_bar_over_its_days(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(**conference())
    days = re.findall(r'class="year-entry is-bar[^"]* is-asian"', client.get("/year/2027").text)
    assert len(days) == 2
    assert "14–15 Jun" in page(client, "/year/2027")


def test_the_month_is_a_table_with_week_numbers_from_monday(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event()
    text = client.get("/month/2027-03").text
    assert re.search(r'<th class="week-number" scope="row">9</th>', text)
    assert text.index("Monday") < text.index("Sunday")
    assert "10:00–13:00" in page(client, "/month/2027-03")


def test_a_month_and_a_year_lead_to_their_neighbours(client: FlaskClient) -> None:
    month, year = client.get("/month/2027-01").text, client.get("/year/2027").text
    assert 'rel="prev" href="/month/2026-12"' in month
    assert 'rel="next" href="/month/2027-02"' in month
    assert 'rel="prev" href="/year/2026"' in year
    assert 'rel="next" href="/year/2028"' in year


def test_the_first_and_last_months_have_one_neighbour_only(client: FlaskClient) -> None:
    assert 'rel="prev"' not in client.get("/month/1973-01").text
    assert 'rel="next"' not in client.get("/month/2100-12").text
    assert 'rel="next"' not in client.get("/?from=2100-06").text


@pytest.mark.parametrize("address", ["/month/2027-13", "/month/march", "/year/1", "/year/9999", "/?from=soon"])
def test_what_is_no_month_or_year_is_said_in_a_sentence(client: FlaskClient, address: str) -> None:
    assert "The calendar knows the" in page(client, address, 404)


def test_an_unknown_group_is_named_as_such(client: FlaskClient) -> None:
    assert "There are two Contact Groups" in page(client, "/?group=arctic", 404)


def test_an_unknown_language_lists_the_seven(client: FlaskClient) -> None:
    shown = page(client, "/?lang=tlh", 400)
    for name in ("English (en)", "Français (fr)", "Русский (ru)", "العربية (ar)"):
        assert name in shown


def test_a_missing_page_offers_the_public_to_sign_in_and_come_back(client: FlaskClient) -> None:
    assert 'href="/sign-in?next=/nowhere"' in client.get("/nowhere").text


def test_a_method_that_a_page_does_not_know_names_those_it_does(client: FlaskClient) -> None:
    answer = client.post("/year/2027")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_page_in_arabic_runs_from_right_to_left(client: FlaskClient) -> None:
    assert '<html lang="ar" dir="rtl">' in client.get("/?lang=ar").text


@pytest.mark.parametrize("address", ["/", "/month/2027-03", "/year/2027", "/groups/", "/events/", "/nowhere"])
def test_no_page_carries_inline_style_or_script_or_foreign_addresses(client: FlaskClient, address: str) -> None:
    text = client.get(address).text
    assert " style=" not in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_todays_line_moves_with_the_clock(client: FlaskClient, make_event: MakeEvent, clock: StoppedClock) -> None:
    make_event(starts_on=date(2026, 11, 24))
    assert re.search(r"Today.*24 Tue", page(client, "/"))
    clock.advance(timedelta(days=5))
    assert re.search(r"24 Tue.*Today", page(client, "/?from=2026-11"))


@pytest.mark.parametrize("address", ["/?council=1", "/month/2027-03", "/year/2027"])
def test_a_page_asks_the_database_as_often_for_many_events_as_for_one(
    app: Flask, client: FlaskClient, make_event: MakeEvent, address: str
) -> None:
    parent = make_event(**conference(starts_on=date(2027, 3, 8), ends_on=date(2027, 3, 9)))
    make_event(kind_key="side-event", starts_on=date(2027, 3, 8), parent_id=parent.id)
    few = queries_of(app, client, address)
    for day in range(10, 20):
        other = make_event(**conference(starts_on=date(2027, 3, day), ends_on=date(2027, 3, day + 1)))
        make_event(kind_key="side-event", starts_on=date(2027, 3, day), parent_id=other.id, host_code="CH")
    assert queries_of(app, client, address) == few


def queries_of(app: Flask, client: FlaskClient, address: str) -> int:
    """Return how many statements a page sends to the database."""
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    with app.app_context():
        engine = db.engine
    listening.listen(engine, "before_cursor_execute", note)
    assert client.get(address).status_code == 200
    listening.remove(engine, "before_cursor_execute", note)
    assert statements
    return len(statements)
