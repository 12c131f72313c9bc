"""Who reads the letters of the stories, and how what came to them is kept."""

from dataclasses import replace
from datetime import date, time

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import AgendaPoint, DocumentLink, details_of
from events_app.events.rules.life import CANCEL
from events_app.mail.kinds import CONSULTATION_OBJECTED, DELIVERY_TROUBLE, PREPARATION_DUE
from events_app.people.actions import prefer
from events_app.reminders.changes import open_notice, values_of

DAY = date(2027, 3, 2)
THEME = "Water, energy and climate: early warning and confidence-building across borders"
GROUPS = ("mediterranean", "asian")
MEETING = {
    "kind_key": "joint-meeting", "group_keys": GROUPS, "theme": THEME, "format": "hybrid",
    "joining_link": "https://meet.example/partnership/joint-meeting", "answer_by": date(2027, 2, 24),
    "documents": (DocumentLink("agenda", "Draft agenda", "https://documents.example/agenda"),),
}  # fmt: skip
ZONES = {"en": "Asia/Tokyo", "ar": "Asia/Amman"}
READERS = {"haruto": ("JP", "en"), "leila": ("JO", "ar")}
SECRETARIES = {"clara": "en", "nadia": "ar"}  # both are travelling: their clocks are not Vienna's either
FOR_SECRETARIES = {DELIVERY_TROUBLE, PREPARATION_DUE, CONSULTATION_OBJECTED}
FORMS = {
    "change-notice-cancelled", "invitation-withdrawn", "consultation-opened-poll", "consultation-ended-withdrawn",
    "weekly-digest-asked",
}  # fmt: skip


class Story:
    """A meeting, its readers, and what came to them: {(language, letter and form of it): message}."""

    def __init__(self, make_event, make_person, session, clock, run_pass, post_box):
        self.session, self.clock, self.run_pass, self.post_box = session, clock, run_pass, post_box
        self.letters, self.make_event = {}, make_event
        self.meeting = make_event(**MEETING, agenda=agenda_from(10))
        self.readers = [self._reader(make_person(name, code), language) for name, (code, language) in READERS.items()]
        secretaries = [(make_person(name, secretary=True), language) for name, language in SECRETARIES.items()]
        self.organiser, _ = [self._reader(person, language) for person, language in secretaries]

    def _reader(self, person, language):
        prefer(self.session, person, language, ZONES[language])
        return person

    def goes_on(self, at=None, form=""):
        """Run a pass at an instant and keep what came, by a name that has the form of the letter in it."""
        self.session.commit()
        self.clock.move_to(at or self.clock.now())
        self.post_box.letters.clear()
        self.run_pass()
        for posted in self.post_box.letters:
            name = posted.message["List-Id"][1:].partition(".")[0]
            if posted.address.partition("@")[0] in (SECRETARIES if name in FOR_SECRETARIES else READERS):
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
