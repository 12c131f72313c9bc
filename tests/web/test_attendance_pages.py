"""Answering and suggesting on the site, and the list of participants: who sees what, and what is refused."""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event as database_event
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.app import create_app
from events_app.config import SettingError, Settings, read_settings
from events_app.events.actions.attendance import answer_invitation, suggest
from events_app.events.models import Answer, Event, Suggestion
from events_app.events.queries import answers_of, suggestions_of
from events_app.events.rules.attendance import AnswerDetails
from events_app.extensions import db
from events_app.people.actions import appoint
from events_app.people.models import Person
from events_app.shared.clock import StoppedClock
from events_app.trail.models import TrailEntry
from events_app.web.attendance.export import safe_cell

Enter = Callable[..., FlaskClient]
Give = Callable[..., Answer]

CALCULATOR = "=cmd|'/C calc'!A0"


@pytest.fixture
def enter(app: Flask, make_person: Callable[..., Person], sign_in: Callable[..., FlaskClient]) -> Enter:
    """Open a browser as somebody: `enter("ben", "CH")`, `enter("anna", secretary=True)`."""

    def open_as(name: str, state: str = "", role: str = "delegate", secretary: bool = False) -> FlaskClient:
        return sign_in(app.test_client(), make_person(name, state, role, secretary))

    return open_as


@pytest.fixture
def give(session: Session, clock: StoppedClock) -> Give:
    """Store the answer of a delegation."""

    def answer(event: Event, code: str, answer: str = "attends", **details: Any) -> Answer:
        given = answer_invitation(session, event, code, AnswerDetails(answer, **details), clock.now())
        session.commit()
        return given

    return answer


@pytest.fixture
def asian(make_event: Callable[..., Event]) -> Event:
    """An Asian meeting of December 2026: chaired by Finland, hosted by Japan, seen by the delegations invited."""
    return make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), host_code="JP", visibility="group")


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def answers(session: Session, event: Event) -> dict[str, tuple[str, str, int, str]]:
    session.expire_all()
    return {a.state_code: (a.answer, a.head, a.accompanying, a.names) for a in answers_of(session, event.id)}


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_a_delegate_answers_for_the_delegation_and_finds_the_answer_on_the_page(enter, session, asian):
    browser = enter("ben", "CH")
    sent = {"answer": "attends", "head": "Léa Müller", "accompanying": "2", "names": "Jean Muster\r\nEva Beispiel"}
    assert browser.post(f"/events/{asian.id}/answer", data=sent).location == f"/events/{asian.id}"
    assert answers(session, asian) == {"CH": ("attends", "Léa Müller", 2, "Jean Muster\nEva Beispiel")}
    shown = text_of(browser.get(f"/events/{asian.id}"))
    assert "Switzerland Attends in person 2 accompany the head of delegation Léa Müller Jean Muster" in shown
    assert "Change the answer" in shown


def test_the_form_shows_what_was_answered_before(enter, asian, give):
    give(asian, "CH", head="Léa Müller", accompanying=3)
    shown = enter("ben", "CH").get(f"/events/{asian.id}/answer").text
    assert 'value="Léa Müller"' in shown
    assert 'value="3"' in shown
    assert re.search(r'<input checked[^>]*value="attends"', shown)


def test_other_delegations_see_nothing_of_an_answer(enter, app, asian, give):
    give(asian, "CH", head="Marker Muster", names="Marker Beispiel")
    for browser in (enter("kira", "IT", "contact-point"), enter("dora", "IT"), app.test_client()):
        for address in ("", "/answer", "/suggest", "/participants", "/history", ".ics"):
            shown = browser.get(f"/events/{asian.id}{address}").text
            assert "Marker" not in shown
            assert "Delegations in person" not in shown


def test_organisers_see_counts_on_the_page_and_names_on_the_list(enter, asian, give):
    give(asian, "CH", head="Léa Müller", accompanying=2, names="Jean Muster\nEva Beispiel")
    give(asian, "IT", "declines")
    for organiser in (enter("aino", "FI", "contact-point"), enter("kenji", "JP", "contact-point"),
                      enter("anna", secretary=True)):  # fmt: skip
        page, listed = (text_of(organiser.get(f"/events/{asian.id}{part}")) for part in ("", "/participants"))
        assert "Delegations in person 1 Delegations online 0 Do not attend 1" in page
        assert "People in all 3" in page
        assert "Switzerland Attends in person Léa Müller 2 Jean Muster Eva Beispiel" in listed
        assert "Do not attend Italy Have not answered" in listed


