"""The year plan on the site: wishes in the address, why each date, and every wish that cannot be."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from sqlalchemy import func, select

from events_app.events.models import Event
from events_app.events.queries import changes_of
from events_app.planning.clashes.queries import accepted_clashes
from events_app.planning.models import PlanVersion
from events_app.reminders.models import ChangeNotice
from events_app.trail.models import TrailEntry

ASIAN = "contact-group-meeting:asian"


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def adopt(secretary):
    """Adopt the plan of 2028 under some wishes, as shown."""

    def send(wishes="", digest=None, status=302):
        address = f"/plan/2028/adopt?{wishes}"
        shown = secretary.get(address).text
        found = re.search(r'name="digest" type="hidden" value="(\w+)"', shown)
        answer = secretary.post(address, data={"digest": digest or found[1], "note": "For the Preparatory Committee"})
        assert answer.status_code == status, unescape(answer.text)
        return answer

    return send


@pytest.fixture
def versions(session):
    def stored():
        session.rollback()
        session.expire_all()
        return list(session.scalars(select(PlanVersion).order_by(PlanVersion.id)))

    return stored


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def planned_days(text):
    return re.findall(r'<li class="row plan-row[^>]* id="([\w-]+)"', text)


def address_of(text, label, anchor):
    """Return where a link with a label leads in the row of a planned date."""
    row = re.search(rf'id="{anchor}".*?(?=<li class="row plan-row|</ol>)', text, re.S)[0]
    return unescape(re.search(rf'href="([^"]+)">{label}', row)[1]).partition("#")[0]


def kept(text):
    return re.findall(r"Kept: ([^<]+)", unescape(text))


def test_the_plan_leads_to_next_year_and_stores_nothing(secretary, session):
    assert secretary.get("/plan").location == "/plan/2027"
    answer = secretary.get("/plan/2028")
    assert "this is proved" in answer.text and len(planned_days(answer.text)) == 15
    assert session.scalar(select(func.count()).select_from(Event)) == 0
    assert "Holder" not in text_of(answer) and "Chair: to be determined" in text_of(answer)


def test_a_year_without_a_roster_entry_has_a_plan_and_chairs_to_be_determined(secretary):
    text = text_of(secretary.get("/plan/2035"))
    assert "Chair: to be determined (Mediterranean), to be determined (Asian)" in text


def test_a_date_is_kept_by_a_link_and_let_go_by_another(secretary):
    text = secretary.get("/plan/2028").text
    day = planned_days(text)[0]
    answer = secretary.get(address_of(text, "Keep", day))
    assert day in planned_days(answer.text) and len(kept(answer.text)) == 1
    assert "No date changed." in text_of(answer)
    assert kept(secretary.get(address_of(answer.text, "Let it move again", day)).text) == []


@pytest.mark.parametrize("was", ["x", "12", "9-zz.999-j.0", "9" * 700, "1-ma.1.", "-"])
def test_what_is_no_plan_before_is_passed_over(was, secretary):
    assert secretary.get(f"/plan/1996?was={was}").status_code == 200


def test_a_day_that_is_banned_moves_its_event_and_what_changed_is_marked(secretary):
    text = secretary.get("/plan/2028").text
    first = planned_days(text)[0]
    answer = secretary.get(address_of(text, "Not this day", first))
    assert first not in planned_days(answer.text)
    marked = text_of(answer)
    assert "What changed" in marked and "Changed: was Tue, 25 Jan 2028" in marked
    assert re.search(r"Cost of the whole plan: was \d+ points, now \d+ points", marked)
    assert "Not used: Tue, 25 Jan 2028" in marked


def test_another_day_is_chosen_from_those_that_are_offered_for_a_date(secretary):
    text = secretary.get("/plan/2028").text
    first = planned_days(text)[0]
    answer = secretary.get(address_of(text, "Choose this day", first))
    [said] = kept(answer.text)
    assert said.startswith("Meeting of the Asian Contact Group: ") and first not in planned_days(answer.text)


def test_a_date_says_what_it_meets_by_name_and_what_other_days_would_cost_for_whom(secretary):
    pins = [f"pin=contact-group-meeting:{group}%3D2028-02-28" for group in ("asian", "mediterranean")]
    text = text_of(secretary.get(f"/plan/2028?{'&'.join(pins)}"))
    assert "5 points Ramadan : Afghanistan" in text
    assert text.count("1000 points Another Partner event in the same week") == 2 * 2
    assert "What it avoids: the best other days" in text


def test_a_date_kept_on_a_forbidden_day_is_shown_with_each_reason_at_1000_points(secretary):
    text = text_of(secretary.get("/plan/2028?pin=joint-meeting:joint%3D2028-12-25"))
    for reason in ("1000 points Recess", "1000 points Public holiday at the seat: Christmas Day : Austria"):
        assert reason in text


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ("quota-asian=30",
         "if meetings could follow each other in neighbouring weeks; with no more than 21 meetings (Asian Contact"),
        ("quota-asian=61", "A group has from 0 to 60 meetings a year, not 61."),
        ("quota-asian=six", "six is no number."),
        ("pin=x", "x names no event of the plan and its date."),
        (f"pin={ASIAN}%3D2028-02-30", "2028-02-30 is no date in the calendar."),
        (f"pin={ASIAN}%3D2027-02-01", "A date that is to be kept lies outside 2028: Monday, 1 February 2027."),
        ("pin=workshop:asian%3D2028-02-01", "A plan has meetings, joint meetings and conferences, not workshop."),
        ("pin=joint-meeting:asian%3D2028-02-01", "There is no such event of this group: joint-meeting: asian."),
        ("pin=conference:nordic%3D2028-02-01", "There is no Contact Group called nordic."),
        ("pin=conference:asian%3D2028-06-01&pin=conference:asian%3D2028-06-08", "(2 for 1): Conference (Asian"),
        ("ban=2029-01-01", "A day that is not to be used lies outside 2028: Monday, 1 January 2029."),
        ("from-asian=2027-06-01", "The time of a conference lies outside 2028: Tuesday, 1 June 2027."),
        ("from-asian=2028-08-01", "ends before it begins: Tuesday, 1 August 2028, Saturday, 15 July 2028."),
        ("host-asian=XX", "There is no State with the code XX."),
        ("moving=10001", "Moving a date costs from 0 to 10000 points."),
        ("from-asian=2028-05-16&until-asian=2028-05-16&ban=2028-05-16",
         "There would be one if the days that are not to be used were allowed; if the conference could begin"),
    ],
)  # fmt: skip
def test_wishes_that_cannot_be_are_answered_in_words_and_without_a_plan(wishes, sentence, secretary):
    answer = secretary.get(f"/plan/2028?{wishes}")
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert planned_days(answer.text) == [] and "plan-board" not in answer.text
    for name in re.findall(r"(?:quota|from)-asian", wishes):
        assert f'name="{name}"' in answer.text


def test_a_quota_of_nought_leaves_the_joint_meeting_and_the_conferences(secretary):
    assert len(planned_days(secretary.get("/plan/2028?quota-asian=0&quota-mediterranean=0").text)) == 3


def test_a_year_before_the_groups_is_not_planned(secretary):
    answer = secretary.get("/plan/1993")
    assert answer.status_code == 404 and "The years from 1994 to 2100 can be planned." in answer.text
    assert secretary.get("/plan/20x8").status_code == 404


def test_a_dropped_wish_is_a_link_also_where_it_cannot_be_read(secretary):
    text = unescape(secretary.get("/plan/2028?pin=x&ban=2028-05-16").text)
    assert 'Kept: x <a href="/plan/2028?ban=2028-05-16">' in text
    assert 'Not used: 2028-05-16 <a href="/plan/2028?pin=x">' in text


def test_what_is_confirmed_is_kept_and_may_be_planned_anew_only_to_look_at(secretary, make_event):
    make_event(group_keys=("asian",), starts_on=date(2028, 2, 16))
    text = secretary.get("/plan/2028").text
    assert "contact-group-meeting-asian-2028-02-16" in planned_days(text)
    looked = secretary.get("/plan/2028?calendar=0")
    assert "contact-group-meeting-asian-2028-02-16" not in planned_days(looked.text)
    assert "Adopt this plan" not in looked.text
    assert secretary.post("/plan/2028/adopt?calendar=0").status_code == 422


def test_who_may_not_see_an_event_does_not_learn_of_it_from_the_plan(app, make_person, sign_in, make_event):
    make_event(group_keys=("asian",), starts_on=date(2028, 2, 16), visibility="secretariat")
    browser = sign_in(app.test_client(), make_person("ben", "CH"))
    assert "2028-02-16" not in browser.get("/plan/2028").text


def test_moving_a_proposed_date_costs_what_is_asked(secretary, make_event):
    make_event("proposed", group_keys=("asian",), starts_on=date(2028, 2, 15))
    moved = secretary.get("/plan/2028?moving=0").text
    kept_there = secretary.get("/plan/2028?moving=5000").text
    anchor = "contact-group-meeting-asian-2028-02-15"
    assert (anchor in planned_days(moved), anchor in planned_days(kept_there)) == (False, True)
    assert "Stands on Tue, 15 Feb 2028 in the calendar" in text_of(secretary.get("/plan/2028"))


def test_adopting_creates_moves_and_keeps_and_is_version_1(secretary, adopt, versions, make_event, session):
    confirmed = make_event(group_keys=("asian",), starts_on=date(2028, 2, 15), theme="Roads")
    asked_about = make_event("proposed", group_keys=("mediterranean",), starts_on=date(2028, 2, 8))
    asked_about.silence_ends_at = datetime(2026, 12, 20, 17, tzinfo=UTC)
    moved = make_event("proposed", group_keys=("mediterranean",), starts_on=date(2028, 8, 16), place="Ratsaal")
    draft = make_event("draft", kind_key="conference", group_keys=("asian",), starts_on=date(2028, 6, 14),
                       ends_on=date(2028, 6, 15), start_time=None, end_time=None, host_code="JP")  # fmt: skip
    session.commit()
    shown = text_of(secretary.get("/plan/2028/adopt"))
    assert "To move fewer dates" in shown
    assert "To move fewer dates" not in text_of(secretary.get("/plan/2028/adopt?moving=1"))
    assert "To be moved" in shown and "was Wed, 16 Aug 2028, will be" in shown and "Stay as they are" in shown
    assert adopt().location == "/plan/2028/versions/1"
    [version] = versions()
    assert (version.number, version.note) == ("1", "For the Preparatory Committee")
    events = {event.id: event for event in session.scalars(select(Event))}
    assert len(events) == 15 == len(version.plan["events"])
    assert {one["event_id"] for one in version.plan["events"]} == events.keys()
    assert {event.status for event in events.values()} == {"proposed", "confirmed"}
    assert (confirmed.starts_on, asked_about.starts_on) == (date(2028, 2, 15), date(2028, 2, 8))
    assert moved.starts_on != date(2028, 8, 16) and (moved.place, draft.status) == ("Ratsaal", "proposed")
    new = max(events.values(), key=lambda event: event.id)
    assert (new.start_time.hour, new.visibility, new.drafted_by_id) == (10, "public", version.adopted_by_id)
    assert session.scalars(select(ChangeNotice)).all() == []
    assert "adopt-plan" in session.scalars(select(TrailEntry.verb)).all()
    assert [change.verb for change in changes_of(session, moved.id)] == ["change", "create"]


def test_a_plan_that_has_changed_since_it_was_shown_is_not_adopted(adopt, versions, session):
    answer = adopt(digest="0" * 32, status=409)
    assert "The plan has changed in between." in answer.text
    assert versions() == [] and session.scalar(select(func.count()).select_from(Event)) == 0


def test_an_error_in_the_middle_leaves_nothing(adopt, versions, make_event, session):
    broken = make_event("proposed", group_keys=("asian",), starts_on=date(2028, 12, 13))
    broken.place = "x" * 201
    session.commit()
    answer = adopt(status=409)
    assert "At most 200 characters fit here." in answer.text
    assert versions() == []
    assert [event.id for event in session.scalars(select(Event))] == [broken.id]
    assert broken.starts_on == date(2028, 12, 13)


def test_dates_that_have_passed_are_not_adopted(secretary, clock):
    shown = secretary.get("/plan/2026/adopt").text
    digest = re.search(r'name="digest" type="hidden" value="(\w+)"', shown)[1]
    answer = secretary.post("/plan/2026/adopt", data={"digest": digest})
    assert answer.status_code == 409 and "Of these dates some have passed" in answer.text


def test_versions_are_numbered_and_their_difference_is_told(secretary, adopt, versions, app, make_person, sign_in):
    adopt()
    assert "This plan is version 1 already" in adopt(status=409).text
    first = date.fromisoformat(versions()[0].plan["events"][0]["start"])
    adopt(f"ban={first}")
    adopt(f"ban={first}&quota-asian=7")
    assert [version.number for version in versions()] == ["1", "1.1", "2"]
    delegate = sign_in(app.test_client(), make_person("dana", "US", "delegate"))
    text = text_of(delegate.get("/plan/2028/versions/1.1?against=1"))
    assert "From version 1 to version 1.1:" in text and "Moved" in text
    assert "was Tuesday, 25 January 2028, 10:00–13:00, now " in text
    assert "Added" in text_of(delegate.get("/plan/2028/versions/2?against=1"))
    assert "No longer in the plan" in text_of(delegate.get("/plan/2028/versions/1?against=2"))
    listed = text_of(delegate.get("/plan/2028/versions"))
    assert listed.index("Version 2") < listed.index("Version 1.1") < listed.index("The first plan of the year.")
    assert "Take the wishes of version 2" in secretary.get("/plan/2028").text
    for wrong in ("3", "x", "1.0", "1.1?against=9"):
        assert delegate.get(f"/plan/2028/versions/{wrong}").status_code == 404


def test_a_card_leaves_out_what_its_reader_may_not_see(adopt, make_event, app, make_person, sign_in):
    make_event(group_keys=("asian",), starts_on=date(2028, 2, 15), visibility="secretariat", theme="Hidden")
    adopt()
    delegate = sign_in(app.test_client(), make_person("dana", "US", "delegate"))
    text = delegate.get("/plan/2028/versions/1").text
    assert "Hidden" not in text and text.count("plan-card-row") == 14


def test_what_is_in_the_way_is_listed_and_kept_as_accepted(secretary, adopt, versions, make_event, session):
    day = re.search(r"conference-asian-(\d{4}-\d\d-\d\d)", secretary.get("/plan/2028").text)[1]
    make_event(kind_key="workshop", group_keys=("asian",), starts_on=date.fromisoformat(day), theme="Trade")
    shown = text_of(secretary.get("/plan/2028/adopt"))
    assert "In the way: On the same day for Asian Contact Group: Workshop: Trade" in shown
    adopt()
    [conference] = [one for one in versions()[0].plan["events"] if one["kind"] == "conference" and one["start"] == day]
    [accepted] = accepted_clashes(session, conference["event_id"]).values()
    assert accepted.reason == "Year plan 2028, version 1"
