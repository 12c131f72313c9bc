"""Invitations by mail: who gets one, what it says, what a calendar program reads, and what ends it."""

from dataclasses import replace
from datetime import date, time, timedelta

import icalendar
import pytest
from sqlalchemy import select

from events_app.events.actions.attendance import answer_invitation
from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.attendance import AnswerDetails
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL, CONFIRM, POSTPONE
from events_app.mail.answer_address import is_address_of
from events_app.mail.models import OutboxMessage
from events_app.mail.outcomes import RelayDown, TryLater


@pytest.fixture
def ben(make_person):
    return make_person("ben", "CH")


@pytest.fixture
def anna(make_person):
    return make_person("anna", secretary=True)


@pytest.fixture
def invited(session, clock, anna):
    """Invite people, each for a delegation: `invited(event, (ben, "CH"))`; return the invitations."""

    def given(event, *guests):
        new = invite(session, event, guests, clock.now(), anna.id)
        session.commit()
        return new

    return given


@pytest.fixture
def change(session, clock):
    """Change the details of an event an hour later."""

    def changed(event, **details):
        clock.advance(timedelta(hours=1))
        change_event(session, event, replace(details_of(event), **details), event.version, clock.now())
        session.commit()

    return changed


@pytest.fixture
def posted(run_pass, post_box, clock):
    """Run a pass a minute later; return the invitations that it sent, taken apart."""

    def sent():
        post_box.letters.clear()
        clock.advance(timedelta(minutes=1))
        run_pass()
        letters = [letter.message for letter in post_box.letters]
        return [letter for letter in letters if letter["List-Id"].startswith("<invitation.")]

    return sent


def calendar_of(letter):
    """Method and event of the calendar part, which is the same as the attached file."""
    ways, file = letter.iter_parts()
    part = list(ways.iter_parts())[-1]
    assert part.get_payload(decode=True) == file.get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    [event] = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def test_an_invitation_says_who_invites_to_what_when_where_and_until_when(posted, invited, make_event, ben, parts):
    ben.time_zone = "Asia/Tokyo"
    invited(make_event(answer_by=date(2027, 2, 20)), (ben, "CH"))
    [letter] = posted()
    assert letter["Subject"] == "Invitation: Meeting of the Mediterranean Contact Group"
    for words in parts(letter):
        assert "Anna invites the delegation of Switzerland." in words
        assert "Tuesday, 2 March 2027, 10:00–13:00" in words and "Tuesday, 2 March 2027, 18:00–21:00" in words
        assert "Hofburg, Neuer Saal" in words
        assert "Answers are asked for by Saturday, 20 February 2027." in words
        assert "/answer/" in words


def test_its_calendar_part_asks_the_reader_under_the_uid_of_the_event(posted, invited, make_event, ben, settings):
    event = make_event()
    [invitation] = invited(event, (ben, "CH"))
    [letter] = posted()
    method, told = calendar_of(letter)
    assert (method, told["UID"], told["SEQUENCE"]) == ("REQUEST", event.uid, event.sequence)
    assert told["ATTENDEE"] == f"mailto:{ben.email}"
    organizer = told["ORGANIZER"].removeprefix("mailto:")
    assert organizer == letter["Reply-To"]
    assert organizer.partition("@")[2] == settings.mail_from.partition("@")[2] == letter["From"].addresses[0].domain
    assert is_address_of(organizer, settings.mail_from, settings.signing_key, invitation)
    assert "List-Unsubscribe" not in letter


def test_everybody_has_an_address_of_their_own_to_answer_to_and_sees_no_one_elses(
    posted, invited, make_event, make_person, ben
):
    mia = make_person("mia", "MT")
    invited(make_event(), (ben, "CH"), (mia, "MT"))
    letters = posted()
    assert len({letter["Reply-To"] for letter in letters}) == 2
    for letter, person, other in zip(letters, (ben, mia), (mia, ben), strict=True):
        assert person.email.encode() in letter.as_bytes()
        _, told = calendar_of(letter)
        assert other.email not in told.to_ical().decode()


