"""The letters there are, and how each may be handled."""

from dataclasses import dataclass

EVENT_REMINDER, SIGN_IN_LINK, INVITATION = "event-reminder", "sign-in-link", "invitation"
CHANGE_NOTICE, DOCUMENTS_ADDED, ANSWER_MISSING = "change-notice", "documents-added", "answer-missing"
WEEKLY_DIGEST, DELIVERY_TROUBLE, PREPARATION_DUE = "weekly-digest", "delivery-trouble", "preparation-due"
PLAN_VERSION = "plan-version"

CONSULTATION_OPENED, CONSULTATION_CLOSING = "consultation-opened", "consultation-closing"
CONSULTATION_OBJECTED, CONSULTATION_AGREED = "consultation-objected", "consultation-agreed"
CONSULTATION_SETTLED, CONSULTATION_ENDED = "consultation-settled", "consultation-ended"
CONSULTATION_LETTERS = (
    CONSULTATION_OPENED, CONSULTATION_CLOSING, CONSULTATION_OBJECTED, CONSULTATION_AGREED, CONSULTATION_SETTLED,
    CONSULTATION_ENDED,
)  # fmt: skip


@dataclass(frozen=True)
class LetterKind:
    """A sort of letter: after doubt the same bytes go again, or wait, stopped, for a person.

    `is_asked_for` goes to suppressed addresses too, `is_secret` is forgotten once sent, `is_declinable` may be put off
    to the digest or declined by its reader.
    """

    name: str
    goes_again: bool = True
    is_asked_for: bool = False
    is_secret: bool = False
    is_declinable: bool = True


LETTER_KINDS = {
    kind.name: kind
    for kind in (
        LetterKind(EVENT_REMINDER),
        LetterKind(SIGN_IN_LINK, is_asked_for=True, is_secret=True, is_declinable=False),
        LetterKind(INVITATION, is_declinable=False),
        LetterKind(CHANGE_NOTICE, goes_again=False),
        LetterKind(DOCUMENTS_ADDED, goes_again=False),
        LetterKind(ANSWER_MISSING),
        LetterKind(PREPARATION_DUE),
        LetterKind(PLAN_VERSION),
        *(LetterKind(name) for name in CONSULTATION_LETTERS),
        LetterKind(WEEKLY_DIGEST),
        LetterKind(DELIVERY_TROUBLE, is_declinable=False),
    )
}
MAY_GO_AGAIN = frozenset(kind.name for kind in LETTER_KINDS.values() if kind.goes_again)
ASKED_FOR = frozenset(kind.name for kind in LETTER_KINDS.values() if kind.is_asked_for)
SECRET = frozenset(kind.name for kind in LETTER_KINDS.values() if kind.is_secret)
DECLINABLE = tuple(kind.name for kind in LETTER_KINDS.values() if kind.is_declinable)
