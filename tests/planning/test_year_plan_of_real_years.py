"""Real years with real holidays: what the calendar holds of them, and that no date meets what it should not."""

from datetime import date, timedelta

import pytest

from events_app.dates.recess import usable_day
from events_app.events.models import PROPOSED
from events_app.planning.errors import PlanYearError
from events_app.planning.queries.plan_facts import plan_facts
from events_app.planning.year_plan import CONFERENCE, Wishes, plan_year


def closed_on(facts, event, day):
    """Return the States that are closed on a day of those that must not be."""
    codes = {"AT", *event.chairs, *facts.partnership.partners(event.groups, day)}
    return [code for code in sorted(codes) if facts.holidays.on(code, day)]


def test_no_proposed_date_from_2024_to_2030_meets_a_holiday_recess_or_council_day(session):
    for year in range(2024, 2031):
        facts = plan_facts(session, year)
        plan = plan_year(facts)
        assert (plan.cost, plan.is_proved, len(plan.events)) == (plan.bound, True, 15)
        for event in plan.events:
            days = [event.starts_on] if event.kind != CONFERENCE else [event.starts_on, event.starts_on + timedelta(1)]
            assert [(day, closed_on(facts, event, day)) for day in days] == [(day, []) for day in days]
            assert all(usable_day(day) for day in days)
            assert event.kind == CONFERENCE or event.starts_on.weekday() not in (2, 3)


def test_the_calendars_own_events_are_pinned_as_far_as_they_are_confirmed(session, make_event):
    council = date(2027, 11, 25), date(2027, 11, 26)
    make_event(starts_on=date(2027, 3, 3))
    make_event(starts_on=date(2027, 4, 6), status=PROPOSED)
    make_event(kind_key="ministerial-council", group_keys=(), starts_on=council[0], ends_on=council[1])
    facts = plan_facts(session, 2027)
    plan = plan_year(facts, Wishes(from_calendar=True))
    assert [event.starts_on for event in plan.events if event.is_pinned] == [date(2027, 3, 3)]
    assert facts.council == (council,)
    assert plan_facts(session, 2028).earlier == facts.dates
    bare = plan_year(facts)
    assert not any(event.is_pinned for event in bare.events)


@pytest.mark.parametrize("year", [1993, 2101])
def test_only_years_of_the_groups_can_be_planned(session, year):
    with pytest.raises(PlanYearError):
        plan_facts(session, year)
