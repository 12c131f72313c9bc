"""How an event comes to the status that a file names. Only forwards: a file that lags behind takes nothing back."""

from events_app.events.models import CANCELLED, CONFIRMED, DRAFT, POSTPONED, PROPOSED
from events_app.events.rules.life import CONFIRM, POSTPONE, PROPOSE
from events_app.feeds.importing.errors import RejectedItemError

STEPS = {
    (DRAFT, PROPOSED): (PROPOSE,),
    (DRAFT, CONFIRMED): (CONFIRM,),
    (DRAFT, POSTPONED): (PROPOSE, POSTPONE),
    (PROPOSED, CONFIRMED): (CONFIRM,),
    (PROPOSED, POSTPONED): (POSTPONE,),
    (CONFIRMED, POSTPONED): (POSTPONE,),
}
AHEAD = ((PROPOSED, DRAFT), (CONFIRMED, DRAFT), (CONFIRMED, PROPOSED), (POSTPONED, DRAFT), (POSTPONED, PROPOSED))


def steps_of_new(wanted: str) -> tuple[str, ...]:
    """Return the steps from a new draft to the status a file names; raises RejectedItemError."""
    if wanted == CANCELLED:
        raise RejectedItemError("cancelled-unknown")
    return steps_to(DRAFT, wanted)


def steps_to(status: str, wanted: str) -> tuple[str, ...]:
    """Return the steps from a status to the one a file names (empty: it names none); raises RejectedItemError."""
    if wanted in ("", status) or (status, wanted) in AHEAD:
        return ()
    if wanted == CANCELLED:
        # Cancelling needs a reason, and no file gives one.
        raise RejectedItemError("cancelled")
    if (status, wanted) not in STEPS:
        raise RejectedItemError("status", status=status)
    return STEPS[status, wanted]
