"""Importing on the web: first what would be done, then doing exactly that; and the calendars of other bodies."""

import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from events_app.events.models import Event
from events_app.planning.models import Shadow, ShadowCalendar
from events_app.words.dates import days_span_text
from events_app.worker.forgetting import forget_old

TABLE = "kind,group,start,theme\nworkshop,asian,2027-03-02,Ports\n"
BAD_ROW = "workshop,asian,03/04/2027,Roads\n"
MARK = "xshadowmarkx"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:xshadowmarkx@eu\r\nDTSTART:20261210T090000Z\r\n"
    f"DTEND:20261210T110000Z\r\nSUMMARY:Council {MARK}\r\nLOCATION:{MARK} street\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def secretary(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("clara", secretary=True))


@pytest.fixture
def contact_point(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("haruto", "JP"))


@pytest.fixture
def stored(session):
    def events():
        session.rollback()
        return list(session.scalars(select(Event).order_by(Event.id)))

    return events


def send(browser, content, file_name="plan.csv", path="/import", **fields):
    raw = content.encode() if isinstance(content, str) else content
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(raw), file_name), **fields})
    return browser.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def form_of(page):
    """The hidden fields of the button that imports."""
    return dict(
        re.findall(r'<input type="hidden" name="(waiting|time_zone|kind_key|is_partial)" value="([^"]*)"', page.text)
    )


def test_first_a_report_and_then_exactly_that_file(secretary, stored, settings):
    shown = send(secretary, TABLE)
    assert (shown.status_code, stored()) == (200, [])
    assert "What would be done" in shown.text
    assert "Ports" in shown.text
    done = secretary.post("/import/apply", data=form_of(shown))
    assert (done.status_code, "What was done" in done.text) == (200, True)
    assert [(event.theme, event.status) for event in stored()] == [("Ports", "draft")]
    assert list((settings.instance_path / "imports").iterdir()) == []


def test_a_second_import_has_nothing_to_do(secretary, stored):
    secretary.post("/import/apply", data=form_of(send(secretary, TABLE)))
    again = send(secretary, TABLE)
    assert "The calendar has all of this already." in again.text
    assert 'action="/import/apply"' not in again.text
    assert len(stored()) == 1


def test_what_changes_is_shown_field_by_field(secretary, make_event):
    event = make_event(theme="Water")
    shown = send(secretary, f"uid,start,theme\n{event.uid},2027-03-09,Borders\n").text
    assert "<bdi>Water</bdi> → <bdi>Borders</bdi>" in shown
    assert "Tuesday, 2 March 2027" in shown


def test_with_something_rejected_the_headline_says_so_and_a_button_takes_the_rest(secretary, stored):
    shown = send(secretary, TABLE + BAD_ROW)
    assert "Nothing would be saved as it is" in shown.text
    assert "“03/04/2027” is not written as YYYY-MM-DD or DD.MM.YYYY." in shown.text
    assert "<td><bdi>03/04/2027</bdi></td>" in shown.text
    assert "Import the one that can be taken" in shown.text
    assert secretary.post("/import/apply", data=form_of(shown)).status_code == 200
    assert [event.theme for event in stored()] == ["Ports"]


def test_with_everything_rejected_nothing_can_be_imported(secretary):
    shown = send(secretary, "kind,group,start,theme\n" + BAD_ROW).text
    assert ("Nothing would be saved as it is" in shown, 'action="/import/apply"' in shown) == (True, False)


def test_nothing_is_taken_in_part_unasked(secretary, stored):
    part = send(secretary, TABLE + BAD_ROW, is_partial="y")
    assert secretary.post("/import/apply", data={**form_of(part), "is_partial": ""}).status_code == 422
    assert stored() == []


def test_foreign_events_get_the_kind_that_was_chosen_and_shown(secretary, stored):
    form_page = secretary.get("/import").text
    assert '<option selected value="liaison">Liaison meeting</option>' in form_page
    assert "<td>Liaison meeting</td>" in send(secretary, CALENDAR, "eu.ics").text
    shown = send(secretary, CALENDAR, "eu.ics", kind_key="seminar")
    assert "<td>Seminar</td>" in shown.text
    assert secretary.post("/import/apply", data=form_of(shown)).status_code == 200
    assert [event.kind_key for event in stored()] == ["seminar"]
    assert send(secretary, CALENDAR, "eu.ics", kind_key="feast").status_code == 422


