"""What forms refuse: each bad input gets a sentence at its field and saves nothing, and hostile text stays text."""

from datetime import date, time
from html import unescape

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from events_app.events.models import Event, EventChange
from events_app.events.rules.details import AgendaPoint
from events_app.partnership.models import Chairmanship

NEW_MEETING = "/events/new/contact-group-meeting"
MEETING = {
    "group_keys": "mediterranean", "theme": "Water", "theme_language": "en", "starts_on": "2027-03-02",
    "start_time": "10:00", "end_time": "13:00", "time_zone": "Europe/Vienna", "format": "in-person", "venue_key": "",
    "place": "Hofburg", "host_code": "", "parent_id": "0", "visibility": "public", "chair_override_code": "",
}  # fmt: skip
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&{{7*7}}"
EMOJI = "\N{PARTY POPPER}"


@pytest.fixture
def secretary(app, client, make_person, sign_in):
    return sign_in(client, make_person("clara", secretary=True))


@pytest.fixture
def contact_point(app, make_person, sign_in):
    """A contact point of Switzerland, which chairs neither group on the dates used here."""
    return sign_in(app.test_client(), make_person("ben", "CH"))


@pytest.fixture
def chair(app, make_person, sign_in):
    """A contact point of Finland, which chairs the Asian group in 2026."""
    return sign_in(app.test_client(), make_person("aino", "FI"))


@pytest.fixture
def saved(session):
    """How many events and entries of history are stored."""

    def count():
        session.rollback()
        return session.scalar(select(func.count(Event.id))), session.scalar(select(func.count(EventChange.id)))

    return count


def filled(event, **changes):
    """The edit form of an event as a browser would send it, changed so."""
    shown = {
        "version": event.version, "theme": event.theme, "theme_language": event.theme_language,
        "starts_on": event.starts_on.isoformat(), "ends_on": event.ends_on.isoformat(),
        "start_time": f"{event.start_time:%H:%M}", "end_time": f"{event.end_time:%H:%M}", "time_zone": event.time_zone,
        "format": event.format, "venue_key": "", "place": event.place, "host_code": "", "parent_id": "0",
        "visibility": event.visibility, "group_keys": list(event.group_keys), "chair_override_code": "",
    }  # fmt: skip
    return {**shown, **changes}


def sentence_at(page, field):
    """The sentence shown at a field of a page, empty if there is none."""
    return unescape(page.text.partition(f'id="{field}-error">')[2].partition("</p>")[0]).strip()


def test_a_good_form_saves_a_draft(secretary, saved):
    answer = secretary.post(NEW_MEETING, data=MEETING)
    assert answer.status_code == 302
    assert saved() == (1, 1)


