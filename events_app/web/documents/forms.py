"""The form of an upload, and what is wrong with a file in words."""

from flask_wtf.file import FileField, FileRequired
from wtforms.validators import Length

from events_app.events.actions.documents import DocumentEntry
from events_app.events.models import DOCUMENT_TYPES, SECRETARIAT, Event
from events_app.events.rules.documents import LARGEST_FILE, MOST_FILES, narrower_visibilities
from events_app.rights.models import Reader
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, LineField, PageForm, with_none
from events_app.words.labels import document_type_name, visibility_explanation, visibility_name


class UploadForm(PageForm):
    """A file, what it is, and who may see it."""

    type = ChoiceField()
    title = LineField(validators=[Length(max=200)])
    visibility = ChoiceField()
    file = FileField(validators=[FileRequired()])

    def entry(self) -> DocumentEntry:
        """Return what was entered beside the file."""
        return DocumentEntry(self.type.data, self.title.data, self.visibility.data)


def upload_form(event: Event, reader: Reader) -> UploadForm:
    """Return the form for a file of an event; it may be for fewer eyes than the event, never for more."""
    form, tongue = UploadForm(), language()
    form.type.choices = [(key, document_type_name(key, tongue)) for key in DOCUMENT_TYPES]
    offered = [key for key in narrower_visibilities(event.visibility) if reader.is_secretary or key != SECRETARIAT]
    named = [(key, f"{visibility_name(key, tongue)}: {visibility_explanation(key, tongue)}") for key in offered]
    form.visibility.choices = with_none(say("Everyone who can see the event"), named)
    return form


def why_unfit(reason: str) -> str:
    """Return why a file is not taken."""
    sentences = {
        "kind": say("Files of this kind are not taken. Send PDF, Word, Excel, PowerPoint, OpenDocument, text, CSV, "
                    "PNG or JPEG."),
        "empty": say("The file is empty."),
        "too-large": too_large(),
        "contents": say("What is in the file is not what its name says. Save it again in the right format; text and "
                        "CSV as UTF-8."),
        "macros": say("The file contains macros. Save it without them."),
        "too-many": say("An event has at most {most} files. Remove one first.", most=MOST_FILES),
    }  # fmt: skip
    return sentences[reason]


def too_large() -> str:
    """Return the sentence on files that are too large."""
    return say("A file may have at most {size} MB.", size=LARGEST_FILE // 1_000_000)
