"""Replies in the shapes that calendar programs give them, written here from what is published of their formats."""

from base64 import encodebytes
from quopri import encodestring

WINDOWS_ZONE = [
    "BEGIN:VTIMEZONE",
    "TZID:W. Europe Standard Time",
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
]


def outlook(to: str, uid: str, sequence: int, stamp: str, partstat: str, encoding: str = "base64") -> bytes:
    """Exchange: a Windows zone, X-MICROSOFT properties, an empty COMMENT, the calendar as an alternative."""
    calendar = [
        "BEGIN:VCALENDAR",
        "METHOD:REPLY",
        "PRODID:Microsoft Exchange Server 2010",
        "VERSION:2.0",
        *WINDOWS_ZONE,
        "BEGIN:VEVENT",
        f'ATTENDEE;PARTSTAT={partstat};CN="Zölle: Anna":MAILTO:Anna@delegations.exam',
        " ple",
        "COMMENT;LANGUAGE=de-AT:\\n",
        f"UID:{uid}",
        "SUMMARY;LANGUAGE=de-AT:Zugesagt: Treffen der Kontaktgruppe",
        "DTSTART;TZID=W. Europe Standard Time:20270302T100000",
        "DTEND;TZID=W. Europe Standard Time:20270302T130000",
        "CLASS:PUBLIC",
        "PRIORITY:5",
        f"DTSTAMP:{stamp}",
        "TRANSP:OPAQUE",
        "STATUS:CONFIRMED",
        f"SEQUENCE:{sequence}",
        "LOCATION;LANGUAGE=de-AT:Hofburg",
        "X-MICROSOFT-CDO-APPT-SEQUENCE:0",
        "X-MICROSOFT-CDO-OWNERAPPTID:0",
        "X-MICROSOFT-CDO-BUSYSTATUS:BUSY",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
        "X-MICROSOFT-CDO-ALLDAYEVENT:FALSE",
        "X-MICROSOFT-CDO-IMPORTANCE:1",
        "X-MICROSOFT-CDO-INSTTYPE:0",
        "X-MICROSOFT-DISALLOW-COUNTER:FALSE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return mail([
        'From: "=?iso-8859-1?Q?Z=F6lle=2C_Anna?=" <Anna@delegations.example>',
        f"To: <{to}>",
        "Subject: =?utf-8?B?WnVnZXNhZ3Q6IFRyZWZmZW4=?=",
        "Thread-Topic: Treffen",
        "Message-ID: <AM0PR01MB0001@EURPRD01.PROD.delegations.example>",
        "X-MS-Has-Attach:",
        "X-MS-Exchange-Organization-AuthSource: EUR.delegations.example",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        'Content-Type: multipart/alternative;\r\n\tboundary="_000_AM0PR01MB0001_"',
        "MIME-Version: 1.0",
    ], "_000_AM0PR01MB0001_", [
        part('text/plain; charset="iso-8859-1"', "\r\n", "quoted-printable"),
        part('text/html; charset="iso-8859-1"', "<html><body></body></html>", "quoted-printable"),
        part('text/calendar; charset="utf-8"; method=REPLY', "\r\n".join([*calendar, ""]), encoding),
    ])  # fmt: skip


