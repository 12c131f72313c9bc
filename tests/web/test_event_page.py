"""The page of one event, its history, and the list that finds events."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import Event
from events_app.events.rules.details import AgendaPoint, DocumentLink, details_of
from events_app.events.rules.life import CANCEL
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock

MakeEvent = Callable[..., Event]
MakePerson = Callable[..., Person]
SignIn = Callable[[FlaskClient, Person], FlaskClient]


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


def test_when_and_where_come_first(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event(theme="Water management")
    shown = page(client, f"/events/{event.id}")
    assert "Tuesday, 2 March 2027 10:00–13:00 (Austria) Hofburg, Neuer Saal" in shown
    assert shown.index("2 March 2027") < shown.index("Chair")


def test_the_readers_own_time_is_added_where_it_differs(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event()
    client.set_cookie("time_zone", "Asia/Tokyo")
    assert "For you: 18:00–21:00 (Japan)" in page(client, f"/events/{event.id}")


def test_an_event_says_who_chairs_hosts_pays_and_interprets(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event(**conference(
        host_code="JP", co_host_codes=("CH",), is_fund_financed=True, interpretation=("en", "fr"),
        rests_on="A decision", topic_keys=("elections",),
    ))  # fmt: skip
    shown = page(client, f"/events/{event.id}")
    for fact in ("Chair Switzerland", "Host Japan", "Co-host Switzerland", "Financed by Partnership Fund",
                 "Interpretation English, French", "Rests on A decision", "Topics Elections"):  # fmt: skip
        assert fact in shown


def test_a_chair_decided_otherwise_carries_its_reason(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event(chair_override_code="MT", chair_override_reason="Agreed by the group")
    shown = page(client, f"/events/{event.id}")
    assert "Chair Malta Decided for this event: Agreed by the group" in shown


def test_agenda_and_documents_stand_below(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event(
        agenda=(AgendaPoint(date(2027, 3, 2), time(10), "Opening", "The chair"),),
        documents=(DocumentLink("invitation", "The invitation", "https://example.org/invitation"),),
    )
    assert "10:00 Opening The chair" in page(client, f"/events/{event.id}")
    assert 'href="https://example.org/invitation"' in client.get(f"/events/{event.id}").text


def test_a_side_event_and_its_conference_name_each_other(client: FlaskClient, make_event: MakeEvent) -> None:
    whole = make_event(**conference(theme="Connectivity"))
    side = make_event(
        kind_key="side-event", starts_on=date(2027, 6, 14), theme="Youth", parent_id=whole.id, visibility="public"
    )
    assert "On the margins 14 Mon June 10:00–13:00" in page(client, f"/events/{whole.id}")
    assert f'href="/events/{whole.id}"' in client.get(f"/events/{side.id}").text


def test_a_side_event_for_delegations_is_not_listed_for_the_public(client: FlaskClient, make_event: MakeEvent) -> None:
    whole = make_event(**conference())
    make_event(
        kind_key="side-event", starts_on=date(2027, 6, 14), theme="Behind doors", parent_id=whole.id, visibility="group"
    )
    assert "Behind doors" not in page(client, f"/events/{whole.id}")


@pytest.mark.parametrize("status", ["draft", "proposed"])
def test_what_the_public_may_not_see_is_not_found_and_offers_to_sign_in(
    client: FlaskClient, make_event: MakeEvent, status: str
) -> None:
    event = make_event(status=status)
    assert "Sign in" in page(client, f"/events/{event.id}", 404)
    assert client.get(f"/events/{event.id}/history").status_code == 404


def test_only_those_invited_see_the_joining_link(
    client: FlaskClient, make_event: MakeEvent, make_person: MakePerson, sign_in: SignIn
) -> None:
    event = make_event(joining_link="https://meet.example.org/room", format="hybrid")
    assert "meet.example.org" not in client.get(f"/events/{event.id}").text
    sign_in(client, make_person("dalia", "EG", "delegate"))
    assert "https://meet.example.org/room" in client.get(f"/events/{event.id}").text


def test_the_public_is_offered_the_download_and_nothing_else(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event()
    text = client.get(f"/events/{event.id}").text
    assert f'href="/events/{event.id}.ics"' in text
    for step in ("edit", "confirm", "postpone", "cancel", "history"):
        assert f'href="/events/{event.id}/{step}"' not in text


def test_a_secretary_is_offered_the_steps_that_are_open(
    client: FlaskClient, make_event: MakeEvent, make_person: MakePerson, sign_in: SignIn
) -> None:
    draft, confirmed = make_event(status="draft"), make_event()
    sign_in(client, make_person("anna", secretary=True))
    assert steps_on(client, draft) == {
        "propose", "confirm", "consult", "edit", "discard", "history", "preparation", "reminders", "letters",
    }  # fmt: skip
    assert steps_on(client, confirmed) == {
        "postpone", "cancel", "edit", "invite", "history", "answer", "participants", "preparation",
        "reminders", "letters", "tell",
    }  # fmt: skip


def test_a_host_is_offered_to_edit_what_it_hosts(
    client: FlaskClient, make_event: MakeEvent, make_person: MakePerson, sign_in: SignIn
) -> None:
    event = make_event(**conference(host_code="JP"))
    sign_in(client, make_person("kenji", "JP"))
    assert steps_on(client, event) == {"edit-hosted", "history", "participants", "tell"}


def test_a_cancelled_event_says_so_with_its_reason(
    client: FlaskClient, make_event: MakeEvent, session: Session, clock: StoppedClock
) -> None:
    event = make_event()
    take_step(session, event, CANCEL, clock.now(), reason="No quorum")
    session.commit()
    assert "Cancelled. No quorum" in page(client, f"/events/{event.id}")


def test_who_can_see_an_event_is_said_in_a_sentence(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event()
    assert "Who can see this Everyone can see this event, without signing in." in page(client, f"/events/{event.id}")


def test_text_that_looks_like_markup_is_shown_as_text(client: FlaskClient, make_event: MakeEvent) -> None:
    event = make_event(theme="<b>Bold</b> & {braces}", description="<script>alert(1)</script>")
    for address in (f"/events/{event.id}", "/", "/month/2027-03", "/year/2027"):
        text = client.get(address).text
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; {braces}" in text
        assert "<script>" not in text


def test_the_history_tells_who_changed_what_from_what(
    client: FlaskClient, make_event: MakeEvent, make_person: MakePerson, sign_in: SignIn, session: Session,
    clock: StoppedClock,
) -> None:  # fmt: skip
    event, anna = make_event(), make_person("anna", secretary=True)
    moved = {"starts_on": date(2027, 3, 9), "ends_on": date(2027, 3, 9)}
    details = details_of(event)
    change_event(session, event, type(details)(**{**vars(details), **moved}), event.version, clock.now(),
                 person_id=anna.id)  # fmt: skip
    session.commit()
    shown = page(sign_in(client, anna), f"/events/{event.id}/history")
    assert "Saturday, 21 November 2026, 10:00 (Austria) · Anna" in shown
    assert "First day Tuesday, 2 March 2027 Tuesday, 9 March 2027" in shown


def test_the_history_keeps_the_joining_link_from_those_not_invited(
    client: FlaskClient, make_event: MakeEvent, make_person: MakePerson, sign_in: SignIn, session: Session,
    clock: StoppedClock,
) -> None:  # fmt: skip
    event = make_event()
    details = details_of(event)
    changed = type(details)(**{**vars(details), "joining_link": "https://meet.example.org/room"})
    change_event(session, event, changed, event.version, clock.now())
    session.commit()
    sign_in(client, make_person("kenji", "JP", "delegate"))
    assert "Changed" in page(client, f"/events/{event.id}/history")
    assert "meet.example.org" not in client.get(f"/events/{event.id}/history").text


def test_events_are_found_by_words_in_any_order_and_without_accents(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(theme="Sécurité de l'eau")
    make_event(theme="Something else", starts_on=date(2027, 3, 3))
    shown = page(client, "/events/?q=eau+securite")
    assert "1 event " in shown
    assert "Something else" not in shown


def test_events_are_found_by_a_former_name_of_a_state(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event(**conference(host_code="MK", theme="In Skopje"))
    make_event(**conference(host_code="JP", theme="In Tokyo"))
    shown = page(client, "/events/?q=former+yugoslav")
    assert "In Skopje" in shown
    assert "In Tokyo" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [("kind=conference", {"Big"}), ("group=mediterranean", {"Small"}), ("year=2027", {"Big", "Small"}),
     ("year=2026", set()), ("status=held", set()), ("status=confirmed", {"Big", "Small"}), ("year=soon", set())],
)  # fmt: skip
def test_events_are_filtered(client: FlaskClient, make_event: MakeEvent, query: str, found: set[str]) -> None:
    make_event(**conference(theme="Big"))
    make_event(theme="Small")
    shown = page(client, f"/events/?{query}")
    assert {theme for theme in ("Big", "Small") if theme in shown} == found


def test_the_list_pages_and_survives_odd_pages(client: FlaskClient, make_event: MakeEvent) -> None:
    make_event()
    for number in ("0", "-1", "99999", "x", "²"):
        assert client.get(f"/events/?page={number}").status_code == 200


def steps_on(client: FlaskClient, event: Event) -> set[str]:
    """Return the last parts of the addresses that the page of an event offers below its own."""
    return set(re.findall(rf'href="/events/{event.id}/([a-z-]+)"', client.get(f"/events/{event.id}").text))
