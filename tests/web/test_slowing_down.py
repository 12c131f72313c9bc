"""Guessing is slowed down: by address, by source, and by all web processes together where there is a Redis."""

import os
from dataclasses import replace

import pytest
from flask import Flask
from redis import Redis
from redis.exceptions import ConnectionError as NoRedisError

from events_app.app import create_app
from events_app.config import Settings
from events_app.extensions import db, limiter
from events_app.shared.clock import StoppedClock

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")
ASKED = {"email": "anna@italy.example"}


@pytest.fixture
def redis_url():
    try:
        with Redis.from_url(REDIS) as server:
            server.ping()
    except NoRedisError:
        pytest.skip(f"no Redis answers at {REDIS}")
    return REDIS


def opened(settings: Settings, clock: StoppedClock) -> Flask:
    app = create_app(settings, clock)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def test_two_web_processes_count_together_through_redis(app, settings, clock, redis_url, tmp_path):
    shared = replace(settings, redis_url=redis_url, base_url=f"http://{tmp_path.name.replace('_', '-')}.example")
    answers = []
    for attempt in range(6):
        process = opened(shared, clock)
        answers.append(process.test_client().post("/sign-in", data=ASKED).status_code)
        if attempt == 5:
            with process.app_context():
                limiter.reset()
        with process.app_context():
            db.engine.dispose()
    assert answers == [200] * 5 + [429]


def test_without_redis_each_process_counts_for_itself(app, settings, clock):
    answers = []
    for _ in range(6):
        process = opened(settings, clock)
        answers.append(process.test_client().post("/sign-in", data=ASKED).status_code)
        with process.app_context():
            db.engine.dispose()
    assert answers == [200] * 6


def test_a_source_that_asks_for_many_addresses_is_slowed_down(client):
    answers = [client.post("/sign-in", data={"email": f"a{n}@italy.example"}).status_code for n in range(31)]
    assert answers == [200] * 30 + [429]


def test_reading_is_never_slowed_down(client):
    assert {client.get("/sign-in").status_code for _ in range(40)} == {200}
