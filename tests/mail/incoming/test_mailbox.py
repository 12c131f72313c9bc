"""The mailbox to which answers come: a real Dovecot, and servers that behave badly."""

import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from events_app.app import create_worker
from events_app.config import SettingError
from events_app.mail.imap import MailboxError, Patience, mailbox_for
from events_app.mail.incoming.raw import LARGEST
from events_app.mail.models import IncomingMail, MailboxState
from events_app.mail.postbox import PostBox
from events_app.mail.queries import mail_health
from events_app.worker.collecting import EVERY

PASSWORD = "p@ss/word"
ODD = b"From: Ben <ben@elsewhere.example>\r\nSubject: Hello\r\n\r\nHow are you?\r\n"

CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owner_group} home={folder}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


class Dovecot:
    """A mail server of our own: its port, and its mailbox as a Maildir."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.tls_port = free_port(), free_port()
        self.address = f"imap://anna:p%40ss%2Fword@127.0.0.1:{self.port}/INBOX"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self._configured())], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            with suppress(OSError), self.signed_in():
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "log").read_text() if (self.folder / "log").exists() else "no log")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)

    @contextmanager
    def signed_in(self):
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=10) as server:
            server.login("anna", PASSWORD)
            server.select("INBOX")
            yield server

    def put(self, *mails: bytes) -> None:
        with self.signed_in() as server:
            for mail in mails:
                assert server.append("INBOX", None, None, mail)[0] == "OK"

    def unseen(self) -> int:
        with self.signed_in() as server:
            return len(server.search(None, "UNSEEN")[1][0].split())

    def _configured(self) -> Path:
        me = pwd.getpwuid(os.getuid())
        is_root = me.pw_uid == 0
        owner = pwd.getpwnam("nobody") if is_root else me
        names = ("dovecot", "dovecot", "dovenull") if is_root else (me.pw_name, str(me.pw_gid), me.pw_name)
        (self.folder / "mail").mkdir()
        if is_root:
            os.chown(self.folder / "mail", owner.pw_uid, owner.pw_gid)
        internal, group, login = names
        facts = {
            "internal": internal,
            "group": group,
            "login": login,
            "owner": owner.pw_uid,
            "owner_group": owner.pw_gid,
        }
        self._certify()
        path = self.folder / "dovecot.conf"
        path.write_text(
            CONFIGURATION.format(folder=self.folder, port=self.port, tls_port=self.tls_port, password=PASSWORD, **facts)
        )
        return path

    def _certify(self) -> None:
        command = (
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=test -days 2 "
            "-addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out certificate.pem"
        )
        subprocess.run(command.split(), cwd=self.folder, check=True, capture_output=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
def dovecot():
    """A Dovecot that ends with the test; its sockets need a short path that its own users may enter."""
    for program in ("dovecot", "openssl"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    version = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True).stdout
    if not version.startswith("2.3."):
        pytest.skip(f"the configuration is written for Dovecot 2.3, not {version.split()[0]}")
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    folder.chmod(0o755)
    server = Dovecot(folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def worker_for(settings, engine, session, clock):
    """Return a worker that reads a mailbox, its post in memory."""
    workers = []

    def build(address: str, patience: Patience = Patience()):  # noqa: B008  (frozen)
        session.commit()
        worker = create_worker(
            replace(settings, mail_from="partners@calendar.example", imap_url=address), clock, PostBox()
        )
        worker.engine = engine
        worker.collect.__self__.mailbox.patience = patience
        workers.append(worker)
        return worker

    yield build
    for worker in workers:
        worker.close()


@pytest.fixture
def incoming(session):
    def all_of_it() -> list[IncomingMail]:
        session.commit()
        session.expire_all()
        return list(session.scalars(select(IncomingMail).order_by(IncomingMail.id)))

    return all_of_it


def test_a_reply_in_the_mailbox_becomes_an_answer(dovecot, worker_for, reply, answer, session, incoming):
    dovecot.put(reply())
    worker_for(dovecot.address).run_pass()
    session.commit()
    assert answer() == "attends"
    assert [mail.outcome for mail in incoming()] == ["answered"]
    assert dovecot.unseen() == 0


def test_what_is_seen_is_not_fetched_again(dovecot, worker_for, incoming, clock):
    dovecot.put(ODD)
    worker = worker_for(dovecot.address)
    worker.run_pass()
    dovecot.put(ODD.replace(b"Hello", b"Again"))
    worker.run_pass()  # within the same minute nobody looks
    assert [mail.subject for mail in incoming()] == ["Hello"]
    clock.advance(EVERY)
    worker.run_pass()
    assert [mail.subject for mail in incoming()] == ["Hello", "Again"]


def test_a_worker_that_ended_before_it_marked_a_mail_takes_it_once(dovecot, worker_for, incoming):
    dovecot.put(ODD)
    worker_for(dovecot.address).run_pass()
    with dovecot.signed_in() as server:
        server.store("1", "-FLAGS", r"(\Seen)")
    worker_for(dovecot.address).run_pass()
    assert len(incoming()) == 1
    assert dovecot.unseen() == 0


def test_fifty_are_taken_at_once_and_hostile_ones_hold_up_nobody(dovecot, worker_for, incoming):
    odd = [b"From: " + b"(" * 50_000 + b"\r\n\r\nx", b"From: a@b.example\r\n\r\n" + b"\xff" * 500]
    dovecot.put(*odd, *(ODD.replace(b"Hello", b"%d" % number) for number in range(50)))
    worker_for(dovecot.address).run_pass()
    assert len(incoming()) == 50
    assert dovecot.unseen() == 2


def test_a_mail_of_more_than_20_mb_is_not_fetched_whole(dovecot, worker_for, incoming):
    dovecot.put(b"From: a@b.example\r\nSubject: Large\r\n\r\n" + (b"x" * 990 + b"\r\n") * (LARGEST // 990))
    worker_for(dovecot.address).run_pass()
    assert [(mail.outcome, mail.subject) for mail in incoming()] == [("too-large", "Large")]


def test_a_wrong_password_is_trouble_that_is_shown_and_stops_no_letter(
    dovecot, worker_for, event, anna, session, clock
):
    worker = worker_for(dovecot.address.replace("word", "wort"))
    worker.run_pass()
    assert [letter.address for letter in worker.post.letters] == [anna.email]
    assert mail_health(session, clock.now()).reasons == ("mailbox-unread",)
    state = session.scalars(select(MailboxState)).one()
    assert "wort" not in state.reply


def test_the_trouble_ends_when_the_mailbox_is_read(dovecot, worker_for, session, clock):
    dead = worker_for(f"imap://anna:x@127.0.0.1:{free_port()}")
    dead.run_pass()
    first = session.scalars(select(MailboxState)).one()
    assert (first.failures, first.failing_since) == (1, clock.now())
    worker = worker_for(dovecot.address)
    worker.run_pass()  # not before it is time again
    assert mail_health(session, clock.now()).reasons == ("mailbox-unread",)
    clock.move_to(first.retry_at)
    session.commit()
    worker.run_pass()
    session.commit()
    assert mail_health(session, clock.now()).reasons == ()


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_mailbox_is_read_over_tls(dovecot, settings, scheme):
    dovecot.put(ODD)
    port = dovecot.tls_port if scheme == "imaps" else dovecot.port
    mailbox = mailbox_for(replace(settings, imap_url=f"{scheme}://anna:p%40ss%2Fword@127.0.0.1:{port}"))
    mailbox.context = ssl.create_default_context(cafile=dovecot.folder / "certificate.pem")
    with mailbox.visit() as visit:
        assert [mail.content for _, mail in visit.new_mail()] == [ODD]


@pytest.mark.parametrize("scheme", ["imaps", "imap+starttls"])
def test_a_certificate_that_nobody_knows_is_trouble(dovecot, settings, scheme):
    port = dovecot.tls_port if scheme == "imaps" else dovecot.port
    mailbox = mailbox_for(replace(settings, imap_url=f"{scheme}://anna:p%40ss%2Fword@127.0.0.1:{port}"))
    with pytest.raises(MailboxError, match="CERTIFICATE"), mailbox.visit():
        pass


def test_a_folder_that_is_not_there_is_trouble(dovecot, worker_for, session):
    worker_for(dovecot.address.replace("INBOX", "Nothing%22%5C")).run_pass()
    assert session.scalars(select(MailboxState)).one().failures == 1


@pytest.fixture
def bad_server():
    """Start a server that answers every line with what it is told; a byte at a time if it is slow."""
    listeners = []

    def start(greeting: bytes, pause: float = 0) -> int:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        Thread(target=_talk, args=(listener, greeting, pause), daemon=True).start()
        return int(listener.getsockname()[1])

    yield start
    for listener in listeners:
        listener.close()


def _talk(listener: socket.socket, greeting: bytes, pause: float) -> None:
    with suppress(OSError):
        wire, _ = listener.accept()
        with wire:
            for sign in range(len(greeting)):
                wire.sendall(greeting[sign : sign + 1])
                time.sleep(pause)
            wire.recv(1)


@pytest.mark.parametrize(
    "greeting", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* BYE go away\r\n", b"* OK\r\n* \xff\xff\r\n"]
)
def test_a_server_that_is_none_is_trouble(bad_server, worker_for, session, greeting):
    port = bad_server(greeting)
    worker_for(f"imap://a:b@127.0.0.1:{port}", Patience(answer=0.5, visit=1)).run_pass()
    assert session.scalars(select(MailboxState)).one().failures == 1


def test_a_byte_a_second_ends_the_visit(bad_server, settings):
    port = bad_server(b"* OK " + b"x" * 1_000, pause=0.05)
    mailbox = mailbox_for(replace(settings, imap_url=f"imap://a:b@127.0.0.1:{port}"))
    mailbox.patience = Patience(answer=5, visit=0.5)
    started = time.monotonic()
    with pytest.raises(MailboxError), mailbox.visit():
        pass
    assert time.monotonic() - started < 20


@pytest.fixture
def server_with():
    """Start a server with two mails, of which it answers for the first as told (None: it refuses)."""
    listeners = []

    def start(first: bytes | None) -> str:
        listeners.append(socket.create_server(("127.0.0.1", 0)))
        Thread(target=_hand_out, args=(listeners[-1], first), daemon=True).start()
        return f"imap://a:b@127.0.0.1:{listeners[-1].getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.close()


def _hand_out(listener: socket.socket, first: bytes | None) -> None:
    said = {
        b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
        b"SEARCH": b"* SEARCH 1 2\r\n",
        b"RFC822.SIZE": b"* 1 FETCH (RFC822.SIZE 100)\r\n",
        b"FETCH 1 (BODY": first,
        b"FETCH 2 (BODY": b"* 2 FETCH (BODY[] {%d}\r\n%s)\r\n" % (len(ODD), ODD),
    }
    with suppress(OSError):
        wire, _ = listener.accept()
        with wire, wire.makefile("rb") as lines:
            wire.sendall(b"* OK\r\n")
            for line in lines:
                answer = next((said[asked] for asked in said if asked in line), b"")
                end = b" NO it is broken\r\n" if answer is None else b" OK done\r\n"
                wire.sendall((answer or b"") + line.split()[0] + end)


def test_a_mail_that_the_server_cannot_hand_out_is_trouble_and_keeps_no_other_waiting(
    server_with, worker_for, session, incoming
):
    worker_for(server_with(None)).run_pass()
    assert [mail.subject for mail in incoming()] == ["Hello"]
    assert "it is broken" in session.scalars(select(MailboxState)).one().reply


def test_a_literal_without_end_is_not_read(server_with, worker_for, session):
    worker_for(server_with(b"* 1 FETCH (BODY[] {1000000000000}\r\n"), Patience(answer=2)).run_pass()
    assert "a literal of" in session.scalars(select(MailboxState)).one().reply


@pytest.mark.parametrize(
    "address", ["imap.example", "http://a:b@host/", "imaps://host/INBOX", "imaps://a:b@host:port/", "imaps://"]
)
def test_an_address_that_names_no_mailbox_is_refused(settings, address):
    with pytest.raises(SettingError):
        mailbox_for(replace(settings, imap_url=address))


def test_an_address_says_where_how_and_who(settings):
    mailbox = mailbox_for(replace(settings, imap_url="imaps://a%40b:p%3Aq@mail.example/Answers%2FNew"))
    assert (mailbox.host, mailbox.port, mailbox.security) == ("mail.example", 993, "tls")
    assert (mailbox.user, mailbox.password, mailbox.folder) == ("a@b", "p:q", "Answers/New")
    assert "p:q" not in repr(mailbox)
    assert mailbox_for(settings) is None