BAD = {
    "no first day": ({"starts_on": ""}, "starts_on", ""),
    "an impossible date": ({"starts_on": "2027-02-30"}, "starts_on", "2027-02-30 is no date in the calendar."),
    "29 February of a common year": ({"starts_on": "2027-02-29"}, "starts_on", "is no date in the calendar."),
    "a date in words": ({"starts_on": "next week"}, "starts_on", "is no date in the calendar."),
    "the year 0000": ({"starts_on": "0000-01-01"}, "starts_on", "is no date in the calendar."),
    "the year 1": ({"starts_on": "0001-01-01"}, "starts_on", "The date must lie between 1973 and 2100."),
    "the year 9999": ({"starts_on": "9999-12-31"}, "starts_on", "The date must lie between 1973 and 2100."),
    "the year 12027": ({"starts_on": "12027-01-01"}, "starts_on", "is no date in the calendar."),
    "an end in the year 9999": ({"ends_on": "9999-12-31"}, "ends_on", "The last day lies too far away."),
    "a last day before the first": ({"ends_on": "2027-03-01"}, "ends_on", "The end must come after the start."),
    "an end before the start": ({"end_time": "09:00"}, "end_time", "The end must come after the start."),
    "an end at the start": ({"end_time": "10:00"}, "end_time", "The end must come after the start."),
    "a start without an end": ({"end_time": ""}, "end_time", "Give both a start and an end time"),
    "an end without a start": ({"start_time": ""}, "start_time", "Give both a start and an end time"),
    "25 o'clock": ({"start_time": "25:00"}, "start_time", "25:00 is no time of day."),
    "a time in words": ({"end_time": "noon"}, "end_time", "noon is no time of day."),
    "an unknown zone": ({"time_zone": "Mars/Phobos"}, "time_zone", "This is not one of the choices."),
    "a path as a zone": ({"time_zone": "../../etc/passwd"}, "time_zone", "This is not one of the choices."),
    "no zone": ({"time_zone": ""}, "time_zone", "This is not one of the choices."),
    "the hour that is skipped": (
        {"starts_on": "2027-03-28", "start_time": "02:30", "end_time": "05:00"}, "start_time", "the clocks go forward",
    ),
    "the hour that happens twice": (
        {"starts_on": "2027-10-31", "start_time": "02:30", "end_time": "05:00"}, "repeated_hour", "happens twice",
    ),
    "an unknown host": ({"host_code": "XX"}, "host_code", "Choose one of the list."),
    "an unknown co-host": ({"co_host_codes": "XX"}, "co_host_codes", "Choose from the list."),
    "a host who is a co-host": ({"host_code": "AT", "co_host_codes": "AT"}, "co_host_codes", "either the host or"),
    "another chair without a reason": (
        {"chair_override_code": "CY"}, "chair_override_reason", "Say why: an exception carries its reason.",
    ),
    "a blank reason for another chair": (
        {"chair_override_code": "CY", "chair_override_reason": " \t "}, "chair_override_reason", "Say why",
    ),
    "a group before its foundation": ({"starts_on": "1993-03-02"}, "group_keys", "This group did not meet before"),
    "no group": ({"group_keys": ""}, "group_keys", ""),
    "two groups": ({"group_keys": ["mediterranean", "asian"]}, "group_keys", "Choose one Contact Group."),
    "an unknown group": ({"group_keys": "nordic"}, "group_keys", "Choose from the list."),
    "a theme of 10,000 characters": ({"theme": "x" * 10_000}, "theme", "300"),
    "10,000 emoji": ({"theme": EMOJI * 10_000}, "theme", "300"),
    "an unknown language": ({"theme_language": "xx"}, "theme_language", "Choose one of the list."),
    "an unknown language of interpretation": ({"interpretation": "tlh"}, "interpretation", "Choose from the list."),
    "an unknown format": ({"format": "by pigeon"}, "format", "Choose one of the list."),
    "an unknown venue": ({"venue_key": "moon"}, "venue_key", "Choose one of the list."),
    "an unknown topic": ({"topic_keys": "weather"}, "topic_keys", "Choose from the list."),
    "an unknown visibility": ({"visibility": "nobody"}, "visibility", "Choose one of the list."),
    "an unknown event around it": ({"parent_id": "999999"}, "parent_id", "Choose one of the list."),
    "a negative event around it": ({"parent_id": "-1"}, "parent_id", "Choose one of the list."),
    "a huge event around it": ({"parent_id": "9" * 40}, "parent_id", "Choose one of the list."),
    "an endless number": ({"parent_id": "9" * 5000}, "parent_id", ""),
    "words as a number": ({"parent_id": "abc"}, "parent_id", ""),
    "a link that runs a script": ({"joining_link": "javascript:alert(1)"}, "joining_link", "A link starts with"),
    "a joining link of data": ({"joining_link": "data:text/html,x"}, "joining_link", "A link starts with"),
    "a broken joining link": ({"joining_link": "https://["}, "joining_link", "A link starts with"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_gets_a_sentence_at_its_field_and_saves_nothing(secretary, saved, changes, field, sentence):
    answer = secretary.post(NEW_MEETING, data={**MEETING, **changes})
    assert answer.status_code == 422
    shown = sentence_at(answer, field)
    assert shown
    assert sentence in shown
    assert 'class="error-summary"' in answer.text
    assert saved() == (0, 0)


def test_an_edit_refuses_the_same_and_changes_nothing(secretary, saved, make_event, session):
    event = make_event()
    before, version = saved(), event.version
    for name, (changes, field, _) in BAD.items():
        answer = secretary.post(f"/events/{event.id}/edit", data={**filled(event), "ends_on": "", **changes})
        assert answer.status_code == 422, name
        assert sentence_at(answer, field), name
    assert saved() == before
    session.refresh(event)
    assert (event.version, event.theme) == (version, "")


def test_what_was_entered_is_still_there_after_a_refusal(secretary):
    page = secretary.post(NEW_MEETING, data={**MEETING, "theme": "Deserts & dust", "end_time": "09:00"})
    assert 'value="Deserts &amp; dust"' in page.text
    assert 'value="09:00"' in page.text


def test_an_all_day_event_is_one_without_times(secretary, session):
    assert secretary.post(NEW_MEETING, data={**MEETING, "start_time": "", "end_time": ""}).status_code == 302
    assert session.scalar(select(Event)).is_all_day


@pytest.mark.parametrize(("choice", "fold", "hour"), [("first", 0, 0), ("second", 1, 1)])
def test_the_hour_that_happens_twice_is_stored_as_chosen(secretary, session, choice, fold, hour):
    twice = {"starts_on": "2027-10-31", "start_time": "02:30", "end_time": "05:00", "repeated_hour": choice}
    assert secretary.post(NEW_MEETING, data={**MEETING, **twice}).status_code == 302
    event = session.scalar(select(Event))
    assert (event.start_fold, event.starts_at.hour) == (fold, hour)


BAD_DOCUMENTS = ["javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)",
                 "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "https://[",
                 "http://"]  # fmt: skip


@pytest.mark.parametrize("link", BAD_DOCUMENTS)
def test_a_document_is_a_link_to_the_web_and_nothing_else(secretary, saved, link):
    rows = {"documents-0-type": "agenda", "documents-0-title": "Agenda", "documents-0-link": link}
    answer = secretary.post(NEW_MEETING, data={**MEETING, **rows})
    assert answer.status_code == 422
    assert "A link starts with https:// or http://." in answer.text
    assert saved() == (0, 0)


BAD_ROWS = {
    "a document of an unknown type": {"documents-0-type": "poem", "documents-0-link": "https://a.example"},
    "a point on another day": {"agenda-0-title": "Opening", "agenda-0-held_on": "2027-03-05"},
    "a point on no day": {"agenda-0-title": "Opening", "agenda-0-held_on": "2027-02-30"},
    "a point at 25 o'clock": {"agenda-0-title": "Opening", "agenda-0-starts": "25:00"},
    "a point that is far too long": {"agenda-0-title": "x" * 10_000},
    "speakers that are far too long": {"agenda-0-title": "Opening", "agenda-0-speakers": EMOJI * 10_000},
    "a title of a document that is far too long": {
        "documents-0-type": "agenda", "documents-0-link": "https://a.example", "documents-0-title": "x" * 10_000,
    },
    "an address that is far too long": {
        "documents-0-type": "agenda", "documents-0-link": "https://a.example/" + "x" * 10_000, "documents-0-title": "",
    },
    "an address as title that is too long for one": {
        "documents-0-type": "agenda", "documents-0-link": "https://a.example/" + "x" * 300, "documents-0-title": "",
    },
}  # fmt: skip


@pytest.mark.parametrize("rows", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_of_agenda_or_documents_saves_nothing(secretary, saved, rows, request):
    answer = secretary.post(NEW_MEETING, data={**MEETING, **rows})
    if "as title" in request.node.name:
        assert answer.status_code in (302, 422)
        return
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert saved() == (0, 0)


def test_more_rows_than_there_can_be_are_refused_in_words(secretary, saved):
    rows = {f"agenda-{n}-title": f"Point {n}" for n in range(60)}
    answer = secretary.post(NEW_MEETING, data={**MEETING, **rows})
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:
        assert saved() == (0, 0)


@pytest.mark.parametrize(
    "name", ["agenda-99999999999999999999-title", "agenda--1-title", "agenda-x-title", "agenda-title", "documents-"]
)
def test_rows_with_odd_numbers_are_no_rows(secretary, name):
    assert secretary.post(NEW_MEETING, data={**MEETING, name: "Point"}).status_code in (302, 422)


def test_a_field_of_ten_million_characters_is_too_large(secretary, saved):
    answer = secretary.post(NEW_MEETING, data={**MEETING, "theme": "x" * 10_000_000})
    assert answer.status_code == 413
    assert saved() == (0, 0)


def test_a_file_of_ten_million_bytes_is_too_large(secretary, saved):
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n\r\n'
    body = head + b"x" * 10_000_000 + b"\r\n--cut--\r\n"
    answer = secretary.post(NEW_MEETING, data=body, content_type="multipart/form-data; boundary=cut")
    assert answer.status_code == 413
    assert saved() == (0, 0)


@pytest.mark.parametrize("content_type", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_more_than_a_thousand_parts_are_too_many(secretary, saved, content_type):
    sent = {**MEETING, **{f"part{n}": "x" for n in range(1001)}}
    assert secretary.post(NEW_MEETING, data=sent, content_type=content_type).status_code == 413
    assert saved() == (0, 0)


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain", ""],
)
def test_a_body_that_is_no_form_is_refused(secretary, saved, content_type):
    for body in (b"\xff\xfe", b"{", b"%", b"=", b"&" * 500, b"theme=%ff%fe&starts_on=%00", b"a" * 5000, b""):
        answer = secretary.post(NEW_MEETING, data=body, content_type=content_type)
        assert answer.status_code in (400, 413, 422), body
    assert saved() == (0, 0)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Water\0 and\x07 light", "Water and light"),
        ("Water\r\nBcc: all@delegations.example", "Water Bcc: all@delegations.example"),
        ("Water\u2028SUMMARY:x", "Water SUMMARY:x"),
        ("Caf" + "e\u0301", "Caf\u00e9"),
        ("  Water   and\tlight ", "Water and light"),
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
        ("\u202eretaW", "\u202eretaW\u202c"),
        (EMOJI * 300, EMOJI * 300),
    ],
)
def test_a_theme_is_one_line_of_clean_text(secretary, session, typed, kept):
    assert secretary.post(NEW_MEETING, data={**MEETING, "theme": typed}).status_code == 302
    event = session.scalar(select(Event))
    assert event.theme == kept
    assert secretary.get(f"/events/{event.id}").status_code == 200
    assert secretary.get(f"/events/{event.id}.ics").status_code == 200


@pytest.mark.parametrize("field", ["theme", "description", "group_keys", "starts_on", "time_zone", "version"])
def test_bytes_that_are_no_text_break_nothing(secretary, field):
    fields = "&".join(f"{name}={value}" for name, value in MEETING.items() if name != field)
    for raw in ("%ED%A0%80", "%ff", "%00", "%C0%AF", "%EF%BF%BF"):
        body = f"{fields}&{field}={raw}"
        answer = secretary.post(NEW_MEETING, data=body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (302, 422), raw


def test_a_field_that_comes_twice_counts_once(secretary, session):
    sent = MultiDict(
        [*MEETING.items(), ("theme", "second"), ("visibility", "secretariat"), ("starts_on", "2030-01-01")]
    )
    assert secretary.post(NEW_MEETING, data=sent).status_code == 302
    event = session.scalar(select(Event))
    assert (event.theme, event.visibility, event.starts_on) == ("Water", "public", date(2027, 3, 2))


def test_fields_that_are_not_in_the_form_are_ignored(contact_point, session):
    extra = {"status": "confirmed", "drafted_for_code": "FI", "for_code": "FI", "uid": "stolen", "sequence": "99",
             "id": "7",
             "chair_override_code": "CH", "chair_override_reason": "mine", "published_at": "2026-01-01",
             "drafted_by_id": "1", "is_secretary": "y", "kind_key": "summit", "repeat_until": "2027-12-31"}  # fmt: skip
    assert contact_point.post(NEW_MEETING, data={**MEETING, **extra}).status_code == 302
    [event] = session.scalars(select(Event))
    assert (event.status, event.drafted_for_code, event.sequence) == ("draft", "CH", 0)
    assert (event.chair_override_code, event.published_at, event.kind_key) == (None, None, "contact-group-meeting")
    assert event.uid != "stolen"


def test_a_contact_point_cannot_hide_an_event_from_the_delegations(contact_point, saved):
    answer = contact_point.post(NEW_MEETING, data={**MEETING, "visibility": "secretariat"})
    assert answer.status_code == 422
    assert sentence_at(answer, "visibility")
    assert saved() == (0, 0)


def test_a_contact_point_cannot_draft_for_a_group_in_which_the_delegation_does_not_sit(
    app, make_person, sign_in, saved
):
    jordan = sign_in(app.test_client(), make_person("leila", "JO"))
    answer = jordan.post(NEW_MEETING, data={**MEETING, "group_keys": "asian"})
    assert answer.status_code == 422
    assert "does not sit in this group" in sentence_at(answer, "group_keys")
    assert saved() == (0, 0)


@pytest.mark.parametrize("number", ["-1", "0", "9" * 20, "2147483648", "9223372036854775808", "1e3", "1.5", "٣", "%31"])
def test_an_event_with_an_odd_number_does_not_exist(secretary, number):
    for path in ("/events/{}", "/events/{}/edit", "/events/{}.ics", "/events/{}/history", "/events/{}/cancel"):
        assert secretary.get(path.format(number)).status_code == 404, path


@pytest.mark.parametrize("year", ["0", "1990", "2101", "9" * 30, "-2027", "x"])
def test_a_chairmanship_of_an_odd_year_does_not_exist(secretary, year):
    assert secretary.get(f"/chairmanships/{year}").status_code == 404
    assert secretary.post(f"/chairmanships/{year}", data={"state_code": "CY", "status": "decided"}).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"state_code": ""}, "state_code"), ({"state_code": "XX"}, "state_code"), ({"status": "elected"}, "status"),
     ({"decided_on": "2026-02-30"}, "decided_on"), ({"decided_on": "2026-11-22"}, "decided_on"),
     ({"decided_on": "9999-12-31"}, "decided_on"), ({"source": "x" * 10_000}, "source")],
)  # fmt: skip
def test_a_bad_entry_of_the_roster_is_said_at_its_field(secretary, session, changes, field):
    good = {"state_code": "CY", "status": "decided", "decided_on": "2026-11-20", "source": "Decision"}
    answer = secretary.post("/chairmanships/2027", data={**good, **changes})
    assert answer.status_code == 422
    assert sentence_at(answer, field)
    assert session.get(Chairmanship, 2027).state_code is None


