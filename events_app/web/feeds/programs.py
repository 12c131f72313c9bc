"""Naming the program that fetches a feed, in a word or two."""

import re

from events_app.web.me.programs import program_of

PROGRAMS = (
    ("Google-Calendar-Importer", "Google Calendar"), ("Microsoft.Exchange", "Outlook on the web"),
    ("Microsoft Exchange", "Outlook on the web"), ("Microsoft Office", "Outlook"), ("Outlook", "Outlook"),
    ("dataaccessd", "Calendar, iPhone or iPad"), ("CalendarAgent", "Calendar, Mac"),
    ("iOS/", "Calendar, iPhone or iPad"), ("macOS/", "Calendar, Mac"), ("Thunderbird", "Thunderbird"),
    ("ICSx5", "ICSx⁵"), ("DAVx5", "DAVx⁵"),
    ("Yahoo", "Yahoo Calendar"), ("Nextcloud", "Nextcloud"), ("vdirsyncer", "vdirsyncer"), ("Evolution", "Evolution"),
)  # fmt: skip
_FIRST_WORD = re.compile(r"[A-Za-z0-9._-]{1,40}")


def calendar_program(user_agent: str) -> str:
    """Return `Thunderbird` for a User-Agent header; a browser by its name, others by their first word."""
    for sign, name in PROGRAMS:
        if sign in user_agent:
            return name
    word = _FIRST_WORD.match(user_agent)
    return program_of(user_agent) or (word[0] if word else "")
