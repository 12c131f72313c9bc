"""Uploaded files: what is taken, what they are called, how they are kept, and what the history says of them."""

import io
import struct
import time
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.documents import DocumentEntry, add_file, remove_file_of
from events_app.events.actions.writing import change_event
from events_app.events.errors import InvalidEventError, UnfitFileError
from events_app.events.files import file_content, remove_file, store_file, stored_file
from events_app.events.models import VISIBILITIES, Document
from events_app.events.queries import changes_of
from events_app.events.rules.details import details_of
from events_app.events.rules.documents import (
    CONTENT_TYPES,
    LARGEST_FILE,
    MOST_FILES,
    FittingFile,
    clean_file_name,
    fitting_file,
    narrower_visibilities,
    safe_content_type,
)
from events_app.trail.models import TrailEntry

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(25) + b"\0\0\0\0IEND\xaeB`\x82"
JPG = b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00" + bytes(200)
FITTING = FittingFile("paper.pdf", "application/pdf", len(PDF))


def archive(parts, **options):
    """A ZIP with these parts, in their order."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, **options) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()


def office(kind, main="word/document.xml", **more):
    types = f'<Types><Override PartName="/{main}" ContentType="{CONTENT_TYPES[kind]}.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types, "_rels/.rels": "<Relationships/>", main: "<x/>", **more})


def open_document(kind, **more):
    return archive({"mimetype": CONTENT_TYPES[kind], "content.xml": "<x/>", **more})


def repacked(content, method):
    """The same archive, its parts packed by another method."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(written, "w", method) as file:
        for name in read.namelist():
            file.writestr(name, read.read(name))
    return written.getvalue()


DOCX = office("docx")
SAMPLES = {
    "pdf": PDF, "docx": DOCX, "xlsx": office("xlsx"), "pptx": office("pptx"), "odt": open_document("odt"),
    "ods": open_document("ods"), "odp": open_document("odp"), "txt": "Grüße, مرحبا\r\n".encode(),
    "csv": "\ufeffname,État\n".encode(), "png": PNG, "jpg": JPG, "jpeg": JPG,
}  # fmt: skip


def reason_against(name, content):
    with pytest.raises(UnfitFileError) as refused:
        fitting_file(name, content)
    return refused.value.reason


@pytest.mark.parametrize("ending", SAMPLES)
def test_a_file_is_taken_when_name_and_content_agree(ending):
    file = fitting_file(f"Paper.{ending.upper()}", SAMPLES[ending])
    assert file.name == f"Paper.{ending}"
    assert file.content_type == CONTENT_TYPES[{"jpeg": "jpg"}.get(ending, ending)]
    assert file.size == len(SAMPLES[ending])


@pytest.mark.parametrize("claimed", sorted(set(SAMPLES) - {"jpeg"}))
@pytest.mark.parametrize("real", sorted(set(SAMPLES) - {"jpeg"}))
def test_a_file_that_lies_about_its_type_is_refused(claimed, real):
    if claimed == real or {claimed, real} == {"txt", "csv"}:
        assert fitting_file(f"a.{claimed}", SAMPLES[real])
    else:
        assert reason_against(f"a.{claimed}", SAMPLES[real]) == "contents"


@pytest.mark.parametrize("name", [
    "a.svg", "a.html", "a.htm", "a.xhtml", "a.exe", "a.zip", "a.docm", "a.xlsm", "a.js", "a.rtf", "a.doc", "a", "",
    "pdf", "paper.pdf.exe", "paper.pdf.html", "paper.\u202efdp.exe", "paper.pdf\0.exe", "a.pdf::$DATA", "/", "..",
])  # fmt: skip
def test_other_kinds_are_refused_by_their_last_ending(name):
    assert reason_against(name, PDF) == "kind"


@pytest.mark.parametrize(("name", "content"), [
    ("a.pdf", HTML), ("a.pdf", b"\n" + PDF), ("a.pdf", HTML + PDF), ("a.pdf", b"%PDF-1.7 cut off"), ("a.png", PNG[:-8]),
    ("a.txt", HTML), ("a.txt", SVG), ("a.csv", b"\xef\xbb\xbf\xef\xbb\xbf \n<?xml version='1.0'?><svg/>"),
    ("a.txt", EXE), ("a.txt", b"{\\rtf1 }"), ("a.txt", "name".encode("utf-16")), ("a.csv", b"Gr\xfc\xdfe"),
    ("a.docx", archive({"a.txt": "a"})), ("a.docx", archive({})), ("a.docx", b"PK\x03\x04"), ("a.docx", EXE),
    ("a.docx", archive({"[Content_Types].xml": ""})), ("a.docx", DOCX + HTML), ("a.docx", HTML + DOCX),
    ("a.docx", DOCX + archive({"a.txt": "a"})), ("a.docx", DOCX[:-30]), ("a.docx", PDF + DOCX),
    ("a.odt", open_document("odt")[:-1]), ("a.odt", archive({"mimetype": "text/html"})),
    ("a.odt", archive({"content.xml": "", "mimetype": CONTENT_TYPES["odt"]})),
    ("a.odt", archive({"mimetype": b"\xff\xfe"})), ("a.jpg", b"GIF89a" + JPG),
])  # fmt: skip
def test_content_that_is_not_what_the_name_says_is_refused(name, content):
    assert reason_against(name, content) == "contents"


