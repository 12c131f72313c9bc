"""What holds of every feed, whatever is entered, whoever reads it, and in whatever order it came about."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import STEPS, open_steps
from events_app.feeds.actions import create_link, revoke_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.models import DETAILS
from events_app.feeds.personal import LinkRequest, personal_feed
from events_app.feeds.pieces import kept_bytes
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.queries import calendar_stamp
from events_app.feeds.rules import FEEDS
from events_app.ics.plain_text import clean_text
from events_app.words.languages import LANGUAGES

BASE = "http://localhost"
MINUTE = timedelta(minutes=1)
SHOWING_JOINT = ("all", "mediterranean", "asian", "joint")
MARKS = '\\;,:"\r\n\t\0\x1b\x85\u2028\u200d\u202e\u2067\u2069\u0301\u05c1\u0e33'
SIGNS = [*MARKS, *"éжעש合👩", "🇲🇹", "\\n", "\r\nATTENDEE:x"]

numbers = count()
few = settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.lists(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(SIGNS)), max_size=40).map("".join)
moments = st.timedeltas(timedelta(0), timedelta(days=9)).map(
    lambda later: datetime(2026, 11, 21, 9, tzinfo=UTC) + later
)


@pytest.fixture
def change(session, clock):
    """Return what changes an event a minute later; nothing is committed."""

    def apply(event, **changes):
        at = clock.advance(MINUTE)
        return change_event(session, event, replace(details_of(event), **changes), event.version, at)

    return apply


@pytest.fixture
def secretary(make_person):
    return make_person("clara", secretary=True)


@pytest.fixture
def own_feed(session, clock):
    """Return the personal feed of somebody in a detail as it stands now."""

    def of(person, detail):
        link, _ = create_link(session, person.id, "Mine", FeedChoice(detail=detail), clock.now())
        made = personal_feed(session, LinkRequest(link), calendar_stamp(session), BASE, KeptFeeds(), clock.now())
        revoke_link(session, link, clock.now(), by_id=None)
        return made

    return of


@pytest.fixture
def joint(make_event):
    return make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian"), theme="Water")


def components(content):
    """Return the components of a feed by UID, unfolded."""
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", content.replace(b"\r\n ", b""), re.S)
    return {line(part.decode(), "UID").removeprefix("UID:"): part.decode() for part in found}


def line(component, name):
    """Return the line of a property, parameters included."""
    return re.search(rf"^{name}[;:][^\r]*", component, re.M)[0]


@given(theme=texts, description=texts, place=texts)
@few
def test_what_is_entered_in_any_script_reaches_the_reader(joint, read, change, theme, description, place):
    change(joint, theme=theme, description=description, place=place)
    found = read()[joint.uid]
    assert found["SUMMARY"].endswith(clean_text(theme))
    assert clean_text(description) in found["DESCRIPTION"]
    assert found.get("LOCATION", "") == clean_text(place)
    assert not {"ATTENDEE", "ORGANIZER"} & set(found)


@given(moment=moments, order=st.permutations(["person", "draft", "restricted", "other group", "long ago"]))
@settings(few, max_examples=4)
def test_equal_data_give_equal_bytes(engine, make_event, make_person, feed_bytes, joint, moment, order):
    before = [feed_bytes("joint"), feed_bytes("conferences", "ar")]
    makers = {
        "person": lambda: make_person(f"person-{next(numbers)}"),
        "draft": lambda: make_event("draft"),
        "restricted": lambda: make_event(kind_key="conference", visibility="group"),
        "other group": lambda: make_event(group_keys=("asian",)),
        "long ago": lambda: make_event(kind_key="conference", starts_on=date(2024, 1, 9)),
    }
    for name in order:
        makers[name]()
    kept_bytes.cache_clear()
    with Session(engine) as other:
        asked = FeedRequest(FEEDS["joint"], "en"), FeedRequest(FEEDS["conferences"], "ar")
        assert [public_feed(other, one, BASE, KeptFeeds(), moment).content for one in asked] == before


@given(
    hour=st.integers(8, 15), step=st.sampled_from(STEPS), theme=st.sampled_from(["", "Migration", "الماء"]),
    language=st.sampled_from(list(LANGUAGES)),
)  # fmt: skip
@few
def test_a_joint_meeting_is_the_same_in_all_feeds_that_show_it(
    session, joint, feed_bytes, change, clock, hour, step, theme, language
):
    change(joint, start_time=time(hour), end_time=time(hour + 3), theme=theme)
    if step in open_steps(joint, clock.now()):
        take_step(session, joint, step, clock.advance(MINUTE), reason="no room")
    found = [components(feed_bytes(name, language)) for name in SHOWING_JOINT]
    assert [list(one) for one in found] == [[joint.uid]] * 4
    assert len({one[joint.uid] for one in found}) == 1
    assert not any(components(feed_bytes(name, language)) for name in set(FEEDS) - set(SHOWING_JOINT))


def test_an_event_has_one_uid_and_a_summary_in_each_language(joint, feed_bytes):
    found = [components(feed_bytes("all", language))[joint.uid] for language in LANGUAGES]
    assert len({line(component, "SUMMARY").partition(":")[2] for component in found}) == len(LANGUAGES)
    assert len({line(component, "SEQUENCE") + line(component, "DTSTART") for component in found}) == 1


@given(status=st.sampled_from(["proposed", "confirmed", "postponed", "cancelled"]), all_day=st.booleans())
@few
def test_every_detail_has_the_same_uid_time_and_status(session, joint, own_feed, change, secretary, status, all_day):
    times = {"start_time": None, "end_time": None} if all_day else {"start_time": time(10), "end_time": time(13)}
    change(joint, **times)
    joint.status = status
    session.flush()
    found = [components(own_feed(secretary, detail).content)[joint.uid] for detail in DETAILS]
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "TRANSP", "LAST-MODIFIED"):
        assert len({line(component, name) for component in found}) == 1
    assert len({line(component, "SUMMARY") for component in found}) == len(DETAILS)
