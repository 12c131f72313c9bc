"""The days of reminders on the site: shown, tried out before they are saved, changed; and what became of each."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select

from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import Refused
from events_app.reminders.models import ReminderRule

OWN = {
    "organisers_choice": "own", "organisers_days": "7, 3", "contact_points_choice": "usual", "contact_points_days": "",
}  # fmt: skip
USUAL = {**OWN, "organisers_choice": "usual"}
FIRST = datetime(2027, 2, 16, 8, tzinfo=UTC)


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def people(make_person):
    return [make_person("luca", "CH"), make_person("haruto", "JP"), make_person("akira", "JP")]


@pytest.fixture
def secretary(client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def rules(session):
    def stored():
        session.rollback()
        found = session.scalars(select(ReminderRule)).all()
        return {(rule.event_id, rule.kind_key, rule.group_key, rule.part): rule.days for rule in found}

    return stored


def test_the_page_of_an_event_shows_the_days_in_force_and_who_will_hear(meeting, people, secretary):
    page = secretary.get(f"/events/{meeting.id}/reminders").text
    assert '14, 2, 1 <span class="quiet">(as the data say)' in page
    assert "4 people on Tuesday, 16 February 2027, 09:00 (Austria)" in page
    assert "2 people on Monday, 1 March 2027, 09:00 (Austria)" in page
    assert "Akira" in page


def test_a_preview_shows_the_letters_and_saves_nothing(meeting, people, secretary, rules):
    answer = secretary.post(f"/events/{meeting.id}/reminders", data={**OWN, "deed": "preview"})
    assert answer.status_code == 200
    assert "2 people on Tuesday, 23 February 2027, 09:00 (Austria)" in answer.text
    assert 'value="7, 3"' in answer.text
    assert 'name="deed" value="save"' in answer.text
    assert rules() == {}


def test_saving_is_offered_only_after_a_preview(meeting, secretary):
    assert 'value="save"' not in secretary.get(f"/events/{meeting.id}/reminders").text


def test_days_that_are_saved_hold_for_the_event(meeting, people, secretary, rules):
    answer = secretary.post(f"/events/{meeting.id}/reminders", data={**OWN, "deed": "save"}, follow_redirects=True)
    assert '7, 3 <span class="quiet">(decided for this event)' in answer.text
    assert rules() == {(meeting.id, None, "", "organisers"): [7, 3]}
    secretary.post(f"/events/{meeting.id}/reminders", data={**USUAL, "deed": "save"})
    assert rules() == {}


def test_days_written_over_the_usual_ones_are_own_days(meeting, people, secretary, rules):
    sent = {**USUAL, "deed": "preview"}
    tried = secretary.post(f"/events/{meeting.id}/reminders", data=sent).text
    assert '<option selected value="own">' in tried
    secretary.post(f"/events/{meeting.id}/reminders", data={**sent, "organisers_days": "1,2, 14", "deed": "save"})
    assert rules() == {}
    secretary.post(f"/events/{meeting.id}/reminders", data={**sent, "deed": "save"})
    assert rules() == {(meeting.id, None, "", "organisers"): [7, 3]}


@pytest.mark.parametrize("days", ["61", "-1", "1,2,3,4,5,6", "seven", "1.5", "9" * 50, "٣", "1e1", "<b>", "0x10"])
def test_days_that_are_no_days_are_refused_in_words(meeting, secretary, rules, days):
    sent = {**OWN, "organisers_days": days, "deed": "save"}
    answer = secretary.post(f"/events/{meeting.id}/reminders", data=sent)
    assert (answer.status_code, "at most 5 whole numbers from 0 to 60" in answer.text) == (422, True)
    assert rules() == {}


def test_no_days_mean_no_reminder(meeting, people, secretary, rules):
    sent = {**OWN, "organisers_days": " ", "contact_points_choice": "own", "deed": "save"}
    answer = secretary.post(f"/events/{meeting.id}/reminders", data=sent, follow_redirects=True)
    assert "No reminder will go." in answer.text
    assert set(map(tuple, rules().values())) == {()}


def test_what_became_of_each_reminder_stands_on_the_page(
    meeting, people, secretary, run_pass, post_box, clock, sign_in
):
    post_box.answers[people[0].email] = Refused("550 5.1.1 no such user", is_address_dead=True)
    clock.move_to(FIRST)
    run_pass()
    organiser = sign_in(secretary, people[0])
    page = organiser.get(f"/events/{meeting.id}/reminders").text
    assert page.count("The mail server took it.") == 3
    assert "Not sent: it was given up on Tuesday, 16 February 2027, 09:00 (Austria): 550 5.1.1 no such user" in page


def test_a_change_says_which_waiting_letters_it_takes_back(
    meeting, people, secretary, session, run_pass, clock, sign_in
):
    clock.move_to(FIRST)
    run_pass()
    for message in session.scalars(select(OutboxMessage)):
        message.state, message.sent_at = "pending", None
    session.commit()
    organiser = sign_in(secretary, people[0])
    tried = organiser.post(f"/events/{meeting.id}/reminders", data=OWN).text
    assert "2 letters that wait will no longer be sent." in tried
    saved = organiser.post(f"/events/{meeting.id}/reminders", data={**OWN, "deed": "save"}, follow_redirects=True)
    assert "2 letters that waited are no longer sent." in saved.text
    assert "Not sent: the days of reminders were changed before." in saved.text


def test_the_secretaries_page_lists_every_kind_and_the_groups_that_meet_alone(secretary):
    page = secretary.get("/reminders/").text
    assert page.count("/reminders/contact-group-meeting") == 3
    assert page.count("/reminders/joint-meeting") == 1
    assert "Permanent Council" in page


def test_days_of_a_kind_are_tried_on_the_events_of_the_next_90_days(make_event, people, secretary, rules):
    soon = {"group_keys": ("asian",), "starts_on": date(2027, 1, 19)}
    make_event(**soon)
    address = "/reminders/contact-group-meeting/asian"
    tried = secretary.post(address, data=OWN)
    assert "2 people on Tuesday, 12 January 2027, 09:00 (Austria)" in tried.text
    assert rules() == {}
    secretary.post(address, data={**OWN, "deed": "save"})
    assert rules() == {(None, "contact-group-meeting", "asian", "organisers"): [7, 3]}
    assert "7, 3" in secretary.get("/reminders/").text
    secretary.post(address, data={**OWN, "organisers_days": "5", "deed": "save"})
    assert rules() == {(None, "contact-group-meeting", "asian", "organisers"): [5]}


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_database_equally_often_for_few_and_many(
    meeting, make_person, secretary, run_pass, clock, engine, sign_in, count
):
    readers = [make_person(f"reader{number}", "JP") for number in range(count)]
    clock.move_to(FIRST)
    run_pass()
    organiser = sign_in(secretary, make_person("luca", "CH"))
    asked = []
    sql_event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert organiser.get(f"/events/{meeting.id}/reminders").text.count("The mail server took it.") == len(readers) + 1
    assert len(asked) <= 60
