"""Importing tables: the columns of the archive and a few more, as people's programs write them."""

from datetime import date, time
from pathlib import Path

import pytest

import events_app
from events_app.events.models import EventChange
from events_app.words.catalogue import translate
from events_app.words.languages import LANGUAGES

ARCHIVE = (Path(events_app.__file__).parent / "data" / "archive.csv").read_bytes()
MEETING = "kind,group,start,start_time,end_time,time_zone,theme,status,visibility,uid"


def test_the_archive_is_imported_once_and_then_changes_nothing(take, stored):
    assert take(ARCHIVE) == {"created": 59}
    assert take(ARCHIVE) == {"unchanged": 59}
    assert {event.status for event in stored()} == {"draft"}
    bangkok = next(event for event in stored() if event.theme == "From poverty to pandemics")
    assert (bangkok.kind_key, bangkok.group_keys, bangkok.host_codes) == ("conference", ("asian",), ("TH",))
    assert (bangkok.starts_on, bangkok.ends_on) == (date(2006, 4, 25), date(2006, 4, 26))
    assert (bangkok.time_zone, bangkok.visibility, bangkok.venue.city) == ("Asia/Bangkok", "public", "Bangkok")


def test_a_row_with_times_becomes_what_it_says(take, stored, session):
    row = "contact-group-meeting,mediterranean,2027-03-02,10:00,13:00,Europe/Vienna,Water,confirmed,partners,a@b"
    assert take(f"{MEETING}\n{row}\n") == {"created": 1}
    (event,) = stored()
    assert (event.start_time, event.end_time, event.time_zone) == (time(10), time(13), "Europe/Vienna")
    assert (event.status, event.visibility, event.uid, event.theme) == ("confirmed", "partners", "a@b", "Water")
    assert [change.verb for change in session.query(EventChange).order_by(EventChange.id)] == ["create", "confirm"]


def test_what_a_row_does_not_say_stays_as_it_is(take, stored, make_event):
    event = make_event(theme="Water", description="Long.", joining_link="https://meet.example/", host_code="MT")
    event_uid, sequence = event.uid, event.sequence
    assert take(f"uid,start,theme\n{event_uid},2027-03-02,Borders\n") == {"updated": 1}
    (event,) = stored()
    assert (event.theme, event.description, event.host_codes) == ("Borders", "Long.", ("MT",))
    assert (event.start_time, event.place, event.status) == (time(10), "Hofburg, Neuer Saal", "confirmed")
    assert (event.joining_link, event.sequence) == ("https://meet.example/", sequence)


def test_a_moved_event_rises_in_sequence_and_is_written_into_its_history(take, stored, make_event):
    event = make_event()
    sequence = event.sequence
    assert take(f"uid,start\n{event.uid},2027-03-09\n") == {"updated": 1}
    (event,) = stored()
    assert (event.starts_on, event.start_time, event.sequence) == (date(2027, 3, 9), time(10), sequence + 1)
    assert event.changes[0].fields["starts_on"] == ["2027-03-02", "2027-03-09"]


def test_an_event_of_several_days_keeps_its_length_where_a_row_names_no_end(take, stored, make_event):
    whole = {"kind_key": "conference", "start_time": None, "end_time": None}
    event = make_event(**whole, ends_on=date(2027, 3, 4))
    assert take(f"uid,start,end\n{event.uid},2027-03-02,\n") == {"unchanged": 1}
    assert take(f"uid,start\n{event.uid},2027-03-09\n") == {"updated": 1}
    assert (stored()[0].starts_on, stored()[0].ends_on) == (date(2027, 3, 9), date(2027, 3, 11))


def test_a_row_of_whole_days_takes_the_times_away(take, stored, make_event):
    event = make_event()
    assert take(f"uid,start,all day event\n{event.uid},2027-03-02,true\n") == {"updated": 1}
    assert (stored()[0].start_time, stored()[0].end_time) == (None, None)


def test_the_country_of_whole_days_does_not_move_the_times_of_an_event(take, stored, make_event):
    event = make_event()
    assert take(f"uid,start,country\n{event.uid},2027-03-02,JP\n") == {"unchanged": 1}
    assert stored()[0].time_zone == "Europe/Vienna"