def test_a_stale_edit_shows_both_and_loses_neither(app, secretary, make_event, make_person, sign_in, session):
    event = make_event(theme="Water")
    first = filled(event, theme="Water and dust", place="Ratsaal")
    second = filled(event, theme="Deserts")
    assert secretary.post(f"/events/{event.id}/edit", data=first).status_code == 302
    other = sign_in(app.test_client(), make_person("dora", secretary=True))
    answer = other.post(f"/events/{event.id}/edit", data=second)
    assert answer.status_code == 409
    assert "Water and dust" in answer.text
    assert 'value="Deserts"' in answer.text
    assert "Ratsaal" in answer.text
    session.refresh(event)
    assert (event.theme, event.place) == ("Water and dust", "Ratsaal")


def test_saving_the_stale_edit_again_overwrites_knowingly(secretary, make_event, session):
    event = make_event(theme="Water")
    stale = filled(event, theme="Deserts")
    secretary.post(f"/events/{event.id}/edit", data=filled(event, theme="Dust"))
    page = secretary.post(f"/events/{event.id}/edit", data=stale)
    version = page.text.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    assert secretary.post(f"/events/{event.id}/edit", data={**stale, "version": version}).status_code == 302
    session.refresh(event)
    assert event.theme == "Deserts"


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "9" * 30, "1 or 1=1"])
def test_an_edit_without_the_version_that_was_seen_saves_nothing(secretary, make_event, session, version):
    event = make_event(theme="Water")
    answer = secretary.post(f"/events/{event.id}/edit", data=filled(event, theme="Deserts", version=version))
    assert answer.status_code in (409, 422)
    session.refresh(event)
    assert event.theme == "Water"