@pytest.mark.parametrize("content", [
    office("docx", **{"word/vbaProject.bin": "macros"}),
    office("docx", **{"WORD/VBAPROJECT.BIN": "macros"}),
    office("docx", **{"xl/macrosheets/sheet1.xml": "macros"}),
    open_document("odt", **{"Basic/Standard/Module1.xml": "macros"}),
    archive({"[Content_Types].xml": '<O ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}),
])  # fmt: skip
def test_macros_are_refused_under_any_name(content):
    assert reason_against("a.docx", content) == "macros"


def test_empty_and_large_files_are_refused():
    assert reason_against("a.txt", b"") == "empty"
    assert reason_against("a.txt", b"a" * (LARGEST_FILE + 1)) == "too-large"
    assert fitting_file("a.txt", b"a" * LARGEST_FILE).size == LARGEST_FILE


def test_bombs_and_broken_archives_are_refused_at_once():
    flood = archive({f"{number}": "" for number in range(6_000)} | {"[Content_Types].xml": ""})
    bomb = archive({"[Content_Types].xml": bytes(30_000_000), "word/document.xml": ""}, compresslevel=9)
    before = time.process_time()
    assert reason_against("a.docx", flood) == "contents"
    assert reason_against("a.docx", bomb) == "contents"
    assert time.process_time() - before < 2


def test_an_encrypted_or_overlapping_archive_is_refused_and_not_a_fault():
    encrypted = bytearray(DOCX)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = encrypted.find(mark)
        while place >= 0:
            encrypted[place + offset] |= 1
            place = encrypted.find(mark, place + 4)
    assert reason_against("a.docx", bytes(encrypted)) == "contents"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_packed_as_no_office_program_does_is_refused_unopened(method):
    assert reason_against("a.docx", repacked(DOCX, method)) == "contents"
    assert reason_against("a.odt", repacked(open_document("odt"), method)) == "contents"


def test_a_damaged_part_or_one_with_a_huge_dictionary_is_refused_and_not_a_fault():
    packed = repacked(DOCX, zipfile.ZIP_LZMA)
    properties = packed.find(b"[Content_Types].xml") + len(b"[Content_Types].xml") + 4
    for damage, place in ((b"\xff" * 4, properties + 1), (b"\xff" * 50, properties)):
        damaged = packed[:place] + damage + packed[place + len(damage) :]
        assert reason_against("a.docx", damaged) == "contents"


@pytest.mark.parametrize("place", range(0, len(DOCX), 3))
def test_a_damaged_archive_is_read_or_refused_and_never_a_fault(place):
    damaged = DOCX[:place] + struct.pack("B", DOCX[place] ^ 0xFF) + DOCX[place + 1 :]
    try:
        fitting_file("a.docx", damaged)
    except UnfitFileError as refused:
        assert refused.reason in ("contents", "macros")


@pytest.mark.parametrize(("given", "kept"), [
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("..\\..\\Windows\\system.PDF", "system.pdf"),
    ("C:\\Users\\anna\\paper.pdf", "paper.pdf"),
    ("/paper.pdf", "paper.pdf"),
    ("جدول الأعمال.pdf", "جدول الأعمال.pdf"),
    ("Повестка дня.pdf", "Повестка дня.pdf"),
    ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
    ("\u2066\u200fpaper\u200b.pdf", "paper.pdf"),
    ("pa\r\nper\t1\0.pdf", "pa per 1.pdf"),
    ("=cmd|'/C calc'!A0.pdf", "C calc'!A0.pdf"),
    ("=1+1.csv", "1+1.csv"),
    ("-rf.pdf", "rf.pdf"),
    ('a"; filename="b.pdf', "a_; filename=_b.pdf"),
    ("paper.pdf. .", "paper.pdf"),
    ("...pdf", "document.pdf"),
    (".pdf", "document.pdf"),
    ("\ud800.pdf", "\ufffd.pdf"),
])  # fmt: skip
def test_a_file_name_is_cleaned(given, kept):
    assert clean_file_name(given) == kept


@pytest.mark.parametrize("letter", ["a", "ج", "例", "\U0001f600"])
def test_a_long_name_fits_every_file_system(letter):
    name = clean_file_name(letter * 5000 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) < 200


def test_a_document_is_never_for_more_eyes_than_its_event():
    assert [narrower_visibilities(visibility) for visibility in VISIBILITIES] == [
        ("partners", "group", "secretariat"), ("group", "secretariat"), ("secretariat",), (),
    ]  # fmt: skip


def test_only_content_types_of_ours_are_served():
    assert safe_content_type("application/pdf") == "application/pdf"
    assert safe_content_type("text/html") == "application/octet-stream"


def test_a_stored_file_has_a_random_name_and_is_for_us_alone(tmp_path):
    folder = tmp_path / "deep" / "uploads"
    names = [store_file(folder, PDF) for _ in range(2)]
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    assert all(name.isalnum() and len(name) == 32 for name in names)
    assert {oct((folder / name).stat().st_mode & 0o777) for name in names} == {"0o600"}
    assert file_content(folder, names[0]) == PDF
    remove_file(folder, names[0])
    remove_file(folder, names[0])
    assert file_content(folder, names[0]) is None


def test_nothing_is_left_when_what_follows_fails(tmp_path):
    with pytest.raises(KeyError), stored_file(tmp_path, PDF):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_writing_fails(tmp_path):
    with pytest.raises(TypeError):
        store_file(tmp_path, "no bytes")
    assert list(tmp_path.iterdir()) == []


def test_adding_a_file_moves_the_change_but_not_the_sequence(session, make_event, clock):
    event = make_event()
    sequence, version = event.sequence, event.version
    clock.advance(timedelta(minutes=1))
    document = add_file(session, event, DocumentEntry("agenda", "Paper"), FITTING, "abc", clock.now())
    assert (event.sequence, event.modified_at) == (sequence, clock.now())
    assert event.version > version
    assert (document.title, document.file_name, document.size) == ("Paper", "paper.pdf", len(PDF))
    assert document.is_file


def test_history_and_trail_know_of_files_that_came_and_went(session, make_event, make_person, clock):
    event, person = make_event(), make_person("anna", secretary=True)
    entry = DocumentEntry("summary", "", "group")
    document = add_file(session, event, entry, FITTING, "abc", clock.now(), person_id=person.id)
    number = document.id
    assert remove_file_of(session, event, document, clock.now(), person_id=person.id) == "abc"
    session.commit()
    kept = {"type": "summary", "title": "paper.pdf", "file": "paper.pdf", "visibility": "group"}
    removed, added = changes_of(session, event.id)[:2]
    assert [added.fields, removed.fields] == [{"documents": [[], [kept]]}, {"documents": [[kept], []]}]
    deeds = session.execute(
        select(TrailEntry.verb, TrailEntry.person_id, TrailEntry.thing_id).filter_by(thing="document")
    )
    assert [tuple(deed) for deed in deeds] == [("upload", person.id, str(number)), ("remove", person.id, str(number))]
    assert session.scalars(select(Document)).all() == []


def test_changing_an_event_keeps_its_files(session, make_event, clock):
    event = make_event()
    add_file(session, event, DocumentEntry("agenda", "Paper"), FITTING, "abc", clock.now())
    moved = replace(details_of(event), starts_on=date(2027, 3, 3), ends_on=date(2027, 3, 3))
    change_event(session, event, moved, event.version, clock.now())
    assert [document.file_name for document in event.documents] == ["paper.pdf"]


@pytest.mark.parametrize("entry", [
    DocumentEntry("memo", "A"), DocumentEntry("agenda", "A", "public"), DocumentEntry("agenda", "A", "partners"),
    DocumentEntry("agenda", "A", "everyone"),
])  # fmt: skip
def test_an_unknown_type_or_a_wider_visibility_is_refused(session, make_event, clock, entry):
    event = make_event(visibility="partners")
    with pytest.raises(InvalidEventError):
        add_file(session, event, entry, FITTING, "abc", clock.now())


def test_an_event_has_a_limited_number_of_files(session, make_event, clock):
    event = make_event()
    for number in range(MOST_FILES):
        add_file(session, event, DocumentEntry("other", "Paper"), FITTING, str(number), clock.now())
    with pytest.raises(UnfitFileError):
        add_file(session, event, DocumentEntry("other", "Paper"), FITTING, "more", clock.now())
