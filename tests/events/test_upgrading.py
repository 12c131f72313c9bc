"""What an upgrade changes of events: new clocks, new words of the data files, and else nothing."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from events_app.dates import wall_time
from events_app.events.actions.upgrading import derive_all_instants, note_new_words, words_of_facts
from events_app.events.models import Kind, KindName, Venue
from events_app.events.queries import changes_of


@pytest.fixture
def new_law(monkeypatch):
    """From now on Morocco has the time of Lagos all year, as a tz database of tomorrow might say."""

    def zone(name):
        return ZoneInfo("Africa/Lagos" if name == "Africa/Casablanca" else name)

    return lambda: monkeypatch.setattr(wall_time, "zone", zone)


def test_a_new_tz_database_moves_the_instants_of_its_zones_and_no_others(session, make_event, clock, new_law):
    ramadan = make_event(starts_on=date(2027, 2, 20), time_zone="Africa/Casablanca")
    others = [make_event(), make_event(starts_on=date(2026, 6, 1), time_zone="Africa/Casablanca")]
    before = {event.id: (event.starts_at, event.sequence, event.modified_at) for event in (ramadan, *others)}
    assert derive_all_instants(session, clock.advance(timedelta(days=1))) == []
    new_law()
    assert derive_all_instants(session, clock.now()) == [ramadan]
    session.commit()
    was, sequence, _ = before[ramadan.id]
    assert ramadan.starts_at == was - timedelta(hours=1)
    assert ramadan.local_start_text() == "2027-02-20T10:00"
    assert (ramadan.sequence, ramadan.modified_at, ramadan.scheduled_at) == (sequence + 1, clock.now(), clock.now())
    assert changes_of(session, ramadan.id)[0].verb == "new-clocks"
    assert {e.id: (e.starts_at, e.sequence, e.modified_at) for e in others} == {e.id: before[e.id] for e in others}
    assert derive_all_instants(session, clock.now()) == []


def test_a_time_that_the_new_clocks_skip_stays_where_it_was(session, make_event, clock, monkeypatch):
    event = make_event(starts_on=date(2027, 3, 28), start_time=time(2, 30), time_zone="Asia/Tokyo")
    was = event.starts_at
    monkeypatch.setattr(wall_time, "zone", lambda name: ZoneInfo("Europe/Vienna"))
    assert derive_all_instants(session, clock.now()) == []
    assert event.starts_at == was


def change_kind(session):
    for name in session.scalars(select(KindName).where(KindName.kind_key == "workshop")):
        name.name = "Working session"


def change_transparency(session):
    session.get_one(Kind, "workshop").is_transparent = True


def change_venue(session):
    session.get_one(Venue, "amman").city = "Amman City"


@pytest.mark.parametrize(
    ("change", "expected"),
    [(change_kind, {"workshop"}), (change_transparency, {"workshop"}), (change_venue, {"amman"})],
)
def test_events_whose_kind_or_venue_is_called_otherwise_count_as_modified(session, make_event, clock, change, expected):
    events = SimpleNamespace(
        meeting=make_event(), workshop=make_event(kind_key="workshop"), amman=make_event(venue_key="amman")
    )
    sequences = {name: event.sequence for name, event in vars(events).items()}
    before = words_of_facts(session)
    at = clock.advance(timedelta(days=1))
    assert note_new_words(session, before, at) == []
    change(session)
    session.flush()
    touched = note_new_words(session, before, at)
    assert {name for name, event in vars(events).items() if event in touched} == expected
    assert all(event.modified_at == at for event in touched)
    assert {name: event.sequence for name, event in vars(events).items()} == sequences
