"""Notify or quietly: what the forms ask, what they show before anything goes, and that reading changes nothing."""

from datetime import time, timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from events_app.events.models import Event
from events_app.reminders.models import ChangeNotice


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def clara(make_person):
    return make_person("clara", secretary=True)


@pytest.fixture
def secretary(client, clara, sign_in, make_person):
    """A secretary at work, with two people whom a meeting of the Asian group concerns."""
    make_person("haruto", "JP"), make_person("luca", "CH")
    return sign_in(client, clara)


@pytest.fixture
def notices(session):
    def stored():
        session.expire_all()
        found = session.scalars(select(ChangeNotice).order_by(ChangeNotice.id)).all()
        session.rollback()
        return found

    return stored


def filled(event, **changes):
    """The edit form of an event as a browser would send it, changed so."""
    shown = {
        "version": event.version, "theme": event.theme, "theme_language": event.theme_language,
        "starts_on": event.starts_on.isoformat(), "ends_on": "", "start_time": f"{event.start_time:%H:%M}",
        "end_time": f"{event.end_time:%H:%M}", "time_zone": event.time_zone, "format": event.format, "venue_key": "",
        "place": event.place, "host_code": "", "parent_id": "0", "visibility": event.visibility,
        "group_keys": list(event.group_keys), "chair_override_code": "",
    }  # fmt: skip
    return {**shown, **changes}


def edit(browser, event, **changes):
    return browser.post(f"/events/{event.id}/edit", data=filled(event, **changes))


def read(answer):
    return unescape(" ".join(answer.text.split()))


LATER = {"start_time": "15:00", "end_time": "18:00"}


def test_a_move_of_a_published_event_is_told_unless_somebody_says_otherwise(secretary, clara, meeting, notices, clock):
    answer = edit(secretary, meeting, **LATER)
    assert answer.location.startswith(f"/events/{meeting.id}/tell?since=")
    [notice] = notices()
    assert (notice.by_id, notice.was["start_time"]) == (clara.id, "10:00:00")
    assert notice.due_at == clock.now() + timedelta(minutes=10)


def test_the_page_shows_what_goes_to_whom_and_when(secretary, meeting):
    shown = read(secretary.get(edit(secretary, meeting, **LATER).location))
    for words in (
        "Moved: Meeting of the Asian Contact Group: Transport", "10:00–13:00 (Austria)", "15:00–18:00 (Austria)",
        "To 2 people: Saturday, 21 November 2026", "10:10 (Austria)", "Haruto", "Luca",
    ):  # fmt: skip
        assert words in shown
    assert "Clara" not in shown.partition("<main")[2].partition("<blockquote")[0]


def test_quietly_takes_the_notice_back(secretary, meeting, notices):
    page = edit(secretary, meeting, **LATER).location
    answer = secretary.post(page, data={"choice": "quietly"})
    assert answer.location == f"/events/{meeting.id}"
    assert notices() == []


def test_telling_them_adds_a_line_of_ones_own(secretary, meeting, notices):
    page = edit(secretary, meeting, **LATER).location
    answer = secretary.post(page, data={"choice": "tell", "note": "The room\r\nwas taken."})
    assert answer.location == f"/events/{meeting.id}"
    assert [notice.note for notice in notices()] == ["The room was taken."]
    assert "Those concerned will be told" in secretary.get(answer.location).text


def test_a_double_submit_opens_one_notice(secretary, meeting, notices):
    page = edit(secretary, meeting, theme="Roads", and_tell="1").location
    for _ in range(2):
        assert secretary.post(page, data={"choice": "tell"}).status_code == 302
    assert len(notices()) == 1


