"""Who may import what: the rights of the pages hold, and nobody learns of what they may not see."""

from datetime import date

import pytest

from events_app.events.actions.life import take_step
from events_app.events.rules.life import CONFIRM

ASIAN = {"group_keys": ("asian",), "starts_on": date(2026, 12, 10)}  # chaired by Finland


def row(**cells):
    return f"{','.join(cells)}\n{','.join(cells.values())}\n"


def test_a_contact_point_drafts_for_the_own_delegation(take, stored, reader):
    haruto = reader("haruto", "JP")
    table = row(kind="workshop", group="asian", start="2027-03-02", theme="Ports")
    assert take(table, by=haruto) == {"created": 1}
    (event,) = stored()
    assert (event.status, event.drafted_for_code, event.drafted_by_id) == ("draft", "JP", haruto.person_id)
    assert take(table, by=haruto) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"group": "mediterranean"}, "group-not-yours"),
        ({"kind": "permanent-council", "group": ""}, "kind-of-the-section"),
        ({"visibility": "secretariat"}, "visibility"),
        ({"status": "confirmed"}, "may-not-confirm"),
        ({"kind": "side-event"}, "needs-parent"),
    ],
)
def test_what_a_contact_point_may_not_do_on_pages_no_file_does(take, stored, reader, cells, reason):
    table = row(**{"kind": "workshop", "group": "asian", "start": "2027-03-02", "theme": "Ports", **cells})
    assert take(table, by=reader("haruto", "JP")) == {"rejected": [reason]}
    assert stored() == []


def test_the_chair_confirms_what_a_file_calls_confirmed(take, stored, reader):
    table = row(kind="contact-group-meeting", group="asian", start="2026-12-10", status="confirmed")
    assert take(table, by=reader("haruto", "JP")) == {"rejected": ["may-not-confirm"]}
    assert take(table, by=reader("aino", "FI")) == {"created": 1}
    assert stored()[0].status == "confirmed"


@pytest.mark.parametrize("hidden", [{"visibility": "secretariat"}, {"visibility": "public"}])
def test_an_event_that_the_importer_may_not_change_stays_and_tells_nothing(take, stored, reader, make_event, hidden):
    event = make_event("draft", **ASIAN, **hidden, theme="Water")
    seen = make_event(**ASIAN, theme="Seen")
    answers = [
        take(row(uid=uid, start="2026-12-11", theme="Mine"), by=reader(f"haruto{n}", "JP"))
        for n, uid in enumerate((event.uid, seen.uid))
    ]
    assert answers == [{"rejected": ["not-yours"]}] * 2
    assert [(e.theme, e.starts_on) for e in stored()] == [("Water", date(2026, 12, 10)), ("Seen", date(2026, 12, 10))]


def test_an_event_out_of_sight_is_not_found_by_its_date(take, stored, reader, make_event):
    make_event("draft", **ASIAN, theme="Water", visibility="secretariat")
    table = row(kind="contact-group-meeting", group="asian", start="2026-12-10", theme="Mine")
    assert take(table, by=reader("haruto", "JP")) == {"created": 1}
    assert [event.theme for event in stored()] == ["Water", "Mine"]


def test_a_visible_event_of_others_is_not_changed_by_its_date(take, stored, reader, make_event):
    make_event(**ASIAN, theme="Water")
    table = row(kind="contact-group-meeting", group="asian", start="2026-12-10", theme="Mine")
    assert take(table, by=reader("haruto", "JP")) == {"rejected": ["not-yours"]}
    assert [event.theme for event in stored()] == ["Water"]


def test_only_a_secretary_moves_an_event_over_the_new_year(take, stored, reader, make_event):
    event = make_event(**ASIAN)
    table = row(uid=event.uid, start="2027-01-12")
    assert take(table, by=reader("aino", "FI")) == {"rejected": ["needs-secretary"]}
    assert take(table) == {"updated": 1}
    assert stored()[0].starts_on == date(2027, 1, 12)


def test_kind_and_group_of_a_confirmed_event_stay_as_they_are_for_its_chair(take, stored, reader, make_event):
    event = make_event(**ASIAN)
    for cells in ({"kind": "workshop"}, {"group": "mediterranean"}):
        table = row(uid=event.uid, start="2026-12-10", **cells)
        assert take(table, by=reader(f"aino{len(cells)}{min(cells)}", "FI")) == {"rejected": ["kind-stays"]}
    assert (stored()[0].kind_key, stored()[0].group_keys) == ("contact-group-meeting", ("asian",))


def test_the_history_knows_who_imported(take, stored, reader, make_event, session, clock):
    aino, event = reader("aino", "FI"), make_event("draft", **ASIAN)
    take_step(session, event, CONFIRM, clock.now())
    session.commit()
    assert take(row(uid=event.uid, start="2026-12-10", theme="Rails"), by=aino) == {"updated": 1}
    latest = stored()[0].changes[0]
    assert (latest.verb, latest.person_id) == ("change", aino.person_id)


def test_a_foreign_calendar_of_a_contact_point_is_seen_by_no_more_than_must_be(take, stored, reader, ics):
    assert take(ics.file(ics.event()), by=reader("haruto", "JP")) == {"created": 1}
    (event,) = stored()
    assert (event.status, event.visibility, event.drafted_for_code) == ("draft", "group", "JP")
