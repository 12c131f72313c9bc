"""What an import did or would do, in numbers."""

from dataclasses import dataclass

from events_app.feeds.importing.items import Rejection
from events_app.feeds.importing.plan import CREATED, UNCHANGED, UPDATED, Plan


@dataclass(frozen=True)
class Report:
    """How many items were read, and what became of them; `is_refused`: something was rejected, so nothing is saved."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejections: tuple[Rejection, ...]
    is_refused: bool


def report_of(plan: Plan, *, is_partial: bool, is_dry_run: bool) -> Report:
    """Return the report of a plan; where nothing is saved because of a rejection, nothing is created or updated."""
    is_refused = bool(plan.rejections) and not is_partial
    counted = is_dry_run or not is_refused
    return Report(
        read=plan.read,
        created=plan.count(CREATED) if counted else 0,
        updated=plan.count(UPDATED) if counted else 0,
        unchanged=plan.count(UNCHANGED),
        rejections=plan.rejections,
        is_refused=is_refused,
    )