def test_without_a_uid_kind_group_and_date_say_which_event_is_meant(take, stored, make_event):
    make_event(theme="Water")
    make_event(theme="Asia", group_keys=("asian",))
    assert take("kind,group,start,theme\ncontact-group-meeting,asian,2027-03-02,Rivers\n") == {"updated": 1}
    assert [event.theme for event in stored()] == ["Water", "Rivers"]


def test_two_events_of_one_day_are_told_apart_by_their_theme_in_any_order(take, stored):
    rows = ["workshop,asian,2027-03-02,Ports", "workshop,asian,2027-03-02,Rails"]
    header = "kind,group,start,theme"
    assert take("\n".join([header, *rows])) == {"created": 2}
    assert take("\n".join([header, *reversed(rows)])) == {"unchanged": 2}
    assert [event.theme for event in stored()] == ["Ports", "Rails"]


def test_a_row_that_fits_several_events_is_rejected(take, stored):
    header = "kind,group,start,theme"
    take(f"{header}\nworkshop,asian,2027-03-02,Ports\nworkshop,asian,2027-03-02,Rails")
    assert take(f"{header}\nworkshop,asian,2027-03-02,Roads") == {"rejected": ["ambiguous"]}
    assert [event.theme for event in stored()] == ["Ports", "Rails"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace(",", ";"),
        lambda text: text.replace(",", "\t"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text + "\n,,,\n\n",
        lambda text: text.replace("kind,", "Kind ,").replace(",start,", ',"START",'),
    ],
)
def test_tables_are_read_as_programs_write_them(take, stored, change):
    assert take(change("kind,group,start,theme\nworkshop,asian,2027-03-02,Élan\n")) == {"created": 1}
    assert (stored()[0].theme, stored()[0].group_keys) == ("Élan", ("asian",))


def test_the_western_code_page_is_read(take, stored):
    assert take("kind,start,theme\nworkshop,2027-03-02,Brücken – “Élan”\n".encode("cp1252")) == {"created": 1}
    assert stored()[0].theme == "Brücken – “Élan”"


def test_quoted_line_breaks_and_separators_belong_to_the_cell(take, stored):
    assert take('kind,start,theme\nworkshop,2027-03-02,"Ports, rails\nand ""roads"""\n') == {"created": 1}
    assert stored()[0].theme == 'Ports, rails and "roads"'


@pytest.mark.parametrize("sign", ["=cmd|'/C calc'!A0", "+1", "-1", "@x"])
def test_a_cell_that_looks_like_a_formula_is_text(take, stored, sign):
    assert take(f"kind,start,theme\nworkshop,2027-03-02,{sign}\n") == {"created": 1}
    assert take(f"kind,start,theme\nworkshop,2027-03-02,'{sign}\n") == {"unchanged": 1}
    assert stored()[0].theme == sign


