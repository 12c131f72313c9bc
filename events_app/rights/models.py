"""Who asks, and what they want to do."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from events_app.partnership.rules import Partnership
from events_app.people.models import ADMINISTRATOR, CONTACT_POINT


class Action(StrEnum):
    """Everything that somebody may or may not do."""

    SEE = "see"
    SEE_JOINING_LINK = "see-joining-link"
    SEE_HISTORY = "see-history"
    DRAFT = "draft"
    IMPORT = "import"
    EDIT = "edit"
    EDIT_HOSTED = "edit-hosted"
    CHANGE_KIND = "change-kind"
    MOVE_ACROSS_YEARS = "move-across-years"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    DISCARD = "discard"
    REPEAT_WEEKLY = "repeat-weekly"
    SEE_DESK = "see-desk"
    RECORD_CHAIRMANSHIP = "record-chairmanship"
    READ_OUTBOX = "read-outbox"
    READ_TRAIL = "read-trail"
    REMOVE_PERSON = "remove-person"
    ANSWER = "answer"
    SUGGEST = "suggest"
    SEE_ATTENDANCE = "see-attendance"
    CORRECT_HOLIDAYS = "correct-holidays"
    CONSULT = "consult"
    SEE_CONSULTATIONS = "see-consultations"


@dataclass(frozen=True)
class Reader:
    """Who asks: the person (None: the public), what they hold today, and the partnership as it stands."""

    partnership: Partnership
    person_id: int | None = None
    is_secretary: bool = False
    posts: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_public(self) -> bool:
        """Whether nobody is signed in."""
        return self.person_id is None

    @cached_property
    def state_codes(self) -> frozenset[str]:
        """The delegations the reader belongs to."""
        return frozenset(code for code, _ in self.posts)

    @cached_property
    def administered_codes(self) -> frozenset[str]:
        """The delegations whose people the reader manages."""
        return frozenset(code for code, role in self.posts if role == ADMINISTRATOR)

    @cached_property
    def contact_codes(self) -> frozenset[str]:
        """The delegations the reader schedules for."""
        return frozenset(code for code, role in self.posts if role in (CONTACT_POINT, ADMINISTRATOR))
