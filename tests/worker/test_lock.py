"""A worker is alive as long as its lock is held, whatever the clocks say."""

import pytest
from sqlalchemy import text

from events_app.worker.lock import FOLDER, AdvisoryLock, FileLock, take_lock


@pytest.fixture
def lock(engine, tmp_path):
    locks = []

    def take():
        locks.append(take_lock(engine, tmp_path))
        return locks[-1]

    yield take
    for taken in locks:
        taken.release()


def test_the_lock_of_a_living_worker_cannot_be_taken(lock):
    first, second = lock(), lock()
    assert first.owner != second.owner
    with first.over(second.owner) as is_dead:
        assert not is_dead
    assert first.is_held() and second.is_held()


def test_the_lock_of_a_dead_worker_can_be_taken_again_and_again(lock):
    first, second = lock(), lock()
    second.release()
    for _ in range(2):
        with first.over(second.owner) as is_dead:
            assert is_dead


def test_only_one_takes_the_lock_of_a_dead_worker_at_a_time(lock):
    first, second = lock(), lock()
    with first.over("1-dead") as is_dead, second.over("1-dead") as is_dead_too:
        assert (is_dead, is_dead_too) == (True, False)


def test_a_worker_does_not_take_itself_for_dead(lock):
    first = lock()
    with first.over(first.owner) as is_dead:
        assert not is_dead


def test_a_lock_that_was_taken_away_is_noticed(lock, engine, tmp_path):
    first = lock()
    if isinstance(first, AdvisoryLock):
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": first._session_id})
    else:
        (tmp_path / FOLDER / f"{first.owner}.lock").unlink()
    assert not first.is_held()


def test_files_of_the_dead_are_swept_and_those_of_the_living_kept(tmp_path):
    (tmp_path / "1-dead.lock").touch()
    first, second = FileLock(tmp_path, "1-first"), FileLock(tmp_path, "1-second")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1-first.lock", "1-second.lock"]
    first.release()
    second.release()
    assert list(tmp_path.iterdir()) == []
