"""Letters go through a Postfix of Debian, over STARTTLS, into a Maildir, and arrive as they were written."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from time import monotonic, sleep

import pytest

from events_app.mail.message import Letter, Mailbox, letter_bytes
from events_app.mail.outcomes import Delivered, Misconfigured, Refused
from events_app.mail.relay_log import RelayLog
from events_app.mail.smtp import STARTTLS, SmtpPost
from events_app.worker.loop import PassReport

ARABIC = ("اجتماع فريق الاتصال المتوسطي في فيينا " * 14)[:500]
READERS = ("anna", "ben", "carla", "dina", "emil", "fatima", "georg")
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/log/postfix.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example
mydestination =
mynetworks = 192.0.2.1/32
inet_interfaces = loopback-only
inet_protocols = ipv4
alias_maps =
disable_dns_lookups = yes
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {folder}/certificate.pem
smtpd_tls_key_file = {folder}/key.pem
virtual_mailbox_domains = delegations.example
virtual_mailbox_base = {folder}/post
virtual_mailbox_maps = texthash:{folder}/readers
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
"""
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
tlsmgr unix - - n 1000? 1 tlsmgr
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
virtual unix - n n - - virtual
error unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
CERTIFICATE = (
    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=relay.example -days 2 "
    "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem"
)


class Postfix:
    """A Postfix of our own on a free port, with everything that it writes in one folder."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def run(self, word: str) -> None:
        done = subprocess.run(["postfix", "-c", self.folder, word], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr

    def post_for(self, name: str) -> list[bytes]:
        """Return what lies in the Maildir of a reader."""
        return [file.read_bytes() for file in (self.folder / "post" / name / "new").glob("*")]

    def wait_for(self, number: int) -> None:
        """Wait until so many letters were delivered."""
        deadline = monotonic() + 30
        while sum(len(self.post_for(name)) for name in READERS) < number:
            assert monotonic() < deadline, self.log()
            sleep(0.05)

    def wait_until_it_listens(self) -> None:
        deadline = monotonic() + 30
        while monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as wire:
                if wire.recv(3) == b"220":
                    return
            sleep(0.05)
        raise AssertionError(self.log())

    def log(self) -> str:
        path = self.folder / "log" / "postfix.log"
        return path.read_text() if path.exists() else "Postfix wrote no log"


@pytest.fixture(scope="module")
def postfix():
    if shutil.which("postfix", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("Postfix is not installed: apt-get install postfix, without a configuration")
    if os.geteuid() != 0:
        pytest.skip("Postfix can only be started by root")
    # Not under pytest's own folders: Postfix's users must be able to enter.
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    server = Postfix(folder, free_port())
    try:
        furnish(server)
        server.run("start")
        server.wait_until_it_listens()
        yield server
    finally:
        with suppress(AssertionError):
            server.run("stop")
        shutil.rmtree(folder, ignore_errors=True)


def furnish(server):
    folder = server.folder
    folder.chmod(0o755)
    for name in ("queue", "data", "post", "log"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    shutil.chown(folder / "post", 65534, 65534)
    subprocess.run(CERTIFICATE.split(), cwd=folder, check=True, capture_output=True)
    (folder / "readers").write_text("".join(f"{name}@delegations.example {name}/\n" for name in READERS))
    (folder / "main.cf").write_text(MAIN.format(folder=folder))
    (folder / "master.cf").write_text(MASTER.format(port=server.port))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@pytest.fixture
def post(postfix):
    context = ssl.create_default_context(cafile=postfix.folder / "certificate.pem")
    post = SmtpPost("127.0.0.1", postfix.port, "partners@calendar.example", STARTTLS, context=context)
    yield post
    post.close()


def write(session, message, now):
    letter = Letter(
        message_id=message.message_id,
        sender=Mailbox("partners@calendar.example", "Partnership Calendar"),
        recipient=Mailbox(message.address, "Ørsted, Ян"),
        subject=ARABIC,
        text=".\n..\nFrom here on\n" + "غدا " * 400 + "\n\n.\n",
        html=f'<p dir="rtl">{ARABIC}</p>',
        language="ar",
        sent_at=now,
    )
    return letter_bytes(letter)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_letters_arrive_in_the_maildir_byte_for_byte(postfix, post, start_worker, put, reminder, stored):
    put(*[reminder(name) for name in READERS])
    assert start_worker(post=post, write=write).run_pass() == PassReport(sent=7)
    postfix.wait_for(7)
    for name, message in stored().items():
        [delivered] = postfix.post_for(name)
        assert len(ARABIC) == 500
        assert message_from_bytes(delivered, policy=default)["Subject"] == ARABIC
        # The server puts its own headers before ours and ends lines as files do; nothing else is touched.
        assert delivered.replace(b"\n", b"\r\n").endswith(message.rendered)
        assert f"Message-ID: {message.message_id}".encode() in delivered
        assert message.last_reply.startswith("250 2.0.0")
    taken = RelayLog(postfix.folder / "log" / "postfix.log").findings([m.message_id for m in stored().values()]).taken
    assert {m.message_id: m.last_reply.rpartition(" ")[2] for m in stored().values()} == taken


def test_a_reader_whom_postfix_does_not_know_is_a_dead_address(post):
    outcome = post.send("nobody@delegations.example", b"Subject: x\r\n\r\nx\r\n")
    assert isinstance(outcome, Refused) and outcome.is_address_dead
    assert outcome.reply.startswith("550 5.1.1")


def test_a_postfix_that_does_not_relay_for_us_is_a_matter_of_configuration(post):
    assert isinstance(post.send("anna@elsewhere.example", b"Subject: x\r\n\r\nx\r\n"), Misconfigured)


def test_without_encryption_postfix_takes_nothing_and_nobody_is_to_blame(postfix):
    plain = SmtpPost("127.0.0.1", postfix.port, "partners@calendar.example")
    assert isinstance(plain.send("anna@delegations.example", b"Subject: x\r\n\r\nx\r\n"), Misconfigured)
    plain.close()


def test_a_postfix_that_restarts_between_two_letters_loses_none(postfix, post):
    before = len(postfix.post_for("georg"))
    assert isinstance(post.send("georg@delegations.example", b"Subject: before\r\n\r\nx\r\n"), Delivered)
    postfix.run("stop")
    postfix.run("start")
    postfix.wait_until_it_listens()
    assert isinstance(post.send("georg@delegations.example", b"Subject: after\r\n\r\nx\r\n"), Delivered)
    deadline = monotonic() + 20
    while len(postfix.post_for("georg")) < before + 2 and monotonic() < deadline:
        sleep(0.05)
    assert len(postfix.post_for("georg")) == before + 2
