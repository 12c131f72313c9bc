"""What no event can be: each problem with its field and reason, all at once, and nothing saved."""

from datetime import date, time
from itertools import product

import pytest
from sqlalchemy import func, select

from events_app.events.actions.writing import create_event
from events_app.events.errors import InvalidEventError
from events_app.events.models import Event, EventChange
from events_app.events.rules.details import LENGTHS, AgendaPoint, DocumentLink, is_web_link

BOTH = ("mediterranean", "asian")
DAY = date(2027, 3, 2)
PROBLEMS = [
    ({"kind_key": "party"}, [("kind_key", "unknown")]),
    ({"theme": "x" * 10_000}, [("theme", "too-long")]),
    ({"starts_on": date(1972, 12, 31)}, [("starts_on", "out-of-range"), ("group_keys", "not-founded")]),
    ({"starts_on": date(2101, 1, 1)}, [("starts_on", "out-of-range")]),
    ({"ends_on": date(2027, 3, 1)}, [("ends_on", "end-before-start")]),
    ({"ends_on": date(2028, 4, 6)}, [("ends_on", "too-far")]),
    ({"starts_on": date(2100, 12, 31), "ends_on": date(2101, 1, 1)}, [("ends_on", "too-far")]),
    ({"end_time": time(10)}, [("end_time", "end-before-start")]),
    ({"end_time": time(9)}, [("end_time", "end-before-start")]),
    ({"end_time": None}, [("end_time", "times-together")]),
    ({"start_time": None}, [("start_time", "times-together")]),
    ({"time_zone": "Europe/Atlantis"}, [("time_zone", "unknown")]),
    ({"time_zone": ""}, [("time_zone", "unknown")]),
    ({"time_zone": "../../etc/passwd"}, [("time_zone", "unknown")]),
    ({"start_time": None, "end_time": None, "time_zone": "Mars"}, [("time_zone", "unknown")]),
    (
        {"starts_on": date(2027, 3, 28), "start_time": time(2, 30), "end_time": time(4)},
        [("start_time", "skipped-hour")],
    ),
    ({"starts_on": date(2027, 3, 28), "start_time": time(1), "end_time": time(2, 30)}, [("end_time", "skipped-hour")]),
    ({"visibility": "everyone"}, [("visibility", "unknown")]),
    ({"format": "by-post"}, [("format", "unknown")]),
    ({"documents": (DocumentLink("memo", "Memo", "https://docs.example/1"),)}, [("documents", "unknown")]),
    ({"documents": (DocumentLink("agenda", "Agenda", "javascript:alert(1)"),)}, [("documents", "no-web-link")]),
    ({"joining_link": "meet.example/1"}, [("joining_link", "no-web-link")]),
    ({"rests_on_link": "ftp://docs.example"}, [("rests_on_link", "no-web-link")]),
    ({"agenda": (AgendaPoint(date(2027, 3, 3), None, "Late"),)}, [("agenda", "outside-event")]),
    ({"chair_override_code": "FI"}, [("chair_override_reason", "needed")]),
    ({"chair_override_code": "FI", "chair_override_reason": " \n"}, [("chair_override_reason", "needed")]),
    ({"chair_override_code": "XX", "chair_override_reason": "agreed"}, [("chair_override_code", "unknown")]),
    ({"host_code": "XX"}, [("host_code", "unknown")]),
    ({"co_host_codes": ("JO", "XX")}, [("co_host_codes", "unknown")]),
    ({"host_code": "JO", "co_host_codes": ("JO",)}, [("co_host_codes", "is-host")]),
    ({"group_keys": ()}, [("group_keys", "needs-one")]),
    ({"group_keys": BOTH}, [("group_keys", "needs-one")]),
    ({"group_keys": ("arctic",)}, [("group_keys", "unknown"), ("group_keys", "needs-one")]),
    ({"kind_key": "joint-meeting"}, [("group_keys", "needs-both")]),
    (
        {"kind_key": "joint-meeting", "group_keys": ("asian", "asian")},
        [("group_keys", "unknown"), ("group_keys", "needs-both")],
    ),
    ({"group_keys": ("asian",), "starts_on": date(2002, 12, 31)}, [("group_keys", "not-founded")]),
    ({"starts_on": date(1993, 12, 31)}, [("group_keys", "not-founded")]),
    (
        {"kind_key": "joint-meeting", "group_keys": BOTH, "starts_on": date(2006, 12, 31)},
        [("group_keys", "not-founded")],
    ),
    ({"venue_key": "moon"}, [("venue_key", "unknown")]),
    ({"parent_id": 999}, [("parent_id", "unknown")]),
    ({"topic_keys": ("migration", "astrology")}, [("topic_keys", "unknown")]),
]


