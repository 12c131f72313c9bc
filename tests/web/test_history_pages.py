"""What the history of an event tells to whom: never more than its readers could have read at the time."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.models import Event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CONFIRM
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock

MakeEvent = Callable[..., Event]
MakePerson = Callable[..., Person]
SignIn = Callable[[FlaskClient, Person], FlaskClient]
Change = Callable[..., None]
CONFERENCE = {"kind_key": "conference", "group_keys": ("asian",), "theme": "Quiet waters"}


@pytest.fixture
def change(session: Session, clock: StoppedClock) -> Change:
    """Change details of an event and commit."""

    def write(event: Event, **changes: Any) -> None:
        change_event(session, event, replace(details_of(event), **changes), event.version, clock.now())
        session.commit()

    return write


@pytest.fixture
def delegate(client: FlaskClient, make_person: MakePerson, sign_in: SignIn) -> FlaskClient:
    return sign_in(client, make_person("fleur", "FR", "delegate"))


@pytest.fixture
def secretary(client: FlaskClient, make_person: MakePerson, sign_in: SignIn) -> FlaskClient:
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def chair(client: FlaskClient, make_person: MakePerson, sign_in: SignIn) -> FlaskClient:
    return sign_in(client, make_person("carlo", "CH"))


def history(client: FlaskClient, event: Event) -> str:
    return client.get(f"/events/{event.id}/history").text


def open_up(event: Event, change: Change, visibility: str) -> None:
    """Write a description, empty it and open the event, each as an entry of its own."""
    change(event, description="Not for everybody")
    change(event, description="")
    change(event, visibility=visibility)


@pytest.mark.parametrize("visibility", ["partners", "public"])
def test_what_was_written_for_the_secretariat_stays_there_when_the_event_is_opened(
    delegate: FlaskClient, make_event: MakeEvent, change: Change, visibility: str
) -> None:
    event = make_event(visibility="secretariat")
    open_up(event, change, visibility)
    assert "Changed" in history(delegate, event) and "Not for everybody" not in history(delegate, event)


def test_a_secretary_reads_what_was_written_for_the_secretariat(
    secretary: FlaskClient, make_event: MakeEvent, change: Change
) -> None:
    event = make_event(visibility="secretariat")
    open_up(event, change, "partners")
    assert "Not for everybody" in history(secretary, event)


def test_a_chair_reads_what_was_written_for_a_group_but_not_for_the_secretariat(
    chair: FlaskClient, make_event: MakeEvent, change: Change
) -> None:
    of_secretariat = make_event(visibility="secretariat", chair_override_code="CH", chair_override_reason="Agreed")
    open_up(of_secretariat, change, "public")
    of_group = make_event(visibility="group", chair_override_code="CH", chair_override_reason="Agreed")
    open_up(of_group, change, "public")
    assert "Not for everybody" not in history(chair, of_secretariat)
    assert "Not for everybody" in history(chair, of_group)


def test_what_was_written_for_a_group_is_read_by_the_invited_only(
    client: FlaskClient, make_event: MakeEvent, change: Change, make_person: MakePerson, sign_in: SignIn
) -> None:
    event = make_event(visibility="group")
    open_up(event, change, "partners")
    sign_in(client, make_person("fleur", "FR", "delegate"))
    assert "Not for everybody" in history(client, event)
    sign_in(client, make_person("kenji", "JP", "delegate"))
    assert "Not for everybody" not in history(client, event)


def test_what_was_written_for_another_group_is_not_read_by_those_invited_since(
    client: FlaskClient, make_event: MakeEvent, change: Change, make_person: MakePerson, sign_in: SignIn
) -> None:
    event = make_event(visibility="group")
    change(event, description="Not for everybody")
    change(event, description="", group_keys=("asian",))
    sign_in(client, make_person("kenji", "JP", "delegate"))
    assert "Changed" in history(client, event) and "Not for everybody" not in history(client, event)


def test_what_was_written_in_a_draft_is_read_by_editors_only(
    client: FlaskClient, make_event: MakeEvent, change: Change, session: Session, clock: StoppedClock,
    make_person: MakePerson, sign_in: SignIn,
) -> None:  # fmt: skip
    event = make_event("draft")
    change(event, description="Not for everybody")
    change(event, description="")
    take_step(session, event, CONFIRM, clock.now(), reason="Between us")
    session.commit()
    sign_in(client, make_person("fleur", "FR", "delegate"))
    shown = history(client, event)
    assert "Confirmed" in shown and "Not for everybody" not in shown and "Between us" not in shown
    sign_in(client, make_person("clara", secretary=True))
    assert "Not for everybody" in history(client, event) and "Between us" in history(client, event)


def test_what_was_written_in_the_open_stays_open(delegate: FlaskClient, make_event: MakeEvent, change: Change) -> None:
    event = make_event()
    change(event, description="For everybody")
    assert "For everybody" in history(delegate, event)


def test_guests_are_named_to_those_who_see_who_attends(
    client: FlaskClient, make_event: MakeEvent, change: Change, make_person: MakePerson, sign_in: SignIn
) -> None:
    event = make_event()
    change(event, guests=("Helsinki Committee",))
    sign_in(client, make_person("fleur", "FR", "delegate"))
    assert "Changed" in history(client, event) and "Helsinki Committee" not in history(client, event)
    sign_in(client, make_person("clara", secretary=True))
    assert "Helsinki Committee" in history(client, event)


def test_the_event_on_whose_margins_another_stands_is_titled_to_those_who_may_see_it(
    client: FlaskClient, make_event: MakeEvent, change: Change, make_person: MakePerson, sign_in: SignIn
) -> None:
    parent, event = make_event(**CONFERENCE, visibility="secretariat"), make_event(kind_key="side-event")
    change(event, parent_id=parent.id)
    sign_in(client, make_person("fleur", "FR", "delegate"))
    assert "On the margins of" not in history(client, event)
    sign_in(client, make_person("clara", secretary=True))
    assert re.search(r"On the margins of.*nothing.*Quiet waters", history(client, event))


def test_whoever_may_not_see_the_conference_leaves_the_side_event_on_its_margins(
    chair: FlaskClient, make_event: MakeEvent, session: Session
) -> None:
    parent = make_event(**CONFERENCE, visibility="secretariat", starts_on=date(2027, 3, 2))
    event = make_event(
        kind_key="side-event", parent_id=parent.id, chair_override_code="CH", chair_override_reason="Agreed"
    )
    form = chair.get(f"/events/{event.id}/edit")
    assert form.status_code == 200 and "Quiet waters" not in form.text
    sent = {
        "version": event.version, "starts_on": "2027-03-02", "start_time": "10:00", "end_time": "13:00",
        "time_zone": "Europe/Vienna", "format": "in-person", "venue_key": "", "place": "Redoutensaal",
        "theme_language": "en", "host_code": "", "parent_id": "0", "visibility": "public",
        "group_keys": "mediterranean",
    }  # fmt: skip
    assert chair.post(f"/events/{event.id}/edit", data=sent).status_code == 302
    session.expire_all()
    assert (event.place, event.parent_id) == ("Redoutensaal", parent.id)