def google(to: str, uid: str, sequence: int, stamp: str, partstat: str) -> bytes:
    """Google: the calendar twice, as an alternative and as a file; X-NUM-GUESTS in the ATTENDEE."""
    calendar = "\r\n".join([
        "BEGIN:VCALENDAR",
        "PRODID:-//Google Inc//Google Calendar 70.9054//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        "DTSTART:20270302T090000Z",
        "DTEND:20270302T120000Z",
        f"DTSTAMP:{stamp}",
        f"ORGANIZER:mailto:{to}",
        f"UID:{uid}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN=Anna",
        " ;X-NUM-GUESTS=0:mailto:anna@delegations.example",
        "CREATED:20270220T101500Z",
        "LAST-MODIFIED:20270223T075900Z",
        f"SEQUENCE:{sequence}",
        "STATUS:CONFIRMED",
        "SUMMARY:Contact Group",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ])  # fmt: skip
    inner = mail(['Content-Type: multipart/alternative; boundary="000000000000inner"'], "000000000000inner", [
        part('text/plain; charset="UTF-8"; format=flowed; delsp=yes', "Anna has accepted this invitation.", "base64"),
        part('text/html; charset="UTF-8"', "<p>Anna has accepted this invitation.</p>", "quoted-printable"),
        part('text/calendar; charset="UTF-8"; method=REPLY', calendar, "7bit"),
    ])  # fmt: skip
    attached = part('application/ics; name="invite.ics"', calendar, "base64").replace(
        b"Content-Transfer", b'Content-Disposition: attachment; filename="invite.ics"\r\nContent-Transfer'
    )
    return mail([
        "MIME-Version: 1.0",
        "Reply-To: Anna <anna@delegations.example>",
        "Sender: Calendar <calendar-notification@mailer.example>",
        "Message-ID: <calendar-00000000-1111@mailer.example>",
        "Subject: Accepted: Contact Group @ Tue 2 Mar 2027 10:00 - 13:00 (CET)",
        "From: Anna <anna@delegations.example>",
        f"To: {to}",
        'Content-Type: multipart/mixed; boundary="000000000000outer"',
    ], "000000000000outer", [inner, attached])  # fmt: skip


def apple(to: str, uid: str, sequence: int, stamp: str, partstat: str) -> bytes:
    """Apple: a name that is folded within a character, the calendar as an attached file, quoted-printable."""
    name = 'ATTENDEE;CN="Анна Иванова";CUTYPE=INDIVIDUAL;EMAIL=anna@delegations.example;PARTSTAT='
    line = f"{name}{partstat}:mailto:anna@delegations.example".encode()
    folded = b"\r\n ".join(line[start : start + 17] for start in range(0, len(line), 17))
    calendar = "\r\n".join([
        "BEGIN:VCALENDAR",
        "CALSCALE:GREGORIAN",
        "PRODID:-//Apple Inc.//macOS 15.1//EN",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        "ATTENDEE-GOES-HERE",
        "DTEND:20270302T120000Z",
        f"DTSTAMP:{stamp}",
        "DTSTART:20270302T090000Z",
        f"ORGANIZER;CN=\"Partnership Calendar\":mailto:{to}",
        f"SEQUENCE:{sequence}",
        "SUMMARY:Contact Group",
        f"UID:{uid}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]).encode().replace(b"ATTENDEE-GOES-HERE", folded)  # fmt: skip
    body = encodestring(calendar.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    file = (
        b"Content-Disposition: attachment;\r\n\tfilename*0=iCal-20270223;\r\n\tfilename*1=-090000.ics\r\n"
        b"Content-Type: text/calendar;\r\n\tx-unix-mode=0644;\r\n\tmethod=REPLY;\r\n\tcharset=utf-8;\r\n"
        b'\tname="iCal-20270223-090000.ics"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    )
    return mail([
        "From: =?utf-8?B?0JDQvdC90LA=?= <anna@delegations.example>",
        'Content-Type: multipart/mixed;\r\n boundary="Apple-Mail=_0B5A"',
        "Mime-Version: 1.0 (Mac OS X Mail 16.0)",
        "Subject: Accepted: Contact Group",
        "Message-Id: <0B5A-11@delegations.example>",
        f"To: {to}",
        "X-Mailer: Apple Mail (2.3826)",
    ], "Apple-Mail=_0B5A", [part("text/plain; charset=us-ascii", "\r\n", "7bit"), file + body])  # fmt: skip


def mail(headers: list[str], boundary: str, parts: list[bytes]) -> bytes:
    """Return headers and parts as one mail, or as a part of one."""
    head = "\r\n".join(headers).encode() + b"\r\n\r\n"
    marks = b"".join(b"--" + boundary.encode() + b"\r\n" + one + b"\r\n" for one in parts)
    return head + marks + b"--" + boundary.encode() + b"--\r\n"


def part(content_type: str, text: str, encoding: str) -> bytes:
    """Return a part in an encoding."""
    octets = text.encode()
    if encoding == "base64":
        octets = encodebytes(octets).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        octets = encodestring(octets.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + octets