def test_who_is_no_organiser_is_refused_the_list_and_its_export(enter, client, asian):
    for browser, status in ((client, 404), (enter("ben", "CH"), 403), (enter("kira", "IT", "contact-point"), 403)):
        assert browser.get(f"/events/{asian.id}/participants").status_code == status
        assert browser.post(f"/events/{asian.id}/participants.csv").status_code == status


@pytest.mark.parametrize(("state", "status"), [("FI", 403), ("JO", 403), ("XX", 404), ("ch", 404), ("' OR 1=1", 404)])
def test_a_foreign_delegation_is_refused_in_the_address_and_in_the_form(enter, session, asian, state, status):
    browser = enter("ben", "CH", "contact-point")
    for part, sent in (("answer", {"answer": "declines"}), ("suggest", {"what": "date", "day": "2026-12-11"})):
        address = f"/events/{asian.id}/{part}"
        assert browser.get(address, query_string={"state": state}).status_code == status
        assert browser.post(address, query_string={"state": state}, data=sent).status_code == status
        assert browser.post(address, data={**sent, "state": state}).status_code == status
    assert (answers(session, asian), suggestions_of(session, asian.id)) == ({}, [])


def test_fields_that_are_not_in_the_form_are_not_read(enter, session, asian):
    sent = {"answer": "attends", "state_code": "FI", "is_late": "1", "answered_by_id": "999", "event_id": "1"}
    enter("ben", "CH").post(f"/events/{asian.id}/answer", data=sent)
    assert list(answers(session, asian)) == ["CH"]


@pytest.mark.parametrize(
    ("query", "form"),
    [("", {"answer": ["attends", "declines"]}), ("?state=CH&state=FI", {"answer": "attends"}),
     ("?state=CH", {"answer": "attends", "state": "FI"}), ("", {"answer": "attends", "head": ["A", "B"]})],
)  # fmt: skip
def test_a_key_sent_twice_is_refused(enter, session, asian, query, form):
    assert enter("ben", "CH").post(f"/events/{asian.id}/answer{query}", data=form).status_code == 400
    assert answers(session, asian) == {}


@pytest.mark.parametrize(
    "sent",
    [{}, {"answer": "perhaps"}, {"answer": "attends-online"}, {"answer": "attends", "accompanying": "-1"},
     {"answer": "attends", "accompanying": "51"}, {"answer": "attends", "accompanying": "9" * 5000},
     {"answer": "attends", "accompanying": "two"}, {"answer": "attends", "head": "x" * 10_000},
     {"answer": "attends", "names": "x" * 10_000}, {"answer": "attends", "names": "🎉" * 10_000}],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_at_the_field_and_nothing_is_saved(enter, session, asian, sent):
    refused = enter("ben", "CH").post(f"/events/{asian.id}/answer", data=sent)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert answers(session, asian) == {}


@pytest.mark.parametrize(
    "sent",
    [{}, {"what": "party", "text": "A party"}, {"what": "side-event"}, {"what": "side-event", "text": "x" * 10_000},
     {"what": "date"}, {"what": "date", "day": "2026-11-20"}, {"what": "date", "day": "2026-02-30"},
     {"what": "date", "day": "0000-01-01"}, {"what": "date", "day": "9999-12-31"}],
)  # fmt: skip
def test_what_cannot_be_suggested_is_said_at_the_field_and_nothing_is_saved(enter, session, asian, sent):
    assert enter("ben", "CH").post(f"/events/{asian.id}/suggest", data=sent).status_code == 422
    assert suggestions_of(session, asian.id) == []


def test_control_characters_do_not_reach_the_list(enter, session, asian):
    sent = {"answer": "attends", "head": "Léa\x00\r\nBcc: evil\ud800", "names": "A\x07\r\nB"}
    sent = {name: value.encode("utf-8", "replace") for name, value in sent.items()}
    enter("ben", "CH").post(f"/events/{asian.id}/answer", data=sent)
    assert answers(session, asian)["CH"] == ("attends", "Léa Bcc: evil?", 0, "A\nB")


def test_script_in_names_and_suggestions_is_shown_as_text(enter, asian, give, session, clock):
    script = "<script>alert(1)</script>"
    give(asian, "FI", head=script, names=script)
    suggest(session, asian, "FI", "side-event", script, None, clock.now())
    session.commit()
    organiser = enter("aino", "FI", "contact-point")
    for part in ("", "/participants", "/answer"):
        shown = organiser.get(f"/events/{asian.id}{part}").text
        assert "<script" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
def test_drafts_postponed_and_cancelled_events_are_not_answered(enter, session, make_event, status):
    event, secretary = make_event(status), enter("anna", secretary=True)
    for part in ("answer", "suggest"):
        for sent in (secretary.get, secretary.post):
            refused = sent(f"/events/{event.id}/{part}?state=CH", data={"answer": "attends"})
            assert refused.status_code == 409
            assert "Delegations answer and suggest while" in refused.text
    assert answers(session, event) == {}


def test_an_answer_after_the_start_is_refused(enter, session, asian, clock, make_person, sign_in, app):
    clock.move_to(asian.starts_at)
    refused = enter("ben", "CH").post(f"/events/{asian.id}/answer", data={"answer": "attends"})
    assert refused.status_code == 409
    assert answers(session, asian) == {}


def test_a_late_change_is_announced_accepted_and_marked(enter, session, make_event, give, clock):
    event = make_event(answer_by=date(2026, 11, 21))
    give(event, "CH")
    clock.advance(timedelta(days=1))
    browser = enter("ben", "CH")
    assert "marked as late" in browser.get(f"/events/{event.id}/answer").text
    assert browser.post(f"/events/{event.id}/answer", data={"answer": "declines"}).status_code == 302
    assert "Does not attend Late" in text_of(browser.get(f"/events/{event.id}"))


def test_what_one_may_not_see_is_not_there_to_answer(enter, make_event, client, asian):
    drafted, hidden = make_event("draft"), make_event(visibility="secretariat")
    for browser in (enter("ben", "CH"), enter("kira", "CH", "contact-point"), client):
        for event_id in (drafted.id, hidden.id, 999_999_999, 10**30):
            for part in ("answer", "suggest", "participants"):
                assert browser.get(f"/events/{event_id}/{part}").status_code in (403, 404)
            assert browser.post(f"/events/{event_id}/answer", data={"answer": "attends"}).status_code == 404
    assert enter("leila", "JO").get(f"/events/{asian.id}/answer").status_code == 404


def test_a_delegation_that_sees_an_event_without_being_invited_does_not_answer(enter, make_event, session):
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10))
    browser = enter("leila", "JO", "contact-point")
    assert browser.get(f"/events/{event.id}").status_code == 200
    assert "answers" not in browser.get(f"/events/{event.id}").text
    assert browser.post(f"/events/{event.id}/answer", data={"answer": "attends"}).status_code == 403
    assert answers(session, event) == {}


