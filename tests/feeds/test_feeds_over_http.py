"""The feeds as they are served: conditional requests, methods, refusals."""

from datetime import date, timedelta

import pytest

from events_app.feeds.rules import FEEDS

ALL = "/feeds/all.ics"


@pytest.fixture
def served(client, make_event):
    """The answer to a first request, with one event in the feed."""
    make_event(theme="Water")
    return client.get(ALL)


def test_a_feed_is_served_as_a_calendar_that_may_be_kept_for_five_minutes(served):
    assert served.status_code == 200
    assert served.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert served.headers["Cache-Control"] == "public, max-age=300"
    assert served.headers["ETag"].startswith('"')
    assert "Content-Disposition" not in served.headers
    assert "Set-Cookie" not in served.headers
    assert b"Water" in served.data


@pytest.mark.parametrize("name", sorted(FEEDS))
def test_every_feed_has_an_address(client, name):
    response = client.get(f"/feeds/{name}.ics")
    assert response.status_code == 200
    assert response.data.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize(
    "shape", ["{etag}", "W/{etag}", "*", '"other", {etag}', 'W/"other" , W/{etag} , "third"', '"a,b", {etag}']
)
def test_who_has_this_version_gets_304_without_a_body(client, served, shape):
    response = client.get(ALL, headers={"If-None-Match": shape.format(etag=served.headers["ETag"])})
    assert (response.status_code, response.data) == (304, b"")
    assert response.headers["ETag"] == served.headers["ETag"]


@pytest.mark.parametrize("header", ['"other"', 'W/"other"', "", "nonsense"])
def test_who_has_another_version_gets_the_feed(client, served, header):
    assert client.get(ALL, headers={"If-None-Match": header}).status_code == 200


def test_the_date_counts_only_without_an_etag(client, served):
    date_header = {"If-Modified-Since": served.headers["Last-Modified"]}
    assert client.get(ALL, headers=date_header).status_code == 304
    assert client.get(ALL, headers={**date_header, "If-None-Match": '"other"'}).status_code == 200
    earlier = {"If-Modified-Since": "Sat, 31 Oct 2026 00:00:00 GMT"}
    assert client.get(ALL, headers=earlier).status_code == 200
    assert client.get(ALL, headers={**earlier, "If-None-Match": served.headers["ETag"]}).status_code == 304
    assert client.get(ALL, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_change_ends_the_304(client, served, make_event, clock):
    clock.advance(timedelta(hours=1))
    make_event(theme="Migration")
    response = client.get(
        ALL, headers={"If-None-Match": served.headers["ETag"]},
    )  # fmt: skip
    assert response.status_code == 200
    assert b"Migration" in response.data
    assert client.get(ALL, headers={"If-Modified-Since": served.headers["Last-Modified"]}).status_code == 200


def test_head_tells_what_get_would(client, served):
    response = client.head(ALL)
    assert (response.status_code, response.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control"):
        assert response.headers[name] == served.headers[name]


def test_the_address_alone_chooses_the_language(client, make_event):
    make_event(theme="Water")
    german = client.get(f"{ALL}?lang=de")
    assert b"LANGUAGE=de" in german.data
    plain = client.get(ALL, headers={"Accept-Language": "de"})
    assert b"LANGUAGE=en" in plain.data
    assert plain.headers["ETag"] != german.headers["ETag"]


@pytest.mark.parametrize(
    "query", ["lang=xx", "lang=", "lang=EN", "lang=en-GB", "from=soon", "from=2026-13-01", "from="]
)
def test_a_language_or_day_that_cannot_be_is_a_400(client, query):
    response = client.get(f"{ALL}?{query}")
    assert response.status_code == 400
    assert "BEGIN:VCALENDAR" not in response.text


@pytest.mark.parametrize("name", ["arctic", "All", "all%00", "..%2fall", "x" * 300])
def test_an_unknown_feed_is_a_404(client, name):
    assert client.get(f"/feeds/{name}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_feed_can_only_be_read(client, method):
    response = getattr(client, method)(ALL)
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) >= {"GET", "HEAD"}


def test_from_reaches_further_back(client, make_event):
    make_event(starts_on=date(2024, 5, 7), theme="Long ago")
    assert b"Long ago" not in client.get(ALL).data
    assert b"Long ago" in client.get(f"{ALL}?from=2024-05-07").data
    assert b"Long ago" not in client.get(f"{ALL}?from=2024-05-08").data
    assert client.get(f"{ALL}?from=0001-01-01").status_code == 200


def test_a_signed_in_reader_gets_the_same_public_feed(client, served, make_event, make_person, sign_in):
    make_event(visibility="partners", theme="Internal")
    sign_in(client, make_person("clara", secretary=True))
    response = client.get(ALL)
    assert response.data == served.data
    assert response.headers["ETag"] == served.headers["ETag"]
