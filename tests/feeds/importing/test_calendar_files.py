"""Importing calendar files: our own feeds back again, and the calendars of others as drafts for the secretariat."""

from datetime import date, time

import pytest

from events_app.events.actions.life import take_step
from events_app.events.rules.life import CANCEL, POSTPONE
from events_app.feeds.importing import UnreadableFileError
from events_app.words.languages import LANGUAGES


@pytest.fixture
def exported(client, make_person, sign_in):
    """Return an event as a secretary downloads it."""
    sign_in(client, make_person("clara", secretary=True))
    return lambda event, language="en": client.get(f"/events/{event.id}.ics?lang={language}").data


def in_one_file(files):
    """Return the events of several files as one."""
    begin, end = b"BEGIN:VEVENT", b"END:VCALENDAR"
    inner = [begin + file.partition(begin)[2].rpartition(end)[0] for file in files]
    return b"".join([files[0].partition(begin)[0], *inner, end, b"\r\n"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_feed_changes_nothing_in_any_language(take, make_event, exported, session, clock, language):
    events = [
        make_event(theme="Water: the long view", description="All about it."),
        make_event("proposed", theme="Ports", venue_key="hofburg-neuer-saal", place=""),
        make_event(kind_key="conference", start_time=None, end_time=None, ends_on=date(2027, 3, 3), host_code="MT"),
        make_event("draft", time_zone="Africa/Casablanca"),
        make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian")),
    ]
    for event, step in ((make_event(), POSTPONE), (make_event(), CANCEL)):
        events.append(take_step(session, event, step, clock.now(), reason="Because."))
    session.commit()
    versions = {event.id: event.version for event in events}
    assert take(in_one_file([exported(event, language) for event in events])) == {"unchanged": len(events)}
    session.expire_all()
    assert {event.id: event.version for event in events} == versions


def test_a_foreign_event_becomes_a_draft_for_the_secretariat(take, stored, ics):
    entry = ics.event(
        SUMMARY="Working party", LOCATION="Brussels", DESCRIPTION="On water.", URL="https://eu.example/1",
        STATUS="CONFIRMED",
    )  # fmt: skip
    assert take(ics.file(entry)) == {"created": 1}
    (event,) = stored()
    assert (event.kind_key, event.status, event.visibility) == ("liaison", "draft", "secretariat")
    assert (event.uid, event.theme, event.published_at) == ("one@elsewhere.example", "Working party", None)
    assert (event.venue.city if event.venue else event.place) == "Brussels"
    assert event.description == "On water.\n\nhttps://eu.example/1"


def test_a_second_import_of_the_same_file_changes_nothing(take, stored, ics):
    whole = ics.event("b@x", "DTSTART;VALUE=DATE:20270310", DTSTART="", DTEND="")
    weekly = ics.event("c@x", RRULE="FREQ=WEEKLY;COUNT=3")
    file = ics.file(ics.event(), whole, weekly)
    assert take(file) == {"created": 5}
    before = [(event.id, event.version, event.uid) for event in stored()]
    assert take(file) == {"unchanged": 5}
    assert [(event.id, event.version, event.uid) for event in stored()] == before


def test_each_occurrence_of_a_series_is_an_event_of_its_own_that_can_move(take, stored, ics):
    series = ics.event("c@x", RRULE="FREQ=WEEKLY;COUNT=3")
    take(ics.file(series))
    uids = [event.uid for event in stored()]
    assert len(set(uids)) == 3
    assert all(uid.startswith("c@x/") for uid in uids)
    moved = ics.event("c@x", "RECURRENCE-ID:20270309T090000Z", DTSTART="20270311T090000Z", DTEND="20270311T110000Z")
    assert take(ics.file(series, moved)) == {"updated": 1, "unchanged": 2}
    assert [event.starts_on.day for event in stored()] == [2, 11, 16]


def test_what_a_file_changes_of_our_event_is_changed_and_nothing_else(take, stored, make_event, exported):
    event = make_event(theme="Water", description="Long.", joining_link="https://meet.example/x")
    file = exported(event).decode().replace("T100000", "T110000").replace("T130000", "T140000")
    assert take(file) == {"updated": 1}
    (event,) = stored()
    assert (event.start_time, event.end_time, event.time_zone) == (time(11), time(14), "Europe/Vienna")
    assert (event.theme, event.description, event.place) == ("Water", "Long.", "Hofburg, Neuer Saal")
    assert (event.joining_link, event.status) == ("https://meet.example/x", "confirmed")


def test_our_events_of_another_calendar_are_known_by_kind_group_and_date(take, stored, make_event, exported):
    event = make_event(theme="Water")
    file = exported(event).decode().replace(event.uid, "other@elsewhere.example").replace("Water", "Rivers")
    uid = event.uid
    assert take(file) == {"updated": 1}
    assert take(file) == {"unchanged": 1}
    assert [(event.uid, event.theme) for event in stored()] == [(uid, "Rivers")]


def test_the_utc_times_of_a_zone_without_a_rule_mean_its_wall_time(take, stored, make_event, exported):
    event = make_event(time_zone="Africa/Casablanca")
    assert b"DTSTART:20270302T" in exported(event)
    assert take(exported(event)) == {"unchanged": 1}
    assert stored()[0].time_zone == "Africa/Casablanca"


def test_an_event_that_a_file_cancels_is_not_cancelled_by_it(take, stored, make_event, exported):
    event = make_event()
    file = exported(event).decode().replace("STATUS:CONFIRMED", "STATUS:CANCELLED")
    assert take(file) == {"rejected": ["cancelled"]}
    assert stored()[0].status == "confirmed"


def test_a_cancelled_event_that_nobody_knows_is_not_taken(take, stored, ics):
    assert take(ics.file(ics.event(STATUS="CANCELLED"))) == {"rejected": ["cancelled-unknown"]}
    assert stored() == []


def test_a_floating_time_is_asked_for_and_never_guessed(take, stored, ics):
    file = ics.file(ics.event(DTSTART="20270302T090000", DTEND="20270302T100000"))
    assert take(file) == {"rejected": ["needs-time-zone"]}
    assert take(file, time_zone="Asia/Tokyo") == {"created": 1}
    assert (stored()[0].start_time, stored()[0].time_zone) == (time(9), "Asia/Tokyo")


def test_one_uid_twice_is_rejected(take, stored, ics):
    taken = take(ics.file(ics.event(), ics.event(DTSTART="20270401T090000Z", DTEND="20270401T100000Z")))
    assert taken["rejected"] in (["duplicate-uid"], ["uid-twice"])
    assert stored() == []


def test_the_kind_of_what_names_none_may_be_wished_for(take, stored, ics):
    assert take(ics.file(ics.event()), kind_key="seminar") == {"created": 1}
    assert stored()[0].kind_key == "seminar"


@pytest.mark.parametrize(
    ("wishes", "reason"), [({"kind_key": "feast"}, "unknown-kind"), ({"time_zone": "Mars/Phobos"}, "unknown-zone")]
)
def test_a_wish_that_means_nothing_is_refused(plan_of, ics, wishes, reason):
    with pytest.raises(UnreadableFileError) as refused:
        plan_of(ics.file(ics.event()), **wishes)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "unbalanced"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n", "method"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 2_000_000, "too-large"),
    ],
)
def test_a_hostile_calendar_is_refused_whole(plan_of, stored, content, reason):
    with pytest.raises(UnreadableFileError) as refused:
        plan_of(content)
    assert refused.value.reason == reason
    assert stored() == []


