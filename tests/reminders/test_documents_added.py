"""Documents added are told in one letter, an hour after the last, to whom may see one of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file, remove_file_of
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import DocumentLink, details_of
from events_app.events.rules.documents import FittingFile

MINUTE = timedelta(minutes=1)


@pytest.fixture
def add(session, clock):
    """Add a file to an event."""

    def apply(event, title, visibility="", by=None):
        file = FittingFile(f"{title}.pdf", "application/pdf", 9)
        entry = DocumentEntry("summary", title, visibility)
        added = add_file(session, event, entry, file, "0" * 32, clock.now(), person_id=by.id if by else None)
        session.commit()
        return added

    return apply


@pytest.fixture
def link(session, clock):
    """Give an event these links to documents, and no others."""

    def apply(event, *titles):
        links = tuple(DocumentLink("agenda", title, f"https://docs.example/{title}") for title in titles)
        change_event(session, event, replace(details_of(event), documents=links), event.version, clock.now())
        session.commit()

    return apply


@pytest.fixture
def told(run_pass, post_box, clock):
    """Run a pass after some minutes; return the text of each letter by the name of who got it."""

    def after(minutes):
        clock.advance(minutes * MINUTE)
        before = len(post_box.letters)
        run_pass()
        return {
            letter.address.partition("@")[0]: letter.message.get_body(("plain",)).get_content()
            for letter in post_box.letters[before:]
        }

    return after


def test_what_was_added_is_told_an_hour_after_the_last_in_one_letter(meeting, people, add, link, told):
    add(meeting, "Concept paper")
    assert told(50) == {}
    link(meeting, "programme")
    assert told(59) == {}
    letters = told(1)
    assert set(letters) == {"haruto", "luca"}
    assert "Summary: Concept paper" in letters["haruto"]
    assert "Meeting agenda: programme" in letters["haruto"]
    assert told(300) == {}


def test_what_comes_later_makes_a_letter_of_its_own(meeting, people, add, told):
    add(meeting, "Concept paper")
    told(60)
    add(meeting, "Summary")
    assert "Concept paper" not in told(60)["haruto"]


def test_a_letter_names_only_what_its_reader_may_see(make_event, people, add, told):
    meeting = make_event()
    add(meeting, "Open paper")
    add(meeting, "Paper of the group", "group")
    add(meeting, "Paper of the house", "secretariat")
    letters = told(60)
    assert "Paper of the group" in letters["leila"] and "Open paper" in letters["luca"]
    assert "Paper of the house" not in "".join(letters.values())


def test_who_may_see_none_of_them_gets_no_letter(meeting, people, add, told):
    add(meeting, "Paper of the house", "secretariat")
    assert told(60) == {}


def test_what_was_removed_again_is_not_told(session, clock, meeting, people, add, told):
    document = add(meeting, "Wrong paper")
    add(meeting, "Right paper")
    remove_file_of(session, meeting, document, clock.now())
    session.commit()
    assert "Wrong paper" not in told(60)["haruto"]


def test_removing_and_retitling_a_link_adds_nothing(meeting, people, link, told):
    link(meeting, "one", "two")
    told(60)
    link(meeting, "two")
    assert told(60) == {}


def test_documents_of_a_draft_are_told_to_nobody(make_event, people, add, told):
    draft = make_event("draft", group_keys=("asian",), starts_on=date(2027, 3, 4))
    add(draft, "Concept paper")
    assert told(60) == {}


def test_whoever_added_everything_is_not_told(meeting, people, add, told):
    add(meeting, "Concept paper", by=people["haruto"])
    assert set(told(60)) == {"luca"}


def test_after_a_long_outage_old_documents_are_no_news(meeting, people, add, told):
    add(meeting, "Concept paper")
    assert told(8 * 24 * 60) == {}
