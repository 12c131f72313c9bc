"""Mail that comes in: reading it safely, sorting it, letting replies count, keeping what is odd."""

from events_app.mail.incoming.mailroom import Mailroom, kept_mail_folder
from events_app.mail.incoming.raw import RawMail, raw_mail, read_raw_mail
from events_app.mail.incoming.receiving import receive_mail
from events_app.mail.incoming.taking import Delivery, take_mail

__all__ = [
    "Delivery", "Mailroom", "RawMail", "kept_mail_folder", "raw_mail", "read_raw_mail", "receive_mail",
    "take_mail",
]  # fmt: skip
