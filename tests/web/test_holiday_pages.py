"""The holidays of a year on the site: what is listed, correcting it, and dates that must be looked at again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from events_app.planning.models import AcceptedClash, HolidayCorrection
from events_app.planning.queries.holidays import holiday_table

EID = "/holidays/MA/2027-05-16"
MOVED = {
    "deed": "move", "new_day": "2027-05-17", "is_whole": "y", "reason": "Announced by decree", "source": "Decree 12",
    "confirmed_on": "2026-11-20",
}  # fmt: skip


@pytest.fixture
def secretary(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("clara", secretary=True))


@pytest.fixture
def contact_point(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("leila", "JO"))


def days(session, state="MA"):
    session.rollback()
    table = holiday_table(session, date(2027, 5, 10), date(2027, 5, 20))
    return [holiday.day.day for holiday in table.between(date(2027, 5, 10), date(2027, 5, 20), [state])]


def test_the_page_of_a_year_lists_austria_the_chairs_and_the_partners(contact_point):
    page = contact_point.get("/holidays/2026").text
    for name in ("Austria", "Finland", "Morocco", "Japan", "Switzerland"):
        assert f"<td>{name}</td>" in page
    assert "<td>Norway</td>" not in page
    assert '<bdi lang="en">Eid al-Adha</bdi> <span class="pill pill-proposed">estimated</span>' in page


def test_it_can_be_narrowed_to_a_group_a_state_or_widened_to_all(contact_point):
    def states(of):
        page = contact_point.get(f"/holidays/2027?of={of}").text
        return {name for name in ("Japan", "Morocco", "Norway") if f"<td>{name}</td>" in page}

    assert (states("asian"), states("mediterranean"), states("NO")) == ({"Japan"}, {"Morocco"}, {"Norway"})
    assert states("all") == {"Japan", "Morocco", "Norway"}


def test_readers_of_other_languages_are_told_that_names_are_english(contact_point):
    page = contact_point.get("/holidays/2027?lang=de&of=AT").text
    assert '<bdi lang="en">Ascension Day</bdi>' in page
    assert "Österreich" in page


def test_only_secretaries_are_offered_corrections(secretary, contact_point):
    assert EID in secretary.get("/holidays/2027").text
    assert EID not in contact_point.get("/holidays/2027").text


def test_a_moved_feast_is_listed_with_reason_source_who_and_when(secretary, contact_point, session):
    assert secretary.post(EID, data=MOVED).status_code == 302
    assert days(session) == [17, 18]
    listed = contact_point.get("/holidays/2027").text.partition('id="corrections"')[2]
    for text in ("Announced by decree", "Decree 12", "Clara", "moved from", "Friday, 20 November 2026"):
        assert text in listed
    assert "take-back" not in listed


def test_a_correction_is_taken_back_by_a_button(secretary, session):
    secretary.post(EID, data=MOVED)
    row_id = session.scalars(select(HolidayCorrection.id)).first()
    assert secretary.post(f"/holidays/corrections/{row_id}/take-back").status_code == 302
    assert "3 days are as the table has them." in secretary.get("/holidays/2027").text
    assert days(session) == [16, 17]


def test_a_holiday_is_confirmed_struck_and_added(secretary, session):
    secretary.post(EID, data={"deed": "confirm", "is_whole": "y", "reason": "Said so"})
    assert session.scalars(select(HolidayCorrection.is_estimated)).all() == [False, False]
    secretary.post("/holidays/MA/2027-05-17", data={"deed": "strike", "reason": "One day alone"})
    assert days(session) == [16]
    added = {"state_code": "MA", "day": "2027-05-12", "name": "Day of mourning", "reason": "Decree"}
    secretary.post("/holidays/new", data=added)
    assert days(session) == [12, 16]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"new_day": ""}, "Give the new day."),
        ({"new_day": "2027-05-16"}, "This is the day on which it stands already."),
        ({"new_day": "2027-12-24"}, "A holiday moves by at most 60 days."),
        ({"new_day": "2027-02-30"}, "2027-02-30 is no date in the calendar."),
        ({"confirmed_on": "2026-12-24"}, "This cannot have been announced in the future."),
        ({"deed": "forget"}, "Choose one of the list."),
        ({"reason": ""}, "Reason"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(secretary, session, changes, said):
    answer = secretary.post(EID, data={**MOVED, **changes})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert session.scalars(select(HolidayCorrection)).all() == []


def test_a_certain_holiday_is_not_offered_for_confirming(secretary):
    page = secretary.get("/holidays/AT/2027-05-06").text
    assert 'value="confirm"' not in page
    assert 'value="move"' in page


def test_the_desk_asks_to_look_again_at_a_date_and_takes_a_reason(secretary, contact_point, session, make_event, clock):
    event = make_event(starts_on=date(2027, 5, 19))
    assert "Dates to look at again" not in secretary.get("/desk").text
    clock.advance(timedelta(minutes=1))
    secretary.post(EID, data=MOVED)
    desk = secretary.get("/desk").text
    assert "Eid al-Adha in Morocco is now certain and falls a day before or after this event" in desk
    assert "Dates to look at again" not in contact_point.get("/desk").text
    key = {"key": "holiday:MA:2027-05-18"}
    secretary.post(f"/events/{event.id}/dates", data=key)
    assert "Say why the date stays." in (desk := secretary.get("/desk").text)
    assert "Dates to look at again" in desk
    secretary.post(f"/events/{event.id}/dates", data={"key": "holiday:MA:1999-01-01", "reason": "Made up"})
    assert "Dates to look at again" in secretary.get("/desk").text
    secretary.post(f"/events/{event.id}/dates", data={**key, "reason": "Morocco agrees"})
    assert "Dates to look at again" not in secretary.get("/desk").text
    assert session.scalars(select(AcceptedClash.reason)).all() == ["Morocco agrees"]


@pytest.mark.parametrize("address", ["/holidays/1972", "/holidays/2101", "/holidays/soon", "/holidays/2027?of=nordic"])
def test_years_and_groups_that_do_not_exist_are_not_found(contact_point, address):
    assert contact_point.get(address).status_code == 404