def test_a_contact_point_is_offered_no_kind_that_is_the_sections(contact_point):
    page = contact_point.get("/import").text
    assert ('value="liaison"' in page, 'value="ministerial-council"' in page) == (True, False)


def test_the_report_says_when_where_and_who_sees_it(secretary):
    header = "kind,start,end,start_time,end_time,time_zone,title,city,status,visibility"
    rows = [
        "seminar,2027-06-07,2027-06-09,,,,Water,Tokyo,confirmed,public",
        "workshop,2027-03-02,,10:00,12:00,Asia/Tokyo,Ports,Kyoto,,",
        "workshop,2027-03-03,,,,,Rails,,,public",
    ]
    shown = send(secretary, "\n".join([header, *rows])).text
    assert days_span_text(date(2027, 6, 7), date(2027, 6, 9), "en") in shown
    assert "Confirmed, Public: everybody sees it at once" in shown
    assert "Tuesday, 2 March 2027, 10:00–12:00 (Japan)" in shown
    assert ("<bdi>Kyoto</bdi>" in shown, "Draft, All delegations" in shown) == (True, True)
    assert "Draft, Public once it is confirmed" in shown


def test_after_the_import_every_line_leads_to_its_event(secretary, stored):
    done = secretary.post("/import/apply", data=form_of(send(secretary, TABLE)))
    (event,) = stored()
    assert f'<a href="/events/{event.id}"><bdi>Ports</bdi></a>' in done.text


def test_an_event_out_of_sight_is_no_link(contact_point, make_event):
    event = make_event("draft", theme="Water", visibility="secretariat")
    assert "/events/" not in send(contact_point, f"uid,start\n{event.uid},2027-03-02\n").text.partition("<main")[2]


def test_what_was_done_may_be_reloaded(secretary, contact_point, stored):
    form = form_of(send(secretary, TABLE))
    secretary.post("/import/apply", data=form)
    again = secretary.post("/import/apply", data=form)
    (event,) = stored()
    assert (again.status_code, "This file is already imported" in again.text) == (200, True)
    assert f'href="/events/{event.id}"' in again.text
    other = contact_point.post("/import/apply", data=form)
    assert (other.status_code, "already imported" in other.text) == (422, False)


def test_the_help_names_what_the_columns_take(secretary):
    for path, words in (("/import", ("workshop", "joint", "confirmed", "secretariat", "hybrid")), ("/shadows", ())):
        page = secretary.get(path).text
        assert all(f"<code>{word}</code>" in page for word in (*words, "title", "summary", "time_zone"))
    assert "<code>visibility</code>" not in secretary.get("/shadows").text


def test_what_can_be_taken_is_taken_if_asked_for(secretary, stored):
    form = form_of(send(secretary, TABLE + BAD_ROW, is_partial="y"))
    assert secretary.post("/import/apply", data=form).status_code == 200
    assert [event.theme for event in stored()] == ["Ports"]


def test_a_zone_is_asked_for_and_carried_to_the_second_step(secretary, stored):
    table = "kind,start,start_time,end_time\nworkshop,2027-03-02,10:00,11:00\n"
    assert "Its times have no time zone." in send(secretary, table).text
    form = form_of(send(secretary, table, time_zone="Asia/Tokyo"))
    assert secretary.post("/import/apply", data=form).status_code == 200
    assert [event.time_zone for event in stored()] == ["Asia/Tokyo"]


def test_nobody_imports_the_file_of_somebody_else(secretary, contact_point, stored):
    form = form_of(send(secretary, TABLE))
    answer = contact_point.post("/import/apply", data=form)
    assert (answer.status_code, "no longer kept" in answer.text) == (422, True)
    assert stored() == []


@pytest.mark.parametrize(
    "waiting", ["", "../../events.sqlite", "1-" + "0" * 64 + ".csv", "/etc/passwd", "x" * 5_000, "1-\x00.csv"]
)
def test_a_file_that_was_not_looked_at_is_not_imported(secretary, stored, waiting):
    answer = secretary.post("/import/apply", data={"waiting": waiting})
    assert (answer.status_code, stored()) == (422, [])


