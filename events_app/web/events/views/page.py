"""Reading events: the list that finds them, the page of one, its history."""

from flask import render_template

from events_app.events.models import STATUSES
from events_app.events.queries import kinds
from events_app.events.rules.details import PARENT_KINDS
from events_app.events.rules.life import HELD
from events_app.extensions import db
from events_app.rights.models import Action
from events_app.web.access import PUBLIC, current_reader, event_or_404, open_to
from events_app.web.context import language
from events_app.web.events import sheet
from events_app.web.events.clashes import clashes_on_page
from events_app.web.events.history import history_of
from events_app.web.events.search import asked_search, found_events, page_count, page_of
from events_app.web.events.views import events
from events_app.web.hours.sheet import hours_of
from events_app.web.rows import row_of, rows_of
from events_app.words.labels import kind_name, status_name


@events.get("/")
@open_to(PUBLIC)
def search() -> str:
    """List the events that answer to a search."""
    asked = asked_search()
    found = found_events(asked)
    return render_template(
        "events/search.html", asked=asked, rows=rows_of(page_of(found, asked.page)), count=len(found),
        pages=page_count(found), groups=current_reader().partnership.groups,
        kinds=[(kind.key, kind_name(kind, (), None, language())) for kind in kinds(db.session())],
        statuses=[(status, status_name(status, language())) for status in _offered_statuses()],
    )  # fmt: skip


@events.get("/<int:event_id>")
@open_to(PUBLIC)
def page(event_id: int) -> str:
    """Show one event."""
    event = event_or_404(event_id)
    return render_template(
        "events/page.html", event=event, row=row_of(event), sheet=sheet, parent_kinds=PARENT_KINDS,
        clashes=clashes_on_page(event), hours=hours_of(event),
    )  # fmt: skip


@events.get("/<int:event_id>/history")
@open_to(PUBLIC)
def history(event_id: int) -> str:
    """Show who changed what in an event, and when."""
    event = event_or_404(event_id, Action.SEE_HISTORY)
    return render_template("events/history.html", row=row_of(event), entries=history_of(event))


def _offered_statuses() -> list[str]:
    hidden = ("draft", "proposed") if current_reader().is_public else ()
    return [status for status in (*STATUSES, HELD) if status not in hidden]