def test_what_is_no_move_is_saved_quietly_unless_asked(secretary, meeting, notices, session):
    assert edit(secretary, meeting, theme="Roads").location == f"/events/{meeting.id}"
    session.refresh(meeting)
    page = edit(secretary, meeting, theme="Rails", and_tell="1").location
    assert "/tell?since=" in page
    assert notices() == []
    shown = read(secretary.get(page))
    assert "Changed: Meeting of the Asian Contact Group: Rails" in shown
    assert "Before: Meeting of the Asian Contact Group: Roads" in shown
    secretary.post(page, data={"choice": "tell"})
    [notice] = notices()
    assert notice.was["theme"] == "Roads"


def test_quietly_leaves_an_earlier_notice_to_be_told(secretary, meeting, notices, session, clock):
    edit(secretary, meeting, **LATER)
    clock.advance(timedelta(minutes=2))
    session.refresh(meeting)
    page = edit(secretary, meeting, theme="Rails", and_tell="1").location
    assert "10:00–13:00" in read(secretary.get(page))
    secretary.post(page, data={"choice": "quietly"})
    [notice] = notices()
    assert (notice.was["theme"], notice.was["start_time"]) == ("Transport", "10:00:00")


@pytest.mark.parametrize("status", ["draft", "proposed"])
def test_what_nobody_got_is_never_told(secretary, make_event, notices, status):
    event = make_event(status, group_keys=("asian",))
    assert edit(secretary, event, and_tell="1", **LATER).location == f"/events/{event.id}"
    assert notices() == []
    assert "There is nothing to tell." in secretary.get(f"/events/{event.id}/tell").text
    secretary.post(f"/events/{event.id}/tell", data={"choice": "tell"})
    assert notices() == []


def test_reading_the_page_changes_nothing(secretary, meeting, notices, session):
    page = edit(secretary, meeting, theme="Roads", and_tell="1").location
    for _ in range(3):
        assert secretary.get(page).status_code == 200
    assert notices() == []


@pytest.mark.parametrize("since", ["0", "-1", "x", "9" * 40, "'", "999999999", ""])
def test_an_odd_start_in_the_address_does_no_harm(secretary, meeting, since):
    edit(secretary, meeting, **LATER)
    assert secretary.get(f"/events/{meeting.id}/tell?since={since}").status_code == 200


@pytest.mark.parametrize("sent", [{}, {"choice": "shout"}, {"choice": "tell", "note": "x" * 501}])
def test_what_is_no_answer_is_refused(secretary, meeting, notices, sent):
    page = edit(secretary, meeting, theme="Roads", and_tell="1").location
    assert secretary.post(page, data=sent).status_code == 422
    assert notices() == []


@pytest.mark.parametrize(("step", "word"), [("cancel", "Cancelled"), ("postpone", "Postponed")])
def test_a_step_shows_its_letter_before_it_is_taken_and_tells_by_default(secretary, meeting, notices, step, word):
    page = f"/events/{meeting.id}/{step}"
    shown = read(secretary.get(page))
    assert f"{word}: Meeting of the Asian Contact Group: Transport" in shown
    assert "To 2 people" in shown and "Haruto" in shown
    assert 'checked id="tell"' in shown or 'id="tell" name="tell" type="checkbox" value="y" checked' in shown
    sent = {"version": meeting.version, "reason": "No room.", "tell": "y", "note": "Sorry."}
    assert secretary.post(page, data=sent).status_code == 302
    [notice] = notices()
    assert (notice.was["status"], notice.note) == ("confirmed", "Sorry.")


def test_a_step_without_the_tick_is_taken_quietly(secretary, meeting, notices, session):
    sent = {"version": meeting.version, "reason": "No room."}
    secretary.post(f"/events/{meeting.id}/cancel", data=sent)
    assert session.scalar(select(Event.status)) == "cancelled"
    assert notices() == []


def test_a_step_that_is_refused_tells_nobody(secretary, meeting, notices):
    sent = {"version": 0, "reason": "No room.", "tell": "y"}
    assert secretary.post(f"/events/{meeting.id}/cancel", data=sent).status_code == 409
    assert notices() == []


