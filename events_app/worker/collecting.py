"""Collecting mail from the mailbox: before letters go, and never instead of them."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from events_app.mail.actions.mailbox import note_mailbox_trouble, note_mailbox_works
from events_app.mail.imap import Mailbox, MailboxError, Visit
from events_app.mail.incoming import Delivery, Mailroom, receive_mail
from events_app.mail.incoming.receiving import Step
from events_app.mail.queries import mailbox_state

EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


@dataclass
class Collector:
    """Empties the mailbox at most once a minute, and less often while its server fails."""

    mailbox: Mailbox
    mailroom: Mailroom
    next_at: datetime | None = field(default=None, init=False)

    def collect(self, step: Step) -> None:
        """Take what is new; what goes wrong with the server is noted. Raises only what the database raises."""
        if not self._is_time(step):
            return
        trouble = self._trouble(step)
        with step() as (session, now):
            if trouble:
                note_mailbox_trouble(session, trouble, now)
            else:
                note_mailbox_works(session)

    def _trouble(self, step: Step) -> str:
        """Empty the mailbox; return what went wrong with its server, or an empty text."""
        try:
            with self.mailbox.visit() as visit:
                self._take_all(visit, step)
        except MailboxError as error:
            logger.warning("the mailbox for answers cannot be read: %s", error)
            return str(error)
        return ""

    def _is_time(self, step: Step) -> bool:
        with step() as (session, now):
            failing = mailbox_state(session)
            waits_until = (self.next_at, failing.retry_at if failing else None)
            if any(at is not None and now < at for at in waits_until):
                return False
            self.next_at = now + EVERY
        return True

    def _take_all(self, visit: Visit, step: Step) -> None:
        for number, mail in visit.new_mail():
            receive_mail(step, Delivery(mail), self.mailroom)
            visit.mark_seen(number)