@pytest.mark.parametrize(
    "day", ["03/04/2027", "16/03/2027", "2027-3-4", "3.4.27", "20270304", "2027-W09-2", "04-Mar-27"]
)
def test_a_date_that_can_be_read_in_two_ways_is_never_guessed(take, stored, day):
    assert take(f"kind,start\nworkshop,{day}\n") == {"rejected": ["date-form"]}
    assert stored() == []


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"start": ""}, "no-date"),
        ({"start": "2027-02-30"}, "no-such-day"),
        ({"start": "30.02.2027"}, "no-such-day"),
        ({"start": "3.16.2027"}, "no-such-day"),
        ({"host": "JP;TH"}, "one-host"),
        ({"start": "0001-01-01"}, "out-of-range"),
        ({"start": "9999-12-31"}, "out-of-range"),
        ({"end": "2026-01-01"}, "end-before-start"),
        ({"end": "2030-01-01"}, "too-far"),
        ({"start_time": "10:00"}, "times-together"),
        ({"start_time": "25:00", "end_time": "26:00"}, "time-form"),
        ({"start_time": "ten", "end_time": "11:00"}, "time-form"),
        ({"start_time": "10:00", "end_time": "11:00"}, "zone-needed"),
        ({"start_time": "11:00", "end_time": "10:00", "time_zone": "Europe/Vienna"}, "end-before-start"),
        ({"start_time": "10:00", "end_time": "11:00", "time_zone": "Mars/Phobos"}, "unknown-zone"),
        ({"time_zone": "../../etc/passwd"}, "unknown-zone"),
        (
            {"start": "2027-03-28", "start_time": "02:30", "end_time": "04:00", "time_zone": "Europe/Vienna"},
            "skipped-hour",
        ),
        (
            {"start": "2027-10-31", "start_time": "02:30", "end_time": "04:00", "time_zone": "Europe/Vienna"},
            "repeated-hour",
        ),
        ({"kind": "feast"}, "unknown-word"),
        ({"kind": ""}, "no-kind"),
        ({"group": "nordic"}, "unknown-word"),
        ({"kind": "contact-group-meeting"}, "needs-one"),
        ({"kind": "joint-meeting", "group": "asian"}, "needs-both"),
        ({"kind": "joint-meeting", "start": "1999-01-01"}, "not-founded"),
        ({"status": "perhaps"}, "unknown-word"),
        ({"status": "cancelled"}, "cancelled-unknown"),
        ({"visibility": "secret"}, "unknown-word"),
        ({"online": "maybe"}, "unknown-word"),
        ({"host": "XX"}, "unknown-state"),
        ({"country": "XX"}, "unknown-state"),
        ({"host": "JP", "co_host": "JP"}, "is-host"),
        ({"theme": "x" * 301}, "too-long"),
        ({"city": "x" * 201}, "too-long"),
        ({"uid": "x" * 256}, "too-long"),
        ({"group": "asian,too,many"}, "too-many-cells"),
    ],
)
def test_what_cannot_be_is_rejected_with_its_reason(take, stored, cells, reason):
    row = {"kind": "workshop", "start": "2027-03-02", "theme": "Ports", **cells}
    assert take(f"{','.join(row)}\n{','.join(row.values())}\n") == {"rejected": [reason]}
    assert stored() == []


def test_a_wish_names_the_zone_of_times_without_one(take, stored):
    rows = "kind,start,start_time,end_time\nworkshop,2027-03-02,10:00,11:00\n"
    assert take(rows, time_zone="Asia/Tokyo") == {"created": 1}
    assert stored()[0].time_zone == "Asia/Tokyo"


def test_a_joint_meeting_belongs_to_both_groups_without_saying_so(take, stored):
    assert take("kind,group,start\njoint-meeting,,2027-03-02\n") == {"created": 1}
    assert take("kind,group,start\njoint-meeting,joint,2027-03-02\n") == {"unchanged": 1}
    assert stored()[0].group_keys == ("mediterranean", "asian")


@pytest.mark.parametrize("language", LANGUAGES)
def test_kinds_and_groups_may_be_named_in_any_of_the_seven_languages(take, stored, language):
    kind, group = (translate(language, word) for word in ("Contact Group meeting", "Asian Contact Group"))
    assert take(f"kind,group,start\n{kind},{group},2027-03-02\n") == {"created": 1}
    assert [(event.kind_key, event.group_keys) for event in stored()] == [("contact-group-meeting", ("asian",))]


def test_a_table_of_outlook_becomes_drafts_for_the_secretariat(take, stored):
    header = '"Subject","Start Date","Start Time","End Date","End Time","All day event","Location","Private"'
    rows = [
        '"Lunch","2027-03-02","12:30:00 PM","2027-03-02","1:30:00 PM","False","Vienna","False"',
        '"Retreat","2027-03-03","12:00:00 AM","2027-03-05","12:00:00 AM","True","","False"',
    ]
    plan = take("\r\n".join([header, *rows]), time_zone="Europe/Vienna")
    assert plan == {"created": 2}
    lunch, retreat = stored()
    assert (lunch.kind_key, lunch.status, lunch.visibility) == ("liaison", "draft", "secretariat")
    assert (lunch.start_time, lunch.end_time, retreat.start_time) == (time(12, 30), time(13, 30), None)
    assert (retreat.starts_on, retreat.ends_on) == (date(2027, 3, 3), date(2027, 3, 4))


