"""Date consultations on the site: opened, answered, withdrawn, settled; and the minute at which silence confirms."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from events_app.events.models import Event
from events_app.events.queries import changes_of
from events_app.events.silence import BY_SILENCE
from events_app.planning.consultations.opening import open_poll, open_procedure
from events_app.planning.consultations.polling import change_options
from events_app.planning.consultations.polls import OptionDates, dates_of
from events_app.planning.models import Consultation, PollAnswer, Reaction
from events_app.trail.models import TrailEntry
from events_app.web.consultations.forms import field_of

EXPIRY = datetime(2026, 12, 1, 17, tzinfo=UTC)
ASIAN = {"group_keys": ("asian",), "theme": "Stone bridges"}
ENTERED = {"text": "Please look.", "expires_on": "2026-12-01", "expires_time": "18:00", "shows": "y"}
DATES = {
    "options-0-starts_on": "2027-03-02", "options-1-starts_on": "2027-03-03", "options-1-start_time": "15:00",
    "options-1-end_time": "16:00", "options-2-starts_on": "2027-03-09",
}  # fmt: skip


@pytest.fixture
def browser_of(app, make_person, sign_in):
    """Return a browser in which somebody is signed in: a session does not outlast a day."""
    known = {}

    def of(name, *post, **role):
        known[name] = known.get(name) or make_person(name, *post, **role)
        return sign_in(app.test_client(), known[name])

    return of


@pytest.fixture
def clara(browser_of):
    return browser_of("clara", secretary=True)


@pytest.fixture
def proposed(make_event):
    return make_event("proposed", **ASIAN)


@pytest.fixture
def procedure(session, proposed, clock):
    found = open_procedure(
        session, proposed, "", EXPIRY, clock.now(), least_days=5, invited={"JP", "CH"}, shows=False
    )  # fmt: skip
    session.commit()
    return found


@pytest.fixture
def poll(session, proposed, clock):
    days = [date(2027, 3, day) for day in (2, 3, 9)]
    dates = [OptionDates(day, time(10), day, time(13), "Europe/Vienna") for day in days]
    found = open_poll(session, proposed, "", EXPIRY, dates, "localhost", clock.now(), invited={"JP", "CH"})
    session.commit()
    return found


def said(answer, *words):
    missing = [word for word in words if word not in answer.text]
    assert not missing, missing
    return answer


def test_a_procedure_goes_all_its_way_without_any_worker(
    app, client, clara, proposed, session, clock, run_pass, post_box, browser_of
):
    browser_of("haruto", "JP")
    opened = clara.post(f"/events/{proposed.id}/consult/no-objection", data=ENTERED)
    assert opened.status_code == 302
    page = opened.location
    said(clara.get(page), "Tuesday, 1 December 2026, 18:00 (Austria)", "Working days left", "Please look.")
    run_pass()
    places = ("/", "/groups/asian", f"/events/{proposed.id}", f"/events/{proposed.id}.ics", "/feeds/all.ics")
    assert all("Stone bridges" not in client.get(place).text for place in places)
    clock.move_to(EXPIRY - timedelta(seconds=1))
    assert client.get(f"/events/{proposed.id}").status_code == 404
    clock.move_to(EXPIRY)
    before = {place: client.get(place).text for place in places}
    assert all("Stone bridges" in text for text in before.values())
    for place in ("/", f"/events/{proposed.id}"):
        assert "Confirmed" in before[place], place
    for place in places[3:]:
        assert "STATUS:CONFIRMED" in before[place] and "LAST-MODIFIED:20261201T170000Z" in before[place]
    said(
        browser_of("clara").get(page),
        "Agreed",
        "There was no objection before Tuesday, 1 December 2026, 18:00 (Austria)",
    )
    session.rollback()
    assert session.scalar(select(Event.status)) == "proposed", "nothing was stored by reading"
    post_box.letters.clear()
    clock.advance(timedelta(hours=3))
    run_pass()
    assert session.scalar(select(Event.status)) == "confirmed"
    assert {place: client.get(place).text for place in places[3:]} == {place: before[place] for place in places[3:]}
    [entry] = [change for change in changes_of(session, proposed.id) if change.verb == BY_SILENCE]
    assert entry.at == EXPIRY
    letters = {letter.address.partition("@")[0]: letter.message for letter in post_box.letters}
    assert letters["haruto"]["Subject"] == "Agreed: Meeting of the Asian Contact Group: Stone bridges"
    assert "This notice is late" in letters["haruto"].get_body(("plain",)).get_content()


def test_reading_changes_nothing(browser_of, procedure, session, clock):
    for moment in (clock.now(), EXPIRY):
        clock.move_to(moment)
        clara = browser_of("clara", secretary=True)
        before = database(session)
        for address in ("/consultations/", f"/consultations/{procedure.id}", f"/consultations/{procedure.id}/withdraw",
                        f"/events/{procedure.event_id}/consult/poll", "/desk", "/"):  # fmt: skip
            clara.get(address)
            clara.get(f"{address}?reaction=objection&text=No.&reason=because")
        assert database(session) == before


def database(session):
    session.rollback()
    tables = (Event, Consultation, Reaction, TrailEntry)
    return [row for table in tables for row in session.execute(select(table.__table__)).all()]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"expires_on": "2026-11-20"}, "This has passed already."),
        ({"expires_on": "2026-11-26"}, "A procedure leaves at least 5 working days: Friday, 27 November 2026, 10:00"),
        ({"expires_on": "2027-03-02", "expires_time": "10:00"}, "It must expire before the event begins."),
        ({"expires_on": "2027-02-30"}, "2027-02-30 is no date in the calendar."),
        ({"expires_on": "2101-01-01"}, "The date must lie between 1973 and 2100."),
        ({"expires_time": "25:00"}, "25:00 is no time of day."),
        ({"expires_on": ""}, "This field is required."),
    ],
)
def test_an_expiry_that_cannot_be_is_refused_in_words(clara, proposed, session, changes, sentence):
    answer = clara.post(f"/events/{proposed.id}/consult/no-objection", data={**ENTERED, **changes})
    assert (answer.status_code, session.scalars(select(Consultation)).all()) == (422, [])
    said(answer, sentence)


def test_an_hour_that_does_not_exist_is_refused_and_one_that_is_there_twice_asked_for(clara, make_event, session):
    event = make_event("proposed", starts_on=date(2027, 12, 7))
    address = f"/events/{event.id}/consult/no-objection"
    skipped = {**ENTERED, "expires_on": "2027-03-28", "expires_time": "02:30"}
    said(clara.post(address, data=skipped), "02:30 does not exist that day")
    twice = {**ENTERED, "expires_on": "2027-10-31", "expires_time": "02:30"}
    said(clara.post(address, data=twice), "02:30 happens twice", 'name="repeated_hour"')
    assert clara.post(address, data={**twice, "repeated_hour": "second"}).status_code == 302
    assert session.scalar(select(Consultation.expires_at)) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_who_may_say_what(browser_of, procedure, session, clock):
    address = f"/consultations/{procedure.id}"
    partner, delegate = browser_of("haruto", "JP"), browser_of("giulia", "IT", "delegate")
    page = said(partner.get(address), 'value="difficulty"', 'value="unopposed"')
    assert 'value="objection"' not in page.text and 'value="amendment"' not in page.text
    assert 'value="difficulty"' not in delegate.get(address).text
    said(browser_of("ben", "FI").get(address), 'value="objection"', 'value="amendment"')
    sent = {"state_code": "JP", "reaction": "objection", "text": "No."}
    assert partner.post(f"{address}/react", data=sent).status_code == 422
    assert partner.post(f"{address}/react", data={**sent, "state_code": "FI"}).status_code == 422
    sent = {"state_code": "IT", "reaction": "unopposed"}
    assert delegate.post(f"{address}/react", data=sent).status_code == 302
    assert [(r.state_code, r.what) for r in session.scalars(select(Reaction))] == [("IT", "unopposed")]
    assert browser_of("leila", "JO").get(address).status_code == 404


def test_a_setting_lets_partners_object(app, browser_of, procedure, settings, session):
    app.extensions["settings"] = type(settings)(**{**vars(settings), "may_object": ("participating", "partners")})
    sent = {"state_code": "JP", "reaction": "objection", "text": "No."}
    assert browser_of("haruto", "JP").post(f"/consultations/{procedure.id}/react", data=sent).status_code == 302
    session.expire_all()
    assert procedure.event.silence_ends_at is None


def test_an_objection_at_the_minute_is_recorded_as_late_and_everybody_may_read_so(
    browser_of, procedure, clock, session
):
    clock.move_to(EXPIRY)
    ben = browser_of("ben", "FI")
    sent = {"state_code": "FI", "reaction": "objection", "text": "The venue is taken."}
    answer = ben.post(f"/consultations/{procedure.id}/react", data=sent, follow_redirects=True)
    said(answer, "Recorded as late", "Late", "Agreed")
    unopposed = {"state_code": "FI", "reaction": "unopposed"}
    late = ben.post(f"/consultations/{procedure.id}/react", data=unopposed)
    assert late.status_code == 409
    said(late, "The procedure expired on Tuesday, 1 December 2026, 18:00 (Austria) without objection")
    session.expire_all()
    assert (procedure.event.status, [r.is_late for r in procedure.reactions]) == ("confirmed", [True])


def test_what_others_say_is_shown_to_those_for_whom_it_is(app, browser_of, clara, procedure, session, clock):
    address = f"/consultations/{procedure.id}"
    haruto, ben, anna = browser_of("haruto", "JP"), browser_of("ben", "FI"), browser_of("anna", "CH")
    haruto.post(f"{address}/react", data={"state_code": "JP", "reaction": "difficulty", "text": "A feast."})
    ben.post(f"{address}/react", data={"state_code": "FI", "reaction": "objection", "text": "The hall."})
    said(clara.get(address), "A feast.", "The hall.", "have said nothing")
    said(anna.get(address), "A feast.", "The hall.")  # Switzerland chairs the Asian group in 2027.
    assert "The hall." not in haruto.get(address).text
    assert "A feast." not in ben.get(address).text
    procedure.are_answers_shown = True
    session.commit()
    said(haruto.get(address), "The hall.")
    assert "A feast." not in ben.get(address).text
    history = haruto.get(f"/events/{procedure.event_id}/history").text
    assert "No-objection procedure broken by an objection" in history and "Ben" not in history


def test_a_difficulty_is_not_given_away_by_who_has_said_nothing(browser_of, clara, procedure, session):
    procedure.are_answers_shown = True
    session.commit()
    address, readers = f"/consultations/{procedure.id}", {"clara": (), "haruto": ("JP",), "giulia": ("IT",)}
    flagged = {"state_code": "JP", "reaction": "difficulty", "text": "Golden Week."}
    assert browser_of("haruto", "JP").post(f"{address}/react", data=flagged).status_code == 302
    pages = {name: browser_of(name, *post).get(address).text for name, post in readers.items()}
    silent = {name: text.partition("have said nothing")[2].partition("</details>")[0] for name, text in pages.items()}
    assert all("Thailand" in names for names in silent.values())
    assert [name for name, names in silent.items() if "Japan" in names] == ["giulia"]


def test_the_history_tells_of_silence_before_any_worker_has_run(browser_of, procedure, clock, run_pass):
    clock.move_to(EXPIRY)
    address = f"/events/{procedure.event_id}/history"
    sentence = "Confirmed: the no-objection procedure expired without objection"
    read = [browser_of("haruto", "JP").get(address).text, run_pass(), browser_of("haruto", "JP").get(address).text]
    before, after = (text.partition("<main")[2] for text in (read[0], read[2]))
    assert sentence in before
    assert after == before


def test_whoever_organises_withdraws_with_a_reason(clara, browser_of, procedure, session):
    address = f"/consultations/{procedure.id}/withdraw"
    assert browser_of("haruto", "JP").get(address).status_code == 403
    said(clara.post(address, data={"reason": ""}), "Say why: those who were asked will read it.")
    said(clara.post(address, data={"reason": "The hall is taken."}, follow_redirects=True), "The hall is taken.")
    assert clara.post(address, data={"reason": "again"}).status_code == 409
    session.expire_all()
    assert procedure.event.silence_ends_at is None


def test_the_chair_opens_one_and_others_do_not(browser_of, proposed):
    address = f"/events/{proposed.id}/consult"
    said(browser_of("anna", "CH").get(address), "No-objection procedure", "Poll on dates")
    assert browser_of("haruto", "JP").get(address).status_code == 403
    said(browser_of("beat", "CH").get(f"/events/{proposed.id}"), f"/events/{proposed.id}/consult")


def test_the_event_and_the_desk_lead_to_it(clara, browser_of, procedure):
    for browser in (clara, browser_of("haruto", "JP")):
        for address in (f"/events/{procedure.event_id}", "/desk", "/consultations/"):
            said(browser.get(address), f"/consultations/{procedure.id}", "1 December 2026, 18:00 (Austria)")
    assert f"/consultations/{procedure.id}" not in browser_of("leila", "JO").get("/consultations/").text


def test_a_second_one_is_refused_in_words(clara, procedure):
    answer = clara.post(f"/events/{procedure.event_id}/consult/no-objection", data=ENTERED)
    assert answer.status_code == 409
    said(answer, "A consultation on this event is running already.")


def test_a_poll_is_opened_answered_and_settled(app, clara, browser_of, make_event, session, clock):
    event = make_event("draft", **ASIAN)
    opened = clara.post(f"/events/{event.id}/consult/poll", data={**ENTERED, **DATES})
    assert opened.status_code == 302
    address, options = opened.location, session.scalars(select(Consultation)).one().options
    assert [(o.starts_on.day, o.start_time.hour) for o in options] == [(2, 10), (3, 15), (9, 10)]
    haruto, anna = browser_of("haruto", "JP"), browser_of("anna", "CH")
    first, second, third = (field_of(o) for o in options)
    for browser, code, words in ((haruto, "JP", ("no", "yes", "yes")), (anna, "CH", ("yes", "yes", "if-need-be"))):
        sent = {"state_code": code, **dict(zip((first, second, third), words, strict=True))}
        said(browser.post(f"{address}/answer", data=sent, follow_redirects=True), "Your answers were saved.")
    page = said(clara.get(address), "Suits best", "Cannot: Japan", "Yes: 2", "If need be: 1")
    assert page.text.index("2. Wednesday, 3 March 2027") < page.text.index("Suits best") < page.text.index("3. Tues")
    assert haruto.get(f"{address}/dates/{options[1].id}").status_code == 403
    session.rollback()
    session.refresh(event)
    chosen = {"version": event.version, "status": "confirmed"}
    assert clara.post(f"{address}/dates/{options[1].id}", data={**chosen, "version": 1}).status_code == 409
    assert clara.post(f"{address}/dates/{options[1].id}", data=chosen).location == f"/events/{event.id}"
    session.rollback()
    assert (event.status, event.starts_on, event.start_time) == ("confirmed", date(2027, 3, 3), time(15))
    late = haruto.post(f"{address}/answer", data={"state_code": "JP", first: "yes"})
    assert late.status_code == 409
    said(late, "The date has been chosen already.")


def test_hidden_answers_are_the_organisers_own(clara, browser_of, poll, session):
    poll.are_answers_shown = False
    session.commit()
    haruto, ben = browser_of("haruto", "JP"), browser_of("ben", "FI")
    address = f"/consultations/{poll.id}"
    haruto.post(f"{address}/answer", data={"state_code": "JP", field_of(poll.options[0]): "no"})
    said(clara.get(address), "Cannot: Japan", "No: 1")
    assert "Japan" not in ben.get(address).text and "No: 1" not in ben.get(address).text
    said(haruto.get(address), "Only the organisers see what other delegations answer.", "Japan")


def test_the_dates_change_while_it_runs(clara, browser_of, poll, session):
    first, second, third = poll.options
    haruto = browser_of("haruto", "JP")
    answers = {field_of(o): "yes" for o in poll.options}
    haruto.post(f"/consultations/{poll.id}/answer", data={"state_code": "JP", **answers})
    rows = [(first, "2027-03-02", ""), (second, "2027-03-04", ""), (third, "2027-03-09", "y")]
    sent = {"options-3-starts_on": "2027-03-16", "version": poll.event.version}
    for number, (option, day, removed) in enumerate(rows):
        row = f"options-{number}-"
        sent |= {f"{row}key": option.id, f"{row}starts_on": day, f"{row}start_time": "10:00", f"{row}end_time": "13:00"}
        sent |= {f"{row}is_removed": removed} if removed else {}
    assert clara.post(f"/consultations/{poll.id}/dates", data=sent).status_code == 302
    session.expire_all()
    kept = [(o.starts_on.day, len(o.answers), o.removed_at is None) for o in poll.options]
    assert kept == [(2, 1, True), (4, 0, True), (9, 1, False), (16, 0, True)]
    said(clara.get(f"/consultations/{poll.id}"), "The dates were changed")
    few = {k: v for k, v in sent.items() if k.startswith("options-0")} | {"version": poll.event.version}
    said(clara.post(f"/consultations/{poll.id}/dates", data=few), "A poll has at least 2 dates.")
    twice = {**few, "options-1-starts_on": "2027-03-02"}
    said(clara.post(f"/consultations/{poll.id}/dates", data=twice), "This date is there twice.")


def test_an_answer_to_a_date_that_has_moved_is_not_taken_for_the_new_one(browser_of, poll, session, clock):
    haruto, (first, second, third) = browser_of("haruto", "JP"), poll.options
    seen = {"state_code": "JP", field_of(first): "yes"}
    later = OptionDates(date(2027, 3, 16), time(10), date(2027, 3, 16), time(13), "Europe/Vienna")
    kept = [(option.id, dates_of(option)) for option in (second, third)]
    change_options(session, poll, [(first.id, later), *kept], "localhost", clock.now())
    session.commit()
    stale = haruto.post(f"/consultations/{poll.id}/answer", data=seen)
    assert stale.status_code == 422
    said(stale, "Answer at least one date.", "Tuesday, 16 March 2027")
    haruto.post(f"/consultations/{poll.id}/answer", data={**seen, field_of(second): "no"})
    assert [(one.option_id, one.answer) for one in session.scalars(select(PollAnswer))] == [(second.id, "no")]


def test_a_date_that_somebody_else_added_is_not_taken_back_unseen(clara, poll, session, clock):
    seen = {"version": poll.event.version, "options-0-starts_on": "2027-03-02", "options-1-starts_on": "2027-03-03"}
    more = OptionDates(date(2027, 3, 16), time(10), date(2027, 3, 16), time(13), "Europe/Vienna")
    known = [(option.id, dates_of(option)) for option in poll.options]
    change_options(session, poll, [*known, (None, more)], "localhost", clock.now())
    session.commit()
    assert clara.post(f"/consultations/{poll.id}/dates", data=seen).status_code == 409
    del seen["version"]
    assert clara.post(f"/consultations/{poll.id}/dates", data=seen).status_code == 409
    session.expire_all()
    assert [option.removed_at for option in poll.options] == [None] * 4


def test_only_contact_points_answer_for_a_delegation(browser_of, poll, session):
    delegate, key = browser_of("giulia", "IT", "delegate"), poll.options[0].id
    assert f"option_{key}" not in delegate.get(f"/consultations/{poll.id}").text
    sent = {"state_code": "IT", field_of(poll.options[0]): "yes"}
    assert delegate.post(f"/consultations/{poll.id}/answer", data=sent).status_code == 403
    assert session.scalars(select(PollAnswer)).all() == []


def test_a_date_with_something_in_its_way_is_chosen_with_a_reason(clara, poll, make_event):
    make_event(**{**ASIAN, "theme": "Youth"}, starts_on=date(2027, 3, 9), ends_on=date(2027, 3, 9))
    address, sent = (
        f"/consultations/{poll.id}/dates/{poll.options[2].id}",
        {"version": poll.event.version, "status": "confirmed"},
    )
    said(clara.get(address), "Youth")
    answer = clara.post(address, data=sent)
    assert answer.status_code == 422
    said(answer, "Something stands in the way.")
    assert clara.post(address, data={**sent, "clash_reason": "Both agree."}).status_code == 302
    said(clara.get(f"/events/{poll.event_id}"), "Kept all the same: Both agree.")


def test_what_stands_on_a_date_of_a_poll_is_said_beside_it(clara, make_event):
    event = make_event("proposed", starts_on=date(2027, 3, 10), ends_on=date(2027, 3, 10))
    said(clara.get(f"/events/{event.id}/consult/poll"), "Eid al-Fitr")


def test_a_date_over_new_year_is_for_the_section_to_choose(browser_of, make_event, session, clock):
    event = make_event("proposed", group_keys=("asian",), starts_on=date(2026, 12, 10))
    days = (date(2026, 12, 10), date(2027, 1, 19))
    dates = [OptionDates(day, time(10), day, time(13), "Europe/Vienna") for day in days]
    poll = open_poll(session, event, "", EXPIRY, dates, "localhost", clock.now(), invited={"JP"})
    session.commit()
    sent = {"version": event.version, "status": "proposed"}
    answer = browser_of("aino", "FI").post(f"/consultations/{poll.id}/dates/{poll.options[1].id}", data=sent)
    assert answer.status_code == 422
    said(answer, "ask the Section for External Co-operation")
