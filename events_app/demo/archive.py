"""The archive: conferences and other events that took place, as confirmed events of years that are incomplete."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from events_app.events.actions.life import take_step
from events_app.events.actions.writing import create_event
from events_app.events.models import ArchiveYear, Venue
from events_app.events.rules.details import EventDetails
from events_app.events.rules.life import CONFIRM
from events_app.partnership.rules import Partnership
from events_app.shared.datafile import Row, csv_rows

FORMATS = {"hybrid": "hybrid", "yes": "online"}


def add_archive(session: Session, facts: Partnership, host: str, now: datetime) -> list[Row]:
    """Add every event of the archive and return its rows; their years have no ordinals and no quota."""
    rows = csv_rows("archive.csv")
    venues = {venue.city: venue.key for venue in session.query(Venue) if venue.name == venue.city}
    for row in rows:
        event = create_event(session, _details(row, facts, venues), host, now, facts=facts)
        take_step(session, event, CONFIRM, now)
    for year in {row.day("start").year for row in rows}:
        session.add(ArchiveYear(year=year))
    session.flush()
    return rows


def _details(row: Row, facts: Partnership, venues: dict[str, str]) -> EventDetails:
    city, group = row.text("city"), row.text_or_none("group")
    co_host = row.text_or_none("co_host")
    return EventDetails(
        kind_key=row.text("kind"),
        group_keys=(group,) if group else (),
        starts_on=row.day("start"),
        ends_on=row.day("end"),
        time_zone=facts.state(row.text("country")).time_zone,
        visibility="partners" if row.text("kind") == "visit" else "public",
        theme=row.text_or_none("theme") or "",
        format=FORMATS.get(row.text_or_none("online") or "", "in-person"),
        venue_key=venues.get(city),
        place="" if city in venues else city,
        host_code=row.text_or_none("host"),
        co_host_codes=(co_host,) if co_host else (),
    )


def archived_days(rows: list[Row], kind: str, group: str, year: int) -> list[date]:
    """Return the first days of a kind of event that the archive knows for a group and a year."""
    found = [row for row in rows if row.text("kind") == kind and (row.text_or_none("group") or "") == group]
    return [row.day("start") for row in found if row.day("start").year == year]
