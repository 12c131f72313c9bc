"""The files of an event on the web: sent by its organisers, given to those who may see them, to nobody else."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.files import store_file
from events_app.events.models import Document, Event
from events_app.events.rules.documents import fitting_file
from events_app.people.models import Person

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
SEEN = {  # of an Asian meeting chaired by Finland: who sees a document of which visibility
    "public": {""},
    "delegate of the other group": {"", "partners"},
    "delegate": {"", "partners", "group"},
    "contact point": {"", "partners", "group"},
    "organiser": {"", "partners", "group"},
    "host": {"", "partners", "group"},
    "secretary": {"", "partners", "group", "secretariat"},
}
PEOPLE = {
    "delegate of the other group": ("JO", "delegate"), "delegate": ("TH", "delegate"),
    "contact point": ("CH", "contact-point"), "organiser": ("FI", "contact-point"), "host": ("JP", "contact-point"),
}  # fmt: skip
MARKS = {"": "xopenx", "partners": "xpartnersx", "group": "xgroupx", "secretariat": "xsecretariatx"}


@pytest.fixture
def uploads(settings) -> Path:
    return settings.instance_path / "uploads"


@pytest.fixture
def event(make_event) -> Event:
    return make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), host_code="JP")


@pytest.fixture
def browser(app: Flask, make_person, sign_in):
    """Return the browser of somebody of a role."""

    def open_browser(role: str) -> FlaskClient:
        if role == "public":
            return app.test_client()
        return sign_in(app.test_client(), person_of(role))

    known: dict[str, Person] = {}

    def person_of(role: str) -> Person:
        if role not in known:
            name = role.replace(" ", "-")
            known[role] = make_person(name, *PEOPLE[role]) if role in PEOPLE else make_person(name, secretary=True)
        return known[role]

    return open_browser


def send(
    client: FlaskClient, event: Event, name: str = "paper.pdf", content: bytes = PDF, **changes: Any
) -> TestResponse:
    fields = {
        "type": "agenda",
        "title": "Paper",
        "visibility": "",
        "file": FileStorage(io.BytesIO(content), name),
        **changes,
    }
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post(f"/events/{event.id}/documents/new", data=body, content_type=kind)


@pytest.fixture
def one_of_each(session, event, uploads, clock) -> dict[str, Document]:
    """A file of every visibility; title and file name carry its mark."""
    made = {}
    for visibility, mark in MARKS.items():
        file, entry = fitting_file(f"{mark}name.pdf", PDF), DocumentEntry("agenda", f"{mark}title", visibility)
        made[visibility] = add_file(session, event, entry, file, store_file(uploads, PDF), clock.now())
    session.commit()
    return made


def test_an_organiser_adds_a_file_and_everyone_finds_it(event, browser, uploads):
    sent = send(browser("organiser"), event, "Draft agenda.pdf")
    assert (sent.status_code, sent.location) == (302, f"/events/{event.id}")
    shown = browser("public").get(f"/events/{event.id}").text
    assert "Draft agenda.pdf" in shown
    assert "Remove" not in shown
    given = browser("public").get("/documents/1")
    assert (given.status_code, given.data) == (200, PDF)
    assert [path.read_bytes() for path in uploads.iterdir()] == [PDF]


def test_a_document_is_given_to_those_who_may_see_it(one_of_each, browser):
    for role, seen in SEEN.items():
        client = browser(role)
        answers = {v: client.get(f"/documents/{document.id}").status_code for v, document in one_of_each.items()}
        assert answers == {v: 200 if v in seen else 404 for v in MARKS}, role


def test_no_page_feed_or_header_names_a_document_to_others(one_of_each, event, browser):
    pages = ["", "/history", ".ics", "/edit", "/edit-hosted", "/documents/new", "/confirm", "/cancel"]
    files = [f"/documents/{document.id}{end}" for document in one_of_each.values() for end in ("", "/remove")]
    places = ["/", "/events/", "/feeds/all.ics", "/feeds/asian.ics", "/desk", "/groups/asian"]
    for role, seen in SEEN.items():
        client, hidden = browser(role), {MARKS[visibility] for visibility in set(MARKS) - seen}
        for address in (*places, *[f"/events/{event.id}{page}" for page in pages], *files):
            answer = client.get(address)
            whole = f"{answer.headers}{answer.text}"
            assert [mark for mark in hidden if mark in whole] == [], (role, address)


def test_page_and_history_list_what_the_reader_may_see(one_of_each, event, browser):
    for role, seen in SEEN.items():
        client = browser(role)
        shown = client.get(f"/events/{event.id}").text
        assert {v for v, mark in MARKS.items() if f"{mark}title" in shown and f"{mark}name" in shown} == seen
        history = client.get(f"/events/{event.id}/history").text
        assert {v for v, mark in MARKS.items() if f"{mark}title" in history} == (set() if role == "public" else seen)


def test_the_history_hides_what_was_removed_as_well(one_of_each, event, browser):
    for visibility in ("group", "secretariat"):
        assert browser("secretary").post(f"/documents/{one_of_each[visibility].id}/remove").status_code == 302
    history = f"/events/{event.id}/history"
    assert browser("secretary").get(history).text.count("xsecretariatxtitle") == 2
    assert "xsecretariatx" not in browser("organiser").get(history).text
    assert browser("organiser").get(history).text.count("xgroupxtitle") == 2
    assert "xgroupx" not in browser("delegate of the other group").get(history).text


def test_a_document_of_a_hidden_event_is_hidden_whatever_it_says(session, make_event, browser):
    event = make_event("draft", group_keys=("asian",), starts_on=date(2026, 12, 10))
    send(browser("secretary"), event)
    document = session.scalars(select(Document)).one()
    document.visibility = "public"
    session.commit()
    answers = {role: browser(role).get(f"/documents/{document.id}").status_code for role in SEEN}
    assert {role for role, answer in answers.items() if answer == 200} == {"organiser", "secretary"}


def test_only_organisers_add_and_remove(one_of_each, event, browser):
    expected = {
        "public": 404, "delegate of the other group": 403, "delegate": 403, "contact point": 403, "organiser": 200,
        "host": 200, "secretary": 200,
    }  # fmt: skip
    addresses = (f"/events/{event.id}/documents/new", f"/documents/{one_of_each[''].id}/remove")
    for address in addresses:
        assert {role: browser(role).get(address).status_code for role in SEEN} == expected
    refused = {role for role, answer in expected.items() if answer != 200}
    assert {send(browser(role), event).status_code for role in refused} == {403, 404}
    assert {browser(role).post(addresses[1]).status_code for role in refused} == {403, 404}
    assert browser("organiser").get(f"/documents/{one_of_each['secretariat'].id}/remove").status_code == 404


def test_a_file_is_served_to_be_saved_and_never_to_be_run(event, browser, app, clock):
    send(browser("organiser"), event, "جدول الأعمال.pdf")
    given = browser("public").get("/documents/1")
    assert given.content_type == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert given.headers["Cache-Control"] == "public, no-cache"
    name = "%D8%AC%D8%AF%D9%88%D9%84%20%D8%A7%D9%84%D8%A3%D8%B9%D9%85%D8%A7%D9%84.pdf"
    assert given.headers["Content-Disposition"] == f"attachment; filename=document-1.pdf; filename*=UTF-8''{name}"


def test_what_is_not_for_everyone_is_kept_by_no_cache(one_of_each, make_event, browser):
    closed = make_event(visibility="partners")
    send(browser("secretary"), closed)
    restricted = [document for visibility, document in one_of_each.items() if visibility]
    for number in [*[document.id for document in restricted], 5]:
        assert browser("secretary").get(f"/documents/{number}").headers["Cache-Control"] == "private, no-store"


def test_who_has_a_file_already_need_not_fetch_it_again(session, event, browser):
    send(browser("organiser"), event)
    first = browser("public").get("/documents/1")
    again = browser("public").get("/documents/1", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    document = session.scalars(select(Document)).one()
    assert document.stored_as not in str(first.headers)
    head = browser("public").head("/documents/1")
    assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize("number", ["0", "-1", "99", "2147483648", "9" * 400, "1.0", "١"])
def test_an_id_of_nothing_finds_nothing(number, browser):
    assert browser("secretary").get(f"/documents/{number}").status_code == 404
    assert browser("secretary").get(f"/documents/{number}/remove").status_code == 404


def test_a_link_is_no_file(session, make_event, browser):
    event = make_event()
    event.documents.append(Document(type="other", title="A", link="https://docs.example/1", added_at=event.created_at))
    session.commit()
    assert browser("secretary").get("/documents/1").status_code == 404
    assert browser("secretary").post("/documents/1/remove").status_code == 404
    assert 'href="https://docs.example/1" rel="noreferrer"' in browser("public").get(f"/events/{event.id}").text


@pytest.mark.parametrize(("name", "content", "why"), [
    ("drawing.svg", b"<svg><script>alert(1)</script></svg>", "Files of this kind are not taken."),
    ("page.pdf", b"<html><script>alert(1)</script></html>", "What is in the file is not what its name says."),
    ("paper.pdf.exe", PDF, "Files of this kind are not taken."),
    ("paper.pdf", b"", "The file is empty."),
    ("paper.txt", b"a" * 10_000_001, "A file may have at most 10 MB."),
])  # fmt: skip
def test_a_file_that_does_not_fit_is_refused_in_a_sentence(name, content, why, event, browser, uploads):
    refused = send(browser("organiser"), event, name, content)
    assert refused.status_code == 422
    assert why in refused.text
    assert "alert(1)" not in refused.text
    assert not uploads.exists()


@pytest.mark.parametrize("changes", [
    {"type": "memo"}, {"visibility": "public"}, {"visibility": "secretariat"}, {"visibility": "all"}, {"file": "text"},
    {"title": "a" * 201}, {"file": FileStorage(io.BytesIO(PDF), "")},
])  # fmt: skip
def test_what_was_not_offered_is_refused(changes, event, browser, uploads):
    assert send(browser("organiser"), event, **changes).status_code == 422
    assert not uploads.exists()


@pytest.mark.parametrize("is_guarded", [True, False])
def test_eleven_megabytes_are_refused_in_a_sentence(is_guarded, app, event, browser):
    app.config["WTF_CSRF_ENABLED"] = is_guarded
    refused = send(browser("organiser"), event, "a.txt", b"a" * 11_000_000)
    assert refused.status_code == 413
    assert "A file may have at most 10 MB." in refused.text


def test_a_large_file_passes_the_check_of_the_token(app, event, browser):
    app.config["WTF_CSRF_ENABLED"] = True
    client = browser("organiser")
    page = client.get(f"/events/{event.id}/documents/new").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    assert send(client, event, "a.txt", b"a" * 9_900_000).status_code == 400
    assert send(client, event, "a.txt", b"a" * 9_900_000, csrf_token=token).status_code == 302


def test_the_rest_of_the_site_keeps_its_limit(event, browser):
    for address in (f"/events/{event.id}/edit", "/language", "/events/1/documents/newer", "/documents/1/remove"):
        assert browser("organiser").post(address, data={"theme": "a" * 1_100_000}).status_code in (404, 413)
    assert send(browser("organiser"), event, title="a" * 2_000_000).status_code == 413


def test_markup_in_names_and_titles_is_shown_as_text(event, browser):
    send(browser("organiser"), event, "<img src=x onerror=alert(1)>.pdf", title="<script>alert(1)</script>")
    for address in (f"/events/{event.id}", f"/events/{event.id}/history", "/documents/1/remove"):
        shown = browser("organiser").get(address).text
        assert "<script>alert" not in shown
        assert "<img" not in shown
        assert "&lt;script&gt;alert" in shown


def test_a_file_without_a_title_shows_its_name(session, event, browser):
    send(browser("organiser"), event, "../../=cmd.pdf", title=" ")
    document = session.scalars(select(Document)).one()
    assert (document.title, document.file_name) == ("cmd.pdf", "cmd.pdf")


def test_a_failed_transaction_leaves_no_file(app, session, engine, event, browser, uploads):
    client = browser("organiser")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON trail_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    assert send(client, event).status_code == 500
    assert list(uploads.iterdir()) == []
    assert session.scalars(select(Document)).all() == []


def test_a_removed_file_leaves_the_page_and_the_disk(event, browser, uploads):
    send(browser("organiser"), event)
    asked = browser("host").get("/documents/1/remove")
    assert "paper.pdf" in asked.text
    assert len(list(uploads.iterdir())) == 1
    assert browser("host").post("/documents/1/remove").status_code == 302
    assert list(uploads.iterdir()) == []
    assert "paper.pdf" not in browser("public").get(f"/events/{event.id}").text
    assert browser("public").get("/documents/1").status_code == 404
    assert browser("host").post("/documents/1/remove").status_code == 404


def test_a_file_that_is_lost_is_not_found(event, browser, uploads):
    send(browser("organiser"), event)
    for path in uploads.iterdir():
        path.unlink()
    assert browser("public").get("/documents/1").status_code == 404


def test_the_edit_form_of_an_event_keeps_its_files(session, event, browser):
    send(browser("organiser"), event)
    session.refresh(event)
    rows = {f"documents-{number}-type": "other" for number in range(4)}
    link = {"documents-0-title": "A link", "documents-0-link": "https://docs.example/1"}
    sent = {"version": event.version, "venue_key": "", "place": "Hofburg", **rows, **link}
    assert browser("host").post(f"/events/{event.id}/edit-hosted", data=sent).status_code == 302
    assert {document.title for document in session.scalars(select(Document))} == {"Paper", "A link"}