def test_an_invitation_goes_out_once_and_not_again_when_the_event_moves(posted, invited, make_event, ben, change):
    event = make_event()
    invited(event, (ben, "CH"))
    assert len(posted()) == 1
    assert posted() == []
    change(event, start_time=time(15), end_time=time(16))
    assert posted() == []


def test_an_invitation_that_waited_goes_with_what_is_agreed_by_then(
    posted, invited, make_event, ben, change, post_box, session, clock
):
    event = make_event()
    invited(event, (ben, "CH"))
    post_box.answers[ben.email] = TryLater("451 later")
    assert posted() == []
    change(event, start_time=time(15), end_time=time(16))
    post_box.answers.clear()
    clock.advance(timedelta(hours=2))
    [letter] = posted() + posted()
    method, told = calendar_of(letter)
    assert (method, told["DTSTART"].dt.hour, told["SEQUENCE"]) == ("REQUEST", 15, event.sequence)


def test_a_proposed_event_invites_tentatively(posted, invited, make_event, ben):
    invited(make_event("proposed"), (ben, "CH"))
    [letter] = posted()
    assert calendar_of(letter)[1]["STATUS"] == "TENTATIVE"


def test_what_the_delegation_answered_already_stands_in_its_invitation(
    posted, invited, make_event, ben, session, clock
):
    event = make_event()
    answer_invitation(session, event, "CH", AnswerDetails("declines"), clock.now())
    invited(event, (ben, "CH"))
    [letter] = posted()
    assert calendar_of(letter)[1]["ATTENDEE"].params["PARTSTAT"] == "DECLINED"


def test_a_withdrawn_invitation_is_followed_by_a_cancel_that_programs_believe(
    posted, invited, make_event, ben, session, clock, parts
):
    event = make_event()
    new = invited(event, (ben, "CH"))
    [request] = posted()
    withdraw(session, event, new, clock.now())
    [cancel] = posted()
    (_, asked), (method, told) = calendar_of(request), calendar_of(cancel)
    assert (method, told["STATUS"], told["UID"]) == ("CANCEL", "CANCELLED", asked["UID"])
    assert told["SEQUENCE"] > asked["SEQUENCE"]
    assert told["DTSTAMP"].dt > asked["DTSTAMP"].dt
    assert (told["ORGANIZER"], told["ATTENDEE"]) == (asked["ORGANIZER"], asked["ATTENDEE"])
    assert cancel["Subject"] == "Invitation withdrawn: Meeting of the Mediterranean Contact Group"
    for words in parts(cancel):
        assert "The invitation of the delegation of Switzerland was withdrawn." in words
        assert "/answer/" not in words
    assert posted() == []


def test_whoever_is_invited_again_gets_a_request_above_the_cancel(posted, invited, make_event, ben, session, clock):
    event = make_event()
    new = invited(event, (ben, "CH"))
    posted()
    withdraw(session, event, new, clock.now())
    [cancel] = posted()
    clock.advance(timedelta(minutes=1))
    invited(event, (ben, "CH"))
    [again] = posted()
    (_, told), (method, asked) = calendar_of(cancel), calendar_of(again)
    assert method == "REQUEST" and asked["SEQUENCE"] >= told["SEQUENCE"] and asked["DTSTAMP"].dt > told["DTSTAMP"].dt


def test_who_was_never_told_is_not_told_of_the_withdrawal(posted, invited, make_event, ben, session, clock):
    event = make_event()
    withdraw(session, event, invited(event, (ben, "CH")), clock.now())
    assert posted() == []
    assert session.scalars(select(OutboxMessage)).all() == []


