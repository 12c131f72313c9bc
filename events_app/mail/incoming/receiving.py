"""Receiving a mail from a pipe or a mailbox: each in a transaction of its own, and none is lost or stops the next."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from events_app.mail.incoming.mailroom import Mailroom
from events_app.mail.incoming.taking import Delivery, set_aside, take_mail
from events_app.mail.models import IncomingMail

Step = Callable[[], AbstractContextManager[tuple[Session, datetime]]]
COME_BACK_LATER = (OperationalError, InterfaceError, OSError)

logger = logging.getLogger(__name__)


def receive_mail(step: Step, delivery: Delivery, mailroom: Mailroom) -> IncomingMail:
    """Take a mail in a transaction that `step` opens and commits; one on which the reading breaks is set aside.

    Raises what the database or the disk raises: the mail is then not stored and has to come again.
    """
    try:
        with step() as (session, now):
            return take_mail(session, delivery, mailroom, now)
    except COME_BACK_LATER:
        raise
    except Exception:
        logger.exception("a mail could not be read and was set aside")
    with step() as (session, now):
        return set_aside(session, delivery, mailroom, now)
