"""`chair` and `members`: what the contract promises, to programs and to people."""

import json

import pytest

from events_app.partnership.models import Chairmanship


def chair(run, *words):
    answer = run("chair", *words, "--json")
    assert (answer.status, answer.err) == (0, "")
    return json.loads(answer.out)


@pytest.mark.parametrize(
    ("group", "day", "rule", "chairs", "status"),
    [
        ("mediterranean", "2021-05-10", "incoming", [{"state": "PL", "name": "Poland"}], "decided"),
        ("asian", "2016-05-17", "outgoing", [{"state": "RS", "name": "Serbia"}], "decided"),
        ("mediterranean", "2026-11-21", "incoming", [], "undetermined"),
        ("mediterranean", "2023-06-15", "incoming", [], "undetermined"),
        ("mediterranean", "2023-12-01", "incoming", [{"state": "MT", "name": "Malta"}], "decided"),
        ("mediterranean", "2070-01-01", "incoming", [], "undetermined"),
        (
            "joint", "2018-05-04", "both",
            [{"state": "SK", "name": "Slovakia"}, {"state": "AT", "name": "Austria"}], "decided",
        ),
        ("joint", "2026-05-04", "both", [], "undetermined"),
    ],
)  # fmt: skip
def test_the_chair_is_told_as_the_contract_says(run, group, day, rule, chairs, status):
    expected = {"group": group, "date": day, "rule": rule, "chairs": chairs, "status": status}
    assert chair(run, group, day) == expected


def test_a_candidate_is_not_listed(run, session):
    entry = session.get_one(Chairmanship, 2027)
    entry.state_code, entry.status = "CY", "candidate"
    session.commit()
    assert chair(run, "mediterranean", "2026-11-21")["chairs"] == []
    assert chair(run, "mediterranean", "2026-11-21")["status"] == "candidate"
    assert chair(run, "joint", "2026-11-21")["status"] == "candidate"


def test_people_read_a_name_or_that_it_is_to_be_determined(run):
    assert run("chair", "asian", "2016-05-17").out == "Serbia\n"
    assert run("chair", "joint", "2018-05-04").out == "Slovakia, Austria\n"
    assert run("chair", "mediterranean", "2026-11-21").out == "to be determined (undetermined)\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chair", "asian", "2002-01-01"), "2003-01-01"),
        (("chair", "asian", "2002-12-31", "--json"), "asian"),
        (("chair", "mediterranean", "1993-12-31"), "1994-01-01"),
        (("chair", "joint", "2006-12-31"), "2007-01-01"),
        (("chair", "joint", "1999-12-31", "--json"), "exists since"),
        (("chair", "arctic", "2026-11-21"), "'arctic'"),
        (("chair", "asian", "2026-02-30"), "2026-02-30"),
        (("chair", "asian", "soon", "--json"), "soon"),
        (("chair", "asian"), "DATE"),
        (("members", "arctic", "2026-11-21", "--json"), "'arctic'"),
        (("members", "all", "21.11.2026"), "21.11.2026"),
        (("feed", "arctic"), "'arctic'"),
        (("feed", "all", "--lang", "xx"), "'xx'"),
        (("nothing",), "nothing"),
        (("chair", "asian", "2026-11-21", "--loud"), "--loud"),
    ],
)
def test_bad_input_is_one_sentence_on_standard_error_and_status_2(run, words, said):
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.count("\n") == 1
    assert said in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("day", "count"), [("2005-01-01", 55), ("2010-01-01", 56), ("2014-01-01", 57), ("2026-11-21", 57)]
)
def test_participating_states_are_counted_by_date(run, day, count):
    answer = json.loads(run("members", "all", day, "--json").out)
    assert len(answer["participating"]) == count
    assert answer["participating"] == sorted(answer["participating"])


@pytest.mark.parametrize(
    ("day", "partners"),
    [
        ("2008-09-10", ["AF", "JP", "KR", "MN", "TH"]),
        ("2011-05-23", ["AF", "AU", "JP", "KR", "MN", "TH"]),
        ("2014-01-01", ["AF", "AU", "JP", "KR", "TH"]),
        ("1996-01-01", ["JP", "KR"]),
    ],
)
def test_the_asian_partners_are_told_for_any_date_also_before_the_group_existed(run, day, partners):
    assert json.loads(run("members", "asian", day, "--json").out)["partners"] == partners


def test_all_and_joint_list_the_partners_of_both_groups(run):
    both = [json.loads(run("members", group, "2026-11-21", "--json").out) for group in ("all", "joint")]
    assert both[0] == both[1]
    assert len(both[0]["partners"]) == 11


def test_people_read_counts_and_codes(run):
    assert "11 partners: AF AU DZ EG IL JO JP KR MA TH TN" in run("members", "all", "2026-11-21").out


def test_help_is_no_error(run):
    answer = run("--help")
    assert (answer.status, answer.err) == (0, "")
    assert "Partners for Co-operation" in answer.out