def test_sending_an_edit_twice_changes_once_and_says_so(secretary, make_event, session):
    event = make_event(theme="Water")
    sent = filled(event, theme="Deserts")
    assert secretary.post(f"/events/{event.id}/edit", data=sent).status_code == 302
    assert secretary.post(f"/events/{event.id}/edit", data=sent).status_code in (302, 409)
    session.refresh(event)
    assert event.version == int(sent["version"]) + 1


def test_sending_a_step_twice_takes_it_once(secretary, make_event, session):
    event = make_event()
    sent = {"version": str(event.version), "reason": "No room."}
    assert secretary.post(f"/events/{event.id}/cancel", data=sent).status_code == 302
    assert secretary.post(f"/events/{event.id}/cancel", data=sent).status_code == 409
    session.refresh(event)
    assert (event.status, event.sequence) == ("cancelled", 2)


def test_a_stale_step_is_not_taken(secretary, make_event, session):
    event = make_event()
    version = event.version
    assert secretary.post(f"/events/{event.id}/edit", data=filled(event, place="Ratsaal")).status_code == 302
    answer = secretary.post(f"/events/{event.id}/cancel", data={"version": version, "reason": "No room."})
    assert answer.status_code == 409
    session.refresh(event)
    assert event.status == "confirmed"


