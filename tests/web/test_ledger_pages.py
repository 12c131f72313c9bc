"""The ledger: a secretary sees in one minute why somebody was not told, and can do something about it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import select

from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.mail.actions.restoring import note_restoration
from events_app.mail.models import OutboxMessage, SuppressedAddress
from events_app.mail.outcomes import Doubtful, Refused, RelayDown, TryLater
from events_app.reminders.actions import prefer_letters
from events_app.reminders.changes import open_notice, values_of

FIRST = datetime(2027, 2, 16, 8, tzinfo=UTC)
LONG = "550 5.1.1 no such user " + "x" * 200


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def people(make_person):
    return {name: make_person(name, "JP") for name in ("haruto", "akira")}


@pytest.fixture
def clara(make_person):
    return make_person("clara", secretary=True)


@pytest.fixture
def chair(make_person):
    return make_person("luca", "CH")


@pytest.fixture
def told(meeting, people, run_pass, post_box, clock, client, clara, sign_in):
    """Run the pass of the first reminders with these answers; return the secretary's browser."""

    def run(answers=None, trouble=None):
        post_box.answers.update({people[name].email: answer for name, answer in (answers or {}).items()})
        post_box.trouble = trouble
        clock.move_to(FIRST)
        run_pass()
        post_box.answers.clear()
        post_box.trouble = None
        return sign_in(client, clara)

    return run


@pytest.fixture
def letter_to(session):
    def find(person):
        session.rollback()
        return session.scalars(select(OutboxMessage).where(OutboxMessage.person_id == person.id)).one()

    return find


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "The mail server took it."),
        (
            Refused("550 5.1.1 gone"),
            "Not sent: it was given up on Tuesday, 16 February 2027, 09:00 (Austria): 550 5.1.1 gone",
        ),
        (TryLater("451 busy"), "Not sent yet: the mail server did not take it on Tuesday, 16 February 2027, 09:00"),
        (Doubtful("cut"), "Perhaps sent: nobody knows whether the mail server took it"),
    ],
)
def test_the_ledger_says_in_a_sentence_what_became_of_a_letter(told, meeting, answer, sentence):
    browser = told({"haruto": answer} if answer else {})
    assert sentence in browser.get(f"/events/{meeting.id}/letters").text


def test_letters_to_a_marked_address_say_since_when_and_why(told, people, session, letter_to):
    browser = told({"haruto": Refused("550 5.1.1 gone", is_address_dead=True)})
    letter = letter_to(people["haruto"])
    letter.last_reply = "address suppressed: 550 5.1.1 gone"
    session.commit()
    page = browser.get(f"/people/{people['haruto'].id}/letters").text
    assert "Not sent: the address was refused on Tuesday, 16 February 2027, 09:00 (Austria): 550 5.1.1 gone" in page
    assert "This address is marked as dead since Tuesday, 16 February 2027, 09:00 (Austria)" in page


def test_a_letter_that_waits_for_the_server_says_what_the_server_said(told, meeting):
    browser = told(trouble=RelayDown("connection refused"))
    assert (
        "nothing can be handed to the mail server: connection refused"
        in browser.get(f"/events/{meeting.id}/letters").text
    )


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("event-moved", "Not sent: the event was moved before."),
        ("event-status", "Not sent: the status of the event had changed before."),
        ("not-allowed", "Not sent: its reader may no longer see this."),
        ("", "Not sent: it was no longer needed."),
    ],
)
def test_a_letter_that_was_not_needed_says_why(told, meeting, people, session, letter_to, why, sentence):
    browser = told()
    letter = letter_to(people["haruto"])
    letter.state, letter.facts = "superseded", {**letter.facts, "why": why}
    session.commit()
    assert sentence in browser.get(f"/events/{meeting.id}/letters").text


def test_who_has_no_reminder_is_named_with_the_reason(told, meeting, people, make_person, session):
    make_person("dan", "JP", "delegate")
    prefer_letters(session, people["akira"].id, {"event-reminder": "never"})
    prefer_letters(session, people["haruto"].id, {"event-reminder": "digest"})
    browser = told()
    make_person("late", "JP")
    page = words(browser.get(f"/events/{meeting.id}/letters"))
    assert "Akira Reminder No letter: wants none." in page
    assert "Haruto Reminder No letter: reads it in the weekly digest." in page
    assert "Dan Reminder No letter: not a contact point of an invited delegation today." in page
    assert "Late Reminder None yet: due on Tuesday, 16 February 2027, 09:00 (Austria)." in page


def test_whose_address_is_dead_is_named_before_a_letter_fails(meeting, people, session, client, clara, sign_in, clock):
    session.add(SuppressedAddress(address=people["haruto"].email, since=clock.now(), reply="550 5.1.1 gone"))
    session.commit()
    page = words(sign_in(client, clara).get(f"/events/{meeting.id}/letters"))
    assert "Haruto Reminder No letter: the address is marked as dead since Saturday, 21 November 2026, 10:00" in page
    assert "Akira Reminder None yet" in page


