"""The holiday lens: for a day, who has a reason not to meet on it. Pure: facts in, answers out."""

from events_app.planning.lens.entries import (
    CHAIR,
    COUNCIL,
    ESTIMATED_BESIDE,
    FORUM,
    HOLIDAY,
    HOST,
    MINISTERIAL_WEEK,
    OBSERVANCE,
    PARTICIPATING,
    PARTNER,
    PARTS,
    RAMADAN,
    RECESS,
    SEAT,
    WEEKEND,
    WHAT,
    Concerned,
    Entry,
    Lens,
)
from events_app.planning.lens.looking import LensFacts, look

__all__ = [
    "CHAIR", "COUNCIL", "ESTIMATED_BESIDE", "FORUM", "HOLIDAY", "HOST", "MINISTERIAL_WEEK", "OBSERVANCE",
    "PARTICIPATING", "PARTNER", "PARTS", "RAMADAN", "RECESS", "SEAT", "WEEKEND", "WHAT", "Concerned", "Entry", "Lens",
    "LensFacts", "look",
]  # fmt: skip