@pytest.mark.parametrize("reason", ["", "  \t", "\0", "x" * 10_000])
def test_a_cancellation_carries_a_reason_that_fits(secretary, make_event, session, reason):
    event = make_event()
    answer = secretary.post(f"/events/{event.id}/cancel", data={"version": event.version, "reason": reason})
    assert answer.status_code == 422
    assert sentence_at(answer, "reason")
    session.refresh(event)
    assert event.status == "confirmed"


def test_a_chair_cannot_move_a_meeting_across_1_january(chair, make_event, session):
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10))
    moved = filled(event, starts_on="2027-01-12", ends_on="2027-01-12")
    answer = chair.post(f"/events/{event.id}/edit", data=moved)
    assert answer.status_code == 422
    assert "1 January" in sentence_at(answer, "starts_on")
    session.refresh(event)
    assert event.starts_on == date(2026, 12, 10)


def test_a_host_changes_place_and_documents_and_nothing_else(app, make_event, make_person, sign_in, session):
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), host_code="JP", theme="Water")
    host = sign_in(app.test_client(), make_person("haruto", "JP"))
    sent = {"version": event.version, "venue_key": "", "place": "Tokyo", "theme": "Mine", "starts_on": "2027-01-01",
            "visibility": "secretariat", "host_code": "KR", "documents-0-type": "agenda", "documents-0-title": "Agenda",
            "documents-0-link": "https://documents.example/1"}  # fmt: skip
    assert host.post(f"/events/{event.id}/edit-hosted", data=sent).status_code == 302
    session.expire_all()
    assert (event.place, event.theme, event.starts_on) == ("Tokyo", "Water", date(2026, 12, 10))
    assert (event.visibility, event.host_codes) == ("public", ("JP",))
    assert [document.link for document in event.documents] == ["https://documents.example/1"]


