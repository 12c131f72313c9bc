"""The story of a joint meeting, and of planning others, as readers get it by mail: every letter, in English and Arabic.

With EVENTS_GALLERY=FOLDER pictures of all letters are left there (`make letters`).
"""

import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.actions.inviting import invite, withdraw
from events_app.events.rules.documents import FittingFile
from events_app.letters.sign_in_link import post_sign_in_link
from events_app.mail.kinds import LETTER_KINDS
from events_app.mail.outcomes import Refused
from tests.stories.letter_pictures import leave_pictures
from tests.stories.letter_story import FORMS, READERS, Story, agenda_from
from tests.stories.planning_story import tell_of_planning

pytestmark = pytest.mark.browser

ZONE_NAMES = {"en": ("(Austria)", "(Japan)"), "ar": ("(النمسا)", "(الأردن)")}
WITHOUT_HOURS = {"sign-in-link", "delivery-trouble"}
WIDTHS, COLUMNS, HOUR = (320, 700), 78, timedelta(hours=1)


@pytest.fixture
def letters(make_event, make_person, session, clock, run_pass, post_box, settings):
    """Every letter in both languages, by language and name."""
    story = Story(make_event, make_person, session, clock, run_pass, post_box)
    meeting, now = story.meeting, clock.now
    clock.move_to(datetime(2027, 2, 9, 9, tzinfo=UTC))
    guests = [(person, READERS[person.name.lower()][0]) for person in story.readers]
    invitations = invite(session, meeting, guests, now(), story.organiser.id)
    for person in story.readers:
        post_sign_in_link(session, person, settings.signing_key, "localhost", now())
    story.goes_on()
    story.goes_on(datetime(2027, 2, 16, 8, tzinfo=UTC))
    story.goes_on(datetime(2027, 2, 17, 8, tzinfo=UTC))
    make_person("nobody", "MA")
    post_box.answers["nobody@delegations.example"] = Refused("550 5.1.1 no such user", is_address_dead=True)
    file = FittingFile("paper.pdf", "application/pdf", 9)
    add_file(session, meeting, DocumentEntry("summary", "Concept paper of the chair", ""), file, "0" * 32, now())
    story.change(start_time=time(15), end_time=time(18), place="Hofburg, Ratsaal", agenda=agenda_from(15))
    story.goes_on(now() + 2 * HOUR)
    story.goes_on(now() + 2 * HOUR)
    story.goes_on(datetime(2027, 2, 22, 9, tzinfo=UTC))
    withdraw(session, meeting, invitations, now())
    story.goes_on(form="-withdrawn")
    story.cancel()
    story.goes_on(now() + HOUR, "-cancelled")
    tell_of_planning(story)
    return story.letters


@pytest.fixture
def shown(open_page):
    """Show the HTML of a letter in a browser that notes whatever it asks the network for."""
    page, asked = open_page(), []
    page.on("request", lambda request: asked.append(request.url))

    def show(message, width):
        page.set_viewport_size({"width": width, "height": 600})
        page.set_content(message.get_body(("html",)).get_content())
        return page, asked

    return show


def test_every_letter_can_be_read_in_both_directions_on_any_screen_and_as_text(letters, shown):
    assert {name for _, name in letters} == set(LETTER_KINDS) | FORMS
    if os.environ.get("EVENTS_GALLERY"):
        leave_pictures(letters, shown, Path(os.environ["EVENTS_GALLERY"]))
    faults = {key: list(faults_of(message, *key, shown)) for key, message in letters.items()}
    assert {key: found for key, found in faults.items() if found} == {}


def faults_of(message, language, name, shown):
    """Yield whatever is wrong with a letter."""
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    yield from (line for line in text.splitlines() if len(line) >= COLUMNS and " " in line)
    for width in WIDTHS:
        page, asked = shown(message, width)
        if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
            yield f"wider than {width}"
    yield from asked
    root, body = page.locator("html"), page.locator("body").inner_text()
    if (root.get_attribute("lang"), root.get_attribute("dir")) != (language, "rtl" if language == "ar" else "ltr"):
        yield "direction"
    if page.locator("a[style*='background']").count() > 1:
        yield "several buttons"
    first = " ".join(text.partition("\n\n")[0].split())
    if not " ".join(body.split()).startswith(first):
        yield f"begins {body[:90]!r}, not {first!r}"
    if name not in WITHOUT_HOURS:
        yield from (zone for zone in ZONE_NAMES[language] if zone not in text or zone not in body)
