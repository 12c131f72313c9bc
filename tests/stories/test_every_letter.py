"""The story of a joint meeting as two readers get it by mail: every letter there is, in English and in Arabic.

With EVENTS_GALLERY=FOLDER pictures of all letters are left there (`make letters`).
"""

import os
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from events_app.events.actions.documents import DocumentEntry, add_file
from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import AgendaPoint, DocumentLink, details_of
from events_app.events.rules.documents import FittingFile
from events_app.events.rules.life import CANCEL
from events_app.letters.sign_in_link import post_sign_in_link
from events_app.mail.kinds import DELIVERY_TROUBLE, LETTER_KINDS
from events_app.mail.outcomes import Refused
from events_app.people.actions import prefer
from events_app.reminders.changes import open_notice, values_of

pytestmark = pytest.mark.browser

DAY = date(2027, 3, 2)
THEME = "Water, energy and climate: early warning and confidence-building across borders"
MEETING = {
    "kind_key": "joint-meeting", "group_keys": ("mediterranean", "asian"), "theme": THEME, "format": "hybrid",
    "joining_link": "https://meet.example/partnership/joint-meeting", "answer_by": date(2027, 2, 24),
    "documents": (DocumentLink("agenda", "Draft agenda", "https://documents.example/agenda"),),
}  # fmt: skip
READERS = {"haruto": ("JP", "en", "Asia/Tokyo"), "leila": ("JO", "ar", "Asia/Amman")}
SECRETARIES = {"clara": "en", "nadia": "ar"}
ZONES = {"en": ("(Austria)", "(Japan)"), "ar": ("(النمسا)", "(الأردن)")}
WITHOUT_HOURS = {"sign-in-link", "delivery-trouble"}
FORMS = {"change-notice-cancelled", "invitation-withdrawn"}
WIDTHS, COLUMNS, HOUR = (320, 700), 78, timedelta(hours=1)


class Story:
    """The meeting, its readers, and what came to them: {(language, letter and form of it): message}."""

    def __init__(self, make_event, make_person, session, clock, run_pass, post_box):
        self.session, self.clock, self.run_pass, self.post_box = session, clock, run_pass, post_box
        self.letters = {}
        self.meeting = make_event(**MEETING, agenda=agenda_from(10))
        self.readers = [self._reader(make_person(name, code), *rest) for name, (code, *rest) in READERS.items()]
        secretaries = [(make_person(name, secretary=True), language) for name, language in SECRETARIES.items()]
        self.organiser, _ = [self._reader(person, language, "Europe/Vienna") for person, language in secretaries]

    def _reader(self, person, language, zone):
        prefer(self.session, person, language, zone)
        return person

    def goes_on(self, at=None, form=""):
        """Run a pass at an instant and keep what came, by a name that has the form of the letter in it."""
        self.session.commit()
        self.clock.move_to(at or self.clock.now())
        self.post_box.letters.clear()
        self.run_pass()
        for posted in self.post_box.letters:
            name = posted.message["List-Id"][1:].partition(".")[0]
            if posted.address.partition("@")[0] in (SECRETARIES if name == DELIVERY_TROUBLE else READERS):
                name = name + form if name + form in FORMS else name
                self.letters.setdefault((posted.message["Content-Language"], name), posted.message)

    def change(self, **changes):
        """Change the meeting and tell of it."""
        was, now = values_of(self.meeting), self.clock.now()
        changed = replace(details_of(self.meeting), **changes)
        change_event(self.session, self.meeting, changed, self.meeting.version, now)
        open_notice(self.session, self.meeting, was, None, now, "The room was taken. We are sorry.")

    def cancel(self):
        """Cancel the meeting and tell of it."""
        was, now = values_of(self.meeting), self.clock.now()
        take_step(self.session, self.meeting, CANCEL, now, reason="Too few delegations could come.")
        open_notice(self.session, self.meeting, was, None, now)


def agenda_from(hour):
    return (AgendaPoint(DAY, time(hour), "Opening", "Chair"), AgendaPoint(DAY, time(hour, 30), THEME, "A speaker"))


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
        yield from (zone for zone in ZONES[language] if zone not in text or zone not in body)


def leave_pictures(letters, shown, folder):
    """Leave a picture of each letter in light and in dark and its text, and one sheet of each language."""
    for (language, name), message in letters.items():
        place = folder / language / name
        place.mkdir(parents=True, exist_ok=True)
        text = f"{message['Subject']}\n\n{message.get_body(('plain',)).get_content()}"
        (place / "body.txt").write_text(text, encoding="utf-8")
        page, _ = shown(message, 700)
        page.set_viewport_size({"width": 700, "height": 10})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=place / f"{scheme}.png", full_page=True)
    for language in ("en", "ar"):
        leave_sheet(page, folder, language)


def leave_sheet(page, folder, language):
    pictures = sorted((folder / language).glob("*/light.png"))
    images = (f"<img src='data:image/png;base64,{b64encode(path.read_bytes()).decode()}'>" for path in pictures)
    page.set_viewport_size({"width": 820, "height": 10})
    page.set_content(f"<style>body {{ columns: 3; background: #ddd }} img {{ width: 100% }}</style>{''.join(images)}")
    page.screenshot(path=folder / f"letters-{language}.png", full_page=True)
