"""Letters go over SMTP to a real server, which may behave in any way."""

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from time import monotonic

import pytest
from aiosmtpd.smtp import AuthResult

from events_app.mail.outcomes import Delivered, Doubtful, Misconfigured, Refused, RelayDown, TryLater
from events_app.mail.smtp import Limits, SmtpPost

RENDERED = b"Subject: Reminder\r\n\r\nAt ten.\r\n.hidden dot\r\n"
QUICK = Limits(command=2, final_dot=0.3, letter=0.5, farewell=0.2)


@pytest.fixture
def post_to():
    def build(port, **changes):
        return SmtpPost("127.0.0.1", port, "partners@calendar.example", **changes)

    return build


@pytest.fixture
def scripted_server():
    """Start a server that talks to one client as the given function wants."""
    listeners = []

    def start(talk):
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def serve():
            with suppress(OSError):
                wire, _ = listener.accept()
                with wire, wire.makefile("rb") as lines, suppress(OSError):
                    talk(wire, lines)

        threading.Thread(target=serve, daemon=True).start()
        return listener.getsockname()[1]

    yield start
    for listener in listeners:
        listener.close()


def obey(wire, lines, answers):
    """Answer each line that the client sends with the next answer."""
    wire.sendall(b"220 test\r\n")
    for answer in answers:
        lines.readline()
        wire.sendall(answer + b"\r\n")


def read_letter(lines):
    while lines.readline() != b".\r\n":
        pass


TO_DATA = [b"250 test", b"250 OK", b"250 OK", b"354 go on"]


def test_a_letter_arrives_as_it_was_written(mail_server, post_to):
    post = post_to(mail_server.port)
    assert isinstance(post.send("anna@x.example", RENDERED), Delivered)
    post.close()
    assert mail_server.letters == [("anna@x.example", RENDERED)]


def test_a_batch_goes_over_one_connection_also_after_a_refusal(mail_server, post_to):
    mail_server.answer("RCPT", "550 5.1.1 unknown", "ben@x.example")
    post = post_to(mail_server.port)
    outcomes = [post.send(f"{name}@x.example", RENDERED) for name in ("anna", "ben", "carla")]
    post.close()
    assert [type(outcome) for outcome in outcomes] == [Delivered, Refused, Delivered]
    assert mail_server.connections == 1


def test_what_the_server_answers_to_quit_does_not_matter(mail_server, post_to):
    mail_server.quit_answer = "421 too much to do"
    post = post_to(mail_server.port)
    assert isinstance(post.send("anna@x.example", RENDERED), Delivered)
    post.close()
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_temporary_refusal_is_tried_later(mail_server, post_to, command):
    mail_server.answer(command, "451 4.3.0 busy")
    post = post_to(mail_server.port)
    assert post.send("anna@x.example", RENDERED) == TryLater("451 4.3.0 busy")
    post.close()


def test_a_server_that_hung_up_between_two_letters_is_called_again(mail_server, post_to):
    post = post_to(mail_server.port)
    post.send("anna@x.example", RENDERED)
    mail_server.answer("MAIL", "421 enough for one call", times=1)
    assert isinstance(post.send("ben@x.example", RENDERED), Delivered)
    post.close()
    assert mail_server.connections == 2


def test_a_server_that_is_not_there_is_down(post_to):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert isinstance(post_to(port).open(), RelayDown)
    assert isinstance(post_to(port).send("anna@x.example", RENDERED), RelayDown)


@pytest.mark.parametrize(
    ("greeting", "expected"),
    [(b"421 closed", RelayDown), (b"554 go away", Misconfigured), (b"hello?", RelayDown), (b"", RelayDown)],
)
def test_the_greeting_says_whether_a_server_wants_us(scripted_server, post_to, greeting, expected):
    port = scripted_server(lambda wire, lines: wire.sendall(greeting + b"\r\n" if greeting else b""))
    assert isinstance(post_to(port).open(), expected)