def test_a_file_that_was_changed_on_disk_is_not_imported(secretary, stored, settings):
    form = form_of(send(secretary, TABLE))
    (settings.instance_path / "imports" / form["waiting"]).write_text(TABLE.replace("Ports", "Rails"))
    assert secretary.post("/import/apply", data=form).status_code == 422
    assert stored() == []


def test_waiting_files_are_few_and_forgotten_after_a_day(secretary, session, settings, clock):
    for n in range(8):
        send(secretary, TABLE.replace("Ports", f"Ports {n}"))
    folder = settings.instance_path / "imports"
    assert len(list(folder.iterdir())) == 5
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    forget_old(session, settings, clock.now() + timedelta(hours=23))
    assert len(list(folder.iterdir())) == 5
    forget_old(session, settings, clock.now() + timedelta(hours=25))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "plan.csv", "The file is empty."),
        (TABLE, "plan.xlsx", "Only calendar files"),
        (b"\x00\x01", "plan.csv", "The file is no text."),
        (TABLE + 'workshop,"', "plan.csv", "quotation marks"),
        (TABLE + "," * 1_001, "plan.csv", "more than 100 columns"),
        (TABLE + "x" * 150_000, "plan.csv", "a cell that is too long"),
        ("kind,start\n" + "workshop,2027-03-02\n" * 2_001, "plan.csv", "more than 2000 rows"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "plan.ics", "damaged"),
        (TABLE + "x" * 2_000_000, "plan.csv", "at most 2 MB"),
    ],
)
def test_a_hostile_file_is_refused_in_words_at_the_field(secretary, stored, content, name, said):
    answer = send(secretary, content, name)
    assert answer.status_code == 422
    sentence = re.search(r'id="file-error">(.*?)</p>', answer.text, re.DOTALL)
    assert sentence
    assert said in sentence[1]
    assert stored() == []


def test_more_than_a_form_may_send_is_not_even_read(secretary, stored):
    answer = send(secretary, "x" * 10_000_000)
    assert (answer.status_code, "at most 2 MB" in answer.text) == (413, True)
    assert stored() == []


def test_a_zone_that_nobody_knows_is_refused_at_the_field(secretary):
    answer = send(secretary, TABLE, time_zone="Mars/Phobos")
    assert (answer.status_code, 'id="time_zone-error"' in answer.text) == (422, True)


def test_markup_of_a_file_does_not_act(secretary):
    table = "kind,start,theme,<b>x</b>\nworkshop,2027-03-02,<script>alert(1)</script>,\nfeast,2027-03-02,<i>x</i>,\n"
    shown = send(secretary, table, "<img src=x>.csv").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert ("<img src=x>" in shown, "&lt;img src=x&gt;.csv" in shown) == (False, True)
    assert "<b>x</b>" not in shown


def test_an_import_needs_the_token_of_its_form(app, secretary, stored):
    form = form_of(send(secretary, TABLE))
    app.config["WTF_CSRF_ENABLED"] = True
    assert secretary.post("/import/apply", data=form).status_code == 400
    assert send(secretary, TABLE).status_code == 400
    assert stored() == []


def test_files_without_end_are_slowed_down(secretary):
    codes = {send(secretary, "").status_code for _ in range(120)}
    assert (codes, send(secretary, "").status_code) == ({422}, 429)
    assert secretary.get("/import").status_code == 200


def test_a_contact_point_imports_drafts_and_finds_the_door_on_the_desk(contact_point, stored):
    assert 'href="/import"' in contact_point.get("/desk").text
    assert contact_point.post("/import/apply", data=form_of(send(contact_point, TABLE))).status_code == 200
    assert [(event.status, event.drafted_for_code) for event in stored()] == [("draft", "JP")]


def test_what_a_contact_point_may_not_change_is_rejected(contact_point, make_event, stored):
    event = make_event(theme="Water")
    shown = send(contact_point, f"uid,start,theme\n{event.uid},2027-03-02,Mine\n").text
    assert "belong to an event that you may not change" in shown
    assert "Water" not in shown
    assert stored()[0].theme == "Water"


