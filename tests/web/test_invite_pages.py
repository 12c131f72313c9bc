"""Inviting by mail on the site: whom organisers see there, and what they can do."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from events_app.events.actions.life import take_step
from events_app.events.models import EventChange, Invitation
from events_app.events.queries import invitations_of
from events_app.events.rules.life import CANCEL
from events_app.people.actions import appoint


@pytest.fixture
def asian(make_event):
    """An Asian meeting of December 2026: chaired by Finland, hosted by Japan, seen by the delegations invited."""
    return make_event(group_keys=("asian",), starts_on=date(2026, 12, 10), host_code="JP", visibility="group")


@pytest.fixture
def enter(app, make_person, sign_in):
    """Open a browser as somebody: `enter("ben", "CH")`, `enter("anna", secretary=True)`."""

    def open_as(name, *args, **kwargs):
        return sign_in(app.test_client(), make_person(name, *args, **kwargs))

    return open_as


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def section(answer, name):
    return words(type("Part", (), {"text": answer.text.partition(f'id="{name}"')[2].partition("</section>")[0]}))


def invitations(session, event):
    session.rollback()
    return {known.person_id: known.withdrawn_at is None for known in invitations_of(session, event.id)}


def test_the_page_names_who_would_be_invited_who_is_and_who_cannot_be(session, asian, enter, make_person):
    ben, haruto = make_person("ben", "CH"), make_person("haruto", "JP")
    anna = enter("anna", secretary=True)
    page = anna.get(f"/events/{asian.id}/invite")
    assert "2 contact points get a letter" in words(page) and "Invite 2 contact points" in words(page)
    assert "Switzerland: Ben" in section(page, "to-invite") and "Japan: Haruto" in section(page, "to-invite")
    assert "Finland" in section(page, "missing") and "Switzerland" not in section(page, "missing")
    assert 'id="invited"' not in page.text
    assert anna.post(f"/events/{asian.id}/invite").status_code == 302
    page = anna.get(f"/events/{asian.id}/invite")
    assert "Everybody who can be invited is invited." in words(page)
    assert "Ben" in section(page, "invited") and "Haruto" in section(page, "invited")
    assert invitations(session, asian) == {ben.id: True, haruto.id: True}


def test_a_second_press_invites_only_who_came_since(session, asian, enter, make_person):
    make_person("ben", "CH")
    anna = enter("anna", secretary=True)
    assert "1 contact point was invited." in words(anna.post(f"/events/{asian.id}/invite", follow_redirects=True))
    make_person("mia", "MT")
    assert "1 contact point was invited." in words(anna.post(f"/events/{asian.id}/invite", follow_redirects=True))
    assert "0 contact points were invited." in words(anna.post(f"/events/{asian.id}/invite", follow_redirects=True))
    assert len(invitations(session, asian)) == 2
    verbs = session.scalars(select(EventChange.verb).where(EventChange.event_id == asian.id)).all()
    assert verbs.count("invite") == 2


def test_contact_points_of_delegations_that_are_not_invited_are_not_named(asian, enter, make_person):
    make_person("leila", "JO")
    make_person("dan", "CH", "delegate")
    page = enter("anna", secretary=True).get(f"/events/{asian.id}/invite")
    assert "Leila" not in page.text and "Dan" not in page.text and "Jordan" not in page.text


def test_who_is_contact_point_of_two_delegations_is_invited_once(session, asian, enter, make_person, clock):
    ben = make_person("ben", "CH")
    appoint(session, ben, "LI", "contact-point", clock.now())
    session.commit()
    anna = enter("anna", secretary=True)
    page = anna.get(f"/events/{asian.id}/invite")
    assert "1 contact point gets a letter" in words(page)
    anna.post(f"/events/{asian.id}/invite")
    assert [known.state_code for known in invitations_of(session, asian.id)] == ["CH"]


def test_nobody_is_invited_to_what_only_the_section_sees(session, make_event, enter, make_person):
    event = make_event(visibility="secretariat")
    make_person("ben", "CH")
    anna = enter("anna", secretary=True)
    assert "Ben" not in anna.get(f"/events/{event.id}/invite").text
    anna.post(f"/events/{event.id}/invite")
    assert invitations(session, event) == {}


def test_the_chair_invites_and_others_do_not(session, asian, enter):
    assert enter("aino", "FI").post(f"/events/{asian.id}/invite").status_code == 302
    invited = set(invitations(session, asian))
    for name, state, role in (
        ("ben", "CH", "contact-point"),
        ("haruto", "JP", "contact-point"),
        ("dan", "FI", "delegate"),
    ):
        browser = enter(name, state, role)
        assert browser.get(f"/events/{asian.id}/invite").status_code == 403
        assert browser.post(f"/events/{asian.id}/invite").status_code == 403
        assert browser.post(f"/events/{asian.id}/invite/withdraw").status_code == 403
    assert set(invitations(session, asian)) == invited


def test_the_event_offers_inviting_to_organisers_while_it_takes_answers(session, asian, enter, make_event, clock):
    anna, ben = enter("anna", secretary=True), enter("ben", "CH")
    link = f'href="/events/{asian.id}/invite"'
    assert link in anna.get(f"/events/{asian.id}").text
    assert link not in ben.get(f"/events/{asian.id}").text
    draft = make_event("draft")
    assert f'href="/events/{draft.id}/invite"' not in anna.get(f"/events/{draft.id}").text
    take_step(session, asian, CANCEL, clock.now(), reason="The host withdrew")
    session.commit()
    assert link not in anna.get(f"/events/{asian.id}").text
    assert anna.get(f"/events/{asian.id}/invite").status_code == 409
    assert anna.post(f"/events/{asian.id}/invite").status_code == 409


def test_one_invitation_is_withdrawn_after_asking(session, asian, enter, make_person):
    ben, mia = make_person("ben", "CH"), make_person("mia", "MT")
    anna = enter("anna", secretary=True)
    anna.post(f"/events/{asian.id}/invite")
    first = next(known for known in invitations_of(session, asian.id) if known.person_id == ben.id)
    address = f"/events/{asian.id}/invite/{first.id}/withdraw"
    asked = anna.get(address)
    assert "Withdraw 1 invitation?" in words(asked) and "Ben" in asked.text and "Mia" not in asked.text
    assert invitations(session, asian) == {ben.id: True, mia.id: True}
    assert "1 invitation was withdrawn." in words(anna.post(address, follow_redirects=True))
    assert invitations(session, asian) == {ben.id: False, mia.id: True}
    assert anna.post(address).status_code == 404


def test_all_invitations_are_withdrawn_after_asking(session, asian, enter, make_person):
    ben, mia = make_person("ben", "CH"), make_person("mia", "MT")
    anna = enter("anna", secretary=True)
    anna.post(f"/events/{asian.id}/invite")
    address = f"/events/{asian.id}/invite/withdraw"
    assert "Withdraw 2 invitations?" in words(anna.get(address))
    assert "2 invitations were withdrawn." in words(anna.post(address, follow_redirects=True))
    assert invitations(session, asian) == {ben.id: False, mia.id: False}


def test_an_invitation_of_another_event_is_not_withdrawn_here(session, asian, enter, make_person, make_event):
    make_person("ben", "CH")
    other, anna = make_event(), enter("anna", secretary=True)
    anna.post(f"/events/{other.id}/invite")
    [known] = session.scalars(select(Invitation)).all()
    assert anna.post(f"/events/{asian.id}/invite/{known.id}/withdraw").status_code == 404
    assert anna.post(f"/events/{asian.id}/invite/{'9' * 30}/withdraw").status_code == 404
    assert list(invitations(session, other).values()) == [True]


def test_the_history_says_that_invitations_went_out_and_by_whom(asian, enter, make_person):
    make_person("ben", "CH")
    anna = enter("anna", secretary=True)
    anna.post(f"/events/{asian.id}/invite")
    history = words(anna.get(f"/events/{asian.id}/history"))
    assert "Contact points invited by mail" in history and "Anna" in history


def test_a_name_is_shown_as_it_is_and_nothing_of_it_is_run(session, asian, enter, make_person):
    make_person("ben", "CH").name = "<script>alert(1)</script>"
    session.commit()
    page = enter("anna", secretary=True).get(f"/events/{asian.id}/invite").text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