def test_a_secretary_chooses_for_whom_to_answer(enter, session, asian):
    secretary = enter("anna", secretary=True)
    assert f"/events/{asian.id}/answer?state=IT" in secretary.get(f"/events/{asian.id}/answer").text
    assert secretary.post(f"/events/{asian.id}/answer", data={"answer": "attends"}).status_code == 422
    assert secretary.post(f"/events/{asian.id}/answer?state=IT", data={"answer": "attends"}).status_code == 302
    assert list(answers(session, asian)) == ["IT"]


def test_somebody_of_two_delegations_chooses(app, make_person, sign_in, session, clock, asian):
    person = make_person("ben", "CH")
    appoint(session, person, "LI", "delegate", clock.now())
    session.commit()
    browser = sign_in(app.test_client(), person)
    assert "For which delegation?" in browser.get(f"/events/{asian.id}/answer").text
    assert browser.post(f"/events/{asian.id}/answer?state=LI", data={"answer": "attends"}).status_code == 302
    assert browser.get(f"/events/{asian.id}/answer?state=FI").status_code == 403


def test_a_suggestion_is_seen_by_its_delegation_and_settled_by_those_who_edit(enter, session, asian):
    browser, other, chair = enter("ben", "CH"), enter("kira", "IT"), enter("aino", "FI", "contact-point")
    browser.post(f"/events/{asian.id}/suggest", data={"what": "side-event", "text": "Youth", "day": "2026-12-10"})
    made = suggestions_of(session, asian.id)[0]
    settling = f"/events/{asian.id}/suggestions/{made.id}"
    assert "A side event, Thursday, 10 December 2026: Youth" in text_of(browser.get(f"/events/{asian.id}"))
    assert "Youth" not in other.get(f"/events/{asian.id}").text
    assert settling in chair.get(f"/events/{asian.id}").text
    assert settling not in browser.get(f"/events/{asian.id}").text
    assert chair.post(settling, data={"state": "taken"}).status_code == 302
    assert "Switzerland · Taken up" in text_of(browser.get(f"/events/{asian.id}"))
    assert chair.post(settling, data={"state": "not-taken"}).status_code == 409


