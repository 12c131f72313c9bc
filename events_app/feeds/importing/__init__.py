"""Import of files: what a .ics or .csv file would change (a dry run), and changing it."""

from events_app.feeds.importing.actions import apply_plan
from events_app.feeds.importing.done import DoneImport, done_import, record_import
from events_app.feeds.importing.errors import UnreadableFileError
from events_app.feeds.importing.items import Rejection, Wishes
from events_app.feeds.importing.plan import NEUTRAL_KIND, Change, Importer, Plan, plan_import, secretariat
from events_app.feeds.importing.report import Report, report_of
from events_app.feeds.importing.shadows import import_shadows
from events_app.feeds.importing.source import Source, is_calendar, read_file, source_of

__all__ = [
    "NEUTRAL_KIND", "Change", "DoneImport", "Importer", "Plan", "Rejection", "Report", "Source", "UnreadableFileError",
    "Wishes", "apply_plan", "done_import", "import_shadows", "is_calendar", "plan_import", "read_file",
    "record_import", "report_of", "secretariat", "source_of",
]  # fmt: skip
