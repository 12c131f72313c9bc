"""What calendar programs read of one event."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import recurring_ical_events
from icalendar import Calendar

from events_app.events.actions.life import take_step
from events_app.events.actions.roster import record_decision
from events_app.events.rules.details import AgendaPoint, DocumentLink
from events_app.feeds.public import single_event
from events_app.partnership.actions import RosterEntry
from events_app.partnership.queries import partnership
from events_app.rights.models import Reader
from events_app.words.languages import LANGUAGES

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def only(found):
    [component] = found.values()
    return component


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        (date(2027, 3, 2), "Europe/Vienna"),
        (date(2027, 7, 6), "Europe/Vienna"),
        (date(2027, 3, 2), "Asia/Tokyo"),
        (date(2027, 3, 2), "Asia/Kabul"),
        (date(2027, 11, 2), "Australia/Sydney"),
        (date(2027, 3, 10), "Africa/Cairo"),
        (date(2027, 2, 20), "Africa/Casablanca"),
        (date(2027, 4, 6), "Asia/Jerusalem"),
    ],
)
def test_programs_read_the_instants_that_are_stored(make_event, feed_bytes, day, zone):
    event = make_event(starts_on=day, time_zone=zone)
    calendar = Calendar.from_ical(feed_bytes())
    [found] = recurring_ical_events.of(calendar).between(day - timedelta(days=1), day + timedelta(days=2))
    assert found["DTSTART"].dt.astimezone(UTC) == event.starts_at
    assert found["DTEND"].dt.astimezone(UTC) == event.ends_at
    assert found["UID"] == event.uid


def test_a_timed_event_is_written_on_the_clocks_of_its_zone(make_event, feed_bytes):
    make_event(time_zone="Asia/Tokyo")
    content = feed_bytes()
    assert b"\r\nDTSTART;TZID=Asia/Tokyo:20270302T100000\r\n" in content
    assert b"\r\nDTEND;TZID=Asia/Tokyo:20270302T130000\r\n" in content
    assert content.count(b"BEGIN:VTIMEZONE") == 1
    assert b"DURATION:" not in content.replace(b"REFRESH-INTERVAL;VALUE=DURATION:PT1H", b"")


def test_the_repeated_hour_is_written_in_utc(make_event, feed_bytes):
    make_event(starts_on=date(2027, 10, 31), start_time=time(2, 30), start_fold=1, end_time=time(4))
    assert b"\r\nDTSTART:20271031T013000Z\r\n" in feed_bytes()


def test_whole_days_end_on_the_day_after_and_leave_the_time_free(make_event, read):
    make_event(kind_key="conference", ends_on=date(2027, 3, 3), start_time=None, end_time=None)
    component = only(read())
    assert (component["DTSTART"].dt, component["DTEND"].dt) == (date(2027, 3, 2), date(2027, 3, 4))
    assert component["TRANSP"] == "TRANSPARENT"
    assert component["X-MICROSOFT-CDO-ALLDAYEVENT"] == "TRUE"


def test_an_empty_feed_is_a_calendar_with_a_zone(feed_bytes):
    calendar = Calendar.from_ical(feed_bytes("joint"))
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Vienna"]
    assert calendar.walk("VEVENT") == []


def test_the_head_names_the_feed_and_never_itself_as_an_event(feed_bytes):
    head = feed_bytes("mediterranean").split(b"BEGIN:VTIMEZONE")[0].decode().split("\r\n")
    assert "X-WR-CALNAME:OSCE Mediterranean Contact Group" in head
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in head
    assert "SOURCE;VALUE=URI:http://localhost/feeds/" in head
    assert not any(line.startswith(("UID", "METHOD")) for line in head)


@pytest.mark.parametrize(
    ("step", "status", "transparency", "summary", "busy"),
    [
        (None, "CONFIRMED", "OPAQUE", "Meeting of the Mediterranean Contact Group: Water", "BUSY"),
        (
            "postpone",
            "TENTATIVE",
            "TRANSPARENT",
            "Postponed: Meeting of the Mediterranean Contact Group: Water",
            "FREE",
        ),
        ("cancel", "CANCELLED", "TRANSPARENT", "Cancelled: Meeting of the Mediterranean Contact Group: Water", "FREE"),
    ],
)
def test_a_status_reads_alike_in_every_program(
    session, make_event, read, clock, step, status, transparency, summary, busy
):
    event = make_event(theme="Water")
    if step:
        take_step(session, event, step, clock.now(), reason="The room is not free")
        session.commit()
    component = only(read())
    assert (component["STATUS"], component["TRANSP"], component["SUMMARY"]) == (status, transparency, summary)
    assert component["X-MICROSOFT-CDO-BUSYSTATUS"] == busy
    assert ("The room is not free" in component["DESCRIPTION"]) is bool(step)
    assert component["SEQUENCE"] == event.sequence == (2 if step else 1)


def test_stamps_come_from_the_event_and_not_from_the_fetch(session, make_event, read, clock):
    event = make_event()
    created = clock.now()
    at = clock.advance(timedelta(days=2))
    take_step(session, event, "postpone", at)
    session.commit()
    clock.advance(timedelta(days=3))
    component = only(read())
    assert component["DTSTAMP"].dt == component["LAST-MODIFIED"].dt == at
    assert component["CREATED"].dt == created


def test_a_decision_on_the_roster_shows_in_the_feed_with_the_same_sequence(session, make_event, read, clock):
    make_event(starts_on=date(2026, 12, 1))
    before = only(read())
    assert "Chair: to be determined" in before["DESCRIPTION"]
    at = clock.advance(timedelta(hours=1))
    record_decision(session, RosterEntry(2027, "CY", "decided", date(2026, 11, 20), ""), at)
    session.commit()
    after = only(read())
    assert "Chair: Cyprus" in after["DESCRIPTION"]
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt == at > before["LAST-MODIFIED"].dt


def test_the_description_holds_agenda_documents_and_the_page(make_event, read):
    event = make_event(
        description="Please register.",
        agenda=(AgendaPoint(date(2027, 3, 2), time(10), "Opening", "The Chair"),),
        documents=(DocumentLink("agenda", "Draft agenda", "https://docs.example/1"),),
        chair_override_code="MT",
        chair_override_reason="agreed in the group",
    )
    text = only(read())["DESCRIPTION"]
    for part in (
        "Chair: Malta", "agreed in the group", "Please register.", "10:00 Opening (The Chair)",
        "Draft agenda https://docs.example/1", f"http://localhost/events/{event.id}",
    ):  # fmt: skip
        assert part in text


def test_each_language_has_its_own_words_and_the_same_uid(make_event, read, feed_bytes):
    event = make_event()
    found = {language: read("all", language) for language in LANGUAGES}
    assert {uid for components in found.values() for uid in components} == {event.uid}
    assert len({str(only(components)["SUMMARY"]) for components in found.values()}) == 7
    assert all(only(found[language])["SUMMARY"].params["LANGUAGE"] == language for language in LANGUAGES)


def test_words_of_people_cannot_add_lines(make_event, feed_bytes, read):
    hostile = "Water\r\nATTENDEE:mailto:a@b.example\nEND:VEVENT"
    make_event(theme=hostile, place="Room; 1, \\n\x00", description="\u202eabc")
    assert b"\nATTENDEE" not in feed_bytes()
    component = only(read())
    assert component["LOCATION"] == "Room; 1, \\n"
    assert component["DESCRIPTION"].count("\u202e") == component["DESCRIPTION"].count("\u202c") == 1


def test_lines_are_folded_at_75_octets_and_end_in_crlf(make_event, feed_bytes):
    make_event(theme="Безопасность и сотрудничество — " * 9)
    content = feed_bytes("all", "ru")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        assert line.decode("utf-8") is not None


@pytest.mark.parametrize("with_link", [True, False])
def test_a_download_is_the_component_alone(session, make_event, with_link):
    event = make_event(joining_link="https://meet.example/1")
    reader = Reader(partnership(session), 1 if with_link else None, is_secretary=with_link)
    content = single_event(event, "en", "http://localhost", reader, NOW)
    calendar = Calendar.from_ical(content)
    [component] = calendar.walk("VEVENT")
    assert component["UID"] == event.uid
    assert (b"CONFERENCE;VALUE=URI:https://meet.example/1" in content) is with_link
    assert (b"meet.example" in content) is with_link
    assert not {"METHOD", "NAME", "REFRESH-INTERVAL", "SOURCE"} & set(calendar)


def test_the_class_of_a_restricted_event_is_private(session, make_event):
    event = make_event(visibility="group")
    content = single_event(event, "en", "http://localhost", Reader(partnership(session)), NOW)
    assert b"\r\nCLASS:PRIVATE\r\n" in content


def test_a_parent_of_another_visibility_is_not_named(session, make_event, read):
    parent = make_event(kind_key="conference", visibility="partners")
    child = make_event(kind_key="side-event", group_keys=(), parent_id=parent.id)
    session.expire_all()
    assert "RELATED-TO" not in read()[child.uid]


def test_now_is_nowhere_in_a_feed(make_event, feed_bytes, clock):
    make_event()
    clock.move_to(datetime(2026, 11, 28, 23, 17, 41, tzinfo=UTC))
    assert b"20261128" not in feed_bytes()
