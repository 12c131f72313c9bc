"""What comes into a reader's sight or goes out of it: personal feeds tell so, by date and by LAST-MODIFIED."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event, discard_draft
from events_app.events.rules.details import details_of
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.people.actions import end_post

MINUTE = timedelta(minutes=1)
EARLIER = date(2025, 3, 4)


@pytest.fixture
def fetch(session, client, clock, make_person):
    """Fetch the feed of a Japanese contact point, or of a secretary."""
    people = {"japanese": make_person("jun", "JP"), "secretary": make_person("clara", secretary=True)}
    links = {name: create_link(session, one.id, "Mine", FeedChoice(), clock.now())[1] for name, one in people.items()}
    session.commit()

    def get(name, **headers):
        session.commit()
        return client.get(f"/feeds/{links[name]}.ics", headers=headers)

    return people, get


@pytest.fixture
def edit(session, clock):
    def apply(event, **changes):
        change_event(session, event, replace(details_of(event), **changes), event.version, clock.advance(MINUTE))

    return apply


def lost_by_group(event, edit):
    edit(event, group_keys=("mediterranean",))


def lost_by_host(event, edit):
    edit(event, host_code=None)


def lost_by_override(event, edit):
    edit(event, chair_override_code=None)


def lost_by_window(event, edit):
    edit(event, starts_on=EARLIER, ends_on=EARLIER)


def lost_by_visibility(event, edit):
    edit(event, visibility="secretariat")


LOSSES = [
    ({"group_keys": ("asian",)}, lost_by_visibility),
    ({"group_keys": ("asian",)}, lost_by_group),
    ({"host_code": "JP"}, lost_by_host),
    ({"chair_override_code": "JP", "chair_override_reason": "agreed"}, lost_by_override),
    ({"group_keys": ("asian",)}, lost_by_window),
]


def seen_by_date(get, name, before):
    """Fetch a feed again as a caller who kept the date of the version before and no ETag."""
    return get(name, **{"If-Modified-Since": before.headers["Last-Modified"]})


def assert_told(before, after, event_uid):
    assert event_uid.encode() in before.data
    assert after.status_code == 200
    assert event_uid.encode() not in after.data


@pytest.mark.parametrize(("details", "lose"), LOSSES)
def test_an_event_that_goes_out_of_sight_is_taken_from_callers_who_go_by_the_date(
    make_event, fetch, edit, details, lose
):
    event = make_event(visibility="group", **details)
    _, get = fetch
    before = get("japanese")
    lose(event, edit)
    assert_told(before, seen_by_date(get, "japanese", before), event.uid)


def test_a_discarded_draft_is_taken_from_callers_who_go_by_the_date(session, make_event, fetch, clock):
    event = make_event("draft")
    uid, (_, get) = event.uid, fetch
    before = get("secretary")
    discard_draft(session, event, clock.advance(MINUTE))
    assert_told(before, seen_by_date(get, "secretary", before), uid)


def test_a_confirmed_proposal_is_taken_from_who_drafted_it_but_is_not_invited(session, make_event, fetch, clock):
    event = make_event("proposed", visibility="group", for_code="JP")
    _, get = fetch
    before = get("japanese")
    take_step(session, event, "confirm", clock.advance(MINUTE))
    assert_told(before, seen_by_date(get, "japanese", before), event.uid)


def test_who_has_no_post_any_more_is_told_on_the_same_day(session, make_event, fetch, clock):
    event = make_event(visibility="partners")
    people, get = fetch
    before = get("japanese")
    end_post(session, people["japanese"].posts[0], clock.advance(MINUTE))
    assert_told(before, seen_by_date(get, "japanese", before), event.uid)


def stamps_and_rest(response, uid):
    """Return the LAST-MODIFIED of a component and everything else of it."""
    text = response.text.replace("\r\n ", "").split(f"UID:{uid}\r\n")[1].split("END:VEVENT")[0]
    lines = text.split("\r\n")
    stamps = [line for line in lines if line.startswith("LAST-MODIFIED:")]
    return stamps, [line for line in lines if not line.startswith(("LAST-MODIFIED:", "DTSTAMP:"))]


def test_last_modified_moves_when_a_parent_comes_into_sight_by_its_chair(session, make_event, fetch, edit):
    parent = make_event(kind_key="conference", visibility="group")
    child = make_event(kind_key="side-event", group_keys=(), parent_id=parent.id)
    _, get = fetch
    before = stamps_and_rest(get("japanese"), child.uid)
    session.expire_all()
    edit(parent, chair_override_code="JP", chair_override_reason="agreed")
    after = stamps_and_rest(get("japanese"), child.uid)
    assert before[1] != after[1]
    assert before[0] != after[0]
