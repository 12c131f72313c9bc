"""Documents that were added, as the history keeps them, and the documents of an event that they are."""

from collections.abc import Iterable

from events_app.events.models import Document, Event, EventChange

DocumentRow = dict[str, str]


def added_rows(change: EventChange) -> list[DocumentRow]:
    """Return the links and files that an entry of the history added."""
    was, now_is = change.fields.get("documents", ([], []))
    known = {_mark(row) for row in was}
    return [row for row in now_is if _mark(row) not in known]


def documents_among(event: Event, rows: Iterable[DocumentRow]) -> list[Document]:
    """Return the documents that an event still has of those rows."""
    wanted = {_mark(row) for row in rows}
    return [document for document in event.documents if _mark_of(document) in wanted]


def _mark(row: DocumentRow) -> tuple[str, str]:
    """Return what tells documents apart: a link is known by its address, a file by title and name."""
    return ("", row["link"]) if "link" in row else (row["title"], row["file"])


def _mark_of(document: Document) -> tuple[str, str]:
    return (document.title, document.file_name) if document.is_file else ("", document.link)
