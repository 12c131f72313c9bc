"""`plan`: the year plan as a document and as a table, and what it says to wishes that cannot be."""

import json

import pytest


def plan(run, *words):
    answer = run("plan", *words, "--json")
    assert (answer.status, answer.err) == (0, "")
    return json.loads(answer.out)


def test_the_document_has_every_event_with_its_reasons_and_keeps_what_was_asked(run):
    pins = ("--pin", "contact-group-meeting:asian=2027-03-04", "--pin", "joint-meeting:joint=2027-05-03")
    asked = ("--quota", "mediterranean=5", "--host", "asian=jp", "--ban", "2027-01-25", "--from-calendar")
    document = plan(run, "2027", *pins, *asked)
    assert (document["year"], document["proved"], document["cost"]) == (2027, True, document["bound"])
    events = {(event["kind"], *event["groups"], event["start"]): event for event in document["events"]}
    assert len(events) == 5 + 6 + 1 + 2
    council = events["contact-group-meeting", "asian", "2027-03-04"]
    assert {"what": "permanent-council", "state": None, "name": None, "date": "2027-03-04", "weight": 1000} in (
        council["conflicts"]
    )
    assert (council["pinned"], len(council["alternatives"])) == (True, 3)
    assert events["joint-meeting", "mediterranean", "asian", "2027-05-03"]["pinned"]
    assert [event["host"] for event in document["events"] if event["kind"] == "conference"] == ["JP", None]
    assert plan(run, "2027", *pins, *asked)["events"] == document["events"]


def test_people_read_a_table_with_the_reasons(run):
    answer = run("plan", "2027", "--pin", "conference:asian=2027-06-09")
    assert (answer.status, answer.err) == (0, "")
    assert "Wed 2027-06-09 to 2027-06-10  conference" in answer.out
    assert "chair to be determined" in answer.out
    assert "2027-06-10  Permanent Council" in answer.out
    assert "no other choice costs less" in answer.out


def test_without_a_plan_one_sentence_names_the_rule_in_the_way(run):
    answer = run("plan", "2027", "--quota", "asian=30")
    assert (answer.status, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert "with no more than 21 asian meetings" in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1993",), "1994"),
        (("soon",), "soon"),
        (("2027", "--quota", "asian"), "G=n"),
        (("2027", "--quota", "asian=many"), "many"),
        (("2027", "--quota", "asian=61"), "60"),
        (("2027", "--quota", "asian=5", "--quota", "asian=6"), "twice"),
        (("2027", "--quota", "arctic=5"), "'arctic'"),
        (("2027", "--host", "asian=XX"), "'XX'"),
        (("2027", "--pin", "workshop:asian=2027-03-02"), "'workshop'"),
        (("2027", "--pin", "contact-group-meeting=2027-03-02"), "KIND:G=DATE"),
        (("2027", "--pin", "joint-meeting:asian=2027-03-02"), "joint-meeting"),
        (("2027", "--pin", "conference:asian=2027-02-30"), "2027-02-30"),
        (("2027", "--pin", "conference:asian=2028-06-01"), "2028-06-01"),
        (("2027", "--ban", "2026-12-31"), "2026-12-31"),
    ],
)
def test_bad_input_is_one_sentence_and_status_2(run, words, said):
    answer = run("plan", *words)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert said in answer.err
