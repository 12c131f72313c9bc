"""A backup holds everything as it was; what is restored is that, in either database, and sends nothing twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from mailbox import Maildir

import pytest
from sqlalchemy import select, text
from sqlalchemy.event import listen

from events_app.backup.taking import take_backup
from events_app.events.files import file_content
from events_app.events.models import Document, Event
from events_app.extensions import db, transaction
from events_app.mail.actions import NewLetter, claim, enqueue, release_stopped
from events_app.mail.actions.restoring import RESTORED
from events_app.mail.models import Heartbeat, OutboxMessage, Restoration
from events_app.people.actions import add_person
from events_app.people.models import Person, SignInSession
from events_app.worker.lock import take_lock
from tests.backup.conftest import AGENDA, BEGINNING, ODD_MAIL, all_rows

CHANGED_BY_RESTORING = {"sign_in_session", "restoration"}
FIRST, SECOND = datetime(2027, 2, 16, 8, tzinfo=UTC), datetime(2027, 2, 26, 8, tzinfo=UTC)
ON_THEIR_WAY = [("pending", None), ("sending", "claimed"), ("sending", "data"), ("in-doubt", None), ("failed", None)]
LETTER = NewLetter("", "event-reminder", "haruto@delegations.example", FIRST)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def furnished(installation, furnish):
    def make(name="old", database="sqlite"):
        app = installation(name, database)
        furnish(app)
        return app

    return make


def rows_of(app):
    with app.app_context():
        return all_rows()


def letters_of(app):
    with app.app_context():
        rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        db.session.expunge_all()
        return rows


def post_of(app):
    """The Message-IDs of all letters about one event that went out."""
    folder = app.extensions["settings"].instance_path / "mail"
    found = [letter["Message-ID"] for letter in Maildir(folder, create=False)] if folder.is_dir() else []
    return [letter for letter in found if letter not in besides(app)]


def besides(app):
    """The letters to the secretaries about letters that do not go, and about what they have to prepare: these go."""
    return {m.message_id for m in letters_of(app) if m.letter in ("delivery-trouble", "preparation-due")}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("sqlite", "sqlite"),
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
        pytest.param("postgresql", "postgresql", marks=pytest.mark.faults),
    ],
)
def test_everything_comes_back_in_either_database(furnished, installation, command, tmp_path, source, target):
    old, new, file = furnished("old", source), installation("new", target, empty=True), tmp_path / "copy.zip"
    before = rows_of(old)
    assert command(old, BEGINNING, "backup", str(file)).status == 0
    assert command(new, BEGINNING, "restore", str(file)).status == 0
    after = rows_of(new)
    assert {name for name in before if before[name] != after[name]} == CHANGED_BY_RESTORING
    assert after["sign_in_session"] == []
    with new.app_context():
        document = db.session.scalars(select(Document)).one()
        assert file_content(tmp_path / "new" / "uploads", document.stored_as) == AGENDA
        assert [file.read_bytes() for file in (tmp_path / "new" / "mail-in").iterdir()] == [ODD_MAIL]
        with transaction() as session:
            newcomer = add_person(session, "nora@delegations.example", "Nora", BEGINNING)
        assert newcomer.id == max(row[0] for row in after["person"]) + 1


def test_a_backup_is_readable_by_its_owner_alone_and_written_over_nothing(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    answer = command(app, BEGINNING, "backup", str(file))
    assert (answer.status, file.stat().st_mode & 0o777) == (0, 0o600)
    assert answer.out.endswith(" rows and 2 files.\n")
    held = file.read_bytes()
    assert command(app, BEGINNING, "backup", str(file)).status == 2
    assert file.read_bytes() == held
    assert not (tmp_path / "copy.zip.part").exists()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_backup_is_of_one_instant_although_others_write_meanwhile(
    furnished, installation, command, tmp_path, database
):
    app, file = furnished("old", database), tmp_path / "copy.zip"
    people, added = len(rows_of(app)["person"]), []

    def write_meanwhile(connection, cursor, statement, *_):
        # Somebody else commits when the first tables are read and that of the people is not.
        if "FROM person" in statement and not added:
            added.append("nora@delegations.example")
            with transaction() as session:
                add_person(session, added[0], "Nora", BEGINNING)

    with app.app_context():
        listen(db.engine, "before_cursor_execute", write_meanwhile)
        take_backup(db.engine, tmp_path / "old", file, head_of(app), BEGINNING)
    assert (len(added), len(rows_of(app)["person"])) == (1, people + 1)
    new = installation("new", empty=True)
    assert command(new, BEGINNING, "restore", str(file)).status == 0
    assert len(rows_of(new)["person"]) == people


def head_of(app):
    with app.app_context(), db.engine.connect() as connection:
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def test_nothing_is_restored_over_data_unless_that_is_asked_for(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    command(app, BEGINNING, "backup", str(file))
    with app.app_context(), transaction() as session:
        add_person(session, "nora@delegations.example", "Nora", BEGINNING)
    stray = tmp_path / "old" / "uploads" / ("0" * 32)
    stray.write_bytes(b"added since")
    before = rows_of(app)
    refusal = command(app, BEGINNING, "restore", str(file))
    assert (refusal.status, "--replace" in refusal.err) == (2, True)
    assert rows_of(app) == before
    assert command(app, BEGINNING, "restore", str(file), "--replace").status == 0
    assert len(rows_of(app)["person"]) == len(before["person"]) - 1
    assert not stray.exists()


def test_nothing_is_restored_under_a_worker_that_is_alive(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    command(app, BEGINNING, "backup", str(file))
    with app.app_context():
        lock = take_lock(db.engine, tmp_path / "old")
        with transaction() as session:
            session.add(Heartbeat(owner=lock.owner, beat_at=BEGINNING))
    refusal = command(app, BEGINNING, "restore", str(file), "--replace")
    assert (refusal.status, lock.owner in refusal.err) == (2, True)
    lock.release()
    assert command(app, BEGINNING, "restore", str(file), "--replace").status == 0


def test_a_backup_of_another_release_is_refused_in_a_sentence(furnished, installation, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    take_in = tmp_path / "old"
    with app.app_context():
        take_backup(db.engine, take_in, file, "0001", BEGINNING)
    refusal = command(installation("new", empty=True), BEGINNING, "restore", str(file))
    assert (refusal.status, refusal.err.count("\n"), "0001" in refusal.err) == (2, 1, True)
    with app.app_context(), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    assert command(app, BEGINNING, "backup", str(tmp_path / "other.zip")).status == 2


def test_yesterdays_backup_sends_nothing_again_until_it_is_released(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    command(app, FIRST - MINUTE, "backup", str(file))
    command(app, FIRST + MINUTE, "send-due")
    sent = post_of(app)
    assert len(sent) == 2

    answer = command(app, FIRST + DAY, "restore", str(file), "--replace")
    assert answer.out.endswith("3 letters are stopped.\n")  # two reminders, and a letter on a step
    command(app, FIRST + DAY + MINUTE, "send-due")
    assert post_of(app) == sent
    reminders = [m for m in letters_of(app) if m.letter == "event-reminder"]
    assert {(m.state, m.last_reply) for m in reminders} == {("stopped", RESTORED)}

    with app.app_context(), transaction() as session:
        assert release_stopped(session, FIRST + DAY) == 2
    command(app, FIRST + DAY + 2 * MINUTE, "send-due")
    assert sorted(post_of(app)) == sorted(sent * 2)

    command(app, SECOND, "send-due")
    assert len(post_of(app)) == 6
    assert len(set(post_of(app))) == 4


def test_whatever_was_on_its_way_when_the_backup_was_taken_is_stopped(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    with app.app_context(), transaction() as session:
        for number, (state, phase) in enumerate(ON_THEIR_WAY):
            letter = replace(LETTER, dedupe_key=str(number))
            enqueue(session, [letter], "secret", FIRST, host="localhost")
            message = session.scalars(select(OutboxMessage).where(OutboxMessage.dedupe_key == str(number))).one()
            message.state, message.phase, message.owner = state, phase, phase and "1-gone"
    command(app, FIRST, "backup", str(file))
    command(app, FIRST + DAY, "restore", str(file), "--replace")
    command(app, FIRST + 2 * DAY, "send-due")
    assert post_of(app) == []
    states = [(m.state, m.phase, m.owner) for m in letters_of(app)]
    assert states[:4] == [("stopped", None, None)] * 4
    assert states[4] == ("failed", None, None)


def test_a_letter_with_a_number_given_out_twice_does_not_pass_for_the_lost_one(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    command(app, FIRST - MINUTE, "backup", str(file))
    command(app, SECOND, "send-due")
    lost = post_of(app)
    command(app, FIRST, "restore", str(file), "--replace")
    command(app, SECOND, "send-due")
    assert len(lost) == 2
    assert len(set(post_of(app))) == 4


def test_a_restoration_is_noted_with_both_instants(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    command(app, FIRST, "backup", str(file))
    command(app, FIRST + DAY, "restore", str(file), "--replace")
    with app.app_context():
        noted = db.session.scalars(select(Restoration)).one()
        assert noted.restored_at - noted.taken_at == pytest.approx(DAY, abs=MINUTE)
        assert db.session.scalars(select(SignInSession)).all() == []
        assert len(db.session.scalars(select(Person)).all()) == 2
        assert claim(db.session(), "somebody", FIRST + 2 * DAY) == []


def test_a_procedure_that_expired_in_the_lost_days_confirms_nothing(furnished, command, tmp_path):
    app, file = furnished(), tmp_path / "copy.zip"
    with app.app_context(), transaction() as session:
        ids = list(session.scalars(select(Event.id).order_by(Event.id).limit(2)))
        for event_id, expiry in zip(ids, (FIRST - MINUTE, FIRST + MINUTE), strict=True):
            event = session.get_one(Event, event_id)
            event.status, event.silence_ends_at = "proposed", expiry
    command(app, FIRST, "backup", str(file))
    command(app, FIRST + DAY, "restore", str(file), "--replace")
    with app.app_context():
        before, after = (db.session.get_one(Event, event_id) for event_id in ids)
        assert (before.status, after.status, after.silence_ends_at) == ("confirmed", "proposed", None)
