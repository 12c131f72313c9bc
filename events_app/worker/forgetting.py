"""Retention: what is older than the settings allow is forgotten on each pass."""

import logging
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from events_app.config import Settings
from events_app.events.actions.forgetting import forget_names
from events_app.feeds.actions import forget_fetches
from events_app.feeds.importing.waiting import forget_waiting_files, waiting_folder
from events_app.mail.actions.forgetting import forget_letters
from events_app.mail.incoming import kept_mail_folder
from events_app.mail.incoming.forgetting import forget_mail, names_of_kept_mail
from events_app.mail.incoming.keeping import forget_kept_mail
from events_app.mail.maildir import forget_kept_letters
from events_app.mail.post import maildir_folder
from events_app.people.actions import forget_sign_ins

logger = logging.getLogger(__name__)


def forget_old(session: Session, settings: Settings, now: datetime) -> None:
    """Forget sign-ins, letters, fetches of feeds and names of participants that are past their time."""
    forget_sign_ins(session, timedelta(days=settings.keep_sign_ins), now)
    forget_letters(session, timedelta(days=settings.keep_letters), now)
    forget_mail(session, timedelta(days=settings.keep_letters), now)
    forget_fetches(session, timedelta(days=settings.keep_sign_ins), now)
    forget_names(session, timedelta(days=settings.keep_names), now)
    _forget_files(session, settings, now)


def _forget_files(session: Session, settings: Settings, now: datetime) -> None:
    try:
        forget_kept_letters(maildir_folder(settings), now - timedelta(days=settings.keep_letters))
        forget_waiting_files(waiting_folder(settings.instance_path), now)
        forget_kept_mail(kept_mail_folder(settings.instance_path), names_of_kept_mail(session), now)
    except OSError:
        # A file that cannot be deleted must not keep new letters from being derived.
        logger.exception("kept letters could not be forgotten")
