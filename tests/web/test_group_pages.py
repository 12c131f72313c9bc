"""The pages of the Contact Groups."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.models import ArchiveYear, Event
from events_app.events.rules.life import CANCEL
from events_app.partnership.actions import RosterEntry, record_chairmanship
from events_app.shared.clock import StoppedClock

MakeEvent = Callable[..., Event]


def page(client: FlaskClient, address: str, status: int = 200) -> str:
    """Return the text of a page, without its markup."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def test_a_chair_that_nobody_decided_is_said_plainly(client: FlaskClient) -> None:
    shown = page(client, "/groups/mediterranean")
    assert "Chair until 31 December 2026 to be determined The Chairpersonship of 2027 has not been decided." in shown


def test_the_asian_group_is_chaired_by_the_outgoing_chairmanship(client: FlaskClient) -> None:
    shown = page(client, "/groups/asian")
    assert "Chair until 31 December 2026 Finland Holds the Chairpersonship of 2025." in shown
    assert "Chair from 1 January 2027 Switzerland Holds the Chairpersonship of 2026." in shown
    assert "chaired by the outgoing Chairpersonship" in shown


def test_a_candidate_is_named_as_no_more_than_that(client: FlaskClient, session: Session, clock: StoppedClock) -> None:
    record_chairmanship(session, RosterEntry(2027, "CY", "candidate", None, "a proposal"), None, clock.now())
    session.commit()
    shown = page(client, "/groups/mediterranean")
    assert "to be determined Cyprus is a candidate for the Chairpersonship of 2027; nothing is decided." in shown


def test_both_groups_share_a_page_with_their_next_meetings(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(theme="Water management")
    shown = page(client, "/groups/")
    assert "Mediterranean Contact Group" in shown
    assert "Water management" in shown
    assert "Asian Contact Group" in shown
    assert "No meeting is confirmed yet." in shown


def test_the_programme_counts_its_meetings_in_words(client: FlaskClient, make_event: MakeEvent) -> None:
    for month in (2, 3, 4):
        make_event(starts_on=date(2027, month, 9), theme=f"Theme {month}")
    assert re.search(r"Theme 4 third meeting of 2027", page(client, "/groups/mediterranean?year=2027"))


def test_a_cancelled_meeting_gives_its_ordinal_to_the_next(
    client: FlaskClient, make_event: MakeEvent, session: Session, clock: StoppedClock
) -> None:
    first = make_event(starts_on=date(2027, 2, 9))
    make_event(starts_on=date(2027, 3, 9), theme="Now the first")
    take_step(session, first, CANCEL, clock.now(), reason="No room")
    session.commit()
    assert "Now the first first meeting of 2027" in page(client, "/groups/mediterranean?year=2027")


def test_fewer_or_more_meetings_than_usual_are_remarked_on_but_never_refused(
    client: FlaskClient, make_event: MakeEvent
) -> None:
    make_event(starts_on=date(2027, 1, 12))
    shown = page(client, "/groups/mediterranean?year=2027")
    assert "0 of about 6 held, 1 planned in all. That is fewer than usual." in shown
    for week in range(1, 7):
        make_event(starts_on=date(2027, 1, 12) + timedelta(weeks=week))
    assert "7 planned in all. That is more than usual." in page(client, "/groups/mediterranean?year=2027")


def test_a_year_of_the_archive_has_no_quota(client: FlaskClient, session: Session) -> None:
    session.add(ArchiveYear(year=2009))
    session.commit()
    shown = page(client, "/groups/asian?year=2009")
    assert "The record of this year is incomplete." in shown
    assert "of about" not in shown


def test_a_past_year_names_who_chaired_then(client: FlaskClient) -> None:
    assert "Chair in 2020: Sweden" in page(client, "/groups/mediterranean?year=2020")


def test_the_page_works_for_years_before_the_group_existed(client: FlaskClient) -> None:
    assert "No events in 1990." in page(client, "/groups/asian?year=1990")


def test_partners_are_those_of_the_day(client: FlaskClient) -> None:
    shown = page(client, "/groups/asian")
    assert "Afghanistan Australia Japan" in shown
    assert "Mongolia" not in shown


def test_other_years_are_offered_only_where_the_reader_would_find_something(
    client: FlaskClient, make_event: MakeEvent
) -> None:
    make_event(starts_on=date(2027, 3, 2))
    make_event(status="draft", starts_on=date(2028, 3, 7))
    text = client.get("/groups/mediterranean").text
    assert "year=2027" in text
    assert "year=2028" not in text


def test_next_leads_to_the_next_confirmed_meeting(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(starts_on=date(2026, 11, 10))
    make_event(status="proposed", starts_on=date(2026, 12, 1))
    wanted = make_event(starts_on=date(2026, 12, 8))
    make_event(starts_on=date(2027, 3, 2))
    answer = client.get("/groups/mediterranean/next")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/events/{wanted.id}"


def test_next_counts_a_joint_meeting_for_both_groups(client: FlaskClient, make_event: MakeEvent) -> None:
    joint = make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian"))
    for key in ("mediterranean", "asian"):
        assert client.get(f"/groups/{key}/next").headers["Location"] == f"/events/{joint.id}"


def test_next_says_so_where_there_is_none(client: FlaskClient) -> None:
    assert "No meeting of this group is confirmed yet." in page(client, "/groups/asian/next", 404)


@pytest.mark.parametrize("address", ["/groups/arctic", "/groups/arctic/next", "/groups/joint"])
def test_an_unknown_group_is_not_found(client: FlaskClient, address: str) -> None:
    assert "There are two Contact Groups" in page(client, address, 404)
