"""A file that is no backup of ours changes nothing, whatever it claims to be."""

import json
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text

from events_app.app import create_app
from events_app.backup import archive
from events_app.backup.taking import take_backup
from events_app.extensions import db
from events_app.shared.clock import StoppedClock
from tests.backup.conftest import BEGINNING, all_rows, settings_in


@pytest.fixture(scope="module")
def packed(initialised_database, furnish, tmp_path_factory):
    """A good backup's entries by name."""
    folder = tmp_path_factory.mktemp("packed")
    (folder / "events.sqlite").write_bytes(initialised_database.read_bytes())
    app, file = create_app(settings_in(folder), StoppedClock(BEGINNING)), folder / "good.zip"
    furnish(app)
    with app.app_context():
        revision = db.session.scalar(text("SELECT version_num FROM alembic_version"))
        take_backup(db.engine, folder, file, revision, BEGINNING)
        db.session.remove()
        db.engine.dispose()
    with ZipFile(file) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture
def refusal(installation, command, tmp_path):
    """Restore a file and return why it was refused, after looking that nothing came of it."""

    def of(file):
        app = installation("new")
        with app.app_context():
            before = all_rows()
        answer = command(app, BEGINNING, "restore", str(file))
        with app.app_context():
            assert all_rows() == before
        kept = tmp_path / "new" / "uploads"
        assert not kept.exists() or not list(kept.iterdir())
        assert (answer.status, answer.err.count("\n"), answer.out) == (2, 1, "")
        assert "Traceback" not in answer.err
        return answer.err

    return of


@pytest.fixture
def pack(tmp_path):
    def write(entries, compression=ZIP_DEFLATED, extra=()):
        path = tmp_path / "hostile.zip"
        with ZipFile(path, "w", compression) as file:
            for name, content in [*entries.items(), *extra]:
                file.writestr(name, content)
        return path

    return write


def test_a_good_backup_that_was_packed_anew_is_taken(packed, pack, installation, command):
    assert command(installation("new"), BEGINNING, "restore", str(pack(packed))).status == 0


@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x", "/etc/passwd", "uploads/../../x", "uploads/x", "uploads\\x", "tables/../x.jsonl", "uploads/",
     "workers/" + "0" * 32, "uploads/" + "0" * 32 + "\n", "config.toml", "uploads/" + "A" * 32],
)  # fmt: skip
def test_a_name_that_is_not_ours_is_refused(packed, pack, refusal, name):
    assert "does not belong" in refusal(pack({**packed, name: b"x"}))


def test_a_name_that_comes_twice_is_refused(packed, pack, refusal):
    with pytest.warns(UserWarning, match="Duplicate"):
        file = pack(packed, extra=[("tables/person.jsonl", b"")])
    assert "twice" in refusal(file)


def test_other_ways_of_packing_are_refused(packed, pack, refusal):
    assert "packed" in refusal(pack(packed, ZIP_BZIP2))


def test_what_unfolds_to_too_much_is_refused(packed, pack, refusal, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST", 100_000)
    assert "too large" in refusal(pack({**packed, "tables/person.jsonl": b" " * 1_000_000}))


def test_a_row_without_end_is_refused(packed, pack, refusal, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_ROW", 100_000)
    assert "too large" in refusal(pack({**packed, "tables/person.jsonl": b" " * 1_000_000}))


def test_a_file_that_is_too_large_is_refused(packed, pack, refusal, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_FILE", 1000)
    assert "too large" in refusal(pack({**packed, "uploads/" + "0" * 32: b"x" * 1001}))


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip", b"SQLite format 3\0" * 100])
def test_what_is_no_archive_is_refused(tmp_path, refusal, content):
    file = tmp_path / "other"
    file.write_bytes(content)
    refusal(file)


@pytest.mark.parametrize("damage", [lambda whole: whole[: len(whole) // 2], lambda whole: whole[:900] + whole[950:]])
def test_half_an_archive_and_a_damaged_one_are_refused(packed, pack, refusal, tmp_path, damage):
    file = tmp_path / "damaged.zip"
    file.write_bytes(damage(pack(packed).read_bytes()))
    refusal(file)


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[]", b"{}", b"[" * 100_000, b'{"format": 2}', b'{"format": 1, "revision": "0005"}', b'"\xff"',
     b'{"format": 1, "revision": "0005", "taken_at": "2026-11-21T09:00:00", "rows": {}}'],
    ids=range(8),
)  # fmt: skip
def test_a_manifest_that_is_not_ours_is_refused(packed, pack, refusal, manifest):
    refusal(pack({**packed, "manifest.json": manifest}))


def test_an_archive_without_a_table_is_refused(packed, pack, refusal):
    refusal(pack({name: content for name, content in packed.items() if name != "tables/post.jsonl"}))


def test_an_archive_with_fewer_rows_than_it_says_is_refused(packed, pack, refusal):
    assert "missing" in refusal(pack({**packed, "tables/post.jsonl": b""}))


@pytest.mark.parametrize(
    "change",
    [{"id": "1"}, {"id": True}, {"id": None}, {"name": 3}, {"created_at": "yesterday"}, {"created_at": "2026-11-21"},
     {"created_at": "2026-11-21T09:00:00"}, {"is_secretary": 1}, {"is_admin": True}, {"lead_days": None}],
    ids=str,
)  # fmt: skip
def test_a_row_that_does_not_fit_its_table_is_refused(packed, pack, refusal, change):
    first, *others = packed["tables/person.jsonl"].splitlines()
    row = json.dumps({**json.loads(first), **change}).encode()
    refusal(pack({**packed, "tables/person.jsonl": b"\n".join([row, *others])}))


@pytest.mark.parametrize(
    "line", [b"", b"null", b"[1]", b"{", b"[" * 100_000, b'{"id": ' + b"9" * 5000 + b"}"], ids=range(6)
)
def test_a_line_that_is_no_row_is_refused(packed, pack, refusal, line):
    refusal(pack({**packed, "tables/person.jsonl": line + b"\n" + packed["tables/person.jsonl"]}))


def test_rows_that_break_the_rules_of_the_tables_are_refused(packed, pack, refusal):
    lines = packed["tables/person.jsonl"]
    assert "do not fit" in refusal(pack({**packed, "tables/person.jsonl": lines + lines}))
