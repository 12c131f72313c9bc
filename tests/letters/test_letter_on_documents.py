"""The letter on documents that were added: what each is, where it is, and for which event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import DocumentLink, details_of
from events_app.events.rules.documents import FittingFile
from events_app.mail.outcomes import TryLater

HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(make_event):
    return make_event(group_keys=("asian",), theme="Transport")


@pytest.fixture
def add(session, clock):
    def apply(event, title, visibility=""):
        file = FittingFile("paper.pdf", "application/pdf", 9)
        added = add_file(session, event, DocumentEntry("summary", title, visibility), file, "0" * 32, clock.now())
        session.commit()
        return added

    return apply


@pytest.fixture
def sent(clock, run_pass, post_box):
    def after(wait=HOUR):
        clock.advance(wait)
        run_pass()
        return {letter.address.partition("@")[0]: letter.message for letter in post_box.letters}

    return after


def test_it_names_files_and_links_with_their_addresses(session, clock, meeting, make_person, add, sent, parts):
    make_person("haruto", "JP")
    file = add(meeting, "Concept <paper>")
    links = (DocumentLink("agenda", "Draft agenda", "https://docs.example/1"),)
    change_event(session, meeting, replace(details_of(meeting), documents=links), meeting.version, clock.now())
    message = sent()["haruto"]
    assert message["Subject"] == "2 new documents: Meeting of the Asian Contact Group: Transport"
    text, html = parts(message)
    for words in (
        "Summary: Concept <paper>", f"http://localhost/documents/{file.id}", "Meeting agenda: Draft agenda",
        "https://docs.example/1", "2 March 2027", f"http://localhost/events/{meeting.id}",
    ):  # fmt: skip
        assert words in text
    assert "Concept &lt;paper&gt;" in html and "<paper>" not in html
    assert f'href="http://localhost/documents/{file.id}"' in html


def test_a_single_document_is_counted_as_one(meeting, make_person, add, sent):
    make_person("haruto", "JP")
    add(meeting, "Concept paper")
    assert sent()["haruto"]["Subject"] == "New document: Meeting of the Asian Contact Group: Transport"


def test_a_letter_that_waited_does_not_name_what_became_secret(
    session, meeting, make_person, add, sent, parts, post_box
):
    haruto = make_person("haruto", "JP")
    first, _ = add(meeting, "Paper of the group"), add(meeting, "Open paper")
    post_box.answers[haruto.email] = TryLater("451 later")
    sent()
    post_box.answers.clear()
    first.visibility = "secretariat"
    session.commit()
    text, _ = parts(sent(2 * HOUR)["haruto"])
    assert "Open paper" in text
    assert "Paper of the group" not in text


def test_a_letter_whose_documents_are_all_gone_does_not_go(session, meeting, make_person, add, sent, post_box):
    haruto = make_person("haruto", "JP")
    document = add(meeting, "Concept paper")
    post_box.answers[haruto.email] = TryLater("451 later")
    sent()
    post_box.answers.clear()
    document.visibility = "secretariat"
    session.commit()
    assert sent(2 * HOUR) == {}
