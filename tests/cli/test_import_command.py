"""`import` and `shadow` on the command line: what they do, what they say, and with which status they end."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from events_app.events.models import Event
from events_app.planning.models import Shadow

TABLE = "kind,group,start,theme\nworkshop,asian,2027-03-02,Ports\nworkshop,asian,2027-03-09,Rails\n"
BAD_ROW = "workshop,asian,03/04/2027,Roads\n"
SEEN = "Draft, All delegations"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a@eu\r\nDTSTART:20270302T090000Z\r\n"
    "DTEND:20270302T110000Z\r\nSUMMARY:Council\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def file(tmp_path_factory):
    """Write a file and return where it is."""

    def write(content, name="plan.csv"):
        path = tmp_path_factory.mktemp("files") / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.fixture
def count(session):
    def how_many(table=Event):
        session.rollback()
        return session.scalar(select(func.count()).select_from(table))

    return how_many


def told(answer):
    """The numbers of an answer in JSON."""
    said = json.loads(answer.out)
    return {name: said[name] for name in ("read", "created", "updated", "unchanged")}


def test_a_file_is_imported_and_a_second_import_changes_nothing(run, file, count):
    path = file(TABLE)
    answers = [run("import", path, "--json") for _ in range(2)]
    assert [answer.status for answer in answers] == [0, 0]
    assert told(answers[0]) == {"read": 2, "created": 2, "updated": 0, "unchanged": 0}
    assert told(answers[1]) == {"read": 2, "created": 0, "updated": 0, "unchanged": 2}
    assert json.loads(answers[0].out)["rejected"] == []
    assert (count(), answers[0].err) == (2, "")


def test_a_dry_run_says_the_same_and_saves_nothing(run, file, count):
    answer = run("import", file(TABLE), "--dry-run", "--json")
    assert (answer.status, told(answer)["created"], count()) == (0, 2, 0)
    assert json.loads(answer.out)["saved"] is False


def test_one_rejected_item_saves_nothing(run, file, count):
    answer = run("import", file(TABLE + BAD_ROW), "--json")
    assert (answer.status, count()) == (2, 0)
    assert told(answer) == {"read": 3, "created": 0, "updated": 0, "unchanged": 0}
    (rejected,) = json.loads(answer.out)["rejected"]
    assert (rejected["item"], "YYYY-MM-DD" in rejected["why"]) == (4, True)
    assert answer.err == "1 of 3 items were rejected, so nothing is saved.\n"


def test_what_a_procedure_asks_for_is_not_moved_by_a_file(run, file, session, make_event, clock):
    event = make_event("proposed")
    event.silence_ends_at = datetime(2026, 12, 1, 17, tzinfo=UTC)
    session.commit()
    answer = run("import", file(f"uid,start\n{event.uid},2027-03-09\n"), "--json")
    (rejected,) = json.loads(answer.out)["rejected"]
    assert "procedure on this runs until Tuesday, 1 December 2026, 18:00 (Austria)" in rejected["why"]
    assert answer.status == 2


def test_what_can_be_taken_is_taken_if_asked_for(run, file, count):
    answer = run("import", file(TABLE + BAD_ROW), "--partial", "--json")
    assert (answer.status, told(answer)["created"], count()) == (0, 2, 2)
    assert len(json.loads(answer.out)["rejected"]) == 1


def test_people_read_it_in_words(run, file):
    answer = run("import", file(TABLE + BAD_ROW), "--partial")
    assert answer.out.splitlines() == [
        "3 read, 2 created, 0 updated, 0 unchanged, 1 rejected",
        f"  item 2, created: Workshop; Ports; Tuesday, 2 March 2027; {SEEN}; http://localhost:8000/events/1",
        f"  item 3, created: Workshop; Rails; Tuesday, 9 March 2027; {SEEN}; http://localhost:8000/events/2",
        "  item 4 (Roads, 03/04/2027): “03/04/2027” is not written as YYYY-MM-DD or DD.MM.YYYY.",
    ]


def test_a_dry_run_shows_the_kind_that_events_without_one_will_have(run, file, count):
    answer = run("import", file(CALENDAR, "eu.ics"), "--dry-run", "--kind", "seminar", "--json")
    (event,) = json.loads(answer.out)["events"]
    assert (event["kind"], event["title"], event["state"]) == ("Seminar", "Council", "Draft, Secretariat only")
    assert ("page" in event, count()) == (False, 0)
    shown = run("import", file(CALENDAR, "eu.ics"), "--dry-run").out
    assert "item 1, created: Liaison meeting; Council; Tuesday, 2 March 2027, 09:00–11:00 (UTC)" in shown


def test_an_unknown_kind_is_told_which_there_are(run, file):
    said = run("import", file(CALENDAR, "eu.ics"), "--kind", "feast").err
    assert "Among those that are: contact-group-meeting, joint-meeting" in said


def test_a_calendar_file_becomes_drafts(run, file, session):
    assert run("import", file(CALENDAR, "eu.ics"), "--json").status == 0
    (event,) = session.scalars(select(Event)).all()
    assert (event.uid, event.status, event.visibility) == ("a@eu", "draft", "secretariat")


@pytest.mark.parametrize(
    ("content", "name", "words", "said"),
    [
        (TABLE, "plan.docx", (), "Only calendar files"),
        ("", "plan.csv", (), "empty"),
        (b"\x00\x01", "plan.csv", (), "no text"),
        ("BEGIN:VCALENDAR", "plan.ics", (), "damaged"),
        (CALENDAR.replace("VERSION", "METHOD:CANCEL\r\nVERSION"), "plan.ics", (), "CANCEL"),
        (TABLE, "plan.csv", ("--time-zone", "Mars/Phobos"), "Mars/Phobos"),
        (TABLE, "plan.csv", ("--kind", "feast"), "feast"),
        ("kind,start\n" + "workshop,2027-03-02\n" * 2_001, "plan.csv", (), "2000"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(run, file, count, content, name, words, said):
    answer = run("import", file(content, name), *words, "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
    assert count() == 0


def test_a_file_that_is_not_there_is_bad_input(run):
    answer = run("import", "/nowhere.csv")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


def test_a_shadow_is_kept_apart_and_replaced_under_its_name(run, file, count, session):
    path = file(CALENDAR, "eu.ics")
    answers = [run("shadow", path, "--name", "EU Council", "--json") for _ in range(2)]
    assert [(answer.status, answer.err) for answer in answers] == [(0, "")] * 2
    assert [told(answer)["created"] for answer in answers] == [1, 0]
    assert told(answers[1])["unchanged"] == 1
    assert (count(Shadow), count()) == (1, 0)
    assert [(shadow.title, shadow.uid) for shadow in session.scalars(select(Shadow))] == [("Council", "a@eu")]


def test_a_rejected_item_keeps_a_shadow_calendar_as_it_was(run, file, count):
    floating = CALENDAR.replace("090000Z", "090000").replace("110000Z", "110000")
    answer = run("shadow", file(floating, "eu.ics"), "--name", "EU Council", "--json")
    assert (answer.status, count(Shadow)) == (2, 0)
    assert run("shadow", file(floating, "eu.ics"), "--name", "EU", "--time-zone", "Europe/Brussels").status == 0
    assert count(Shadow) == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_shadow_needs_a_name(run, file, count, name):
    answer = run("shadow", file(CALENDAR, "eu.ics"), "--name", name)
    assert (answer.status, answer.out, answer.err.count("\n"), count(Shadow)) == (2, "", 1, 0)
