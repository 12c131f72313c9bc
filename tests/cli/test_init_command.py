"""`init` on an empty folder, and what every command says before it."""

import json


def test_init_in_a_process_of_its_own_makes_an_empty_folder_ready_for_others(run, run_apart, monkeypatch, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    answer = run_apart("init", folder=folder)
    assert (answer.status, answer.out) == (0, "The database is ready.\n")
    monkeypatch.setenv("EVENTS_INSTANCE_PATH", str(folder))
    after = run("chair", "mediterranean", "2021-05-10", "--json")
    assert (after.status, after.err) == (0, "")
    assert json.loads(after.out)["chairs"] == [{"state": "PL", "name": "Poland"}]


def test_before_init_a_command_says_what_is_missing_and_init_may_be_repeated(run, monkeypatch, tmp_path):
    monkeypatch.setenv("EVENTS_INSTANCE_PATH", str(tmp_path / "new"))
    before = run("members", "all", "2021-05-10", "--json")
    assert (before.status, before.out, before.err.count("\n")) == (1, "", 1)
    assert "events-app init" in before.err
    assert [(answer.status, answer.out) for answer in (run("init"), run("init"))] == [
        (0, "The database is ready.\n")
    ] * 2
    assert run("members", "all", "2021-05-10", "--json").status == 0


def test_a_bad_setting_is_named(run, monkeypatch):
    monkeypatch.setenv("EVENTS_NOW", "tomorrow")
    answer = run("chair", "asian", "2016-05-17")
    assert (answer.status, answer.out) == (2, "")
    assert "EVENTS_NOW" in answer.err


def test_a_file_that_is_no_database_is_said_so(run, instance, engine):
    engine.dispose()
    (instance / "events.sqlite").write_bytes(b"this is no database" * 100)
    answer = run("outbox", "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (1, "", 1)