def test_a_suggestion_is_settled_by_nobody_else_and_only_where_it_belongs(enter, session, asian, make_event, clock):
    made, other = suggest(session, asian, "CH", "side-event", "Youth", None, clock.now()), make_event()
    session.commit()
    address, sent = f"/events/{asian.id}/suggestions/{made.id}", {"state": "taken"}
    for name, state, status in (("ben", "CH", 403), ("kira", "IT", 403), ("kenji", "JP", 403), ("leila", "JO", 404)):
        assert enter(name, state, "contact-point").post(address, data=sent).status_code == status
    secretary = enter("anna", secretary=True)
    assert secretary.post(f"/events/{other.id}/suggestions/{made.id}", data=sent).status_code == 404
    assert secretary.post(f"/events/{asian.id}/suggestions/{10**30}", data=sent).status_code == 404
    assert secretary.post(address, data={"state": "open"}).status_code == 422
    assert session.scalar(select(Suggestion.state)) == "open"


def test_the_export_is_a_table_with_a_byte_order_mark_and_stands_in_the_trail(enter, asian, give, session):
    give(asian, "CH", head="Léa Müller", accompanying=1, names="Jean Muster")
    saved = enter("anna", secretary=True).post(f"/events/{asian.id}/participants.csv")
    assert saved.data.startswith(b"\xef\xbb\xbf")
    assert saved.headers["Content-Disposition"] == "attachment; filename=participants-2026-12-10.csv"
    assert saved.content_type == "text/csv; charset=utf-8"
    assert table(saved)[1] == ["Switzerland", "Attends in person", "Léa Müller", "1", "Jean Muster", ""]
    deeds = [(row.verb, row.thing, row.thing_id) for row in session.scalars(select(TrailEntry))]
    assert ("export", "event", str(asian.id)) in deeds


def test_a_get_gives_no_export(enter, asian):
    assert enter("anna", secretary=True).get(f"/events/{asian.id}/participants.csv").status_code == 405


def test_no_cell_of_the_export_is_a_formula(enter, make_event, give):
    event = make_event(guests=("@SUM(A1)", "+43 NGO"))
    give(event, "CH", head=CALCULATOR, names=f"-1\n{CALCULATOR}\nA;{CALCULATOR}")
    cells = [cell for line in table(enter("anna", secretary=True).post(f"/events/{event.id}/participants.csv"))
             for cell in line]  # fmt: skip
    assert f"'{CALCULATOR}" in cells
    assert "'@SUM(A1)" in cells
    assert "'+43 NGO" in cells
    for piece in (part for cell in cells for part in re.split("[,;]", cell)):
        assert not piece.strip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"), ("\rx", "'\rx"), (" =1", "' =1"),
     ("＝1", "'＝1"), ("A=1", "A=1"), ("Anne-Marie", "Anne-Marie"), ("a@b.example", "a@b.example"), ("", ""),
     ('x",=1', "x\",'=1"), ("x; =1", "x;' =1")],
)  # fmt: skip
def test_a_cell_is_text_and_stays_as_it_is_where_it_is_harmless(text, cell):
    assert safe_cell(text) == cell


def test_participants_stand_in_protocol_order_of_the_language(enter, asian, give):
    for code in ("CH", "AT", "FI", "DE"):
        give(asian, code)
    secretary = enter("anna", secretary=True)

    def order(language: str) -> list[str]:
        exported = secretary.post(f"/events/{asian.id}/participants.csv?lang={language}")
        return [line[0] for line in table(exported)[1:]]

    assert order("en") == ["Austria", "Finland", "Germany", "Switzerland"]
    assert order("de") == ["Deutschland", "Finnland", "Österreich", "Schweiz"]


def test_the_setting_puts_chairmanship_and_troika_first(settings: Settings, enter, asian, give, clock, app):
    for code in ("CH", "AT", "FI", "DE"):
        give(asian, code)
    browser = enter("anna", secretary=True)
    other = create_app(replace(settings, protocol_order="chair-first"), clock)
    other.config["WTF_CSRF_ENABLED"] = False
    cookie = browser.get_cookie("signed_in")
    changed = other.test_client()
    changed.set_cookie("signed_in", cookie.value)
    listed = table(changed.post(f"/events/{asian.id}/participants.csv"))
    with other.app_context():
        db.engine.dispose()
    assert [line[0] for line in listed[1:]] == ["Switzerland", "Finland", "Austria", "Germany"]


