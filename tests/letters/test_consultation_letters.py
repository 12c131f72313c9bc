"""The letters of date consultations: to whom, when, what they say, and when they no longer go."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.silence import store_silence
from events_app.events.rules.life import CANCEL
from events_app.mail.kinds import CONSULTATION_CLOSING, CONSULTATION_OPENED
from events_app.planning.consultations.opening import open_poll, open_procedure, withdraw
from events_app.planning.consultations.polling import answer_poll, choose_date
from events_app.planning.consultations.polls import OptionDates
from events_app.planning.consultations.reacting import react
from events_app.reminders.actions import prefer_letters
from events_app.reminders.models import IN_DIGEST

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EXPIRY = datetime(2026, 12, 1, 17, tzinfo=UTC)
TITLE = "Meeting of the Asian Contact Group: Roads"


@pytest.fixture
def people(make_person):
    """Japan and Finland are asked, Switzerland chairs, Jordan sits elsewhere, a delegate gets no such letters."""
    found = {name: make_person(name, state) for name, state in (("haruto", "JP"), ("ben", "FI"), ("anna", "CH"))}
    make_person("leila", "JO")
    make_person("giulia", "IT", "delegate")
    return {**found, "clara": make_person("clara", secretary=True)}


@pytest.fixture
def event(make_event):
    return make_event("proposed", group_keys=("asian",), theme="Roads", place="Hofburg")


@pytest.fixture
def procedure(session, event, clock, people):
    found = open_procedure(
        session, event, "Please look.", EXPIRY, clock.now(), least_days=5, invited={"JP", "FI", "CH"},
        person_id=people["anna"].id,
    )  # fmt: skip
    session.commit()
    return found


@pytest.fixture
def poll(session, event, clock, people):
    dates = [OptionDates(date(2027, 3, d), time(10), date(2027, 3, d), time(13), "Europe/Vienna") for d in (2, 9)]
    found = open_poll(session, event, "", EXPIRY, dates, "localhost", clock.now(), invited={"JP"})
    session.commit()
    return found


@pytest.fixture
def sent(run_pass, post_box, clock):
    """Run two passes at an instant; return the consultation letters that went, by (letter, name)."""

    def at(moment=None):
        clock.move_to(moment or clock.now())
        post_box.letters.clear()
        run_pass()
        run_pass()
        found = [(one.message["List-Id"].strip("<>").partition(".")[0], one) for one in post_box.letters]
        named = [((kind, one.address.partition("@")[0]), one.message) for kind, one in found if "consult" in kind]
        assert not [key for key, count in Counter(key for key, _ in named).items() if count > 1]
        return {(kind.removeprefix("consultation-"), name): message for (kind, name), message in named}

    return at


def test_those_who_are_asked_hear_of_it_once(procedure, sent, parts):
    letters = sent()
    assert set(letters) == {("opened", "haruto"), ("opened", "ben")}
    message = letters["opened", "haruto"]
    assert message["Subject"] == f"Your delegation is asked: {TITLE}"
    for part in parts(message):
        for words in (
            "Unless there is an objection in writing before Tuesday, 1 December 2026, 18:00 (Austria)", "Hofburg",
            "Tuesday, 2 March 2027", "10:00–13:00", "Please look.", f"http://localhost/consultations/{procedure.id}",
        ):  # fmt: skip
            assert words in " ".join(part.split())
    assert message["List-Unsubscribe"]
    assert message["References"] == f"<{procedure.event.uid}>"


def test_the_minute_is_stated_on_the_clocks_of_the_reader_too(procedure, sent, parts, people, session):
    people["haruto"].time_zone = "Asia/Tokyo"
    session.commit()
    letters = sent()
    assert "For you: Wednesday, 2 December 2026, 02:00 (Japan)" in parts(letters["opened", "haruto"])[0]
    assert "For you" not in parts(letters["opened", "ben"])[0]


def test_a_day_before_it_expires_those_are_written_to_who_have_said_nothing(procedure, sent, session, clock, parts):
    react(session, procedure, "FI", "unopposed", "", clock.now())
    assert sent(EXPIRY - DAY - HOUR).keys() >= {("opened", "haruto")}
    letters = sent(EXPIRY - DAY)
    assert set(letters) == {("closing", "haruto"), ("closing", "anna")}
    assert "Not everything has been said yet for: Japan" in parts(letters["closing", "haruto"])[0]
    assert sent(EXPIRY - HOUR) == {}


@pytest.mark.parametrize("end", ["withdrawn", "broken", "overtaken", "expired"])
def test_it_is_not_called_about_to_close_once_it_has_ended(procedure, sent, session, clock, end):
    sent()
    clock.move_to(EXPIRY - DAY if end != "expired" else EXPIRY)
    if end == "withdrawn":
        withdraw(session, procedure, "The hall is taken.", clock.now())
    elif end == "broken":
        react(session, procedure, "FI", "objection", "No.", clock.now())
    elif end == "overtaken":
        take_step(session, procedure.event, CANCEL, clock.now(), reason="no hall")
    kinds = {kind for kind, _ in sent(clock.now())}
    assert kinds == {"ended", "objected"} if end == "broken" else kinds == {"agreed" if end == "expired" else "ended"}


def test_the_organisers_hear_who_objects_and_in_which_words(procedure, sent, session, clock, people, parts):
    sent()
    react(session, procedure, "FI", "objection", "The venue is taken.", clock.now(), person_id=people["ben"].id)
    letters = sent(clock.advance(HOUR))
    assert {name for kind, name in letters if kind == "objected"} == {"anna", "clara"}
    assert {name for kind, name in letters if kind == "ended"} == {"haruto", "ben", "anna"}
    message = letters["objected", "clara"]
    assert message["Subject"] == f"Objection: {TITLE}"
    for part in parts(message):
        for words in ("Finland objects to the proposal.", "The procedure is broken", "The venue is taken."):
            assert words in part
    assert not any("The venue is taken." in part for part in parts(letters["ended", "haruto"]))


@pytest.mark.parametrize(
    ("what", "at", "subject", "words"),
    [
        ("difficulty", EXPIRY - HOUR, "Difficulty: ", "A difficulty does not break the procedure."),
        ("amendment", EXPIRY, "Amendment: ", "is recorded as late: the event stays confirmed"),
    ],
)
def test_what_does_not_break_it_says_so(procedure, sent, session, parts, what, at, subject, words):
    store_silence(session, at)
    react(session, procedure, "JP", what, "A feast.", at)
    message = sent(at)["objected", "anna"]
    assert message["Subject"].startswith(subject)
    assert words in parts(message)[0]


@pytest.mark.parametrize(("after", "is_late"), [(HOUR, False), (HOUR + timedelta(seconds=1), True), (60 * DAY, True)])
def test_that_it_is_agreed_is_told_to_all_however_late(procedure, sent, parts, after, is_late):
    letters = sent(EXPIRY + after)
    assert {key for key in letters if key[0] == "agreed"} == {
        ("agreed", name) for name in ("haruto", "ben", "anna", "clara")
    }
    text, html = (" ".join(part.split()) for part in parts(letters["agreed", "haruto"]))
    assert "There was no objection before Tuesday, 1 December 2026, 18:00 (Austria): the event is confirmed." in text
    assert ("This notice is late" in text, "This notice is late" in html) == (is_late, is_late)


def test_that_it_was_agreed_is_no_longer_told_once_the_event_is_off(procedure, sent, session, clock):
    clock.move_to(EXPIRY + HOUR)
    store_silence(session, clock.now())
    take_step(session, procedure.event, CANCEL, clock.now(), reason="no hall")
    assert not [key for key in sent() if key[0] == "agreed"]


def test_who_comes_later_is_not_told_of_the_past(procedure, sent, make_person, clock):
    sent(EXPIRY)
    clock.advance(HOUR)
    make_person("aino", "FI")
    assert sent(clock.advance(DAY)) == {}


def test_who_may_no_longer_see_the_event_gets_none(procedure, sent, session):
    procedure.event.visibility = "secretariat"
    session.commit()
    assert sent() == {}


def test_a_poll_names_its_dates_and_asks_until_each_is_answered(poll, sent, session, clock, parts):
    letters = sent()
    assert set(letters) == {("opened", name) for name in ("haruto", "ben", "anna")}
    text = parts(letters["opened", "haruto"])[0]
    for words in ("Which of 2 dates suit your delegation?", "1. Tuesday, 2 March 2027", "2. Tuesday, 9 March 2027"):
        assert words in text
    first, second = poll.options
    answer_poll(session, poll, "JP", {first.id: "yes"}, clock.now())
    answer_poll(session, poll, "FI", {first.id: "yes", second.id: "no"}, clock.now())
    assert set(sent(EXPIRY - DAY)) == {("closing", "haruto"), ("closing", "anna")}


def test_the_chosen_date_is_told_to_those_who_were_asked(poll, sent, session, clock, people, parts):
    sent()
    option = poll.options[1]
    choose_date(
        session, poll, option, poll.event.version, clock.now(), confirms=True, person_id=people["clara"].id
    )  # fmt: skip
    letters = sent(clock.advance(HOUR))
    assert set(letters) == {("settled", name) for name in ("haruto", "ben", "anna")}
    text = parts(letters["settled", "haruto"])[0]
    assert "The event is confirmed on this date." in text and "Tuesday, 9 March 2027" in text
    assert "2 March" not in text


def test_why_it_was_withdrawn_is_told(poll, sent, session, clock, parts):
    sent()
    withdraw(session, poll, "The hall is taken.", clock.now())
    letters = sent(clock.advance(HOUR))
    assert set(letters) == {("ended", name) for name in ("haruto", "ben", "anna")}
    assert "The hall is taken." in parts(letters["ended", "ben"])[0]


def test_who_reads_it_in_the_digest_finds_it_there(procedure, run_pass, post_box, session, clock, people, parts):
    prefer_letters(session, people["haruto"].id, {CONSULTATION_OPENED: IN_DIGEST, CONSULTATION_CLOSING: IN_DIGEST})
    clock.move_to(datetime(2026, 11, 23, 8, tzinfo=UTC))
    run_pass()
    [digest] = [one.message for one in post_box.letters if one.address.startswith("haruto")]
    for part in parts(digest):
        assert "Your delegation is asked" in part and f"http://localhost/consultations/{procedure.id}" in part
