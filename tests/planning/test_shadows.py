"""Shadows: what other bodies plan is kept beside our events, replaced by each file, and found by its days."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from events_app.planning.actions.shadows import ShadowEntry, keep_shadows, remove_shadows
from events_app.planning.errors import ShadowNameError
from events_app.planning.models import Shadow, ShadowCalendar
from events_app.planning.queries.shadows import shadow_calendar_named, shadow_calendars, shadows_between
from events_app.trail.models import TrailEntry


def entry(uid="a@eu", title="Council", day=date(2027, 3, 2), last=None, **times):
    zone = "Europe/Brussels"
    return ShadowEntry(uid, title, "Brussels", day, last or day, times.get("starts_at"), times.get("ends_at"), zone)


@pytest.fixture
def keep(session, clock):
    def keep_entries(*entries, name="EU Council"):
        counts = keep_shadows(session, name, "eu.ics", entries, clock.now())
        session.commit()
        return counts

    return keep_entries


def rows(session):
    session.expire_all()
    return [(s.id, s.uid, s.title, s.starts_on) for s in session.scalars(select(Shadow).order_by(Shadow.id))]


def test_a_second_file_of_the_same_name_replaces_the_first(session, keep):
    assert keep(entry("a@eu"), entry("b@eu")).created == 2
    before = rows(session)
    counts = keep(entry("b@eu", title="Summit"), entry("c@eu"))
    assert (counts.created, counts.updated, counts.unchanged, counts.removed) == (1, 1, 0, 1)
    assert [row[1:3] for row in rows(session)] == [("b@eu", "Summit"), ("c@eu", "Council")]
    assert rows(session)[0][0] == before[1][0]
    assert [calendar.name for calendar in shadow_calendars(session)] == ["EU Council"]


def test_the_same_file_again_leaves_every_row_as_it_is(session, keep):
    starts, ends = datetime(2027, 3, 2, 9, tzinfo=UTC), datetime(2027, 3, 2, 11, tzinfo=UTC)
    entries = [entry("a@eu"), entry("b@eu", starts_at=starts, ends_at=ends)]
    keep(*entries)
    before = rows(session)
    counts = keep(*entries)
    assert (counts.created, counts.updated, counts.unchanged, counts.removed) == (0, 0, 2, 0)
    assert rows(session) == before


def test_calendars_of_different_names_do_not_touch_each_other(session, keep):
    keep(entry("a@eu"))
    keep(entry("a@eu"), name="NATO")
    assert len(rows(session)) == 2


def test_shadows_are_found_by_the_days_they_touch(session, keep):
    keep(entry("a", day=date(2027, 3, 2), last=date(2027, 3, 4)), entry("b", day=date(2027, 3, 9)))
    found = {
        day: [shadow.uid for shadow in shadows_between(session, date(2027, 3, day), date(2027, 3, day))]
        for day in (1, 2, 4, 5, 9)
    }
    assert found == {1: [], 2: ["a"], 4: ["a"], 5: [], 9: ["b"]}
    assert [shadow.calendar.name for shadow in shadows_between(session, date(2027, 1, 1), date(2027, 12, 31))] == [
        "EU Council",
        "EU Council",
    ]


def test_a_removed_calendar_takes_its_shadows_along(session, keep, clock):
    keep(entry())
    remove_shadows(session, shadow_calendar_named(session, "EU Council"), clock.now())
    session.commit()
    assert rows(session) == []
    assert session.scalars(select(ShadowCalendar)).all() == []
    verbs = session.scalars(select(TrailEntry.verb).where(TrailEntry.thing == "shadow-calendar")).all()
    assert verbs == ["import", "remove"]


@pytest.mark.parametrize(("name", "reason"), [("", "empty"), (" \t\x00", "empty"), ("x" * 121, "too-long")])
def test_a_calendar_needs_a_name_that_fits(session, keep, name, reason):
    with pytest.raises(ShadowNameError) as refused:
        keep(entry(), name=name)
    assert refused.value.reason == reason
    assert rows(session) == []


def test_long_texts_of_other_bodies_are_cut(session, keep):
    keep(entry(title="x" * 1_000))
    assert len(rows(session)[0][2]) == 300
