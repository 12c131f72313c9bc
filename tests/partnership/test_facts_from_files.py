"""Loading the data files: repeatable, sparing what was corrected, and strict about what is broken."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from events_app.events.facts import load_event_facts, read_event_facts
from events_app.events.models import Kind, Venue
from events_app.partnership.facts import load_partnership_facts, read_partnership_facts
from events_app.partnership.models import Chairmanship, Membership, State
from events_app.shared.datafile import DATA, DataFileError


def load(session, folder=DATA):
    load_partnership_facts(session, read_partnership_facts(folder))
    load_event_facts(session, read_event_facts(folder))
    session.commit()
    session.expire_all()


def test_loading_the_facts_again_changes_nothing(session, all_rows):
    before = all_rows(session)
    load(session)
    load(session)
    assert all_rows(session) == before
    assert len(before["state"]) == 68
    assert before["event"] == []


def test_a_new_release_updates_what_it_knows_better(session, in_file):
    folder = in_file("chairmanships.csv", "2027,,undetermined,,", "2027,CY,decided,2026-11-20,")
    in_file("venues.toml", 'key = "amman"\nname = "Amman"', 'key = "amman"\nname = "Amman, Royal Cultural Centre"')
    load(session, folder)
    assert session.get_one(Chairmanship, 2027).state_code == "CY"
    assert session.get_one(Venue, "amman").name == "Amman, Royal Cultural Centre"
    assert session.scalar(select(func.count()).select_from(Chairmanship)) == 35


def test_a_new_row_of_a_release_is_added(session, in_file):
    folder = in_file("chairmanships.csv", "2027,,undetermined,,", "2028,CY,decided,2026-11-20,\n2027,,undetermined,,")
    load(session, folder)
    assert session.get_one(Chairmanship, 2028).state_code == "CY"


def test_what_a_secretary_corrected_survives_the_next_release(session, in_file):
    corrected = {
        Chairmanship: (2026, "source", "our own file"), State: ("MK", "name", "Our Name"),
        Kind: ("visit", "usual_days", 3), Venue: ("amman", "name", "Our Room"), Membership: (7, "note", "our note"),
    }  # fmt: skip
    for table, (key, column, value) in corrected.items():
        row = session.get_one(table, key)
        setattr(row, column, value)
        row.corrected_at = datetime(2026, 11, 21, tzinfo=UTC)
    session.commit()
    folder = in_file("chairmanships.csv", "2026,CH,decided,2024-12-30,published", "2026,SE,decided,2024-12-30,rumour")
    load(session, folder)
    for table, (key, column, value) in corrected.items():
        assert getattr(session.get_one(table, key), column) == value
    assert session.get_one(Chairmanship, 2026).state_code == "CH"


FIRST_ROOM = 'city = "Vienna"\nstate = "AT"\ntime_zone = "Europe/Vienna"\n\n[[venue]]\nkey = "hofburg-ratsaal"'
BROKEN = [
    (
        "states.csv",
        "code,name,sort_name,former_names,time_zone",
        "code,name,sort_name,former_names,zone",
        1,
        "time_zone",
    ),
    ("states.csv", "AL,Albania,Albania,,Europe/Tirane", "AL,Albania,Albania,,Europe/Atlantis", 3, "Europe/Atlantis"),
    ("states.csv", "AL,Albania,Albania,,Europe/Tirane", "AL,Albania,Albania,Europe/Tirane", 3, "columns"),
    ("states.csv", "AL,Albania,Albania,,Europe/Tirane", "AF,Albania,Albania,,Europe/Tirane", 3, "twice"),
    ("states.csv", "AL,Albania,Albania,,Europe/Tirane", "AL,,Albania,,Europe/Tirane", 3, "name is empty"),
    ("states.csv", "AL,Albania,Albania,,Europe/Tirane", 'AL,"Alba"nia,Albania,,Europe/Tirane', 3, "expected after"),
    ("memberships.csv", "AL,participating,1991-06-19,day,,", "AL,participating,1991-06-31,day,,", 2, "1991-06-31"),
    ("memberships.csv", "AL,participating,1991-06-19,day,,", "XX,participating,1991-06-19,day,,", 2, "'XX'"),
    ("memberships.csv", "AL,participating,1991-06-19,day,,", "AL,observer,1991-06-19,day,,", 2, "'observer'"),
    ("memberships.csv", "AL,participating,1991-06-19,day,,", "AL,participating,1991-06-19,week,,", 2, "'week'"),
    (
        "memberships.csv",
        "AL,participating,1991-06-19,day,,",
        "AL,participating,1991-06-19,day,1990-01-01,",
        2,
        "before",
    ),
    ("memberships.csv", "valid_from,precision,valid_to,note", "valid_from,precision,until,note", 1, "valid_to"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2026,CH,decided,30.12.2024", 35, "30.12.2024"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2026,ZZ,decided,2024-12-30", 35, "'ZZ'"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2026,CH,sure,2024-12-30", 35, "'sure'"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2026,,decided,2024-12-30", 35, "does not fit"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2026,CH,undetermined,2024-12-30", 35, "does not fit"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "next,CH,decided,2024-12-30", 35, "'next'"),
    ("chairmanships.csv", "2026,CH,decided,2024-12-30", "2025,CH,decided,2024-12-30", 35, "twice"),
    ("chairmanships.csv", "year,state,status,decided_on,source", "year,state,status,decided,source", 1, "decided_on"),
    ("groups.toml", "since = 1994-01-01", "since = 1994-13-01", 8, ""),
    ("groups.toml", "since = 1994-01-01", 'since = "soon"', 3, "'soon'"),
    ("groups.toml", 'rule = "incoming"', 'rule = "whoever"', 3, "'whoever'"),
    ("groups.toml", 'key = "asian"', 'key = "mediterranean"', 11, "twice"),
    ("kinds.toml", "valid_to = 2007-12-31", 'valid_to = "the end of 2007"', 70, "the end of 2007"),
    ("kinds.toml", '"Asian Conference", group = "asian"', '"Asian Conference", group = "arctic"', 70, "'arctic'"),
    ("venues.toml", FIRST_ROOM, FIRST_ROOM.replace('"AT"', '"XX"'), 3, "'XX'"),
    ("venues.toml", FIRST_ROOM, FIRST_ROOM.replace("Europe/Vienna", "Europe/Wien"), 3, "Europe/Wien"),
    ("venues.toml", FIRST_ROOM, FIRST_ROOM.replace('state = "AT"\n', ""), 3, "state is missing"),
    ("venues.toml", 'key = "amman"', "key = amman", 39, ""),
]


@pytest.mark.parametrize(("file", "was", "becomes", "line", "why"), BROKEN)
def test_a_broken_file_is_named_with_its_line_and_the_reason(in_file, file, was, becomes, line, why):
    folder = in_file(file, was, becomes)
    with pytest.raises(DataFileError) as refused:
        read_partnership_facts(folder)
        read_event_facts(folder)
    assert (refused.value.file, refused.value.line) == (file, line)
    assert why in refused.value.why
    assert str(refused.value).startswith(f"{file}, line {line}: ")
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("file", ["states.csv", "memberships.csv", "groups.toml", "kinds.toml", "venues.toml"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_file_that_is_missing_empty_or_not_text_is_named(data_copy, file, content):
    (data_copy / file).unlink()
    if content is not None:
        (data_copy / file).write_bytes(content)
    with pytest.raises(DataFileError) as refused:
        read_partnership_facts(data_copy)
        read_event_facts(data_copy)
    assert refused.value.file == file


@pytest.mark.parametrize(
    ("was", "becomes"), [("[[priority]]\n", "[[prioritys]]\n"), ('group = "asian"', 'group = "arctic"')]
)
def test_what_a_group_cares_about_must_fit_the_group_and_the_topic(data_copy, was, becomes):
    text = (data_copy / "topics.toml").read_text(encoding="utf-8")
    (data_copy / "topics.toml").write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"topics\.toml"):
        read_event_facts(data_copy)


def test_a_comment_behind_the_head_of_an_entry_does_no_harm(in_file):
    folder = in_file("groups.toml", '[[group]]\nkey = "asian"', '[[group]]  # since 2003\nkey = "asian"')
    assert [group.key for group in read_partnership_facts(folder).groups] == ["mediterranean", "asian"]


def test_the_23_fields_of_work_and_what_each_group_cares_about_are_there():
    facts = read_event_facts()
    assert len(facts.topics) == 23
    count = {key: sum(p.group_key == key for p in facts.priorities) for key in ("mediterranean", "asian")}
    assert count == {"mediterranean": 6, "asian": 7}
    assert {kind.key for kind in facts.kinds} >= {"contact-group-meeting", "joint-meeting", "conference", "placement"}
    assert len(facts.kinds) == 22


def test_every_membership_begins_where_a_state_is_known():
    facts = read_partnership_facts()
    assert {m.state_code for m in facts.memberships} == {state.code for state in facts.states}
    assert min(m.valid_from for m in facts.memberships) == date(1973, 6, 25)
