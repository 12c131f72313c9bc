"""The holiday lens: who has a reason not to meet on a day. Pure, but for the reading of a year at the end."""

from datetime import date

import pytest
from sqlalchemy import event as sqlalchemy_event

from events_app.dates.holiday_table import Holiday, table_of
from events_app.partnership.queries import partnership
from events_app.planning.lens import (
    CHAIR,
    COUNCIL,
    ESTIMATED_BESIDE,
    FORUM,
    HOLIDAY,
    HOST,
    MINISTERIAL_WEEK,
    PARTICIPATING,
    PARTNER,
    RAMADAN,
    RECESS,
    SEAT,
    WEEKEND,
    Concerned,
    LensFacts,
    look,
)
from events_app.planning.queries.lens import Asked, concerned_on, lens_between

TUESDAY = date(2027, 3, 2)
CONCERNED = Concerned(
    {SEAT: ("AT",), HOST: ("JO",), CHAIR: ("FI",), PARTNER: ("EG", "JO", "MA"), PARTICIPATING: ("DE", "FI")}
)


def looked(day, *holidays, concerned=CONCERNED, **facts):
    return look([day], lambda _: concerned, LensFacts(table_of(holidays), **facts))[0]


def sorts(lens):
    return [entry.what for entry in lens.entries]


def test_nothing_stands_on_an_ordinary_tuesday():
    assert sorts(looked(TUESDAY)) == []


def test_states_with_one_holiday_stand_together_by_their_part():
    lens = looked(TUESDAY, *(Holiday(TUESDAY, code, "Eid al-Adha") for code in ("MA", "JO", "DE", "TR")))
    [entry] = lens.of(HOLIDAY)
    assert entry.who == {HOST: ("JO",), PARTNER: ("MA",), PARTICIPATING: ("DE",)}
    assert lens.is_heavy


def test_a_state_with_two_parts_counts_for_the_closer_one():
    [entry] = looked(TUESDAY, Holiday(TUESDAY, "FI", "Day")).entries
    assert entry.who == {CHAIR: ("FI",)}


def test_a_holiday_of_participating_states_alone_does_not_weigh():
    lens = looked(TUESDAY, Holiday(TUESDAY, "DE", "Day"))
    assert (sorts(lens), lens.is_heavy) == ([HOLIDAY], False)


@pytest.mark.parametrize("day", [1, 3])
def test_an_estimated_feast_a_day_away_is_told_and_a_certain_one_is_not(day):
    feast = date(2027, 3, day)
    assert ESTIMATED_BESIDE in sorts(looked(TUESDAY, Holiday(feast, "MA", "Eid", is_estimated=True)))
    assert ESTIMATED_BESIDE not in sorts(looked(TUESDAY, Holiday(feast, "MA", "Eid")))


def test_on_a_holiday_itself_the_estimated_next_day_is_no_further_reason():
    days = [Holiday(date(2027, 3, day), "MA", "Eid", is_estimated=True) for day in (2, 3)]
    assert sorts(looked(TUESDAY, *days)) == [HOLIDAY]


def test_friday_is_weekend_in_some_states_and_sunday_in_others():
    assert looked(date(2027, 3, 5)).of(WEEKEND)[0].codes() == ("JO", "EG")
    assert looked(date(2027, 3, 7)).of(WEEKEND)[0].codes() == ("AT", "FI", "MA", "DE")


def test_ramadan_lasts_thirty_days_from_its_first_day_in_afghanistan():
    first = Holiday(date(2027, 2, 8), "AF", "First Day of Ramadan", is_estimated=True)
    found = {day: sorts(looked(date(2027, *day), first)) for day in ((2, 7), (2, 8), (3, 9), (3, 10))}
    assert [RAMADAN in what for what in found.values()] == [False, True, True, False]
    [entry] = looked(date(2027, 2, 9), first).of(RAMADAN)
    assert (entry.codes(), entry.is_estimated) == (("JO", "EG", "MA"), True)


def test_ramadan_concerns_nobody_in_the_asian_group_but_afghanistan():
    first = Holiday(date(2027, 2, 8), "AF", "First Day of Ramadan")
    asian = Concerned({PARTNER: ("AU", "JP", "KR", "TH")})
    assert looked(date(2027, 2, 9), first, concerned=asian).of(RAMADAN) == []


def test_the_council_meets_on_thursdays_and_the_forum_on_wednesdays_outside_the_recess():
    assert sorts(looked(date(2027, 3, 4))) == [COUNCIL]
    assert sorts(looked(date(2027, 3, 3))) == [FORUM]
    assert sorts(looked(date(2027, 8, 5))) == [RECESS]


def test_a_council_of_the_calendar_stands_on_its_own_day():
    assert sorts(looked(TUESDAY, sittings={COUNCIL: frozenset([TUESDAY])})) == [COUNCIL]


def test_the_week_of_the_ministerial_council_follows_its_real_dates_where_they_are_known():
    assert sorts(looked(date(2027, 12, 2))) == [MINISTERIAL_WEEK]
    real = {2027: (date(2027, 11, 25), date(2027, 11, 26))}
    assert sorts(looked(date(2027, 11, 23), ministerials=real)) == [MINISTERIAL_WEEK]
    assert sorts(looked(date(2027, 11, 30), ministerials=real)) == []


def test_a_date_concerns_the_chairs_and_partners_of_its_groups_on_that_day(session):
    facts = partnership(session)
    found = concerned_on(date(2026, 6, 2), Asked(("asian",), ("JP",)), facts).codes
    assert (found[SEAT], found[HOST], found[CHAIR]) == (("AT",), ("JP",), ("FI",))
    assert found[PARTNER] == ("AF", "AU", "JP", "KR", "TH")
    before = concerned_on(date(1990, 6, 2), Asked(("asian",)), facts).codes
    assert before[CHAIR] == ()


def test_the_calendar_tells_of_public_meetings_alone(session, make_event):
    council = {"kind_key": "permanent-council", "group_keys": ()}
    make_event(**council, starts_on=date(2027, 3, 2))
    make_event("draft", **council, starts_on=date(2027, 3, 9))
    make_event(**council, starts_on=date(2027, 3, 16), visibility="secretariat")
    found = lens_between(session, date(2027, 3, 1), date(2027, 3, 31), Asked(), partnership(session))
    assert {lens.day.day for lens in found if lens.of(COUNCIL) and lens.day.weekday() == 1} == {2}


def test_a_year_takes_no_more_queries_than_a_day(session, engine, make_event):
    make_event(
        kind_key="ministerial-council", group_keys=(), starts_on=date(2027, 12, 2), start_time=None, end_time=None
    )
    facts, said = partnership(session), []
    sqlalchemy_event.listen(engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    counts = []
    for last in (date(2027, 1, 1), date(2027, 12, 31)):
        said.clear()
        lens_between(session, date(2027, 1, 1), last, Asked(("asian", "mediterranean")), facts)
        counts.append(len(said))
    assert counts[0] == counts[1] <= 6
