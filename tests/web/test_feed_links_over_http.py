"""Personal feeds as they are served: tokens, rights, what is noted, what if the database is locked."""

import gzip
import logging
import sqlite3
import time
from datetime import date, timedelta

import pytest

from events_app.extensions import limiter
from events_app.feeds.actions import create_link, revoke_link
from events_app.feeds.choices import FeedChoice

PRIVATE_HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, max-age=300",
    "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Vary": "Accept-Encoding",
}  # fmt: skip


@pytest.fixture
def person(make_person):
    return make_person("haruto", "JP", "delegate")


@pytest.fixture
def linked(session, person, clock):
    return create_link(session, person.id, "Mine", FeedChoice(), clock.now())


@pytest.fixture
def link(session, linked):
    session.commit()
    return linked[0]


@pytest.fixture
def address(link, linked):
    return f"/feeds/{linked[1]}.ics"


@pytest.fixture
def restricted(make_event):
    return make_event(group_keys=("asian",), visibility="group", theme="Water")


def test_a_token_opens_what_its_owner_may_see_without_a_session_or_a_redirect(client, address, restricted):
    response = client.get(address)
    assert response.status_code == 200
    assert b"Water" in response.data
    assert {name: response.headers[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert "Set-Cookie" not in response.headers
    assert "Content-Disposition" not in response.headers


def test_a_signed_in_reader_of_another_s_link_gets_what_its_owner_sees(
    client, address, restricted, make_person, sign_in
):
    theirs = client.get(address)
    sign_in(client, make_person("clara", secretary=True))
    assert client.get(address).data == theirs.data


@pytest.mark.parametrize("method", ["get", "head"])
def test_who_has_this_version_of_a_personal_feed_gets_304(client, address, restricted, method):
    first = client.get(address)
    again = getattr(client, method)(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    dated = client.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert dated.status_code == 304


def test_a_fetch_is_noted_by_get_alone(client, session, link, address, restricted):
    client.head(address)
    session.refresh(link)
    assert link.fetched_at is None


def test_answers_other_than_the_feed_neither_repeat_the_token_nor_lead_anywhere(client, session, link, address, clock):
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    answers = {404: client.get(f"/feeds/{token[:-1]}_.ics"), 405: client.post(address)}
    bare = client.get(f"/feeds/{token}")
    revoke_link(session, link, clock.now(), by_id=None)
    session.commit()
    answers[410] = client.get(address)
    assert {status: answer.status_code for status, answer in answers.items()} == {404: 404, 405: 405, 410: 410}
    for answer in (*answers.values(), bare):
        assert token[:20] not in answer.text
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "href" not in answer.text


def test_a_writer_at_work_makes_no_feed_wait(app, client, address, restricted, settings):
    held = sqlite3.connect(settings.instance_path / "events.sqlite", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    answer = client.get(address)
    spent = time.monotonic() - began
    held.execute("ROLLBACK")
    held.close()
    assert answer.status_code == 200
    assert spent < 2


def test_who_cannot_write_in_time_is_told_to_try_again(client, settings, short_patience, session, engine):
    session.close()
    engine.dispose()
    held = sqlite3.connect(settings.instance_path / "events.sqlite", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    answer = client.post("/sign-in", data={"email": "a@b.example"})
    held.execute("ROLLBACK")
    held.close()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_from_reaches_further_back_in_a_personal_feed_too(client, address, make_event):
    make_event(starts_on=date(2024, 5, 7), theme="Long ago")
    assert b"Long ago" not in client.get(address).data
    assert b"Long ago" in client.get(f"{address}?from=2024-05-07").data
    assert client.get(f"{address}?from=soon").status_code == 400
    assert client.get(f"{address}?from=9999-12-31").data == client.get(address).data


def test_an_unknown_token_is_404_and_a_revoked_one_410_for_good(client, session, link, address, clock):
    wrong = address[:-5] + ("A" if address[-5] != "A" else "B") + ".ics"
    assert client.get(wrong).status_code == 404
    assert client.get(address).status_code == 200
    revoke_link(session, link, clock.now(), by_id=None)
    session.commit()
    for _ in range(2):
        response = client.get(address)
        assert response.status_code == 410
        assert "BEGIN:VCALENDAR" not in response.text


@pytest.mark.parametrize("token", ["x" * 10_000, "%00", "..%2f..%2fetc", "é" * 43, "%ff%fe", " "])
def test_a_token_that_cannot_be_is_404(client, token):
    assert client.get(f"/feeds/{token}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_personal_feed_can_only_be_read(client, address, method):
    assert getattr(client, method)(address).status_code == 405


def test_a_feed_goes_out_compressed_to_who_can_read_it(client, address, restricted):
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, deflate"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert len(packed.data) < len(plain.data)
    for etag in (plain.headers["ETag"], packed.headers["ETag"]):
        for encoding in ("gzip", "identity"):
            again = client.get(address, headers={"If-None-Match": etag, "Accept-Encoding": encoding})
            assert again.status_code == 304
    refused = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_fetch_is_noted_when_the_version_changes_and_else_at_most_hourly(
    client, session, link, address, make_event, clock
):
    def noted(agent="Mozilla/5.0 Thunderbird/128"):
        client.get(address, headers={"User-Agent": agent})
        session.rollback()
        session.refresh(link)
        return link.fetched_at, link.program

    first = clock.now()
    assert noted() == (first, "Thunderbird")
    clock.advance(timedelta(minutes=30))
    assert noted("Google-Calendar-Importer") == (first, "Thunderbird")
    make_event(group_keys=("asian",))
    assert noted("Google-Calendar-Importer") == (clock.now(), "Google Calendar")
    clock.advance(timedelta(minutes=61))
    assert noted() == (clock.now(), "Thunderbird")


def test_the_networks_of_a_link_are_counted_and_none_is_kept_as_it_is(client, session, link, address, clock):
    for number in (1, 2, 3):
        client.get(address, environ_base={"REMOTE_ADDR": f"192.0.{number}.7"})
        client.get(address, environ_base={"REMOTE_ADDR": f"192.0.{number}.8"})
    client.get(address, environ_base={"REMOTE_ADDR": "2001:db8::1"})
    session.refresh(link)
    networks = [fetch.network for fetch in link.fetches]
    assert len(networks) == 4
    assert not any("192" in network or "2001" in network for network in networks)


def test_a_link_is_not_fetched_more_often_than_anybody_needs(client, address, restricted):
    limiter.reset()
    answers = [client.get(address) for _ in range(31)]
    limiter.reset()
    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_public_feeds_are_fetched_as_often_as_one_likes(client):
    limiter.reset()
    assert {client.get("/feeds/all.ics").status_code for _ in range(40)} == {200}


def test_nobody_reads_a_token_in_the_log(app, client, address, caplog, monkeypatch):
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    app.logger.error("Exception on %s [%s]", address, "GET")
    logging.getLogger("waitress").error("while serving %s", address)
    assert token not in caplog.text
    assert token[:6] in caplog.text


@pytest.fixture
def lock(settings, app):
    """Lock the database against everybody, readers too."""
    held = []

    def take():
        from events_app.extensions import db

        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        connection = sqlite3.connect(settings.instance_path / "events.sqlite", isolation_level=None)
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        held.append(connection)

    yield take
    for connection in held:
        connection.close()


@pytest.fixture
def short_patience(monkeypatch):
    from events_app.shared import database

    monkeypatch.setattr(database, "PATIENCE", 50)


def test_while_the_database_is_locked_public_feeds_stay_and_personal_ones_ask_for_patience(
    client, session, engine, address, restricted, make_event, lock, short_patience
):
    make_event(theme="Open")
    good = client.get("/feeds/all.ics")
    session.close()
    engine.dispose()
    lock()
    served = client.get("/feeds/all.ics")
    assert (served.status_code, served.data) == (200, good.data)
    known = client.get("/feeds/all.ics", headers={"If-None-Match": good.headers["ETag"]})
    assert known.status_code == 304
    for path in (address, "/feeds/asian.ics"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert b"VCALENDAR" not in answer.data


def test_a_feed_that_cannot_be_made_is_never_an_empty_one(client, session, address, make_event, caplog):
    event = make_event(group_keys=("asian",))
    good = client.get("/feeds/all.ics")
    event.time_zone = "Mars/Phobos"
    session.commit()
    assert client.get("/feeds/all.ics").data == good.data
    assert client.get("/feeds/asian.ics").status_code == 503
    assert client.get(address).status_code == 503
    assert "Mars/Phobos" in caplog.text
