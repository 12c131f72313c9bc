"""Events as one line each, in the language and zone of the reader: the same in every list of the site."""

from events_app.web.rows.event_row import EventRow, row_of, rows_of, shown_events
from events_app.web.rows.wording import chair_text, clock_text, place_text, state_text

__all__ = ["EventRow", "chair_text", "clock_text", "place_text", "row_of", "rows_of", "shown_events", "state_text"]