def test_series_that_repeat_beyond_measure_are_refused(plan_of, stored, ics):
    daily = [ics.event(f"{n}@x", RRULE="FREQ=DAILY;COUNT=900") for n in range(3)]
    with pytest.raises(UnreadableFileError) as refused:
        plan_of(ics.file(*daily))
    assert refused.value.reason == "too-many-events"


def test_an_event_with_texts_beyond_our_lengths_is_rejected(take, stored, ics):
    assert take(ics.file(ics.event(SUMMARY="x" * 301))) == {"rejected": ["too-long"]}
    assert take(ics.file(ics.event("x" * 256))) == {"rejected": ["too-long"]}
    assert stored() == []


def test_events_of_one_day_are_told_apart_by_what_their_titles_say(take, stored, make_event, exported):
    for theme in ("", "Ports", "Rails"):
        make_event(kind_key="workshop", theme=theme)
    rails = stored()[2]
    file = exported(rails).decode().replace(rails.uid, "other@elsewhere.example")
    assert take(file.replace("Hofburg", "Ratsaal")) == {"updated": 1}
    assert [(event.theme, "Ratsaal" in event.place) for event in stored()] == [
        ("", False),
        ("Ports", False),
        ("Rails", True),
    ]


def test_what_names_neither_uid_nor_kind_is_found_again_by_day_start_and_title(plan_of, take, ics):
    file = ics.file(ics.event("", SUMMARY="Talk"), ics.event("", SUMMARY="Other talk"))
    take(file)
    assert plan_of(file).count("unchanged") == 2
    later = ics.file(ics.event("", SUMMARY="Talk", DTSTART="20270302T100000Z"))
    assert plan_of(later).count("created") == 1


def test_a_foreign_uid_never_carries_the_section_s_words_into_a_delegation_s_draft(plan_of, take, reader, ics):
    take(ics.file(ics.event("shared@ministry.example")), by=reader("ben", "CH"))
    confidential = ics.file(ics.event("shared@ministry.example", DESCRIPTION="Confidential"))
    assert [rejection.reason for rejection in plan_of(confidential).rejections] == ["uid-in-use"]


@pytest.mark.parametrize("summary", ["Busy", "Belegt", "Meeting of the Mediterranean Contact Group"])
def test_a_file_with_less_detail_takes_no_theme_away(plan_of, make_event, ics, summary):
    event = make_event(theme="Water")
    file = ics.file(ics.event(event.uid, SUMMARY=summary, DTSTART="20270302T090000Z", DTEND="20270302T120000Z"))
    assert plan_of(file).count("unchanged") == 1
