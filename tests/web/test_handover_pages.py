"""The handover is there for the next Chair from the day of the decision, and for nobody else."""

from datetime import UTC, date, datetime
from html import unescape

import pytest

from events_app.events.actions.lessons import note_lesson
from events_app.partnership.models import Chairmanship
from events_app.planning.consultations.opening import open_procedure


@pytest.fixture
def next_chair(session):
    """Portugal is to chair in 2028, decided on 1 December 2026."""
    session.add(Chairmanship(year=2028, state_code="PT", status="decided", decided_on=date(2026, 12, 1), source=""))
    session.commit()


@pytest.fixture
def reader(app, make_person, sign_in):
    def enter(name, *post, **more):
        return sign_in(app.test_client(), make_person(name, *post, **more))

    return enter


def test_it_is_there_from_the_day_the_chairmanship_is_decided(clock, next_chair, reader):
    assert reader("rui", "PT").get("/handover/2028").status_code == 404
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert "Handover 2028" in reader("ana", "PT").get("/handover/2028").text


@pytest.mark.parametrize(
    ("state", "role", "status"), [("JO", "contact-point", 404), ("CH", "contact-point", 404), ("PT", "delegate", 403)]
)
def test_nobody_else_has_it(clock, next_chair, reader, state, role, status):
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert reader("other", state, role).get("/handover/2028").status_code == status


def test_former_chairs_do_not_read_what_is_handed_over_now(reader):
    assert reader("jonas", "DE").get("/handover/2016").status_code == 404
    assert reader("clara", secretary=True).get("/handover/2025").status_code == 404
    assert reader("ben", "CH").get("/handover/2026").status_code == 200


def test_it_names_only_consultations_that_the_reader_may_see(session, clock, next_chair, reader, make_event):
    visit = make_event("proposed", kind_key="visit", group_keys=(), host_code="JO", visibility="partners")
    expiry = datetime(2026, 12, 10, 9, tzinfo=UTC)
    asked = open_procedure(session, visit, "", expiry, clock.now(), least_days=5, invited={"JO"})
    session.commit()
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert f"/consultations/{asked.id}" not in reader("rui", "PT").get("/handover/2028").text
    assert f"/consultations/{asked.id}" in reader("clara", secretary=True).get("/handover/2028").text


def test_it_tells_programme_terms_people_topics_attendance_and_lessons(
    session, clock, next_chair, reader, make_event, make_person
):
    clara = make_person("clara", secretary=True)
    make_person("yasmin", "JO")
    held = make_event(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1), topic_keys=("environmental-activities",))
    make_event(starts_on=date(2028, 3, 7), ends_on=date(2028, 3, 7), theme="Youth")
    clock.move_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
    note_lesson(session, held, "Ask for speakers before the summer.", clock.now(), person_id=clara.id)
    session.commit()
    text = unescape(reader("rui", "PT").get("/handover/2028").text)
    assert "Youth" in text
    assert "Ask for speakers before the summer." in text
    assert "yasmin@delegations.example" in text
    assert "Environmental activities" in text
    assert "Nobody has answered an invitation here yet." in text
    assert "Chairs: Mediterranean Contact Group" in text


def test_the_lesson_of_a_hidden_event_stays_hidden(session, clock, next_chair, reader, make_event):
    hidden = make_event(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1), visibility="secretariat")
    clock.move_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
    note_lesson(session, hidden, "A secret lesson", clock.now())
    session.commit()
    assert "A secret lesson" not in reader("rui", "PT").get("/handover/2028").text
    assert "A secret lesson" in reader("clara", secretary=True).get("/handover/2028").text
