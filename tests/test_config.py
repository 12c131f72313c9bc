"""Settings: from the environment and `config.toml`, refused by name where they cannot be understood."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from events_app.app import clock_for, create_worker
from events_app.config import SettingError, Settings, read_settings, setting_table
from events_app.shared.clock import ShiftedClock, SystemClock


@pytest.fixture
def in_instance(tmp_path):
    """Return the settings of an instance with this `config.toml` and these variables."""

    def read(config="", **variables):
        if config:
            (tmp_path / "config.toml").write_text(config, encoding="utf-8")
        named = {f"EVENTS_{name.upper()}": value for name, value in variables.items()}
        return read_settings({"EVENTS_INSTANCE_PATH": str(tmp_path), **named})

    return read


def test_without_settings_everything_has_its_default():
    assert read_settings({}) == Settings()
    assert read_settings({}).instance_path == Path("instance")
    assert read_settings({}).demo is False


def test_the_environment_wins_over_the_file(in_instance):
    config = 'base_url = "https://file.example"\nmail_from = "file@section.example"\n'
    found = in_instance(config, base_url="https://environment.example")
    assert (found.base_url, found.mail_from) == ("https://environment.example", "file@section.example")


def test_an_empty_variable_does_not_count(in_instance):
    assert in_instance('mail_from = "file@section.example"', mail_from="").mail_from == "file@section.example"


def test_the_file_may_use_the_types_of_toml(in_instance):
    found = in_instance("demo = true\nnow = 2027-03-02T10:00:00+01:00")
    assert found.demo is True
    assert found.now == datetime(2027, 3, 2, 9, tzinfo=UTC)


def test_an_unknown_setting_in_the_file_is_named(in_instance):
    with pytest.raises(SettingError, match=r"config\.toml: unknown setting smtp_host"):
        in_instance('smtp_host = "localhost"')


def test_a_broken_file_is_named(in_instance):
    with pytest.raises(SettingError, match=r"config\.toml"):
        in_instance("demo = perhaps")


@pytest.mark.parametrize("value", ["tomorrow", "2027-13-01", "12"])
def test_an_instant_that_cannot_be_read_is_refused(in_instance, value):
    with pytest.raises(SettingError, match="EVENTS_NOW") as refused:
        in_instance(now=value)
    assert value in str(refused.value)


def test_an_instant_without_a_zone_is_utc(in_instance):
    assert in_instance(now="2027-03-02T10:00").now == datetime(2027, 3, 2, 10, tzinfo=UTC)


def test_the_clock_can_be_set_in_the_demo_and_nowhere_else(in_instance):
    start = datetime(2031, 1, 1, tzinfo=UTC)
    real = SystemClock().now()
    in_demo = clock_for(in_instance(now=start.isoformat(), demo="1"))
    outside = clock_for(in_instance(now=start.isoformat()))
    assert isinstance(in_demo, ShiftedClock)
    assert start <= in_demo.now() < start + timedelta(minutes=1)
    assert real <= outside.now() < real + timedelta(minutes=1)


def test_outside_the_demo_a_secret_key_is_required(in_instance, tmp_path):
    with pytest.raises(SettingError, match="EVENTS_SECRET_KEY: is required outside the demo"):
        _ = in_instance().signing_key
    with pytest.raises(SettingError, match="EVENTS_SECRET_KEY"):
        create_worker(Settings(instance_path=tmp_path))
    assert in_instance(secret_key="ours").signing_key == "ours"
    assert in_instance(demo="1").signing_key


@pytest.mark.parametrize("address", ["calendar.example", "ftp://calendar.example", "//calendar.example"])
def test_an_address_of_the_site_that_is_no_web_address_is_refused(in_instance, address):
    with pytest.raises(SettingError, match="EVENTS_BASE_URL"):
        in_instance(base_url=address)


def test_the_address_of_the_site_says_host_and_security(in_instance):
    found = in_instance(base_url="https://calendar.example:8443/")
    assert (found.base_url, found.host, found.is_secure) == ("https://calendar.example:8443", "calendar.example", True)
    assert not in_instance(base_url="http://localhost:8000").is_secure


def test_the_database_is_a_file_of_the_instance_unless_told_otherwise(in_instance, tmp_path):
    assert in_instance().database_address == f"sqlite:///{tmp_path / 'events.sqlite'}"
    assert in_instance(database_url="postgresql+psycopg://db/x").database_address == "postgresql+psycopg://db/x"


@pytest.mark.parametrize(("value", "answer"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False)])
def test_the_demo_is_on_only_for_a_clear_yes(in_instance, value, answer):
    assert in_instance(demo=value).demo is answer


def test_every_setting_has_a_meaning_for_the_table():
    table = setting_table()
    assert [name for name, _, _ in table] == [f"EVENTS_{name.upper()}" for name in Settings.__dataclass_fields__]
    assert all(len(meaning) > 15 for _, _, meaning in table)