def test_a_wrong_password_is_a_matter_of_configuration(start_mail_server, post_to):
    server = start_mail_server(
        authenticator=lambda *_: AuthResult(success=False, handled=False), auth_require_tls=False
    )
    trouble = post_to(server.port, user="us", password="wrong").open()
    assert isinstance(trouble, Misconfigured) and trouble.reply.startswith("535")


def test_a_server_that_wants_a_password_is_a_matter_of_configuration(mail_server, post_to):
    mail_server.answer("MAIL", "530 5.7.0 Authentication required")
    post = post_to(mail_server.port)
    assert post.send("anna@x.example", RENDERED) == Misconfigured("530 5.7.0 Authentication required")
    post.close()


def test_a_line_that_breaks_before_the_final_dot_leaves_no_doubt(scripted_server, post_to):
    port = scripted_server(lambda wire, lines: obey(wire, lines, TO_DATA[:3]))
    assert isinstance(post_to(port).send("anna@x.example", RENDERED), TryLater)


@pytest.mark.parametrize("answer", [b"", b"what?\r\n", b"354 go on\r\n"])
def test_no_understandable_answer_to_the_final_dot_is_doubt(scripted_server, post_to, answer):
    def talk(wire, lines):
        obey(wire, lines, TO_DATA)
        read_letter(lines)
        wire.sendall(answer)

    assert isinstance(post_to(scripted_server(talk)).send("anna@x.example", RENDERED), Doubtful)


def test_silence_after_the_final_dot_ends_in_doubt(mail_server, post_to):
    mail_server.is_stalling = True
    outcome = post_to(mail_server.port, limits=QUICK).send("anna@x.example", RENDERED)
    assert isinstance(outcome, Doubtful)


def test_a_server_that_sends_a_byte_now_and_then_does_not_hold_us_for_ever(scripted_server, post_to):
    stopped = threading.Event()

    def talk(wire, lines):
        obey(wire, lines, TO_DATA)
        while not stopped.wait(0.05):
            wire.sendall(b"2")

    started = monotonic()
    outcome = post_to(scripted_server(talk), limits=Limits(letter=0.5)).send("anna@x.example", RENDERED)
    stopped.set()
    assert isinstance(outcome, Doubtful)
    assert monotonic() - started < 20


def test_a_greeting_that_never_ends_is_a_relay_that_is_down(scripted_server, post_to):
    stopped = threading.Event()

    def talk(wire, lines):
        while not stopped.wait(0.05):
            wire.sendall(b"2")

    assert isinstance(post_to(scripted_server(talk), limits=QUICK).open(), RelayDown)
    stopped.set()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificate")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test -days 2 "
        "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def server_context(certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    return context


@pytest.fixture
def trusting(certificate):
    return ssl.create_default_context(cafile=certificate / "certificate.pem")


def test_letters_go_over_starttls_with_a_password(start_mail_server, post_to, server_context, trusting):
    def knows(server, session, envelope, mechanism, login):
        return AuthResult(success=(login.login, login.password) == (b"us", b"secret"))

    server = start_mail_server(tls_context=server_context, authenticator=knows, auth_required=True)
    post = post_to(server.port, security="starttls", user="us", password="secret", context=trusting)
    assert isinstance(post.send("anna@x.example", RENDERED), Delivered)
    post.close()


def test_letters_go_over_tls_from_the_first_byte(start_mail_server, post_to, server_context, trusting):
    server = start_mail_server(ssl_context=server_context)
    post = post_to(server.port, security="tls", context=trusting)
    assert isinstance(post.send("anna@x.example", RENDERED), Delivered)
    post.close()


def test_a_certificate_that_is_not_trusted_is_a_matter_of_configuration(start_mail_server, post_to, server_context):
    server = start_mail_server(tls_context=server_context)
    assert isinstance(post_to(server.port, security="starttls").open(), Misconfigured)


def test_a_server_without_encryption_gets_no_letter_that_was_to_be_encrypted(mail_server, post_to):
    assert isinstance(post_to(mail_server.port, security="starttls").open(), Misconfigured)
