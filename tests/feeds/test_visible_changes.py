"""Whatever is done to events: each reader's calendar tells of a change if it shows something else, and only then."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events_app.events.actions.documents import DocumentEntry, add_file, remove_file_of
from events_app.events.actions.life import take_step
from events_app.events.actions.roster import record_decision
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import PLACE_FIELDS, WHEN_FIELDS, AgendaPoint, DocumentLink, details_of
from events_app.events.rules.documents import FittingFile, narrower_visibilities
from events_app.events.rules.life import STEPS, open_steps
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.personal import LinkRequest, personal_feed
from events_app.feeds.public import FeedRequest, public_feed
from events_app.feeds.queries import calendar_stamp
from events_app.feeds.rules import FEEDS
from events_app.partnership.actions import RosterEntry

BASE = "http://localhost"
MINUTE = timedelta(minutes=1)
DAY = date(2027, 3, 2)
STAMPS = re.compile(r"(?:LAST-MODIFIED|DTSTAMP):[^\r]*\r\n")
FILE = FittingFile("paper.pdf", "application/pdf", 9)
NAMES = ("meeting", "conference", "side event")
VALUES = {
    "theme": ("Water", "Migration"),
    "group_keys": (("mediterranean",), ("asian",)),
    "theme_language": ("en", "fr"),
    "description": ("", "Please register."),
    "joining_link": ("", "https://meet.example/1"),
    "visibility": ("public", "partners", "group", "secretariat"),
    "is_fund_financed": (False, True),
    "host_code": (None, "JO"),
    "co_host_codes": ((), ("TN", "MA")),
    "topic_keys": ((), ("migration", "education")),
    "interpretation": ((), ("en", "ar")),
    "chair_override_code": (None, "FI", "MT"),
    "chair_override_reason": ("agreed in the group", "agreed by silence"),
    "rests_on": ("", "MC.DEC/3/26"),
    "rests_on_link": ("", "https://decisions.example/3"),
    "guests": ((), ("WMO",)),
    "answer_by": (None, date(2027, 2, 1)),
    "agenda": ((), (AgendaPoint(DAY, time(10), "Opening", "The Chair"),)),
    "documents": ((), (DocumentLink("agenda", "Agenda", "https://docs.example/1"),)),
    "place": ("Hofburg, Neuer Saal", "Hofburg, Ratsaal"),
    "venue_key": (None, "amman"),
    "format": ("in-person", "hybrid"),
    "start_time": (time(10), time(9)),
    "end_time": (time(13), time(12)),
    "time_zone": ("Europe/Vienna", "Asia/Tokyo"),
    "start_fold": (0, 1),
    "end_fold": (0, 1),
}
# LAST-MODIFIED moves with these for readers who see nothing else of it, too: entries do not say who hosts, which
# restricted visibility an event has, or why another State chairs where none does.
MOVE_UNSEEN = {"host_code", "co_host_codes", "chair_override_reason", "visibility"}

edits = st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(0, 3), min_size=1, max_size=4)
acts = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(NAMES), edits),
    st.tuples(st.just("step"), st.sampled_from(NAMES), st.sampled_from(STEPS)),
    st.tuples(st.just("add"), st.sampled_from(NAMES), st.sampled_from(["", "partners", "group", "secretariat"])),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.none()),
    st.tuples(st.just("parent"), st.just("side event"), st.booleans()),
    st.tuples(st.just("chair"), st.just("meeting"), st.sampled_from([None, "MT", "FI"])),
)


ONE_BY_ONE = [("edit", "meeting", {name: 1}) for name in sorted(VALUES)]
PARENT_HIDES = [("edit", "conference", {"visibility": number}) for number in (2, 1, 0)]


@dataclass(frozen=True)
class Shown:
    """What a calendar shows of an event, and when it says that this last changed."""

    text: str
    modified: str


@pytest.fixture
def events(make_event):
    conference = make_event(kind_key="conference", theme="conference")
    side_event = make_event(kind_key="side-event", group_keys=(), parent_id=conference.id)
    return dict(zip(NAMES, (make_event(), conference, side_event), strict=True))


@pytest.fixture
def look(session, make_person, clock):
    """Return the feeds of the public, of a delegate of an invited State, of one not invited and of a secretary."""
    people = make_person("dina", "EG", "delegate"), make_person("jun", "JP", "delegate")
    links = [
        create_link(session, person.id, "Mine", FeedChoice(), clock.now())[0]
        for person in (*people, make_person("clara", secretary=True))
    ]
    session.commit()

    def feeds(kept):
        session.flush()
        session.expire_all()
        state = calendar_stamp(session)
        own = [personal_feed(session, LinkRequest(link), state, BASE, kept, clock.now()) for link in links]
        return [public_feed(session, FeedRequest(FEEDS["all"], "en"), BASE, kept, clock.now()), *own]

    return feeds


@pytest.fixture
def act(session, events, clock):
    """Do something to an event a minute later; what cannot be done now is left."""

    def do(way, name, what):
        WAYS[way](session, events, events[name], what, clock.advance(MINUTE))

    return do


def edit(session, events, event, chosen, at):
    values = {name: VALUES[name][number % len(VALUES[name])] for name, number in chosen.items()}
    details = replace(details_of(event), **values)
    if details.chair_override_code and not details.chair_override_reason:
        details = replace(details, chair_override_reason="agreed in the group")
    change_event(session, event, details, event.version, at)


def step(session, events, event, name, at):
    if name in open_steps(event, at):
        take_step(session, event, name, at, reason="no room")


def add(session, events, event, visibility, at):
    if not visibility or visibility in narrower_visibilities(event.visibility):
        add_file(session, event, DocumentEntry("summary", "Paper", visibility), FILE, "stored", at)


def remove(session, events, event, _, at):
    files = [document for document in event.documents if document.is_file]
    if files:
        remove_file_of(session, event, files[0], at)


def parent(session, events, event, has_one, at):
    parent_id = events["conference"].id if has_one else None
    change_event(session, event, replace(details_of(event), parent_id=parent_id), event.version, at)


def chair(session, events, event, code, at):
    record_decision(session, RosterEntry(2028, code, "decided" if code else "undetermined", None, "MC"), at)


WAYS = {"edit": edit, "step": step, "add": add, "remove": remove, "parent": parent, "chair": chair}


def shown(feed):
    """Return what a feed shows, by UID."""
    text = feed.content.decode().replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", text, re.S)
    return {found_in(part, "UID"): Shown(STAMPS.sub("", part), found_in(part, "LAST-MODIFIED")) for part in found}


def found_in(component, name):
    return re.search(rf"^{name}:([^\r]*)", component, re.M)[1]


def may_move_unseen(way, what, is_public):
    """Return whether LAST-MODIFIED may move for a reader who sees nothing else of it than before.

    An event keeps one instant for the public and one for all delegations, not one for each reader.
    """
    if way == "parent" or (way == "edit" and MOVE_UNSEEN & what.keys()):
        return True
    is_sight = way == "edit" and {"joining_link", "chair_override_code"} & what.keys()
    is_inner = way in ("step", "remove") or (way == "add" and what) or is_sight
    return bool(is_inner and not is_public)


@contextmanager
def taken_back(session):
    """Take back what an example did: fixtures are made once for all of them."""
    with session.begin_nested() as savepoint:
        yield
        savepoint.rollback()
    session.expire_all()


def check(old, new, may_move):
    """Check what one reader's feed tells of the step from one version to the next."""
    was, now_is = shown(old), shown(new)
    assert (old.etag == new.etag) is (was == now_is)
    for uid in was.keys() & now_is.keys():
        is_changed, is_moved = (getattr(was[uid], name) != getattr(now_is[uid], name) for name in ("text", "modified"))
        assert is_moved or not is_changed
        assert is_changed or not is_moved or may_move
    if old.etag != new.etag:
        assert new.last_modified > old.last_modified


@given(doings=st.lists(acts, min_size=1, max_size=6))
@example(PARENT_HIDES)
@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_visible_change_moves_last_modified_and_etag_and_nothing_else_does(session, look, act, doings):
    with taken_back(session):
        kept = KeptFeeds()
        feeds = look(kept)
        for way, name, what in doings:
            before = feeds
            act(way, name, what)
            feeds = look(kept)
            for reader, (old, new) in enumerate(zip(before, feeds, strict=True)):
                check(old, new, may_move_unseen(way, what, is_public=reader == 0))
        assert [feed.content for feed in look(KeptFeeds())] == [feed.content for feed in feeds]


@given(doings=st.lists(acts, min_size=1, max_size=8))
@example(ONE_BY_ONE)
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_change_of_time_place_or_status_raises_the_sequence_and_nothing_else_does(session, events, act, doings):
    with taken_back(session):
        for doing in doings:
            before = {name: (event.sequence, placed(event)) for name, event in events.items()}
            act(*doing)
            for name, (sequence, was) in before.items():
                assert events[name].sequence == sequence + (placed(events[name]) != was)


def placed(event):
    return [getattr(event, name) for name in ("status", *WHEN_FIELDS, *PLACE_FIELDS)]
