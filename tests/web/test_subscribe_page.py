"""The subscribe page: public feeds, building a personal link, one's own links and those one manages."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from events_app.feeds.actions import create_link, note_fetch
from events_app.feeds.choices import MOST_LINKS, FeedChoice, choice_of
from events_app.feeds.models import FeedLink
from events_app.people.actions import appoint

ENTERED = {"label": "Mine", "language": "en", "detail": "full", "alarm_minutes": "0", "shows_cancelled": "y"}
ADDRESS = re.compile(r'value="(http://localhost/feeds/([A-Za-z0-9_-]{43})\.ics)"')


@pytest.fixture
def ben(client, make_person, sign_in):
    person = make_person("ben", "CH", "delegate")
    sign_in(client, person)
    return person


def test_the_public_sees_six_feeds_and_an_offer_to_sign_in(client):
    page = client.get("/feeds/").text
    for name in ("all", "mediterranean", "asian", "joint", "conferences", "council"):
        assert f'value="http://localhost/feeds/{name}.ics"' in page
        assert f'href="webcal://localhost/feeds/{name}.ics"' in page
    assert "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Flocalhost%2Ffeeds%2Fall.ics" in page
    assert "https://outlook.office.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost%2Ffeeds%2Fall.ics" in page
    assert page.count('class="segno"') == 6
    assert "/sign-in" in page
    assert "<form method" not in page.split("<main")[1].split("</main")[0]


def test_somebody_builds_a_link_and_sees_its_address_once(client, session, ben, make_event):
    make_event(group_keys=("asian",), visibility="partners", theme="Water")
    chosen = {**ENTERED, "group_keys": ["asian"], "language": "fr", "detail": "full", "alarm_minutes": "60"}
    made = client.post("/feeds/", data=chosen, follow_redirects=True)
    assert made.status_code == 200
    address, token = ADDRESS.search(made.text).groups()
    assert made.headers["Cache-Control"] == "no-store"
    assert f"webcal://localhost/feeds/{token}.ics" in made.text
    [link] = session.scalars(select(FeedLink))
    assert choice_of(link) == FeedChoice(("asian",), (), (), "fr", "full", 60, True)
    assert b"Water" in client.get(address).data
    assert client.get("/feeds/made").headers["Location"] == "/feeds/"
    assert token not in client.get("/feeds/").text
    assert token not in client.get("/me/data").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", ""), ("label", "x" * 81), ("language", "xx"), ("detail", "all"), ("alarm_minutes", "7"),
        ("alarm_minutes", "soon"), ("group_keys", "nordic"), ("kind_keys", "party"), ("topic_keys", "x"),
    ],
)  # fmt: skip
def test_what_is_not_on_offer_is_refused_at_its_field(client, session, ben, field, value):
    answer = client.post("/feeds/", data={**ENTERED, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert session.scalars(select(FeedLink)).all() == []


def test_the_preview_shows_the_next_five_entries_and_makes_nothing(client, session, ben, make_event, clock):
    for month in range(1, 8):
        make_event(starts_on=date(2027, month, 5), theme=f"Theme {month}")
    make_event(starts_on=date(2026, 11, 2), theme="Theme past")
    make_event(group_keys=("asian",), theme="Theme elsewhere")
    page = client.post("/feeds/", data={**ENTERED, "group_keys": ["mediterranean"], "preview": "1"})
    assert page.status_code == 200
    shown = re.findall(r"Theme \w+", page.text)
    assert shown == [f"Theme {month}" for month in range(1, 6)]
    assert 'checked id="group_keys-0"' in page.text or re.search(
        r'<input[^>]*checked[^>]*value="mediterranean"', page.text
    )
    assert session.scalars(select(FeedLink)).all() == []


def test_the_preview_speaks_the_language_and_the_detail_that_were_chosen(client, ben, make_event):
    make_event(theme="Water")
    page = client.post("/feeds/", data={**ENTERED, "language": "ru", "detail": "title", "preview": "1"}).text
    preview = page.split('id="preview"')[1]
    assert "Water" not in preview
    assert re.search("[а-я]{4}", preview)


def test_an_empty_preview_says_so(client, ben):
    assert "Nothing that is ahead" in client.post("/feeds/", data={**ENTERED, "preview": "1"}).text


def test_one_s_links_are_listed_with_program_and_time(client, session, ben, clock):
    link, _ = create_link(session, ben.id, "Phone", FeedChoice(), clock.now())
    session.commit()
    assert "never" in client.get("/feeds/").text
    note_fetch(session, link, "a", "Thunderbird", "etag", clock.now())
    session.commit()
    page = client.get("/feeds/").text
    assert "Phone" in page
    assert "Thunderbird" in page


def test_a_link_that_went_around_is_warned_of(client, session, ben, clock):
    link, _ = create_link(session, ben.id, "Phone", FeedChoice(), clock.now())
    for number in range(13):
        assert "networks in 30 days" not in client.get("/feeds/").text
        note_fetch(session, link, str(number), "", "etag", clock.now())
        session.commit()
    assert "Fetched from 13 networks in 30 days." in client.get("/feeds/").text
    clock.advance(timedelta(days=31))


def test_a_link_is_renamed_and_revoked_by_its_owner_alone(client, app, session, ben, clock, make_person, sign_in):
    link, token = create_link(session, ben.id, "Phone", FeedChoice(), clock.now())
    _, other_token = create_link(session, ben.id, "Desk", FeedChoice(), clock.now())
    session.commit()
    stranger = sign_in(app.test_client(), make_person("carla", "CH"))
    assert stranger.post(f"/feeds/links/{link.id}", data={"label": "Hers"}).status_code == 404
    assert stranger.post(f"/feeds/links/{link.id}/revoke").status_code == 404
    assert client.post(f"/feeds/links/{link.id}", data={"label": ""}).status_code == 422
    assert client.post(f"/feeds/links/{link.id}", data={"label": "Telephone"}).status_code == 302
    assert "Telephone" in client.get("/feeds/").text
    assert b"X-WR-CALNAME:Telephone" in client.get(f"/feeds/{token}.ics").data
    assert client.get(f"/feeds/links/{link.id}/revoke").status_code == 200
    assert client.get(f"/feeds/{token}.ics").status_code == 200
    assert client.post(f"/feeds/links/{link.id}/revoke").status_code == 302
    assert client.get(f"/feeds/{token}.ics").status_code == 410
    assert client.get(f"/feeds/{other_token}.ics").status_code == 200
    assert "Telephone" not in client.get("/feeds/").text
    assert client.get(f"/feeds/links/{link.id}/revoke").status_code == 404


def test_an_administrator_sees_and_revokes_the_links_of_the_delegation(
    client, app, session, ben, clock, make_person, sign_in
):
    link, token = create_link(session, ben.id, "Secret label", FeedChoice(), clock.now())
    session.commit()
    administrator = sign_in(app.test_client(), make_person("dora", "CH", "administrator"))
    elsewhere = sign_in(app.test_client(), make_person("emil", "AT", "administrator"))
    page = administrator.get("/delegations/CH").text
    assert f"/feeds/links/{link.id}/revoke" in page
    assert "Secret label" not in page
    for stranger in (elsewhere, client):
        assert f"/feeds/links/{link.id}/revoke" not in stranger.get("/delegations/CH").text
    assert elsewhere.post(f"/feeds/links/{link.id}/revoke").status_code == 404
    assert administrator.post(f"/feeds/links/{link.id}/revoke").headers["Location"] == "/delegations/CH"
    assert client.get(f"/feeds/{token}.ics").status_code == 410


def test_an_administrator_can_neither_take_in_nor_revoke_the_links_of_a_secretary(
    client, session, clock, make_person, sign_in
):
    secretary = make_person("clara", secretary=True)
    link, _ = create_link(session, secretary.id, "Hers", FeedChoice(), clock.now())
    session.commit()
    sign_in(client, make_person("dora", "CH", "administrator"))
    entered = {"email": secretary.email, "name": "Clara", "role": "delegate", "valid_from": "2026-11-21"}
    assert client.post("/delegations/CH/people/new", data=entered).status_code == 422
    appoint(session, secretary, "CH", "delegate", clock.now())
    session.commit()
    assert f"/feeds/links/{link.id}" not in client.get("/delegations/CH").text
    assert client.post(f"/feeds/links/{link.id}/revoke").status_code == 404


@pytest.mark.parametrize("label", ["👩‍💻 work", "نشست‌ها", "\u200fعربي", "soft\u00adhyphen"])
def test_a_label_may_hold_what_scripts_need(client, ben, label):
    assert client.post("/feeds/", data={**ENTERED, "label": label}).status_code == 302
    assert "".join(label) in client.get("/feeds/made").text


def test_reloading_the_page_of_a_new_link_makes_no_other(client, session, ben):
    client.post("/feeds/", data=ENTERED, follow_redirects=True)
    client.get("/feeds/made", follow_redirects=True)
    assert len(session.scalars(select(FeedLink)).all()) == 1


def test_a_language_asked_for_in_the_address_goes_along(client, ben):
    page = client.get("/feeds/?lang=de").text
    assert 'action="/feeds/?lang=de#preview"' in page
    made = client.post("/feeds/?lang=de", data=ENTERED)
    assert made.headers["Location"] == "/feeds/made?lang=de"


def test_whoever_has_as_many_links_as_fit_is_told_so(client, session, ben, clock):
    for _ in range(MOST_LINKS):
        create_link(session, ben.id, "Mine", FeedChoice(), clock.now())
    session.commit()
    answer = client.post("/feeds/", data=ENTERED)
    assert answer.status_code == 422
    assert "20 links" in answer.text


def test_somebody_removed_has_no_links_any_more(client, app, session, ben, clock, make_person, sign_in):
    _, token = create_link(session, ben.id, "Phone", FeedChoice(), clock.now())
    session.commit()
    secretary = sign_in(app.test_client(), make_person("clara", secretary=True))
    assert secretary.post(f"/people/{ben.id}/remove").status_code == 302
    assert client.get(f"/feeds/{token}.ics").status_code == 410


def test_hostile_words_in_a_label_are_only_words(client, ben):
    hostile = {**ENTERED, "label": "<script>alert(1)</script>\r\nX: y"}
    made = client.post("/feeds/", data=hostile, follow_redirects=True)
    assert "<script>alert" not in made.text
    address, _ = ADDRESS.search(made.text).groups()
    assert b"\nX: y" not in client.get(address).data
