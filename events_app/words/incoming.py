"""What mail that came in is called, and why it waits for somebody."""

from events_app.words.catalogue import translate

SORTS = {
    "reply": "Reply to an invitation",
    "bounce": "Report of a mail server",
    "automatic": "Automatic mail",
    "own": "Our own letter",
    "other": "Other mail",
    "unreadable": "Unreadable mail",
}
UNREADABLE = "This mail could not be read. It was set aside."
OUTCOMES = {
    "answered": "The answer was taken over. It comes with a comment.",
    "no-invitation": "It did not come to the address of an invitation, so nothing was taken over.",
    "several-invitations": "It came to the addresses of several invitations at once.",
    "withdrawn": "The invitation has been withdrawn.",
    "several-attendees": "It answers for nobody, or for several people at once.",
    "other-attendee": "It answers for somebody other than the person invited.",
    "other-event": "It speaks of another event than the invitation.",
    "old-sequence": "It answers an earlier version of the event, which has changed since.",
    "unknown-sequence": "It answers a version of the event that does not exist.",
    "from-the-future": "It is dated in the future.",
    "not-a-reply": "It is a calendar message, but not a reply to an invitation.",
    "counter": "Another time is proposed.",
    "differing": "Its calendar parts contradict each other.",
    "unreadable-calendar": "Its calendar part could not be read.",
    "tentative": "The delegation does not know yet whether it comes.",
    "delegated": "The invitation was passed on to somebody else.",
    "no-answer": "It says neither yes nor no.",
    "no-post": "The person invited no longer belongs to this delegation.",
    "not-invited": "The delegation cannot answer for this event.",
    "closed": "The event takes no answers any more. Nothing was changed.",
    "refused": "A mail server refused this letter for good; its address is not at fault.",
    "to-read": "Somebody wrote. Read it in the file that was kept.",
    "too-large": "It is larger than 20 MB. Only its beginning was kept.",
    "broke-off": UNREADABLE,
    "not-a-mail": UNREADABLE,
    "too-many-parts": UNREADABLE,
    "too-deep": UNREADABLE,
    "too-many-headers": UNREADABLE,
    "headers-too-long": UNREADABLE,
}


def mail_sort(sort: str, language: str) -> str:
    """Return what a sort of mail is called."""
    return translate(language, SORTS[sort])


def mail_outcome(outcome: str, language: str) -> str:
    """Return one sentence on what became of a mail, or why it waits."""
    return translate(language, OUTCOMES.get(outcome, UNREADABLE))