def test_who_was_not_told_of_a_change_is_named_with_the_reason(
    meeting, people, clara, chair, make_person, session, clock, run_pass, client, sign_in
):
    dead, was = make_person("dead", "JP"), values_of(meeting)
    session.add(SuppressedAddress(address=dead.email, since=clock.now(), reply="550 5.1.1 gone"))
    prefer_letters(session, people["akira"].id, {"change-notice": "never"})
    change_event(session, meeting, replace(details_of(meeting), place="Ratsaal"), meeting.version, clock.now())
    browser, address = sign_in(client, clara), f"/events/{meeting.id}/letters"
    session.commit()
    assert "Nobody has been told of this change yet." in browser.get(address).text
    open_notice(session, meeting, was, chair.id, clock.now())
    session.commit()
    assert "Haruto Change notice None yet: due on Saturday, 21 November 2026, 10:10" in words(browser.get(address))
    clock.advance(timedelta(minutes=10))
    run_pass()
    make_person("late", "JP")
    page = words(browser.get(address))
    assert "Akira Change notice No letter: wants none." in page
    assert "Luca Change notice No letter: whoever changes an event is not told." in page
    assert "Late Change notice No letter: the date or the role was settled after the last one was due." in page
    assert "Haruto Change notice No" not in page and "Dead Change notice No" not in page
    assert "Nobody has been told" not in page


def test_the_page_of_a_person_says_which_letters_are_not_wanted(people, session, client, clara, sign_in):
    wishes = {"event-reminder": "never", "change-notice": "digest", "documents-added": "digest"}
    prefer_letters(session, people["akira"].id, wishes)
    session.commit()
    page = words(sign_in(client, clara).get(f"/people/{people['akira'].id}/letters"))
    assert "Wants none: Reminder" in page
    assert "In the weekly digest: Change notice, New documents" in page


def test_before_anything_is_due_the_ledger_says_when(meeting, people, client, clara, sign_in):
    page = words(sign_in(client, clara).get(f"/events/{meeting.id}/letters"))
    assert "Haruto Reminder None yet: due on Tuesday, 16 February 2027, 09:00 (Austria)." in page


def test_of_a_postponed_event_nobody_is_reminded(make_event, people, client, clara, sign_in):
    event = make_event("postponed", group_keys=("asian",))
    assert "No letter: the event is not confirmed." in sign_in(client, clara).get(f"/events/{event.id}/letters").text


def test_organisers_see_names_and_a_short_answer_of_the_server_but_no_addresses(told, meeting, chair, sign_in, client):
    browser = told({"haruto": Refused(LONG)})
    assert LONG in browser.get(f"/events/{meeting.id}/letters").text
    page = sign_in(client, chair).get(f"/events/{meeting.id}/letters").text
    assert "550 5.1.1 no such user" in page
    assert "x" * 60 not in page
    assert "haruto@" not in page
    assert "/again" not in page


def test_the_page_of_a_person_shows_what_the_calendar_fetched(told, people, session, clock):
    link, _ = create_link(session, people["haruto"].id, "Mine", FeedChoice(), clock.now())
    link.fetched_at, link.program = clock.now(), "Thunderbird"
    session.commit()
    page = told().get(f"/people/{people['haruto'].id}/letters").text
    assert "Thunderbird" in page
    assert "Saturday, 21 November 2026, 10:00 (Austria)" in page


def test_the_page_of_a_delegation_lists_the_letters_to_its_people(told, people, meeting):
    page = told().get("/delegations/JP/letters").text
    assert page.count("The mail server took it.") == 2
    assert "clara@" not in page


def test_a_letter_goes_again_after_a_question(told, people, letter_to, run_pass, post_box):
    browser, haruto = told({"haruto": Refused("554 no")}), people["haruto"]
    address = f"/letters/{letter_to(haruto).id}/again"
    assert address in browser.get(f"/people/{haruto.id}/letters").text
    assert browser.get(address).status_code == 200
    assert letter_to(haruto).state == "failed"
    assert browser.post(address, data={"seen": "failed"}).status_code == 302
    run_pass()
    assert letter_to(haruto).state == "sent"
    assert [letter.address for letter in post_box.letters].count(haruto.email) == 1


def test_sending_a_letter_that_went_asks_with_a_warning(told, people, letter_to):
    page = told().get(f"/letters/{letter_to(people['haruto']).id}/again")
    assert "Its reader may have it already." in page.text


def test_two_secretaries_who_press_the_button_send_it_once(told, people, letter_to):
    browser = told({"haruto": Refused("554 no")})
    address = f"/letters/{letter_to(people['haruto']).id}/again"
    answers = [browser.post(address, data={"seen": seen}).status_code for seen in ("sent", "failed", "failed")]
    assert answers == [409, 302, 409]


def test_an_obstacle_is_named_and_no_button_offered(told, people, letter_to):
    browser = told({"haruto": Refused("550 5.1.1 gone", is_address_dead=True)})
    page = browser.get(f"/letters/{letter_to(people['haruto']).id}/again")
    assert "The address is marked as dead." in page.text
    assert 'name="seen"' not in page.text