def test_a_weekly_series_is_one_event_a_week(secretary, saved):
    council = {**MEETING, "group_keys": [], "starts_on": "2027-01-14", "repeat_until": "2027-02-04"}
    assert secretary.post("/events/new/permanent-council", data=council).status_code == 302
    assert saved() == (4, 4)


@pytest.mark.parametrize("until", ["2027-01-01", "2029-01-14", "9999-12-31", "2027-02-30"])
def test_a_weekly_series_ends_after_it_begins_and_within_a_year(secretary, saved, until):
    council = {**MEETING, "group_keys": [], "starts_on": "2027-01-14", "repeat_until": until}
    answer = secretary.post("/events/new/permanent-council", data=council)
    assert answer.status_code == 422
    assert sentence_at(answer, "repeat_until")
    assert saved() == (0, 0)


@pytest.mark.parametrize("kind", ["nothing", "..", "%00", "contact-group-meeting%00", "CONFERENCE"])
def test_an_unknown_kind_cannot_be_drafted(secretary, kind):
    assert secretary.get(f"/events/new/{kind}").status_code == 404
    assert secretary.post(f"/events/new/{kind}", data=MEETING).status_code == 404


@pytest.mark.parametrize("parent", ["-1", "0", "abc", "9" * 30, "999999", "1e9"])
def test_an_odd_event_in_the_address_of_a_new_one_breaks_nothing(secretary, parent):
    assert secretary.get(f"/events/new/side-event?parent={parent}").status_code == 200
    assert secretary.get(f"/events/new?parent={parent}").status_code == 200


