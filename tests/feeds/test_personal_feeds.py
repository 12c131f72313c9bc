"""Personal feeds: what the owner chose of what the owner may see, now and in every detail."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from events_app.events.actions.life import take_step
from events_app.events.models import VISIBILITIES
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.personal import LinkRequest, personal_feed
from events_app.feeds.queries import calendar_stamp
from events_app.people.actions import end_post

BASE = "http://localhost"


@pytest.fixture
def link_for(session, clock):
    """Give somebody a link with a choice."""

    def make(person, **choice):
        link, _ = create_link(session, person.id, "Mine", FeedChoice(**choice), clock.now())
        session.commit()
        return link

    return make


@pytest.fixture
def fetch(session, clock):
    """Return the feed of a link as it stands now."""
    kept = KeptFeeds()

    def get(link):
        session.expire_all()
        return personal_feed(session, LinkRequest(link), calendar_stamp(session), BASE, kept, clock.now())

    return get


@pytest.fixture
def shown(fetch):
    """Return the components of a link's feed by UID."""
    return lambda link: {str(found["UID"]): found for found in Calendar.from_ical(fetch(link).content).walk("VEVENT")}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (("JP", "delegate"), {"public", "partners", "group"}),
        (("DZ", "delegate"), {"public", "partners"}),
        (("FI", "contact-point"), {"public", "partners", "group"}),
        (None, {"public", "partners", "group", "secretariat"}),
    ],
)
def test_a_link_shows_exactly_what_its_owner_may_see(make_person, make_event, link_for, shown, who, seen):
    person = make_person("anna", *who) if who else make_person("anna", secretary=True)
    events = {v: make_event(group_keys=("asian",), visibility=v, starts_on=date(2026, 12, 10)) for v in VISIBILITIES}
    assert set(shown(link_for(person))) == {events[visibility].uid for visibility in seen}


def test_a_link_is_evaluated_anew_at_every_fetch(session, make_person, make_event, link_for, shown, clock):
    person = make_person("haruto", "JP", "delegate")
    event, link = make_event(group_keys=("asian",), visibility="group"), link_for(person)
    assert set(shown(link)) == {event.uid}
    end_post(session, person.posts[0], clock.now())
    session.commit()
    clock.advance(timedelta(days=1))
    assert set(shown(link)) == set()


def test_drafts_are_in_the_links_of_those_who_may_edit_them_and_say_so(make_person, make_event, link_for, shown):
    event = make_event("draft", for_code="CH", theme="Water")
    own, other = make_person("ben", "CH"), make_person("leila", "JO")
    component = shown(link_for(own))[event.uid]
    assert component["SUMMARY"] == "Draft: Meeting of the Mediterranean Contact Group: Water"
    assert component["STATUS"] == "TENTATIVE"
    assert shown(link_for(other)) == {}


@pytest.fixture
def programme(make_event, session):
    conference = make_event(kind_key="conference", ends_on=date(2027, 3, 3), start_time=None, end_time=None)
    events = {
        "meeting": make_event(topic_keys=("environmental-activities",)),
        "asian": make_event(group_keys=("asian",)),
        "joint": make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian")),
        "conference": conference,
        "side": make_event(kind_key="side-event", group_keys=(), parent_id=conference.id),
        "council": make_event(kind_key="permanent-council", group_keys=()),
    }
    session.expire_all()
    return events


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({}, {"meeting", "asian", "joint", "conference", "side", "council"}),
        ({"group_keys": ("asian",)}, {"asian", "joint"}),
        ({"group_keys": ("mediterranean",)}, {"meeting", "joint", "conference", "side"}),
        ({"kind_keys": ("joint-meeting", "permanent-council")}, {"joint", "council"}),
        ({"group_keys": ("mediterranean",), "kind_keys": ("contact-group-meeting",)}, {"meeting"}),
        ({"topic_keys": ("environmental-activities",)}, {"meeting"}),
        ({"topic_keys": ("environmental-activities",), "group_keys": ("asian",)}, set()),
    ],
)
def test_groups_kinds_and_topics_choose_what_is_shown(programme, make_person, link_for, shown, choice, expected):
    link = link_for(make_person("ben", "CH"), **choice)
    assert set(shown(link)) == {programme[name].uid for name in expected}


def test_cancelled_events_are_shown_or_not_as_chosen(session, make_person, make_event, link_for, shown, clock):
    event, person = make_event(), make_person("ben", "CH")
    take_step(session, event, "cancel", clock.now(), reason="no room")
    session.commit()
    assert set(shown(link_for(person))) == {event.uid}
    assert set(shown(link_for(person, shows_cancelled=False))) == set()