def test_a_calendar_of_another_body_is_kept_replaced_and_removed(secretary, session):
    for _ in range(2):
        assert send(secretary, CALENDAR, "eu.ics", "/shadows", name="EU Council").status_code == 302
    shadow = session.scalars(select(Shadow)).one()
    page = secretary.get("/shadows").text
    assert ("EU Council" in page, f"Council {MARK}" in page) == (True, True)
    address = f"/shadows/{shadow.calendar_id}/remove"
    assert secretary.get(address).status_code == 200
    session.rollback()
    assert len(session.scalars(select(ShadowCalendar)).all()) == 1
    assert secretary.post(address).status_code == 302
    session.rollback()
    assert session.scalars(select(ShadowCalendar)).all() == []
    assert session.scalars(select(Shadow)).all() == []


def test_a_calendar_of_another_body_is_refused_whole_and_in_words(secretary, session):
    floating = CALENDAR.replace("090000Z", "090000").replace("110000Z", "110000")
    answer = send(secretary, floating, "eu.ics", "/shadows", name="EU Council")
    assert (answer.status_code, "Its times have no time zone." in answer.text) == (422, True)
    assert send(secretary, CALENDAR, "eu.ics", "/shadows", name=" ").status_code == 422
    assert send(secretary, b"\x00", "eu.csv", "/shadows", name="EU").status_code == 422
    assert session.scalars(select(ShadowCalendar)).all() == []


def test_what_was_kept_and_what_was_rejected_of_another_body_is_said(secretary):
    rows = "title,start,colour\nCouncil,16.03.2027,red\nTalks,03/04/2027,red\nSummit,05/04/2027,red\n"
    answer = send(secretary, rows, "eu.csv", "/shadows", name="EU", is_partial="y")
    assert (answer.status_code, "Saved. Kept: 1. Rejected: 2." in answer.text) == (200, True)
    assert ("“03/04/2027” is not written" in answer.text, "<bdi>colour</bdi>" in answer.text) == (True, True)
    plain = send(secretary, "title,start\nCouncil,2027-03-16\n", "eu.csv", "/shadows", name="A")
    assert plain.location == "/shadows"


def test_what_is_cancelled_in_another_calendar_is_counted_as_left_out(secretary):
    event = CALENDAR[CALENDAR.index("BEGIN:VEVENT") : CALENDAR.index("END:VCALENDAR")]
    cancelled = event.replace("UID:", "STATUS:CANCELLED\r\nUID:c")
    send(secretary, CALENDAR.replace(event, event + cancelled), "eu.ics", "/shadows", name="EU")
    page = secretary.get("/shadows").text
    assert "Saved. Kept: 1. Rejected: 0. Left out as cancelled or long past: 1." in page


def test_the_problems_of_a_form_are_told_in_its_order_and_in_words(secretary):
    page = send(secretary, "", "eu.csv", "/shadows", name=" ", time_zone="Mars/Phobos").text
    places = [page.index(f'<a href="#{name}">') for name in ("name", "time_zone")]
    assert places == sorted(places)
    assert "Name: This field is required." in page


def test_a_shadow_is_seen_on_one_page_and_by_secretaries_alone(app, secretary, contact_point, make_event):
    event = make_event(theme="Water")
    assert send(secretary, CALENDAR, "eu.ics", "/shadows", name=f"EU {MARK}").status_code == 302
    addresses = {
        rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
    } | {
        "/year/2026", "/month/2026-12", "/groups/asian", "/groups/mediterranean",
        f"/events/{event.id}", f"/events/{event.id}.ics", f"/events/{event.id}/history",
        *(f"/feeds/{name}.ics" for name in ("all", "mediterranean", "asian", "joint", "conferences", "council")),
    }  # fmt: skip
    for browser in (app.test_client(), contact_point, secretary):
        telling = {address for address in addresses if MARK in browser.get(address).text}
        assert telling == ({"/shadows", "/me/data"} if browser is secretary else set())
        assert "Nothing answers to this search." in browser.get(f"/events/?q={MARK}").text