def test_script_and_html_are_shown_as_text_on_every_page(app, secretary, make_event, make_person, session):
    person = make_person("mallory", "FI")
    person.name = SCRIPT
    session.commit()
    hostile = {
        "theme": SCRIPT, "place": SCRIPT, "description": SCRIPT, "rests_on": SCRIPT,
        "chair_override_code": "CY", "chair_override_reason": SCRIPT, "agenda-0-title": SCRIPT,
        "agenda-0-speakers": SCRIPT,
        "documents-0-type": "agenda", "documents-0-title": SCRIPT, "documents-0-link": "https://a.example/?<script>x",
        "joining_link": "https://a.example/?\"><script>alert(1)</script>",
    }  # fmt: skip
    day = {"starts_on": "2026-12-10", "group_keys": "asian"}
    answer = secretary.post(NEW_MEETING, data={**MEETING, **day, **hostile})
    assert answer.status_code == 302
    event = answer.headers["Location"]
    assert secretary.post(f"{event}/confirm", data={"version": "1"}).status_code == 302
    assert secretary.post(f"{event}/postpone", data={"version": "2", "reason": SCRIPT}).status_code == 302
    secretary.post("/chairmanships/2027", data={"state_code": "CY", "status": "decided", "source": SCRIPT})
    pages = [event, f"{event}/edit", f"{event}/history", f"{event}/cancel", f"{event}/restore", f"{event}/edit-hosted",
             "/", "/year/2026", "/month/2026-12", "/groups/asian", "/events/", "/desk", "/chairmanships/", "/outbox",
             "/groups/",
             "/chairmanships/2027", "/events/new/side-event"]  # fmt: skip
    for path in pages:
        page = secretary.get(path)
        assert page.status_code == 200, path
        assert "<script>alert" not in page.text, path
        assert "<img src=x" not in page.text, path
        assert "onerror=alert(1)>\"'" not in page.text, path
    assert "alert(&#39;x&#39;)" in secretary.get(event).text


@pytest.mark.parametrize(
    "path", ["/", "/events/", "/year/2026", "/month/2026-12", "/groups/asian", "/feeds/", "/sign-in"]
)
def test_script_in_an_address_is_not_repeated_as_script(client, path):
    names = ("q", "group", "kind", "year", "status", "page", "council", "next", "<script>alert(1)</script>")
    page = client.get(path, query_string=dict.fromkeys(names, '"><script>alert(1)</script>'))
    assert page.status_code in (200, 400, 404)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "path",
    ["/%00", "/events/%ff", "/..%2f..%2fetc/passwd", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/" + "x" * 5000],
)
def test_an_odd_address_is_a_page_that_does_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_every_page_says_what_a_browser_may_do_with_it(client, make_event):
    for path in ("/", f"/events/{make_event().id}", "/nothing", "/sign-in", "/?lang=xx"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_meeting_from_a_form_is_stored_as_it_was_typed(secretary, session):
    sent = {**MEETING, "host_code": "AT", "co_host_codes": ["JO", "EG"], "topic_keys": "migration",
            "interpretation": ["en", "ar"], "is_fund_financed": "y", "description": "Two\r\nlines",
            "agenda-0-title": "Opening", "agenda-0-starts": "10:00",
            "documents-0-type": "agenda", "documents-0-link": "https://documents.example/1"}  # fmt: skip
    assert secretary.post(NEW_MEETING, data=sent).status_code == 302
    event = session.scalar(select(Event))
    assert (event.start_time, event.end_time, event.description) == (time(10), time(13), "Two\nlines")
    assert (set(event.host_codes), event.is_fund_financed) == ({"AT", "JO", "EG"}, True)
    assert [(point.starts, point.title) for point in event.agenda] == [(time(10), "Opening")]
    assert [document.title for document in event.documents] == ["https://documents.example/1"]


def test_the_agenda_moves_with_an_event_that_keeps_its_length(secretary, make_event, session):
    points = (AgendaPoint(date(2027, 3, 2), time(10), "Opening"), AgendaPoint(date(2027, 3, 3), time(9), "Closing"))
    event = make_event(starts_on=date(2027, 3, 2), ends_on=date(2027, 3, 3), agenda=points)
    rows = {f"agenda-{n}-{name}": f"{value:%H:%M}" if name == "starts" else value
            for n, point in enumerate(points)
            for name, value in vars(point).items()}  # fmt: skip
    moved = filled(event, starts_on="2027-03-09", ends_on="2027-03-10", **rows)
    assert secretary.post(f"/events/{event.id}/edit", data=moved).status_code == 302
    session.refresh(event)
    assert [(point.held_on.day, point.title) for point in event.agenda] == [(9, "Opening"), (10, "Closing")]
    longer = filled(event, starts_on="2027-03-08", **{**rows, "agenda-0-held_on": "2027-03-09"})
    answer = secretary.post(f"/events/{event.id}/edit", data={**longer, "agenda-1-held_on": "2027-03-11"})
    assert (answer.status_code, "lies outside the days" in answer.text) == (422, True)
