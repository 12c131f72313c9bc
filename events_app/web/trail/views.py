"""The trail, for secretaries: who did what when."""

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template, request

from events_app.extensions import db
from events_app.people.queries import names_by_id
from events_app.trail.queries import PAGE, TrailSearch, entries, words_in_use
from events_app.web.access import SECRETARY, open_to

trail = Blueprint("trail", __name__, url_prefix="/trail")


@trail.get("")
@open_to(SECRETARY)
def search() -> str:
    """List what answers to a search, the latest first."""
    asked = _asked()
    found = entries(db.session(), asked)
    names = names_by_id(db.session(), (entry.person_id for entry in found))
    verbs, things = words_in_use(db.session())
    shown = {"entries": found, "names": names, "verbs": verbs, "things": things, "asked": request.args}
    return render_template("trail/trail.html", **shown, older=found[-1].id if len(found) == PAGE else None)


def _asked() -> TrailSearch:
    args, until = request.args, _day("until")
    return TrailSearch(
        person_id=_number("person"),
        verb=args.get("verb", "")[:40],
        thing=args.get("thing", "")[:40],
        thing_id=args.get("id", "")[:40],
        since=_midnight(_day("since")),
        until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        before_id=_number("before"),
    )


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), UTC) if day else None