@pytest.mark.parametrize("day", ["16.03.2027", "16.3.2027", "16. 3. 2027", "2027-03-16"])
def test_with_dots_the_day_comes_first(take, stored, day):
    assert take(f"kind,start,end\nworkshop,{day},17.3.2027\n") == {"created": 1}
    assert (stored()[0].starts_on, stored()[0].ends_on) == (date(2027, 3, 16), date(2027, 3, 17))


@pytest.mark.parametrize("column", ["title", "summary", "subject", "Theme"])
def test_the_theme_has_many_names(take, stored, column):
    assert take(f"kind,start,{column}\nworkshop,2027-03-02,Ports\n") == {"created": 1}
    assert stored()[0].theme == "Ports"


def test_of_several_columns_for_the_theme_the_first_counts_and_the_others_are_passed_over(plan_of):
    plan = plan_of("summary,title,theme,kind,start\nS,T,Ports,workshop,2027-03-02\n")
    assert plan.changes[0].details.theme == "Ports"
    assert plan.ignored == ("summary", "title")


def test_everything_that_is_wrong_with_a_row_is_said_at_once(plan_of):
    header, row = "kind,group,start,start_time,visibility,host,status", "feast,nordic,1/2/3,25:00,secret,XX,perhaps"
    (rejection,) = plan_of(f"{header}\n{row}\n").rejections
    assert (rejection.reason, rejection.when) == ("unknown-word", "1/2/3")
    reasons = ["unknown-word", "date-form", "time-form", "unknown-word", "unknown-state", "unknown-word"]
    assert [reason for reason, _ in rejection.others] == reasons


def test_everything_that_the_calendar_finds_wrong_is_said_at_once(plan_of):
    (rejection,) = plan_of(f"kind,start,theme\ncontact-group-meeting,2027-03-02,{'x' * 301}\n").rejections
    assert [rejection.reason, *(reason for reason, _ in rejection.others)] == ["too-long", "needs-one"]
    assert rejection.when == date(2027, 3, 2)


def test_a_kind_that_is_wished_for_and_belongs_to_both_groups_has_both(plan_of, ics):
    (change,) = plan_of(ics.file(ics.event()), kind_key="joint-meeting").changes
    assert change.details.group_keys == ("mediterranean", "asian")


def test_columns_that_mean_nothing_are_named(plan_of):
    assert plan_of("kind,start,remarks,\nworkshop,2027-03-02,x,\n").ignored == ("remarks",)


@pytest.mark.parametrize(
    ("before", "named", "after", "answer"),
    [
        ("draft", "proposed", "proposed", {"updated": 1}),
        ("draft", "confirmed", "confirmed", {"updated": 1}),
        ("proposed", "confirmed", "confirmed", {"updated": 1}),
        ("confirmed", "postponed", "postponed", {"updated": 1}),
        ("confirmed", "confirmed", "confirmed", {"unchanged": 1}),
        ("confirmed", "proposed", "confirmed", {"unchanged": 1}),
        ("cancelled", "cancelled", "cancelled", {"unchanged": 1}),
        ("cancelled", "confirmed", "cancelled", {"rejected": ["status"]}),
        ("confirmed", "cancelled", "confirmed", {"rejected": ["cancelled"]}),
    ],
)
def test_a_status_only_goes_forward_and_nothing_is_cancelled_without_a_reason(
    take, stored, make_event, before, named, after, answer
):
    event = make_event(before)
    assert take(f"uid,start,status\n{event.uid},2027-03-02,{named}\n") == answer
    assert stored()[0].status == after


def test_one_uid_twice_is_rejected_the_second_time(take, stored):
    rows = "uid,kind,start\na@b,workshop,2027-03-02\na@b,workshop,2027-03-03\n"
    assert take(rows) == {"created": 1, "rejected": ["uid-twice"]}
    assert stored() == []
