"""What was found out about one mail, as codes; the words for people are elsewhere."""

from dataclasses import dataclass

ANSWERED, OLDER, IGNORED = "answered", "older", "ignored"
NO_INVITATION, WITHDRAWN, SEVERAL_INVITATIONS = "no-invitation", "withdrawn", "several-invitations"
SEVERAL_ATTENDEES, OTHER_ATTENDEE, OTHER_EVENT = "several-attendees", "other-attendee", "other-event"
OLD_SEQUENCE, UNKNOWN_SEQUENCE, FROM_THE_FUTURE = "old-sequence", "unknown-sequence", "from-the-future"
NOT_A_REPLY, COUNTER, DIFFERING, UNREADABLE_CALENDAR = "not-a-reply", "counter", "differing", "unreadable-calendar"
TENTATIVE, DELEGATED, NO_ANSWER = "tentative", "delegated", "no-answer"
NO_POST, NOT_INVITED, CLOSED = "no-post", "not-invited", "closed"
BOUNCED, DELAYED, REFUSED, UNKNOWN_LETTER = "bounced", "delayed", "refused", "unknown-letter"
TO_READ = "to-read"
TOO_LARGE, BROKE_OFF = "too-large", "broke-off"

SETTLED = frozenset({ANSWERED, OLDER, IGNORED, BOUNCED, DELAYED, UNKNOWN_LETTER})


@dataclass(frozen=True)
class Finding:
    """What a mail amounts to: its outcome, and as far as known the event, the person, the delegation, the comment."""

    outcome: str
    event_id: int | None = None
    person_id: int | None = None
    state_code: str | None = None
    comment: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it: an answer only if it says more than yes or no."""
        return self.outcome not in SETTLED or (self.outcome == ANSWERED and bool(self.comment))
