"""The weekly digest as a letter: the same in text and HTML, in the reader's language and on the reader's clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from events_app.events.actions.writing import change_event
from events_app.events.rules.details import DocumentLink, details_of
from events_app.people.actions import prefer

MONDAY = datetime(2027, 2, 22, 7, tzinfo=UTC)


@pytest.fixture
def digest(run_pass, post_box, clock):
    def at(instant=MONDAY):
        clock.move_to(instant)
        run_pass()
        [letter] = [letter for letter in post_box.letters if "weekly-digest" in letter.message["List-Id"]]
        return letter.message

    return at


@pytest.fixture
def week(make_event, session, clock):
    """A meeting in the coming week, and one that was moved lately, with a new document."""
    coming = make_event(group_keys=("asian",), theme="Transport & <trade>", place="Hofburg, Ratsaal")
    moved = make_event(
        group_keys=("asian",), starts_on=date(2027, 6, 10), theme="Rivers", joining_link="https://meet.example/1"
    )
    clock.move_to(MONDAY - timedelta(days=2))
    document = DocumentLink("agenda", "Draft agenda", "https://docs.example/1")
    day = date(2027, 6, 11)
    changed = replace(
        details_of(moved),
        starts_on=day,
        ends_on=day,
        documents=(document,),
        description="New",
        joining_link="https://meet.example/2",
    )
    change_event(session, moved, changed, moved.version, clock.now())
    session.commit()
    return coming, moved


def test_it_names_what_comes_what_changed_and_what_is_new(week, make_person, digest, parts, session):
    reader = make_person("haruto", "JP")
    reader.created_at = MONDAY - timedelta(days=30)
    message = digest()
    assert message["Subject"] == "Week of Mon, 22 Feb 2027: Meeting of the Asian Contact Group: Transport & <trade>"
    text, html = parts(message)
    for words in (
        "Tuesday, 2 March 2027, 10:00–13:00 (Austria)", "Hofburg, Ratsaal", "(Confirmed)", "Moved: ", "Rivers",
        "Was: Thursday, 10 June 2027", "Now: Friday, 11 June 2027", "Also changed: Description",
        "Meeting agenda: Draft agenda", f"http://localhost/events/{week[0].id}",
    ):  # fmt: skip
        assert words in text.replace(" at ", ", ").replace(",,", ",")
    assert "Transport &amp; &lt;trade&gt;" in html
    assert "<trade>" not in html
    assert 'href="https://docs.example/1"' in html
    assert "meet.example" not in text + html


def test_both_clocks_are_shown_where_they_differ(week, make_person, digest, parts, session):
    reader = make_person("kenji", "JP")
    reader.created_at = MONDAY - timedelta(days=30)
    prefer(session, reader, "en", "Asia/Tokyo")
    session.commit()
    for part in parts(digest(datetime(2027, 2, 21, 23, tzinfo=UTC))):
        assert "10:00–13:00 (Austria)" in part
        assert "18:00–21:00 (Japan)" in part


def test_an_arabic_reader_reads_from_right_to_left(week, make_person, digest, parts, session):
    reader = make_person("leila", "KR")
    reader.created_at = MONDAY - timedelta(days=30)
    prefer(session, reader, "ar", "Europe/Vienna")
    session.commit()
    message = digest()
    assert message["Content-Language"] == "ar"
    assert 'dir="rtl"' in parts(message)[1]


def test_it_can_be_stopped_and_belongs_to_no_thread(week, make_person, digest, session):
    reader = make_person("haruto", "JP")
    reader.created_at = MONDAY - timedelta(days=30)
    session.commit()
    message = digest()
    assert "/unsubscribe/" in message["List-Unsubscribe"]
    assert message["References"] is None