def test_a_restored_event_is_told_by_default(secretary, make_event, session, notices):
    event = make_event(group_keys=("asian",))
    secretary.post(f"/events/{event.id}/cancel", data={"version": event.version, "reason": "No room."})
    assert "Restored: " in read(secretary.get(f"/events/{event.id}/restore"))


def test_a_confirmation_is_quiet_unless_asked_to_tell(secretary, make_event, notices):
    quiet, told = make_event("proposed", group_keys=("asian",)), make_event("proposed", group_keys=("asian",))
    assert 'name="tell"' not in secretary.get(f"/events/{quiet.id}/confirm").text
    answer = secretary.post(f"/events/{quiet.id}/confirm", data={"version": quiet.version})
    assert answer.location == f"/events/{quiet.id}"
    page = secretary.post(f"/events/{told.id}/confirm", data={"version": told.version, "and_tell": "1"}).location
    assert "Confirmed: Meeting of the Asian Contact Group" in read(secretary.get(page))
    assert notices() == []


def test_a_host_who_moves_the_meeting_to_another_room_tells_of_it(app, make_event, make_person, sign_in, notices):
    event = make_event(group_keys=("asian",), host_code="JP")
    make_person("luca", "CH")
    host = sign_in(app.test_client(), make_person("haruto", "JP"))
    sent = {"version": event.version, "venue_key": "", "place": "Ratsaal"}
    page = host.post(f"/events/{event.id}/edit-hosted", data=sent).location
    assert "New place: " in read(host.get(page))
    assert len(notices()) == 1


def test_hostile_words_stay_words_in_the_preview(secretary, meeting):
    script = "<script>alert('x')</script>{{7*7}}"
    page = edit(secretary, meeting, theme=script, and_tell="1").location
    shown = secretary.get(page).text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown and "{{7*7}}" in shown


def test_who_may_not_edit_tells_nobody(app, meeting, make_person, sign_in, session):
    ben = sign_in(app.test_client(), make_person("ben", "KR"))
    assert ben.post(f"/events/{meeting.id}/tell", data={"choice": "tell"}).status_code == 403
    assert app.test_client().post(f"/events/{meeting.id}/tell", data={"choice": "tell"}).status_code == 404
    assert session.scalar(select(func.count(ChangeNotice.id))) == 0


def test_the_letter_of_a_move_arrives(secretary, meeting, run_pass, post_box, clock, session):
    edit(secretary, meeting, **LATER)
    clock.move_to(clock.now().replace(minute=10))
    run_pass()
    assert sorted(letter.address.partition("@")[0] for letter in post_box.letters) == ["haruto", "luca"]
    session.refresh(meeting)
    assert meeting.start_time == time(15)


def test_the_page_of_an_event_leads_there_while_something_is_untold(
    secretary, meeting, session, clock, run_pass, app, make_person, sign_in
):
    link = f'href="/events/{meeting.id}/tell"'
    edit(secretary, meeting, theme="Roads")
    assert link in secretary.get(f"/events/{meeting.id}").text
    delegate = sign_in(app.test_client(), make_person("akira", "JP"))
    assert link not in delegate.get(f"/events/{meeting.id}").text
    secretary.post(f"/events/{meeting.id}/tell", data={"choice": "tell"})
    assert link in secretary.get(f"/events/{meeting.id}").text
    assert "This letter is on its way" in secretary.get(f"/events/{meeting.id}/letters").text
    clock.advance(timedelta(minutes=10))
    run_pass()
    assert link not in secretary.get(f"/events/{meeting.id}").text


def test_of_a_draft_and_of_what_is_over_nothing_waits_to_be_told(secretary, make_event, session, clock):
    draft, held = make_event("draft"), make_event()
    clock.advance(timedelta(days=200))
    for event in (draft, held):
        assert "/tell" not in secretary.get(f"/events/{event.id}").text
