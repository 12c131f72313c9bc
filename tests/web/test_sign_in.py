"""Signing in by a link that came by mail, signing out, and choosing a language."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from events_app.app import create_app, create_worker
from events_app.extensions import db
from events_app.mail.maildir import kept_letters
from events_app.mail.post import maildir_folder
from events_app.people.actions import issue_sign_in_link
from events_app.web.access import SESSION_COOKIE

LINK = re.compile(r"http://localhost(/sign-in/[0-9a-f]{64})")


@pytest.fixture
def anna(make_person):
    return make_person("anna", "CH")


@pytest.fixture
def ask(client, settings, clock):
    """Ask for a link, let the worker send it, and return the path of the link that arrived (None: no letter)."""

    def asked(address):
        answer = client.post("/sign-in", data={"email": address})
        assert answer.status_code == 200
        with create_worker(settings, clock) as worker:
            worker.run_pass()
        letters = kept_letters(maildir_folder(settings))
        return LINK.search(letters[0].text)[1] if letters else None

    return asked


@pytest.fixture
def demo(settings, app, clock, compiled_templates):
    """The same site, run as the demonstration."""
    demo = create_app(replace(settings, demo=True), clock)
    demo.config["WTF_CSRF_ENABLED"] = False
    demo.jinja_env.bytecode_cache = compiled_templates
    yield demo
    with demo.app_context():
        db.session.remove()
        db.engine.dispose()


def is_signed_in(client):
    return client.get("/desk").status_code == 200


def test_a_link_that_came_by_mail_signs_in(client, anna, ask):
    link = ask(anna.email)
    answer = client.post(link)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk")
    assert is_signed_in(client)


def test_the_letter_goes_to_the_address_alone_and_in_the_readers_language(client, anna, ask, session, settings):
    anna.language = "fr"
    session.commit()
    ask(anna.email)
    [letter] = kept_letters(maildir_folder(settings))
    assert anna.email in letter.recipient
    assert "lien" in letter.subject.lower() + letter.text.lower()


def test_an_address_may_be_written_in_capitals_with_spaces_around(client, anna, ask):
    assert ask(f"  {anna.email.upper()} ")


def test_fetching_the_link_uses_nothing_up(client, anna, ask):
    link = ask(anna.email)
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200
    assert not is_signed_in(client)
    assert client.post(link).status_code == 302


def test_a_link_works_once(app, client, anna, ask):
    link = ask(anna.email)
    client.post(link)
    other = app.test_client()
    assert other.post(link).status_code == 410
    assert not is_signed_in(other)
    assert is_signed_in(client)


def test_a_link_works_for_15_minutes(client, anna, ask, clock):
    link = ask(anna.email)
    clock.advance(timedelta(minutes=15))
    assert client.post(link).status_code == 410
    assert not is_signed_in(client)


def test_a_link_still_works_shortly_before(client, anna, ask, clock):
    link = ask(anna.email)
    clock.advance(timedelta(minutes=14, seconds=59))
    assert client.post(link).status_code == 302


def test_somebody_who_lost_every_post_cannot_use_a_link_that_is_still_open(client, anna, ask, clock, session):
    link = ask(anna.email)
    anna.posts[0].valid_to = clock.now().date() - timedelta(days=1)
    session.commit()
    client.post(link)
    assert not is_signed_in(client)


@pytest.mark.parametrize("secret", ["x", "0" * 64, "%00", "..%2f..", "a" * 10_000, "%ff", "ä"])
def test_an_invented_link_is_a_dead_one(client, secret):
    assert client.get(f"/sign-in/{secret}").status_code in (200, 404)
    assert client.post(f"/sign-in/{secret}").status_code in (404, 410)


def test_the_answer_is_the_same_for_an_address_that_nobody_has(app, anna):
    known = app.test_client().post("/sign-in", data={"email": anna.email})
    unknown = app.test_client().post("/sign-in", data={"email": "nobody@delegations.example"})
    assert (known.status_code, unknown.status_code) == (200, 200)
    pages = [re.sub('name="csrf_token" value="[^"]*"', "", page.text) for page in (known, unknown)]
    assert pages[0].replace(anna.email, "…") == pages[1].replace("nobody@delegations.example", "…")
    assert [*known.headers.keys()] == [*unknown.headers.keys()]


def test_nobody_gets_a_letter_who_may_not_sign_in(ask, make_person):
    former = make_person("former")
    assert ask("nobody@delegations.example") is None
    assert ask(former.email) is None


@pytest.mark.parametrize(
    "address", ["", "anna", "anna@", "a@b", "a b@c.example", "аnna@delegations.example", "a@" + "b" * 300]
)
def test_what_is_no_mail_address_is_said_at_the_field(client, address):
    answer = client.post("/sign-in", data={"email": address})
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_signing_out_ends_the_session_also_for_a_stolen_cookie(app, client, anna, ask):
    client.post(ask(anna.email))
    stolen = client.get_cookie(SESSION_COOKIE).value
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert not is_signed_in(client)
    thief = app.test_client()
    thief.set_cookie(SESSION_COOKIE, stolen)
    assert not is_signed_in(thief)


def test_a_session_ends_after_12_idle_hours_and_after_14_days(client, anna, sign_in, clock):
    sign_in(client, anna)
    clock.advance(timedelta(hours=12))
    assert not is_signed_in(client)
    sign_in(client, anna)
    for _ in range(14 * 4 - 1):
        clock.advance(timedelta(hours=6))
        assert is_signed_in(client)
    clock.advance(timedelta(hours=6))
    assert not is_signed_in(client)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client, anna, ask):
    header = client.post(ask(anna.email)).headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_the_cookie_travels_only_over_tls_where_there_is_tls(settings, app, clock, session, anna):
    secure = create_app(replace(settings, base_url="https://calendar.example"), clock)
    secure.config["WTF_CSRF_ENABLED"] = False
    _, secret = issue_sign_in_link(session, anna, "for tests only", clock.now())
    session.commit()
    answer = secure.test_client().post(f"/sign-in/{secret}", base_url="https://calendar.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    with secure.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("language", ["en", "fr", "de", "it", "es", "ru", "ar"])
def test_a_language_is_chosen_at_the_foot_of_any_page_and_kept(client, language):
    answer = client.post("/language", data={"language": language, "next": "/groups/asian"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/groups/asian")
    page = client.get("/groups/asian")
    assert f'<html lang="{language}"' in page.text
    assert ('dir="rtl"' in page.text) == (language == "ar")


def test_a_language_is_kept_with_the_person(app, client, anna, sign_in, session):
    sign_in(client, anna).post("/language", data={"language": "ru"})
    session.refresh(anna)
    assert anna.language == "ru"
    assert '<html lang="ru"' in sign_in(app.test_client(), anna).get("/").text


def test_the_browsers_language_is_spoken_until_one_is_chosen(client):
    wishes = {"Accept-Language": "pt, it;q=0.8, de;q=0.5"}
    assert '<html lang="it"' in client.get("/", headers=wishes).text
    client.post("/language", data={"language": "de"})
    assert '<html lang="de"' in client.get("/", headers=wishes).text
    assert '<html lang="es"' in client.get("/?lang=es", headers=wishes).text


@pytest.mark.parametrize(
    "where",
    [
     "//evil.example", "\\\\evil.example", "/\\evil.example", "/%5cevil.example", "https://evil.example",
     "javascript:alert(1)", "\t//evil.example", "/\t/evil.example", "///evil.example", "http:evil", "", "evil",
     "/\n/evil.example", "//[", "/ä", "//evil.example?", "?//evil.example"],
)  # fmt: skip
def test_choosing_a_language_leads_only_to_pages_of_ours(client, where):
    answer = client.post("/language", data={"language": "fr", "next": where})
    assert answer.status_code == 302
    assert answer.headers["Location"] in ("/", "/%5cevil.example", "/%255cevil.example")


def test_going_back_drops_the_language_that_the_address_asked_for(client):
    answer = client.post("/language", data={"language": "fr", "next": "/groups/asian?lang=de"})
    assert answer.headers["Location"] == "/groups/asian"


@pytest.mark.parametrize("path", ["/", "/groups/asian", "/feeds/all.ics", "/events/", "/sign-in"])
def test_an_unknown_language_is_refused(client, path):
    for asked in (
        "lang=xx",
        "lang=",
        "lang=EN",
        "lang[]=en",
        "lang=en&lang=fr",
        "lang=../de",
        "lang=%00",
        "lang=en%20",
    ):
        answer = client.get(f"{path}?{asked}")
        assert (answer.status_code, answer.mimetype) == (400, "text/html"), asked


@pytest.mark.parametrize("language", ["", "xx", "EN", "en\0"])
def test_an_unknown_language_cannot_be_chosen(client, language):
    assert client.post("/language", data={"language": language}).status_code == 400
    assert '<html lang="en"' in client.get("/").text


def test_a_zone_is_chosen_and_an_unknown_one_is_said_at_the_field(client, anna, sign_in, session):
    sign_in(client, anna)
    answer = client.post("/preferences", data={"language": "en", "time_zone": "Mars/Phobos"})
    assert answer.status_code == 422
    assert "No time zone has this name" in answer.text
    assert client.post("/preferences", data={"language": "de", "time_zone": "Asia/Tokyo"}).status_code == 302
    session.refresh(anna)
    assert (anna.language, anna.time_zone) == ("de", "Asia/Tokyo")


def test_the_demonstration_offers_a_button_for_everybody(demo, anna, make_person):
    make_person("clara", secretary=True)
    page = demo.test_client().get("/demo")
    assert page.status_code == 200
    assert page.text.count('action="/sign-in/as/') == 2
    client = demo.test_client()
    assert client.post(f"/sign-in/as/{anna.id}").status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("who", [0, 999, 2**40, 10**30])
def test_the_demonstration_knows_nobody_else(demo, who):
    assert demo.test_client().post(f"/sign-in/as/{who}").status_code == 404


@pytest.mark.parametrize(
    "asked",
    [{"headers": {"X-Forwarded-For": "127.0.0.1"}}, {"headers": {"Forwarded": "for=127.0.0.1"}},
     {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}, {"environ_base": {"REMOTE_ADDR": "2001:db8::1"}},
     {"environ_base": {"REMOTE_ADDR": ""}}, {"environ_base": {"REMOTE_ADDR": "unix:"}},
     {"headers": {"X-Real-IP": "192.0.2.7"}}],
)  # fmt: skip
def test_the_buttons_work_only_from_this_machine_without_a_proxy_between(demo, anna, asked):
    client = demo.test_client()
    assert client.get("/demo", **asked).status_code == 404
    assert client.post(f"/sign-in/as/{anna.id}", **asked).status_code == 404
    assert "/demo" not in client.get("/sign-in", **asked).text.partition("<main")[2]


def test_the_buttons_work_under_names_of_this_machine_alone(demo, anna):
    rebound = {"base_url": "http://attacker.example:8000"}
    assert demo.test_client().get("/demo", **rebound).status_code == 404
    assert demo.test_client().post(f"/sign-in/as/{anna.id}", **rebound).status_code == 404
