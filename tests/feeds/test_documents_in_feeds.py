"""Documents in feeds and letters: only those that their reader may see."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.rules.documents import FittingFile
from events_app.feeds.entries import entry_for
from events_app.feeds.public import single_event
from events_app.partnership.queries import partnership
from events_app.rights.models import Reader
from events_app.rights.rules import reader_for

MARKS = {"": "xopenx", "partners": "xpartnersx", "group": "xgroupx", "secretariat": "xsecretariatx"}
BASE = "http://localhost"


@pytest.fixture
def event(session, make_event, clock):
    """An Asian meeting with a document of every visibility."""
    event = make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), visibility="public")
    for visibility, mark in MARKS.items():
        file = FittingFile(f"{mark}name.pdf", "application/pdf", 9)
        add_file(session, event, DocumentEntry("agenda", f"{mark}title", visibility), file, mark, clock.now())
    session.commit()
    return event


def marks_in(text):
    return {visibility for visibility, mark in MARKS.items() if mark in text}


def unfolded(content):
    return content.decode().replace("\r\n ", "")


def test_a_public_feed_names_public_documents_alone(event, feed_bytes):
    feed = unfolded(feed_bytes())
    assert marks_in(feed) == {""}
    assert f"Meeting agenda: xopenxtitle {BASE}/documents/{event.documents[0].id}" in feed


def test_a_download_names_what_its_reader_may_see(session, event, clock):
    public = reader_for(None, partnership(session), clock.now().date())
    secretary = Reader(public.partnership, 1, is_secretary=True)
    of_public, of_secretary = (single_event(event, "en", BASE, who, clock.now()) for who in (public, secretary))
    assert marks_in(unfolded(of_public)) == {""}
    assert len(marks_in(unfolded(of_secretary))) > 1


def test_an_entry_names_the_documents_that_its_reader_may_see(session, event, clock):
    facts = partnership(session)
    japanese = Reader(facts, 1, posts=frozenset({("JP", "delegate")}))
    assert marks_in(entry_for(event, "en", BASE, japanese, clock.now()).description) == {"", "partners", "group"}
    assert marks_in(entry_for(event, "en", BASE, Reader(facts), clock.now()).description) == {""}


def test_a_document_that_comes_or_goes_moves_the_feed_but_not_the_sequence(session, event, clock, served):
    before = served()
    sequence = event.sequence
    clock.advance(timedelta(minutes=1))
    file = FittingFile("late.pdf", "application/pdf", 9)
    add_file(session, event, DocumentEntry("summary", "Late"), file, "late", clock.now())
    session.commit()
    after = served()
    assert after.etag != before.etag
    assert after.last_modified == clock.now()
    assert event.sequence == sequence


def test_a_reminder_names_the_documents_that_its_reader_may_see(event, make_person, run_pass, post_box, clock):
    make_person("aino", "FI")
    make_person("ben", "CH")
    make_person("clara", secretary=True)
    clock.move_to(datetime(2026, 12, 9, 9, 30, tzinfo=UTC))
    run_pass()
    reminders = [posted for posted in post_box.letters if posted.message["Subject"].startswith("Tomorrow")]
    letters = {posted.address.partition("@")[0]: parts_of(posted.message) for posted in reminders}
    group = {"", "partners", "group"}
    assert {name: marks_in(text) for name, (text, _, _) in letters.items()} == {
        "aino": group, "ben": group, "clara": {*group, "secretariat"},
    }  # fmt: skip
    for text, html, attached in letters.values():
        assert f"xgroupxtitle: {BASE}/documents/" in text
        assert marks_in(html) == marks_in(text)
        assert marks_in(attached) == marks_in(text)


def parts_of(message):
    """Return the text of a letter, its HTML, and the calendar file that it carries."""
    parts = {part.get_content_type(): part for part in message.walk()}
    calendar = parts["text/calendar"].get_payload(decode=True).decode().replace("\r\n ", "")
    return parts["text/plain"].get_content(), parts["text/html"].get_content(), calendar
