"""A letter becomes bytes that every mail program understands and nobody can bend."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest

from events_app.mail.errors import AddressRefusedError
from events_app.mail.message import Attachment, CalendarPart, Letter, Mailbox, letter_bytes

LETTER = Letter(
    message_id="<0123@calendar.example>",
    sender=Mailbox("partners@calendar.example", "Section for External Co-operation"),
    recipient=Mailbox("anna@delegations.example", "Anna"),
    subject="Tuesday, 2 March: Mediterranean Contact Group",
    text="The meeting starts at 10:00.\n",
    html="<p>The meeting starts at 10:00.</p>\n",
    language="en",
    sent_at=datetime(2027, 2, 23, 8, tzinfo=UTC),
)
ARABIC = "اجتماع فريق الاتصال المتوسطي, " * 17


def read(letter):
    return message_from_bytes(letter_bytes(letter), policy=default)


def test_a_letter_carries_the_headers_of_automatic_mail():
    message = read(LETTER)
    assert message["Date"].datetime == LETTER.sent_at
    assert message["Message-ID"] == "<0123@calendar.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Content-Language"] == "en"
    assert not {"References", "List-Id", "List-Unsubscribe", "Reply-To"} & set(message.keys())


def test_letters_about_one_event_form_a_thread():
    message = read(replace(LETTER, thread="<uid@calendar.example>"))
    assert message["References"] == message["In-Reply-To"] == "<uid@calendar.example>"


def test_list_headers_and_reply_address_stand_where_they_are_given():
    link = "https://calendar.example/letters/stop/" + "x" * 90
    message = read(
        replace(
            LETTER, list_id="reminders.calendar.example", unsubscribe_link=link, reply_to=Mailbox("chair@x.example")
        )
    )
    assert message["List-Id"] == "<reminders.calendar.example>"
    assert message["List-Unsubscribe"] == f"<{link}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Reply-To"] == "chair@x.example"


def test_text_and_html_say_the_same_with_text_first():
    message = read(LETTER)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.text


def test_lines_end_in_crlf_and_are_short_and_seven_bit():
    rendered = letter_bytes(replace(LETTER, text="Ж" * 3000 + "\r\n" + "x" * 3000, subject=ARABIC))
    assert rendered.count(b"\n") == rendered.count(b"\r\n") and b"\r\r" not in rendered
    assert all(len(line) <= 998 for line in rendered.split(b"\r\n"))
    rendered.decode("ascii")


def test_long_arabic_subjects_and_names_arrive_whole():
    letter = replace(LETTER, subject=ARABIC, recipient=Mailbox("anna@delegations.example", ARABIC), text=ARABIC)
    message = message_from_bytes(letter_bytes(letter))
    assert str(make_header(decode_header(message["Subject"]))) == ARABIC.strip()
    assert str(make_header(decode_header(message["To"]))) == f"{ARABIC.strip()} <anna@delegations.example>"
    assert read(letter)["Subject"] == ARABIC.strip()
    assert read(letter)["To"].addresses[0].addr_spec == "anna@delegations.example"
    assert read(letter).get_body(("plain",)).get_content().strip() == ARABIC.strip()


@pytest.mark.parametrize("name", ['O"Brien, Anna', "<eve@evil.example>", "Zoë, 大使", "a@b, c@d", "=?utf-8?q?x?="])
def test_a_name_is_only_ever_a_name(name):
    [recipient] = read(replace(LETTER, recipient=Mailbox("anna@delegations.example", name)))["To"].addresses
    assert recipient.addr_spec == "anna@delegations.example"


@pytest.mark.parametrize("brk", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028", "\0"])
def test_no_header_can_be_smuggled_in(brk):
    bent = f"Hello{brk}Bcc: eve@evil.example"
    message = read(replace(LETTER, subject=bent, recipient=Mailbox("anna@delegations.example", bent)))
    assert "Bcc" not in message
    assert message["Subject"] == "Hello Bcc: eve@evil.example"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\nBcc: e@evil.example",
        "a b@c.example",
        "a@b@c.example",
        "<a@b.example>",
        "a",
        "",
        "é@b.example",
        "a@" + "b" * 260,
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(AddressRefusedError):
        letter_bytes(replace(LETTER, recipient=Mailbox(address)))


def test_attachments_keep_their_name_type_and_bytes():
    file = Attachment("Treffen Köln.ics", "text/calendar; charset=utf-8; method=REQUEST", b"BEGIN:VCALENDAR\r\n")
    [attached] = read(replace(LETTER, attachments=(file,))).iter_attachments()
    assert (attached.get_content_type(), attached.get_param("method")) == ("text/calendar", "REQUEST")
    assert attached.get_filename() == "Treffen Köln.ics"
    assert attached.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\n"


def test_lone_surrogates_do_no_harm():
    assert read(replace(LETTER, subject="a\ud800b", text="a\ud800b", html="a\udfffb"))["Subject"] == "a b"


CALENDAR = CalendarPart("REQUEST", "BEGIN:VCALENDAR\r\nSUMMARY:Ж\r\n".encode() * 90, "partners+7-abc@calendar.example")


def test_an_invitation_is_the_last_way_to_read_the_letter_and_once_more_a_file():
    message = read(replace(LETTER, calendar=CALENDAR))
    assert message.get_content_type() == "multipart/mixed"
    ways, file = message.iter_parts()
    assert ways.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in ways.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    calendar = list(ways.iter_parts())[-1]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "UTF-8")
    assert (calendar["Content-Transfer-Encoding"], calendar["Content-Disposition"]) == ("base64", None)
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True) == CALENDAR.content


def test_the_bytes_of_an_invitation_have_no_bare_line_ends():
    rendered = letter_bytes(replace(LETTER, calendar=CALENDAR))
    assert rendered.count(b"\n") == rendered.count(b"\r\n") == rendered.count(b"\r")
    rendered.decode("ascii")


def test_other_attachments_follow_an_invitation():
    file = Attachment("note.txt", "application/octet-stream", b"text")
    _, *files = read(replace(LETTER, calendar=CALENDAR, attachments=(file,))).iter_parts()
    assert [part.get_filename() for part in files] == ["invite.ics", "note.txt"]
