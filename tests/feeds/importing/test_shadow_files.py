"""From files to shadows: calendars and tables of other bodies, whole or not at all, and the same each time."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from events_app.feeds.importing import Wishes, import_shadows, read_file, source_of
from events_app.feeds.importing.names import names_in
from events_app.planning.models import Shadow


@pytest.fixture
def keep(session, clock):
    """Keep a file as the calendar of another body and return its report."""

    def keep_file(content, is_partial=False, **wishes):
        raw, wanted = content.encode() if isinstance(content, str) else content, Wishes(**wishes)
        source = source_of(read_file("eu.csv", raw, wanted, clock.now()), names_in(session), wanted)
        report = import_shadows(session, "EU", "eu.csv", source, clock.now(), is_partial=is_partial)
        session.commit()
        return report

    return keep_file


@pytest.fixture
def shadows(session):
    def kept():
        session.expire_all()
        return list(session.scalars(select(Shadow).order_by(Shadow.starts_on, Shadow.id)))

    return kept


def test_a_calendar_is_kept_with_instants_days_and_places(keep, shadows, ics):
    whole = ics.event("b@eu", "DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270312", DTSTART="", DTEND="")
    assert keep(ics.file(ics.event(LOCATION="Brussels"), whole)).created == 2
    talk, days = shadows()
    assert (talk.starts_at, talk.is_all_day) == (datetime(2027, 3, 2, 9, tzinfo=UTC), False)
    assert (talk.title, talk.location) == ("Talk", "Brussels")
    assert (days.starts_on, days.ends_on, days.is_all_day) == (date(2027, 3, 10), date(2027, 3, 11), True)


def test_a_table_is_kept_too_and_rows_without_a_uid_stay_the_same(keep, shadows):
    table = "Subject,Start Date,Start Time,End Time\nLunch,2027-03-02,12:00,13:00\nLunch,2027-03-02,14:00,15:00\n"
    assert keep(table, time_zone="Europe/Brussels").created == 2
    before = [(shadow.id, shadow.uid, shadow.starts_at) for shadow in shadows()]
    assert keep(table, time_zone="Europe/Brussels").unchanged == 2
    assert [(shadow.id, shadow.uid, shadow.starts_at) for shadow in shadows()] == before
    assert before[0][2] == datetime(2027, 3, 2, 11, tzinfo=UTC)


@pytest.mark.parametrize("column", ["title", "summary", "subject", "theme"])
def test_the_title_of_a_row_has_many_names(keep, shadows, column):
    assert keep(f"{column},start,end\nCouncil,16.03.2027,17.03.2027\n").created == 1
    assert [(shadow.title, shadow.ends_on) for shadow in shadows()] == [("Council", date(2027, 3, 17))]


@pytest.mark.parametrize("table", ["name,start\nCouncil,2027-03-02\n", "title,start\n,2027-03-02\n"])
def test_a_date_is_never_taken_for_a_title(keep, shadows, table):
    assert [rejection.reason for rejection in keep(table).rejections] == ["no-title"]
    assert shadows() == []


def test_what_is_cancelled_or_long_ago_is_no_shadow(keep, shadows, ics):
    old = ics.event("o@eu", DTSTART="20100302T090000Z", DTEND="20100302T100000Z", RRULE="FREQ=WEEKLY;COUNT=3")
    report = keep(ics.file(ics.event(), ics.event("c@eu", STATUS="CANCELLED"), old))
    assert (report.created, report.rejections) == (1, ())
    assert [shadow.uid for shadow in shadows()] == ["one@elsewhere.example"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,2027-03-02,2027-03-01,,,", "end-before-start"),
        ("A,2027-03-02,,11:00,10:00,Europe/Vienna", "end-before-start"),
        ("A,1066-10-14,,,,", "outside-years"),
        ("A,1066-10-14,,10:00,11:00,Europe/Vienna", "outside-years"),
        ("A,2027-03-28,,02:30,03:30,Europe/Vienna", "skipped-hour"),
        ("A,2027-03-02,,10:00,11:00,", "zone-needed"),
    ],
)
def test_one_row_that_cannot_be_keeps_everything_as_it_was(keep, shadows, row, reason):
    header = "theme,start,end,start_time,end_time,time_zone"
    keep(f"{header}\nB,2027-03-09,,,,\n")
    report = keep(f"{header}\n{row}\nC,2027-03-10,,,,\n")
    assert (report.is_refused, [rejection.reason for rejection in report.rejections]) == (True, [reason])
    assert [shadow.title for shadow in shadows()] == ["B"]
    assert keep(f"{header}\n{row}\nC,2027-03-10,,,,\n", is_partial=True).created == 1
    assert [shadow.title for shadow in shadows()] == ["C"]
