"""The roster of Chairmanships on the site: who held it, and recording a decision."""

from datetime import date, timedelta

import pytest

from events_app.events.rules.table import chair_line
from events_app.partnership.models import Chairmanship
from events_app.partnership.queries import partnership

DECISION = {"state_code": "CY", "status": "decided", "decided_on": "2026-11-20", "source": "Decision 1/26"}


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


def chairs(session, event):
    session.expire_all()
    return [chair.state_code for chair in chair_line(event, partnership(session)).chairs if chair.is_decided]


def test_the_roster_shows_what_is_open_as_to_be_determined(client):
    page = client.get("/chairmanships/")
    row = page.text.partition(">2027</th>")[2].partition("</tr>")[0]
    assert "to be determined" in row
    assert "Poland" in page.text.partition(">2022</th>")[2].partition("</tr>")[0]


def test_only_secretaries_are_offered_to_record_a_decision(client, make_person, sign_in):
    assert "/chairmanships/2027" not in client.get("/chairmanships/").text
    sign_in(client, make_person("clara", secretary=True))
    assert "/chairmanships/2027" in client.get("/chairmanships/").text


def test_a_decision_gives_every_event_that_depends_on_it_its_chair(secretary, session, make_event):
    before = make_event(starts_on=date(2026, 11, 10))
    after = make_event(starts_on=date(2026, 12, 8))
    council = make_event(kind_key="permanent-council", group_keys=(), starts_on=date(2027, 1, 14))
    other = make_event(group_keys=("asian",), starts_on=date(2026, 12, 9))
    answer = secretary.post("/chairmanships/2027", data=DECISION)
    assert answer.status_code == 302
    assert (chairs(session, after), chairs(session, council), chairs(session, other)) == (["CY"], ["CY"], ["FI"])
    assert chairs(session, before) == []
    assert "2 events show their new chair" in secretary.get("/chairmanships/").text


def test_the_page_and_the_history_of_an_event_say_who_chairs_now(secretary, make_event):
    event = make_event(starts_on=date(2026, 12, 8))
    assert "to be determined" in secretary.get(f"/events/{event.id}").text.lower()
    secretary.post("/chairmanships/2027", data=DECISION)
    assert "Cyprus" in secretary.get(f"/events/{event.id}").text
    assert "Cyprus" in secretary.get(f"/events/{event.id}/history").text
    assert "Cyprus" in secretary.get("/").text


def test_a_decision_opens_the_events_to_the_new_chair(app, secretary, make_event, make_person, sign_in):
    event = make_event(starts_on=date(2026, 12, 8))
    cyprus = sign_in(app.test_client(), make_person("eleni", "CY"))
    assert cyprus.get(f"/events/{event.id}/edit").status_code == 403
    secretary.post("/chairmanships/2027", data=DECISION)
    assert cyprus.get(f"/events/{event.id}/edit").status_code == 200


def test_a_candidate_does_not_chair_yet(secretary, session, make_event):
    event = make_event(starts_on=date(2026, 12, 8))
    secretary.post("/chairmanships/2027", data={**DECISION, "status": "candidate", "decided_on": ""})
    assert chairs(session, event) == []


def test_a_decision_can_be_taken_back(secretary, session, make_event):
    event = make_event(starts_on=date(2026, 12, 8))
    secretary.post("/chairmanships/2027", data=DECISION)
    undo = {"state_code": "", "status": "undetermined", "decided_on": "", "source": "Recorded in error"}
    assert secretary.post("/chairmanships/2027", data=undo).status_code == 302
    assert chairs(session, event) == []
    assert session.get(Chairmanship, 2027).state_code is None


def test_recording_the_same_twice_changes_no_event_again(secretary, session, make_event):
    event = make_event(starts_on=date(2026, 12, 8))
    secretary.post("/chairmanships/2027", data=DECISION)
    session.refresh(event)
    version = event.version
    assert secretary.post("/chairmanships/2027", data=DECISION).status_code == 302
    session.refresh(event)
    assert event.version == version


def test_what_a_secretary_recorded_is_shown_in_the_form(secretary):
    secretary.post("/chairmanships/2027", data=DECISION)
    page = secretary.get("/chairmanships/2027").text
    assert 'value="2026-11-20"' in page
    assert "Decision 1/26" in page
    assert 'selected value="CY"' in page or 'value="CY" selected' in page


def test_the_form_keeps_what_was_entered_when_it_is_refused(secretary, clock):
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    page = secretary.post("/chairmanships/2027", data={**DECISION, "decided_on": tomorrow})
    assert page.status_code == 422
    assert "cannot have been taken in the future" in page.text
    assert f'value="{tomorrow}"' in page.text


def test_the_desk_says_which_chairmanship_is_open_until_it_is_decided(secretary):
    assert "/chairmanships/2027" in secretary.get("/desk").text
    secretary.post("/chairmanships/2027", data=DECISION)
    assert "/chairmanships/2027" not in secretary.get("/desk").text
