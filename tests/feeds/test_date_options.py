"""The dates of polls in personal feeds: tentative for those who are asked, cancelled once they are released."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from events_app.events.actions.life import take_step
from events_app.events.rules.life import POSTPONE, RESTORE
from events_app.feeds.actions import create_link
from events_app.feeds.choices import FeedChoice
from events_app.feeds.kept import KeptFeeds
from events_app.feeds.personal import LinkRequest, personal_feed
from events_app.feeds.queries import calendar_stamp
from events_app.planning.consultations.opening import open_poll, withdraw
from events_app.planning.consultations.polling import answer_poll, change_options, choose_date
from events_app.planning.consultations.polls import OptionDates, dates_of, live_options

BASE, HOUR = "http://localhost", timedelta(hours=1)
EXPIRY = datetime(2026, 12, 1, 17, tzinfo=UTC)


def option(day):
    return OptionDates(date(2027, 3, day), time(10), date(2027, 3, day), time(13), "Europe/Vienna")


@pytest.fixture
def poll(session, make_event, clock):
    event = make_event("proposed", group_keys=("asian",), visibility="group", theme="Roads")
    dates = [option(day) for day in (2, 3, 9)]
    found = open_poll(session, event, "", EXPIRY, dates, "localhost", clock.now(), invited={"JP"})
    session.commit()
    return found


@pytest.fixture
def feed_of(session, clock, make_person):
    """Return what the link of somebody with a post shows, by UID; made anew only where its stamp has moved."""
    kept, links = KeptFeeds(), {}

    def get(state="JP", role="delegate", **choice):
        key = (state, role, *choice.items())
        if key not in links:
            person = make_person(f"p{len(links)}", state, role) if state else make_person("s", secretary=True)
            links[key], _ = create_link(session, person.id, "Mine", FeedChoice(**choice), clock.now())
            session.commit()
        session.expire_all()
        content = personal_feed(
            session, LinkRequest(links[key]), calendar_stamp(session), BASE, kept, clock.now()
        ).content
        return {str(found["UID"]): found for found in Calendar.from_ical(content).walk("VEVENT")}

    return get


@pytest.fixture
def entries(feed_of, poll):
    """Return the entries of the poll's dates in a feed, in the order in which they were proposed."""

    def get(*args, **choice):
        shown = feed_of(*args, **choice)
        return [shown[o.uid] for o in sorted(poll.options, key=lambda o: o.id) if o.uid in shown]

    return get


def summaries(found):
    return [str(entry["SUMMARY"]) for entry in found]


def test_each_date_is_a_tentative_entry_of_its_own(entries, poll, feed_of):
    found = entries()
    title = "Meeting of the Asian Contact Group: Roads"
    assert summaries(found) == [f"Date option {n} of 3: {title}" for n in (1, 2, 3)]
    assert {str(entry["STATUS"]) for entry in found} == {"TENTATIVE"}
    assert {str(entry["TRANSP"]) for entry in found} == {str(feed_of()[poll.event.uid]["TRANSP"])}
    assert [entry["DTSTART"].dt.day for entry in found] == [2, 3, 9]
    assert {str(entry["URL"]) for entry in found} == {f"{BASE}/consultations/{poll.id}"}
    assert {str(entry["CLASS"]) for entry in found} == {"PRIVATE"}


@pytest.mark.parametrize(
    ("owner", "count"),
    [(("JP", "contact-point"), 3), (("FI", "delegate"), 3), (("JO", "contact-point"), 0), (("", ""), 0)],
)
def test_they_are_for_those_who_are_asked(entries, owner, count):
    assert len(entries(*owner)) == count


def test_public_feeds_never_show_them(poll, read, session, clock):
    poll.event.visibility = "public"
    session.commit()
    take_step(session, poll.event, "confirm", clock.now())
    session.commit()
    assert set(read()) == {poll.event.uid}