def test_an_order_that_nobody_knows_is_refused_at_the_start():
    assert read_settings({"EVENTS_PROTOCOL_ORDER": "chair-first"}).protocol_order == "chair-first"
    with pytest.raises(SettingError, match="EVENTS_PROTOCOL_ORDER: is one of alphabetical, chair-first"):
        read_settings({"EVENTS_PROTOCOL_ORDER": "by-size"})


def test_guests_are_entered_one_a_line_and_take_part_without_an_account(enter, make_event, session):
    event, secretary = make_event(), enter("anna", secretary=True)
    form = secretary.get(f"/events/{event.id}/edit").text
    sent = entries(form) | {"guests": "United Nations\r\n\r\n  Helsinki  Committee \r\nUnited Nations",
                            "answer_by": "2027-02-20"}  # fmt: skip
    assert secretary.post(f"/events/{event.id}/edit", data=sent).status_code == 302
    session.expire_all()
    assert (event.guests, event.answer_by) == (["United Nations", "Helsinki Committee"], date(2027, 2, 20))
    assert "Helsinki Committee Guest" in text_of(secretary.get(f"/events/{event.id}/participants"))
    history = text_of(secretary.get(f"/events/{event.id}/history"))
    assert "Organizations and other guests nothing United Nations; Helsinki Committee" in history
    assert "Answers by nothing Saturday, 20 February 2027" in history


@pytest.mark.parametrize(
    "changes",
    [{"guests": "\n".join(f"NGO {n}" for n in range(61))}, {"guests": "x" * 201}, {"answer_by": "2027-03-03"},
     {"answer_by": "2026-11-20"}, {"answer_by": "0000-00-00"}],
)  # fmt: skip
def test_guests_and_last_days_that_cannot_be_are_refused(enter, make_event, session, changes):
    event, secretary = make_event(), enter("anna", secretary=True)
    sent = entries(secretary.get(f"/events/{event.id}/edit").text) | changes
    refused = secretary.post(f"/events/{event.id}/edit", data=sent)
    assert refused.status_code == 422
    assert f'<a href="#{next(iter(changes))}">' in refused.text
    session.expire_all()
    assert (event.guests, event.answer_by) == ([], None)


def test_what_the_public_sees_of_an_event_has_no_answers(client, make_event, give):
    event = make_event(guests=("Helsinki Committee",))
    give(event, "CH", head="Marker")
    shown = client.get(f"/events/{event.id}").text
    assert "Marker" not in shown
    assert "Helsinki" not in shown
    assert 'id="answers"' not in shown


def test_an_event_of_the_past_without_answers_says_nothing_of_them(enter, make_event):
    event = make_event(starts_on=date(2026, 3, 3))
    assert 'id="answers"' not in enter("anna", secretary=True).get(f"/events/{event.id}").text


def test_an_answer_stays_uncounted_when_the_delegation_is_no_longer_invited(enter, make_event, give, session):
    event = make_event(kind_key="workshop", group_keys=("mediterranean",), starts_on=date(2027, 3, 2))
    give(event, "EG")
    event.groups = list(make_event(group_keys=("asian",)).groups)
    session.commit()
    assert "Egypt" not in text_of(enter("anna", secretary=True).get(f"/events/{event.id}/participants"))


def test_the_list_takes_as_many_queries_for_many_answers_as_for_one(enter, app, asian, give):
    secretary, counted = enter("anna", secretary=True), []
    for codes in (("CH",), ("AT", "DE", "FI", "FR", "IT", "JP", "TH")):
        for code in codes:
            give(asian, code)
        counted.append([queries(app, lambda part=part: secretary.get(f"/events/{asian.id}{part}"))
                        for part in ("", "/participants")])  # fmt: skip
    assert counted[0] == counted[1]


def queries(app: Flask, visit: Callable[[], Any]) -> int:
    """Return how many statements a visit sends to the database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    database_event.listen(engine, "before_cursor_execute", note)
    visit()
    database_event.remove(engine, "before_cursor_execute", note)
    return len(sent)


def entries(form: str) -> dict[str, Any]:
    """Return what a browser would send of the details form as it stands, without rows."""
    names = ("version", "theme", "starts_on", "start_time", "ends_on", "end_time", "time_zone", "place")
    found = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form) for name in names}
    chosen = {"theme_language": "en", "format": "in-person", "venue_key": "", "host_code": "", "parent_id": "0",
              "visibility": "public", "group_keys": "mediterranean", "chair_override_code": ""}  # fmt: skip
    rows = {f"documents-{number}-type": "agenda" for number in range(3)}
    return {name: match[1] for name, match in found.items() if match} | chosen | rows