def refused(session, details, now):
    with pytest.raises(InvalidEventError) as error:
        create_event(session, details, "localhost", now)
    assert session.scalar(select(func.count()).select_from(Event)) == 0
    return error.value.problems


@pytest.mark.parametrize(("changes", "expected"), PROBLEMS)
def test_each_impossible_entry_is_refused_at_its_field(session, details, clock, changes, expected):
    problems = refused(session, details(**changes), clock.now())
    assert [(problem.field, problem.reason) for problem in problems] == expected
    assert session.scalar(select(func.count()).select_from(EventChange)) == 0


@pytest.mark.parametrize(("name", "most"), sorted(LENGTHS.items()))
def test_a_text_may_be_as_long_as_its_field_and_no_longer(session, details, clock, name, most):
    start = "https://e.example/" if name.endswith("link") else ""
    create_event(session, details(**{name: start.ljust(most, "x")}), "localhost", clock.now())
    session.rollback()
    [problem] = refused(session, details(**{name: start.ljust(most + 1, "x")}), clock.now())
    assert (problem.field, problem.reason, problem.facts) == (name, "too-long", {"most": most})


def test_all_problems_are_told_at_once(session, details, clock):
    wrong = details(
        theme="x" * 301, end_time=time(9), visibility="everyone", host_code="XX", venue_key="moon", joining_link="x"
    )
    fields = {problem.field for problem in refused(session, wrong, clock.now())}
    assert fields == {"theme", "end_time", "visibility", "host_code", "venue_key", "joining_link"}


def test_a_group_before_its_foundation_says_since_when_it_exists(session, details, clock):
    [problem] = refused(session, details(group_keys=("asian",), starts_on=date(2002, 5, 7)), clock.now())
    assert problem.facts == {"group": "asian", "since": date(2003, 1, 1)}


@pytest.mark.parametrize(
    ("group", "day"), [(("asian",), date(2003, 1, 1)), (("mediterranean",), date(1994, 1, 1)), (BOTH, date(2007, 1, 1))]
)
def test_on_the_day_of_its_foundation_a_group_may_meet(session, details, clock, group, day):
    kind = "joint-meeting" if group == BOTH else "contact-group-meeting"
    assert create_event(session, details(kind_key=kind, group_keys=group, starts_on=day), "localhost", clock.now()).id


def test_the_longest_event_has_401_days(session, details, clock):
    whole = {"start_time": None, "end_time": None, "ends_on": date(2028, 4, 5)}
    assert create_event(session, details(**whole), "localhost", clock.now()).ends_on == date(2028, 4, 5)


@pytest.mark.parametrize(
    "text",
    ["", "example", "//host/x", "https://", "http:///x", "javascript:alert(1)", "data:text/html,x", "https://a b/",
     "https://a.example/\r\nX: 1", "mailto:a@b.example", "https://[::1", "file:///etc/passwd"],
)  # fmt: skip
def test_these_are_no_web_links(text):
    assert not is_web_link(text)


@pytest.mark.parametrize(("scheme", "rest"), [*product(["http", "HTTPS"], ["a.example", "a.example:8/x?y=z#q"])])
def test_these_are_web_links(scheme, rest):
    assert is_web_link(f"{scheme}://{rest}")