WORDS = ("xthemex", "xroomx", "xdescriptionx", "meet.example")


@pytest.mark.parametrize(
    ("detail", "summary", "words"),
    [
        ("full", "Meeting of the Asian Contact Group: xthemex", set(WORDS)),
        ("title", "Meeting of the Asian Contact Group", {"xroomx"}),
        ("busy", "Busy", set()),
    ],
)
def test_a_detail_lets_out_as_much_as_it_says(make_person, make_event, link_for, fetch, shown, detail, summary, words):
    event = make_event(
        group_keys=("asian",), theme="xthemex", place="xroomx", description="xdescriptionx",
        joining_link="https://meet.example/1",
    )  # fmt: skip
    link = link_for(make_person("haruto", "JP"), detail=detail)
    component = shown(link)[event.uid]
    assert component["SUMMARY"] == summary
    text = fetch(link).content.decode().replace("\r\n ", "")
    assert {word for word in WORDS if word in text} == words
    assert ("URL" in component) is (detail != "busy")
    assert component["DTSTART"].dt == event.starts_at


def test_the_busy_say_so_when_it_is_called_off(session, make_person, make_event, link_for, shown, clock):
    event = make_event()
    take_step(session, event, "postpone", clock.now(), reason="later")
    session.commit()
    assert shown(link_for(make_person("ben", "CH"), detail="busy", language="de"))[event.uid]["SUMMARY"].endswith(
        "Belegt"
    )


@pytest.mark.parametrize(("minutes", "trigger"), [(15, "-PT15M"), (60, "-PT1H"), (1440, "-P1D"), (0, None)])
def test_an_alarm_stands_in_the_feed_only_if_the_link_asks_for_it(
    make_person, make_event, link_for, shown, minutes, trigger
):
    event = make_event()
    alarms = shown(link_for(make_person("ben", "CH"), alarm_minutes=minutes))[event.uid].walk("VALARM")
    assert [(a["ACTION"], a["TRIGGER"].to_ical().decode()) for a in alarms] == (
        [("DISPLAY", trigger)] if trigger else []
    )


@pytest.mark.parametrize("step", ["postpone", "cancel"])
def test_nothing_rings_for_a_meeting_that_does_not_take_place(
    session, make_person, make_event, link_for, shown, clock, step
):
    event, link = make_event(), link_for(make_person("ben", "CH"), alarm_minutes=15)
    take_step(session, event, step, clock.now(), reason="no room")
    session.commit()
    assert shown(link)[event.uid].walk("VALARM") == []


def test_the_feed_is_called_what_its_owner_calls_it_and_never_names_its_token(
    session, make_person, make_event, fetch, clock
):
    make_event()
    link, token = create_link(session, make_person("ben", "CH").id, "Réunions", FeedChoice(language="fr"), clock.now())
    session.commit()
    text = fetch(link).content.decode().replace("\r\n ", "")
    assert "\r\nX-WR-CALNAME:Réunions\r\n" in text
    assert "\r\nSOURCE;VALUE=URI:http://localhost/feeds/\r\n" in text
    assert token not in text


def test_a_restricted_event_is_private(make_person, make_event, link_for, shown):
    event = make_event(visibility="partners")
    assert shown(link_for(make_person("ben", "CH")))[event.uid]["CLASS"] == "PRIVATE"


def test_what_somebody_may_not_see_moves_neither_bytes_nor_etag(
    session, make_person, make_event, link_for, fetch, clock
):
    make_event()
    link = link_for(make_person("leila", "JO", "delegate"))
    before = fetch(link)
    clock.advance(timedelta(hours=1))
    hidden = make_event(group_keys=("asian",), visibility="group")
    take_step(session, hidden, "cancel", clock.advance(timedelta(hours=1)), reason="no room")
    session.commit()
    after = fetch(link)
    assert (after.content, after.etag) == (before.content, before.etag)


def test_a_child_of_a_group_s_conference_names_its_parent_only_to_who_sees_it(
    session, make_person, make_event, link_for, shown
):
    parent = make_event(kind_key="conference", group_keys=("asian",), visibility="group")
    child = make_event(kind_key="side-event", group_keys=(), parent_id=parent.id, visibility="partners")
    session.expire_all()
    japanese, algerian = make_person("haruto", "JP", "delegate"), make_person("amel", "DZ", "delegate")
    assert shown(link_for(japanese))[child.uid]["RELATED-TO"] == parent.uid
    assert "RELATED-TO" not in shown(link_for(algerian))[child.uid]