def test_an_invitation_withdrawn_while_it_waits_does_not_go(
    posted, invited, make_event, ben, session, clock, post_box, run_pass
):
    event = make_event()
    new = invited(event, (ben, "CH"))
    post_box.answers[ben.email] = TryLater("451 later")
    posted()
    withdraw(session, event, new, clock.now())
    post_box.answers.clear()
    clock.advance(timedelta(hours=2))
    assert posted() == []
    assert session.scalars(select(OutboxMessage)).one().state == "superseded"


@pytest.mark.parametrize("step", [CANCEL, POSTPONE])
def test_an_event_that_takes_no_answers_any_more_sends_no_invitation(
    posted, invited, make_event, ben, session, clock, step
):
    event = make_event()
    invited(event, (ben, "CH"))
    take_step(session, event, step, clock.now(), reason="The host withdrew")
    assert posted() == []


def test_an_invitation_that_no_worker_sent_before_the_start_does_not_go(posted, invited, make_event, ben, clock):
    event = make_event()
    invited(event, (ben, "CH"))
    clock.move_to(event.starts_at)
    assert posted() == []


def test_who_is_no_longer_contact_point_gets_neither_invitation_nor_cancel(
    posted, invited, make_event, make_person, ben, session, clock
):
    event, mia = make_event(), make_person("mia", "MT")
    first = invited(event, (ben, "CH"))
    assert len(posted()) == 1
    for person in (ben, mia):
        person.posts[0].valid_to = date(2026, 11, 20)
    invited(event, (mia, "MT"))
    withdraw(session, event, first, clock.now())
    assert posted() == []


def test_who_may_no_longer_see_the_event_gets_neither_invitation_nor_cancel(
    posted, invited, make_event, make_person, ben, session, clock, change
):
    event, mia = make_event(), make_person("mia", "MT")
    first = invited(event, (ben, "CH"))
    assert len(posted()) == 1
    invited(event, (mia, "MT"))
    change(event, visibility="secretariat")
    withdraw(session, event, first, clock.now())
    assert posted() == []


def test_a_delegation_that_the_event_no_longer_invites_gets_nothing(posted, invited, make_event, make_person, change):
    event, haruto = make_event(group_keys=("asian",)), make_person("haruto", "JP")
    invited(event, (haruto, "JP"))
    change(event, group_keys=("mediterranean",))
    assert posted() == []


def test_the_joining_link_is_in_the_invitation_of_whoever_may_see_it(posted, invited, make_event, ben):
    invited(make_event(joining_link="https://meet.example/zq", format="hybrid"), (ben, "CH"))
    [letter] = posted()
    assert calendar_of(letter)[1]["CONFERENCE"] == "https://meet.example/zq"


def test_a_confirmation_while_the_invitation_waits_does_not_lose_it(
    posted, invited, make_event, ben, session, clock, post_box
):
    event = make_event("proposed")
    invited(event, (ben, "CH"))
    post_box.trouble = RelayDown("refused")
    posted()
    take_step(session, event, CONFIRM, clock.now())
    post_box.trouble = None
    clock.advance(timedelta(hours=1))
    letters = posted() + posted()
    [letter] = letters
    assert calendar_of(letter)[1]["STATUS"] == "CONFIRMED"


def test_an_invitation_reads_in_the_language_of_its_reader(posted, invited, make_event, ben):
    ben.language = "fr"
    invited(make_event(), (ben, "CH"))
    [letter] = posted()
    assert letter["Content-Language"] == "fr"
    assert "lang=fr" in letter.get_body(("plain",)).get_content()
    assert calendar_of(letter)[1]["SUMMARY"].params["LANGUAGE"] == "fr"


def test_a_hostile_title_stays_a_title(posted, invited, make_event, ben):
    invited(make_event(theme="x\r\nATTENDEE:mailto:eve@evil.example"), (ben, "CH"))
    [letter] = posted()
    _, told = calendar_of(letter)
    assert told["ATTENDEE"] == f"mailto:{ben.email}"
    assert "Bcc" not in letter and letter["Subject"].endswith("x ATTENDEE:mailto:eve@evil.example")