def test_the_mark_of_an_address_is_cleared_by_a_secretary(told, people, session):
    browser = told({"haruto": Refused("550 5.1.1 gone", is_address_dead=True)})
    address = f"/people/{people['haruto'].id}/letters/clear"
    assert "The mark was cleared" in browser.post(address, follow_redirects=True).text
    session.rollback()
    assert session.scalars(select(SuppressedAddress)).all() == []
    assert "Nothing was changed." in browser.post(address, follow_redirects=True).text


def test_letters_that_a_restored_backup_stopped_are_released_with_one_button(told, session, clock, run_pass, post_box):
    browser = told(trouble=RelayDown("connection refused"))
    note_restoration(session, clock.now() - timedelta(days=1), clock.now())
    session.commit()
    assert "A restored backup has stopped 4 letters." in browser.get("/outbox").text
    assert "4 letters were stopped" in browser.get("/outbox/release").text
    clock.advance(timedelta(minutes=10))
    run_pass()
    assert post_box.letters == []
    assert "4 letters were released." in browser.post("/outbox/release", follow_redirects=True).text
    run_pass()
    assert len(post_box.letters) == 4
    assert "No letter is stopped" in browser.get("/outbox/release").text


def test_the_desk_tells_secretaries_how_letters_are_delivered(told, chair, client, sign_in):
    page = told({"haruto": Refused("550 5.1.1 gone", is_address_dead=True)}).get("/desk").text
    assert "The address does not exist: 1" in page
    assert "<bdi>550 5.1.1 gone</bdi>" in page
    assert "last sign of life Tuesday, 16 February 2027, 09:00 (Austria)" in page
    assert "Delivery of letters" not in sign_in(client, chair).get("/desk").text


def test_a_paused_server_stands_on_the_desk_and_in_the_answer_for_machines(told, client):
    browser = told(trouble=RelayDown("connection refused"))
    assert "connection refused" in browser.get("/desk").text
    answer = client.get("/readyz/mail").json
    assert answer["relay"] == {"reason": "down", "until": "2027-02-16T08:01:00+00:00"}
    assert answer["oldest_waiting"] == "2027-02-16T08:00:00+00:00"
    assert "connection refused" not in str(answer)


def test_the_answer_for_machines_counts_failures_and_names_nobody(told, client):
    told({"haruto": Refused("550 5.1.1 gone", is_address_dead=True)})
    answer = client.get("/readyz/mail").json
    assert (answer["failures"], answer["addresses_marked"], answer["relay"]) == ({"address-unknown": 1}, 1, None)
    assert "haruto" not in str(answer)


def test_hostile_answers_of_a_server_stay_text(told, meeting, people):
    browser = told({"haruto": Refused("550 <script>alert(1)</script> {at} {0.__class__}")})
    for address in (f"/events/{meeting.id}/letters", f"/people/{people['haruto'].id}/letters", "/desk"):
        assert "<script>alert" not in browser.get(address).text


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, "1' OR 1=1", "%00"])
def test_odd_pages_are_pages(told, meeting, before):
    assert told().get(f"/events/{meeting.id}/letters?before={before}").status_code == 200


def test_a_page_holds_200_letters_the_latest_first(told, meeting, session, letter_to, people):
    browser = told()
    old = letter_to(people["haruto"])
    columns = {
        c.name: getattr(old, c.name) for c in OutboxMessage.__table__.columns if c.name not in ("id", "dedupe_key")
    }
    session.add_all(OutboxMessage(**columns, dedupe_key=f"copy {n}") for n in range(210))
    session.commit()
    first = browser.get(f"/events/{meeting.id}/letters").text
    assert first.count("The mail server took it.") == 200
    [older] = [part.partition('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = browser.get(f"/events/{meeting.id}/letters{older}").text
    assert second.count("The mail server took it.") == 13
    assert "Older letters" not in second


@pytest.mark.parametrize("address", ["/events/{event}/letters", "/people/{haruto}/letters", "/delegations/JP/letters"])
def test_many_letters_need_no_more_queries_than_few(
    told, meeting, make_event, people, session, letter_to, engine, make_person, address
):
    browser, asked = told(), []
    where = address.format(event=meeting.id, haruto=people["haruto"].id)
    old = letter_to(people["haruto"])
    sql_event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    browser.get(where)
    few = len(asked)
    columns = {
        c.name: getattr(old, c.name) for c in OutboxMessage.__table__.columns if c.name not in ("id", "dedupe_key")
    }
    for n in range(4):
        event = make_event(group_keys=("asian",), starts_on=date(2027, 4, 6 + n))
        somebody = make_person(f"reader{n}", "JP")
        changed = {"event_id": event.id, "person_id": old.person_id}
        session.add(OutboxMessage(**{**columns, **changed}, dedupe_key=f"copy {n}"))
        changed = {"event_id": meeting.id, "person_id": somebody.id, "address": somebody.email}
        session.add(OutboxMessage(**{**columns, **changed}, dedupe_key=f"another copy {n}"))
    session.commit()
    asked.clear()
    browser.get(where)
    assert len(asked) == few
