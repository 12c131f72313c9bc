"""The preparation of an event on its page and on the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event as database_event
from sqlalchemy import select

from events_app.extensions import db
from events_app.reminders.models import PreparationStep
from events_app.trail.models import TrailEntry

NOW = datetime(2027, 2, 22, 9, tzinfo=UTC)  # a Monday


@pytest.fixture
def meeting(make_event, clock):
    """A meeting of the Asian group on 2 March 2027, chaired by Switzerland; it is the week before."""
    found = make_event(group_keys=("asian",), theme="Transport")
    clock.move_to(NOW)
    return found


@pytest.fixture
def enter(app, make_person, sign_in):
    """Return a browser of somebody new, and the person."""

    def somebody(name, *args, **known):
        person = make_person(name, *args, **known)
        return sign_in(app.test_client(), person), person

    return somebody


@pytest.fixture
def queries(app):
    @contextmanager
    def collecting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(connection, cursor, statement, *rest):
            asked.append(statement)

        with app.app_context():
            engine = db.engine
        database_event.listen(engine, "before_cursor_execute", note)
        yield asked
        database_event.remove(engine, "before_cursor_execute", note)

    return collecting


def test_the_page_lists_the_steps_with_their_days_and_is_linked_from_the_event(meeting, enter):
    luca, _ = enter("luca", "CH")
    address = f"/events/{meeting.id}/preparation"
    assert address in luca.get(f"/events/{meeting.id}").text
    page = luca.get(address).text
    places = [page.index(words) for words in (
        "Tue, 2 Feb 2027", "20 working days before", "Announce the meeting", "Overdue", "Circulate the draft agenda",
        "Confirm the speakers", "Due this week", "10 working days after", "Circulate the summary",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "0 of 5 steps done" in page


def test_a_step_is_ticked_and_unticked(meeting, enter):
    luca, _ = enter("luca", "CH")
    step = f"/events/{meeting.id}/preparation/steps/announce"
    page = luca.post(f"{step}/tick", follow_redirects=True).text
    assert ("1 of 5 steps done" in page, "Luca" in page, "Not done" in page) == (True, True, True)
    assert "0 of 5 steps done" in luca.post(f"{step}/untick", follow_redirects=True).text


def test_a_step_is_assigned_and_given_another_day(meeting, enter, session):
    _, clara = enter("clara", secretary=True)
    luca, _ = enter("luca", "CH")
    enter("haruto", "JP")
    step = f"/events/{meeting.id}/preparation/steps/speakers"
    form = luca.get(step).text
    assert ("Clara" in form, "Haruto" in form, 'value="5"' in form) == (True, False, True)
    sent = {"working_days": "1", "side": "before", "assigned_to": str(clara.id)}
    page = luca.post(step, data=sent, follow_redirects=True).text
    assert ("1 working day before" in page, "Clara" in page, "Waiting for someone" in page) == (True, True, True)
    assert "As usual for this kind" in page
    restored = luca.post(f"/events/{meeting.id}/preparation/restore", follow_redirects=True).text
    assert ("5 working days before" in restored, "As usual for this kind" in restored) == (True, False)
    verbs = select(TrailEntry.verb).where(TrailEntry.thing == "preparation-step").order_by(TrailEntry.id)
    assert list(session.scalars(verbs)) == ["assign-step", "change-step", "restore-steps"]


@pytest.mark.parametrize(
    "sent",
    [
        {"working_days": "251"}, {"working_days": "-1"}, {"working_days": "soon"}, {"working_days": ""},
        {"side": "beside"}, {"assigned_to": "99"}, {"assigned_to": "x"}, {"name": " "}, {"name": "x" * 121},
    ],
)  # fmt: skip
def test_a_step_that_does_not_fit_is_refused_at_its_field(meeting, enter, session, sent):
    luca, _ = enter("luca", "CH")
    good = {"name": "Order the interpreters", "working_days": "4", "side": "before", "assigned_to": ""}
    answer = luca.post(f"/events/{meeting.id}/preparation/new", data={**good, **sent})
    assert (answer.status_code, "There is a problem" in answer.text) == (422, True)
    assert session.scalars(select(PreparationStep)).all() == []


def test_an_own_step_is_added_and_deleted_and_a_usual_one_left_out(meeting, enter):
    luca, _ = enter("luca", "CH")
    address = f"/events/{meeting.id}/preparation"
    sent = {"name": "Order <the> interpreters", "working_days": "0", "side": "after", "assigned_to": ""}
    page = luca.post(f"{address}/new", data=sent, follow_redirects=True).text
    assert ("Order &lt;the&gt; interpreters" in page, "on the day" in page) == (True, True)
    assert "Delete the step" in luca.get(f"{address}/steps/own-1").text
    assert "interpreters" not in luca.post(f"{address}/steps/own-1/drop", follow_redirects=True).text
    page = luca.post(f"{address}/steps/speakers/drop", follow_redirects=True).text
    assert "Left out: Confirm the speakers" in page
    assert luca.get(f"{address}/steps/speakers").status_code == 404


def test_the_desk_shows_what_is_overdue_due_this_week_and_waiting_for_someone(meeting, enter):
    client, clara = enter("clara", secretary=True)
    sent = {"working_days": "10", "side": "after", "assigned_to": str(clara.id)}
    client.post(f"/events/{meeting.id}/preparation/steps/summary", data=sent)
    client.post(f"/events/{meeting.id}/preparation/steps/announce/tick")
    page = client.get("/desk").text
    places = [page.index(words) for words in (
        ">Overdue<", "Circulate the draft agenda", ">Due this week<", "Confirm the speakers",
        "Circulate the list of participants", ">Waiting for someone<", "Circulate the summary",
    )]  # fmt: skip
    assert places == sorted(places)
    assert f"/events/{meeting.id}/preparation#step-speakers" in page
    assert "Announce the meeting" not in page


@pytest.mark.parametrize(("state", "is_there"), [("CH", True), ("JP", False)])
def test_the_desk_of_a_contact_point_shows_what_that_one_may_edit(meeting, enter, state, is_there):
    client, _ = enter("somebody", state)
    page = client.get("/desk").text
    assert ("Confirm the speakers" in page, "Nothing is due." in page) == (is_there, not is_there)


def test_reading_changes_nothing(meeting, enter, session):
    luca, _ = enter("luca", "CH")
    for address in ("/desk", *(f"/events/{meeting.id}/preparation{end}" for end in ("", "/new", "/steps/announce"))):
        assert luca.get(address).status_code == 200
    assert session.scalars(select(PreparationStep)).all() == []


@pytest.mark.parametrize("who", [("luca", "CH"), ("clara",)])
def test_the_desk_asks_the_database_as_often_for_many_events_as_for_one(who, meeting, enter, make_event, queries):
    client, _ = enter(*who, secretary=len(who) == 1)
    counts = []
    for days in ((), range(3, 13)):
        for day in days:
            make_event(group_keys=("asian",), starts_on=date(2027, 3, day))
            client.post(f"/events/{meeting.id + day - 2}/preparation/steps/announce/tick")
        client.get("/desk")
        with queries() as asked:
            assert client.get("/desk").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_stored_about_a_person_names_their_steps_and_goes_with_them(meeting, enter, session):
    (client, _), (other, luca) = enter("clara", secretary=True), enter("luca", "CH")
    sent = {"working_days": "5", "side": "before", "assigned_to": str(luca.id)}
    client.post(f"/events/{meeting.id}/preparation/steps/speakers", data=sent)
    assert "preparation_step" in other.post("/me/data.json").text
    client.post(f"/people/{luca.id}/remove")
    assert session.scalars(select(PreparationStep.assigned_to_id)).all() == [None]
