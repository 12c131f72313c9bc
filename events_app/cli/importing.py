"""`import` and `shadow`: reading calendar files and tables, into our calendar or beside it."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from events_app.cli import application, cli, json_option, print_json
from events_app.events.actions.silence import store_silence
from events_app.events.models import Event
from events_app.extensions import begin_writing, transaction
from events_app.feeds.entries import event_address
from events_app.feeds.importing import (
    NEUTRAL_KIND,
    Change,
    Importer,
    Plan,
    Rejection,
    Report,
    Source,
    UnreadableFileError,
    Wishes,
    apply_plan,
    import_shadows,
    plan_import,
    read_file,
    report_of,
    secretariat,
    source_of,
)
from events_app.feeds.importing.names import Names, names_in
from events_app.feeds.importing.sheet import Sheet
from events_app.ics.reading import LARGE, ReadCalendar
from events_app.planning.errors import ShadowNameError
from events_app.web.access import clock_of, settings_of
from events_app.web.imports.outline import Outline, outline_of
from events_app.web.imports.wording import file_sentence, item_sentences
from events_app.words.languages import DEFAULT_LANGUAGE

REFUSED = 2

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
partial_option = click.option("--partial", is_flag=True, help="Take what can be taken when something is rejected.")
large_option = click.option("--large", is_flag=True, help="Up to 20 MB and 20,000 items instead of 2 MB and 2,000.")
zone_option = click.option("--time-zone", metavar="Z", help="The IANA zone of times that name none.")


@cli.command("import")
@file_argument
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@partial_option
@large_option
@zone_option
@click.option("--kind", metavar="KIND", help=f"The kind of events that name none ({NEUTRAL_KIND}).")
@json_option
def import_file(
    file: Path, dry_run: bool, partial: bool, large: bool, time_zone: str | None, kind: str | None, as_json: bool
) -> int:
    """Read events from FILE (.ics or .csv). Nothing is saved if anything is rejected, unless --partial."""
    wishes = Wishes(time_zone, kind, large)
    with application() as app:
        now = clock_of(app).now()
        found = _read(file, wishes, now)
        with transaction() as session:
            begin_writing()
            store_silence(session, now)
            names = names_in(session)
            importer = secretariat(names.facts, settings_of(app).host, wishes)
            plan = _plan(session, source_of(found, names, wishes), names, importer, now)
            report = report_of(plan, is_partial=partial, is_dry_run=dry_run)
            is_saved = not (dry_run or report.is_refused)
            told = _events(session, plan)
            if is_saved:
                base_url = settings_of(app).base_url
                told = _with_addresses(told, apply_plan(session, plan, names, importer, now), base_url)
    more = {"saved": is_saved, "ignored_columns": list(plan.ignored), "events": told if is_saved or dry_run else []}
    return _tell(_answer(report) | more, report, as_json)


@cli.command()
@file_argument
@click.option("--name", required=True, help="What the other body's calendar is called.")
@partial_option
@large_option
@zone_option
@json_option
def shadow(file: Path, name: str, partial: bool, large: bool, time_zone: str | None, as_json: bool) -> int:
    """Keep another body's calendar FILE beside ours, for planning; it replaces what NAME held before."""
    wishes = Wishes(time_zone, None, large)
    with application() as app:
        now = clock_of(app).now()
        found = _read(file, wishes, now)
        with transaction() as session:
            begin_writing()
            source = source_of(found, names_in(session), wishes)
            report = _kept(session, name, file, source, now, is_partial=partial)
    more = {"saved": not report.is_refused, "ignored_columns": list(source.ignored)}
    return _tell(_answer(report) | more, report, as_json)


def _read(file: Path, wishes: Wishes, now: datetime) -> ReadCalendar | Sheet:
    try:
        return read_file(file.name, _content(file), wishes, now)
    except UnreadableFileError as error:
        raise click.UsageError(f"{file.name}: {file_sentence(error, DEFAULT_LANGUAGE)}") from error


def _content(file: Path) -> bytes:
    """Return the bytes of a file, at most one more than the limit: what is larger is refused unread."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGE.octets + 1)
    except OSError as error:
        raise click.UsageError(f"{file.name} cannot be read ({error.strerror})") from error


def _plan(session: Session, source: Source, names: Names, importer: Importer, now: datetime) -> Plan:
    try:
        return plan_import(session, source, names, importer, now)
    except UnreadableFileError as error:
        raise click.UsageError(file_sentence(error, DEFAULT_LANGUAGE)) from error


def _kept(session: Session, name: str, file: Path, source: Source, now: datetime, *, is_partial: bool) -> Report:
    try:
        return import_shadows(session, name, file.name, source, now, is_partial=is_partial)
    except ShadowNameError as error:
        raise click.UsageError(f"--name has 1 to {error.most} characters") from error


def _answer(report: Report) -> dict[str, Any]:
    return {
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": [_rejected(rejection) for rejection in report.rejections],
    }


def _events(session: Session, plan: Plan) -> list[dict[str, Any]]:
    return [_event(change, outline_of(session, change, DEFAULT_LANGUAGE)) for change in plan.changes]


def _event(change: Change, outline: Outline) -> dict[str, Any]:
    return {"item": change.item.position, "outcome": change.outcome, **asdict(outline)}


def _with_addresses(told: list[dict[str, Any]], events: list[Event], base_url: str) -> list[dict[str, Any]]:
    return [line | {"page": event_address(event, base_url)} for line, event in zip(told, events, strict=True)]


def _rejected(rejection: Rejection) -> dict[str, Any]:
    when = rejection.when
    return {
        "item": rejection.position,
        "why": " ".join(item_sentences(rejection, DEFAULT_LANGUAGE)),
        "when": when if isinstance(when, str) else when.isoformat(),
        "reason": rejection.reason,
        "title": rejection.title,
        "uid": rejection.uid,
    }


def _tell(answer: dict[str, Any], report: Report, as_json: bool) -> int:
    if as_json:
        print_json(answer)
    else:
        _print(answer, report)
    if not report.is_refused:
        return 0
    click.echo(f"{len(report.rejections)} of {report.read} items were rejected, so nothing is saved.", err=True)
    return REFUSED


def _print(answer: dict[str, Any], report: Report) -> None:
    counts = (f"{answer[name]} {name}" for name in ("read", "created", "updated", "unchanged"))
    click.echo(", ".join((*counts, f"{len(report.rejections)} rejected")))
    for event in answer.get("events", ()):
        click.echo(f"  item {event['item']}, {event['outcome']}: {_event_line(event)}")
    for rejected in answer["rejected"]:
        named = (rejected["title"] or rejected["uid"] or "untitled", rejected["when"])
        click.echo(f"  item {rejected['item']} ({', '.join(filter(None, named))}): {rejected['why']}")
    for column in answer.get("ignored_columns", ()):
        click.echo(f"  the column “{column}” was passed over")


def _event_line(event: dict[str, Any]) -> str:
    parts = (event["kind"], event["title"], event["when"], event["place"], event["state"], event.get("page", ""))
    return "; ".join(part for part in parts if part)
