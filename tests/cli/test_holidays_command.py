"""`holidays`: the contract, and that what was corrected outlives upgrades."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from events_app.planning.actions.correcting import Grounds, move_holiday
from events_app.shared.database import prepare_engine


def told(run, *words):
    answer = run("holidays", *words, "--json")
    assert (answer.status, answer.err) == (0, "")
    return json.loads(answer.out)


def test_one_state_is_told_as_the_contract_says(run):
    assert told(run, "2027-05-10", "2027-05-16", "--state", "MA") == [
        {"date": "2027-05-16", "state": "MA", "name": "Eid al-Adha", "estimated": True}
    ]


def test_without_a_state_all_are_told_by_date_and_state(run):
    found = told(run, "2027-05-01", "2027-05-31")
    keys = [(row["date"], row["state"]) for row in found]
    assert keys == sorted(keys)
    assert {"AT", "MA", "JP", "US"} <= {row["state"] for row in found}


def test_both_ends_count_and_a_span_without_holidays_is_an_empty_list(run):
    assert [row["name"] for row in told(run, "2026-12-25", "2026-12-26", "--state", "AT")] == [
        "Christmas Day", "Saint Stephen's Day",
    ]  # fmt: skip
    assert told(run, "2027-03-02", "2027-03-02", "--state", "at") == []


def test_people_read_a_table(run):
    answer = run("holidays", "2027-05-10", "2027-05-16", "--state", "MA", "--state", "AT")
    assert answer.out == "2027-05-16  MA  Morocco: Eid al-Adha  (estimated)\n"
    assert run("holidays", "2027-03-02", "2027-03-02", "--state", "AT").out == "No public holidays.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2027-05-02", "2027-05-01"), "2027-05-01"),
        (("2020-01-01", "2031-01-01"), "10 years"),
        (("2027-01-01", "2027-02-01", "--state", "XX"), "'XX'"),
        (("2027-02-30", "2027-03-01"), "2027-02-30"),
        (("1900-01-01", "1900-02-01"), "1900"),
        (("2027-01-01",), "TO"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(run, words, said):
    answer = run("holidays", *words, "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err


def test_what_was_corrected_outlives_an_upgrade(run, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENTS_INSTANCE_PATH", str(tmp_path / "new"))
    assert run("init").status == 0
    engine = prepare_engine(create_engine(f"sqlite:///{tmp_path / 'new' / 'events.sqlite'}"))
    with Session(engine) as session:
        decree, now = Grounds("Announced by decree"), datetime(2026, 11, 21, tzinfo=UTC)
        move_holiday(session, "MA", date(2027, 5, 16), date(2027, 5, 17), decree, now, by_id=None, whole=True)
        session.commit()
    engine.dispose()
    assert run("init").status == 0
    found = told(run, "2027-05-10", "2027-05-20", "--state", "MA")
    assert [(row["date"], row["estimated"]) for row in found] == [("2027-05-17", False), ("2027-05-18", False)]