@pytest.mark.parametrize(
    ("detail", "summary"),
    [("busy", "Busy"), ("title", "Date option 1 of 3: Meeting of the Asian Contact Group")],
)
def test_a_link_tells_no_more_of_them_than_of_events(entries, detail, summary):
    found = entries(detail=detail)[0]
    assert str(found["SUMMARY"]) == summary
    assert "Roads" not in found.to_ical().decode()


def test_they_speak_the_language_and_take_the_choice_of_the_link(entries):
    assert entries(group_keys=("mediterranean",)) == []
    assert len(entries(group_keys=("asian",), language="de")) == 3


def test_a_change_of_the_dates_moves_the_feed(entries, poll, session, clock):
    before = entries()
    first, second, _ = live_options(poll)
    moved = [(first.id, dates_of(first)), (second.id, option(4)), (None, option(16))]
    change_options(session, poll, moved, "localhost", clock.advance(HOUR))
    session.commit()
    after = entries()
    assert [entry["DTSTART"].dt.day for entry in after] == [2, 4, 9, 16]
    assert [str(entry["STATUS"]) for entry in after] == ["TENTATIVE", "TENTATIVE", "CANCELLED", "TENTATIVE"]
    assert summaries(after)[2] == "Cancelled: Date option: Meeting of the Asian Contact Group: Roads"
    rises = [b["SEQUENCE"] - a["SEQUENCE"] for a, b in zip(before, after, strict=False)]
    assert rises == [0, 1, 1]
    assert all(b["LAST-MODIFIED"].dt > a["LAST-MODIFIED"].dt for a, b in zip(before, after, strict=False))
    # Within the very same instant, too: the stamp is no clock.
    change_options(session, poll, [(o.id, dates_of(o)) for o in live_options(poll)[:2]], "localhost", clock.now())
    session.commit()
    assert [str(entry["STATUS"]) for entry in entries()].count("CANCELLED") == 2


def test_answers_move_nothing(entries, poll, session, clock):
    before = [entry.to_ical() for entry in entries()]
    answer_poll(session, poll, "JP", {poll.options[0].id: "yes"}, clock.advance(HOUR))
    session.commit()
    assert [entry.to_ical() for entry in entries()] == before


def test_the_chosen_date_goes_on_as_the_event_and_the_others_are_cancelled(entries, poll, feed_of, session, clock):
    chosen = poll.options[1]
    choose_date(session, poll, chosen, poll.event.version, clock.advance(HOUR), confirms=True)
    session.commit()
    shown = feed_of()
    assert chosen.uid not in shown
    assert (shown[poll.event.uid]["DTSTART"].dt.day, str(shown[poll.event.uid]["STATUS"])) == (3, "CONFIRMED")
    assert [str(entry["STATUS"]) for entry in entries()] == ["CANCELLED", "CANCELLED"]
    assert [str(entry["TRANSP"]) for entry in entries()] == ["TRANSPARENT", "TRANSPARENT"]
    assert entries(shows_cancelled=False) == []


def test_released_dates_stay_for_sixty_days_after_their_date(entries, poll, session, clock):
    withdraw(session, poll, "another time", clock.advance(HOUR))
    session.commit()
    assert [str(entry["STATUS"]) for entry in entries()] == ["CANCELLED"] * 3
    clock.move_to(datetime(2027, 5, 3, 12, tzinfo=UTC))
    assert len(entries()) == 1


def test_a_step_taken_on_the_event_releases_them_and_no_sequence_ever_falls(entries, poll, session, clock):
    before = [entry["SEQUENCE"] for entry in entries()]
    for step, status in ((POSTPONE, "CANCELLED"), (RESTORE, "TENTATIVE")):
        take_step(session, poll.event, step, clock.advance(HOUR))
        session.commit()
        found = entries()
        assert {str(entry["STATUS"]) for entry in found} == {status}
        assert all(entry["SEQUENCE"] > was for entry, was in zip(found, before, strict=True))
        before = [entry["SEQUENCE"] for entry in found]


def test_nothing_changes_when_the_answers_close(entries, clock):
    before = [entry.to_ical() for entry in entries()]
    clock.move_to(EXPIRY + HOUR)
    assert [entry.to_ical() for entry in entries()] == before
