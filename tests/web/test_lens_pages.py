"""What stands on a date: next to its field, on a page of its own, and as a layer over months and years."""

import re
from datetime import date

import pytest
from sqlalchemy import event as sqlalchemy_event

FEAST = 'Public holiday:</span> Algeria, Egypt, Jordan, Morocco, Tunisia (<bdi lang="en">Eid al-Adha</bdi>) (estimated)'


@pytest.fixture
def reader(app, make_person, sign_in):
    return sign_in(app.test_client(), make_person("leila", "JO"))


def test_the_fragment_names_who_has_which_holiday_and_that_the_seat_has_none(reader):
    piece = reader.get("/lens?from=2027-05-16&group=mediterranean").text
    assert FEAST in piece
    assert "Austria: none" in piece
    assert 'The General Assembly asks not to meet:</span> <bdi lang="en">Eid al-Adha</bdi> (A/RES/53/208 A)' in piece
    assert "participating States on holiday" in piece
    assert "<html" not in piece


def test_a_span_tells_of_each_day_on_which_something_stands(reader):
    piece = reader.get("/lens?from=2027-03-15&to=2027-03-18&group=asian&host=KR").text
    assert re.findall(r'datetime="([-0-9]+)"', piece) == ["2027-03-15", "2027-03-17", "2027-03-18"]


def test_a_day_on_which_nothing_stands_says_so(reader):
    piece = reader.get("/lens?from=2027-03-16&group=mediterranean").text
    assert "No holiday or session that we know of falls on this day." in piece


@pytest.mark.parametrize(
    "words",
    ["", "from=", "from=soon", "from=2027-03-02&to=2027-03-01", "from=2027-01-01&to=2027-12-31", "from=0001-01-01",
     "from=9999-12-31", "from=2027-03-02&group=nordic", "from=2027-03-02&host=XX"],
)  # fmt: skip
def test_what_is_no_question_is_refused_in_words(reader, words):
    for address in (f"/lens?{words}", f"/dates?{words}"):
        answer = reader.get(address)
        assert answer.status_code == (200 if address in ("/dates?", "/dates?from=") else 422)
        assert answer.status_code == 200 or "field-error" in answer.text


def test_the_page_answers_without_script_what_the_form_links_to(reader):
    form = reader.get("/events/new/contact-group-meeting?group=mediterranean").text
    href = re.search(r'data-lens-page href="([^"]+)"', form)[1].replace("&amp;", "&")
    assert "group=mediterranean" in href
    assert reader.get(href).status_code == 200
    assert FEAST in reader.get("/dates?from=2027-05-16&group=mediterranean").text


def test_the_form_of_an_event_shows_what_stands_on_the_date_it_was_opened_with(app, make_person, sign_in, make_event):
    secretary = sign_in(app.test_client(), make_person("clara", secretary=True))
    event = make_event(starts_on=date(2027, 5, 16))
    page = secretary.get(f"/events/{event.id}/edit").text
    assert FEAST in page.partition("data-lens-answer")[2]
    joint = make_event(kind_key="joint-meeting", group_keys=("mediterranean", "asian"), starts_on=date(2027, 5, 20))
    assert "Day of Vesak" in secretary.get(f"/events/{joint.id}/edit").text


def test_the_form_stands_when_its_dates_are_nonsense(reader):
    sent = {"starts_on": "2027-02-30", "ends_on": "0001-01-01", "host_code": "XX", "group_keys": "nordic"}
    assert reader.post("/events/new/contact-group-meeting", data=sent).status_code == 422
    sent = {"starts_on": "2027-02-03", "ends_on": "0001-01-01"}
    assert reader.post("/events/new/contact-group-meeting", data=sent).status_code == 422


@pytest.mark.parametrize("address", ["/month/2027-05", "/year/2027"])
def test_a_layer_is_off_until_it_is_asked_for_and_differs_by_group(client, address):
    assert "Eid al-Adha" not in client.get(address).text
    mediterranean, asian = (client.get(f"{address}?lens={group}").text for group in ("mediterranean", "asian"))
    assert "lens-heavy" in mediterranean
    assert "Algeria, Egypt, Jordan, Morocco, Tunisia (" in mediterranean
    assert "Algeria" not in asian
    assert "Buddha&#39;s Birthday" in asian
    assert "Buddha&#39;s Birthday" in client.get(f"{address}?lens=joint").text


def test_the_layer_stays_when_the_reader_turns_the_page_or_filters(client):
    page = client.get("/month/2027-05?lens=asian").text
    assert "/month/2027-06?lens=asian" in page
    assert '<input type="hidden" name="lens" value="asian">' in page
    assert client.get("/month/2027-05?lens=nordic").status_code == 404
    assert re.search(r'href="/month/2027-05"[^>]*>off', page)


def test_the_year_lists_what_lasts_once_with_its_days(client):
    page = client.get("/year/2027?lens=mediterranean").text
    assert page.count("Ramadan: Algeria") == 1 + sum(1 for _ in re.finditer('title="[^"]*Ramadan: Algeria', page))
    assert "8 Feb" in page


def test_the_layer_of_a_year_takes_no_more_queries_than_that_of_a_month(client, app):
    client.get("/year/2027?lens=joint")
    with app.app_context():
        from events_app.extensions import db

        engine, said = db.engine, []
        sqlalchemy_event.listen(engine, "before_cursor_execute", lambda *about: said.append(about[2]))
    counts = []
    for address in ("/year/2027?lens=joint", "/month/2027-05?lens=joint"):
        said.clear()
        client.get(address)
        counts.append(len(said))
    assert counts[0] == counts[1] > 0
