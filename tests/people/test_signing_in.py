"""Sign-in links and sessions: used once, in time, and only by those who still hold a role."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.people.actions import (
    appoint,
    begin_session,
    issue_sign_in_link,
    note_presence,
    prefer,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from events_app.people.errors import DeadLinkError
from events_app.people.models import SignInLink, SignInSession
from events_app.people.queries import (
    contact_points,
    live_session,
    names_by_id,
    person_of_session,
    person_who_may_sign_in,
    secretaries,
)
from events_app.people.rules import is_drowsy

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
KEY = "for tests only"


def who(session, secret, clock):
    """Return who is signed in with a secret now."""
    found = live_session(session, secret, clock.now())
    return person_of_session(session, found, clock.now()) if found else None


def note(session, secret, clock):
    """Note that the session with a secret is in use."""
    found = live_session(session, secret, clock.now())
    note_presence(session, found.id, clock.now())
    session.refresh(found)


@pytest.fixture
def anna(make_person):
    return make_person("anna", "CH")


@pytest.fixture
def link(session, anna, clock):
    """A fresh link's secret."""
    _, secret = issue_sign_in_link(session, anna, KEY, clock.now())
    session.commit()
    return secret


@pytest.fixture
def signed_in(session, anna, clock):
    """The secret of a fresh session."""
    _, secret = begin_session(session, anna.id, clock.now())
    session.commit()
    return secret


def test_a_link_signs_its_person_in_once(session, anna, link, clock):
    _, secret = sign_in(session, link, clock.now())
    assert who(session, secret, clock) is anna
    with pytest.raises(DeadLinkError):
        sign_in(session, link, clock.now())


@pytest.mark.parametrize(("wait", "works"), [(15 * MINUTE - SECOND, True), (15 * MINUTE, False), (DAY, False)])
def test_a_link_works_for_15_minutes(session, link, clock, wait, works):
    clock.advance(wait)
    if works:
        assert sign_in(session, link, clock.now())
        return
    with pytest.raises(DeadLinkError):
        sign_in(session, link, clock.now())


@pytest.mark.parametrize("secret", ["", "x", "0" * 64])
def test_an_unknown_link_signs_nobody_in(session, link, clock, secret):
    with pytest.raises(DeadLinkError):
        sign_in(session, secret, clock.now())


def test_what_the_database_keeps_of_a_link_cannot_be_used(session, link, clock):
    stored = session.scalars(select(SignInLink)).one()
    assert link not in (stored.digest, str(stored.id))
    with pytest.raises(DeadLinkError):
        sign_in(session, stored.digest, clock.now())


def test_a_link_that_somebody_else_is_just_using_works_only_once(session, link, clock):
    with Session(session.get_bind()) as other:
        other.scalars(select(SignInLink)).one()
        other.commit()
        sign_in(session, link, clock.now())
        session.commit()
        with pytest.raises(DeadLinkError):
            sign_in(other, link, clock.now())


def test_two_links_have_two_secrets_which_depend_on_the_key(session, anna, clock):
    secrets = {issue_sign_in_link(session, anna, key, clock.now())[1] for key in (KEY, KEY, "another")}
    assert len(secrets) == 3


def test_a_session_ends_when_it_was_idle_for_12_hours(session, anna, signed_in, clock):
    clock.advance(12 * HOUR - SECOND)
    assert who(session, signed_in, clock) is anna
    clock.advance(SECOND)
    assert who(session, signed_in, clock) is None


def test_a_session_in_use_stays_open_and_still_ends_after_14_days(session, anna, signed_in, clock):
    for _ in range(27):
        clock.advance(12 * HOUR - MINUTE)
        note(session, signed_in, clock)
    clock.advance(6 * HOUR)
    assert who(session, signed_in, clock) is anna
    note(session, signed_in, clock)
    clock.advance(7 * HOUR)
    assert who(session, signed_in, clock) is None


def test_presence_is_written_seldom(session, signed_in, clock):
    found = live_session(session, signed_in, clock.now())
    clock.advance(HOUR)
    assert not is_drowsy(found, clock.now())
    clock.advance(HOUR)
    assert is_drowsy(found, clock.now())
    note(session, signed_in, clock)
    session.refresh(found)
    assert not is_drowsy(found, clock.now())


def test_signing_out_ends_this_session_alone(session, anna, signed_in, clock):
    _, elsewhere = begin_session(session, anna.id, clock.now())
    sign_out(session, signed_in, clock.now())
    sign_out(session, "unknown", clock.now())
    assert who(session, signed_in, clock) is None
    assert who(session, elsewhere, clock) is anna


def test_signing_out_everywhere_ends_all_sessions_of_one_person(session, anna, signed_in, make_person, clock):
    ben = make_person("ben", "FI")
    _, elsewhere = begin_session(session, anna.id, clock.now())
    _, bens = begin_session(session, ben.id, clock.now())
    sign_out_everywhere(session, anna.id, clock.now())
    session.expire_all()
    assert [who(session, secret, clock) for secret in (signed_in, elsewhere, bens)] == [
        None, None, ben,
    ]  # fmt: skip


def test_a_session_is_kept_as_a_digest(session, signed_in):
    assert session.scalars(select(SignInSession)).one().digest != signed_in


def test_an_expired_post_stops_session_and_sign_in_on_the_next_day(session, anna, signed_in, clock):
    anna.posts[0].valid_to = clock.now().date()
    session.commit()
    assert who(session, signed_in, clock) is anna
    clock.advance(11 * HOUR)
    note(session, signed_in, clock)
    clock.advance(6 * HOUR)
    assert clock.now().date() > anna.posts[0].valid_to
    assert who(session, signed_in, clock) is None
    assert person_who_may_sign_in(session, anna.email, clock.now()) is None


def test_a_post_counts_from_its_first_day(session, anna, clock):
    anna.posts[0].valid_from = clock.now().date() + DAY
    session.commit()
    assert person_who_may_sign_in(session, anna.email, clock.now()) is None
    assert person_who_may_sign_in(session, anna.email, clock.advance(DAY)) is anna


def test_somebody_without_any_role_may_not_sign_in(session, make_person, clock):
    person = make_person("zoe")
    assert person_who_may_sign_in(session, person.email, clock.now()) is None
    secretary = make_person("clara", secretary=True)
    assert person_who_may_sign_in(session, secretary.email, clock.now()) is secretary


def test_contact_points_are_those_who_hold_that_role_on_the_day(session, make_person, clock):
    today = clock.now().date()
    anna, ben = make_person("anna", "CH"), make_person("ben", "FI")
    make_person("dan", "CH", "delegate")
    make_person("eva", "CH", "administrator")
    former = make_person("fay")
    appoint(session, former, "CH", "contact-point", clock.now() - 9 * DAY, valid_to=today - DAY)
    assert contact_points(session, ["CH"], today) == [anna]
    assert contact_points(session, ["CH", "FI"], today) == [anna, ben]
    assert contact_points(session, ["CH"], today - DAY) == [former]
    assert contact_points(session, [], today) == []


def test_secretaries_and_names_are_found(session, make_person):
    anna, clara = make_person("anna", "CH"), make_person("clara", secretary=True)
    assert secretaries(session) == [clara]
    assert names_by_id(session, [anna.id, None, 999]) == {anna.id: "Anna"}
    assert names_by_id(session, [None]) == {}


def test_a_preference_is_kept(session, anna):
    prefer(session, anna, "ar", "Africa/Tunis")
    session.commit()
    session.expire_all()
    assert (anna.language, anna.time_zone) == ("ar", "Africa/Tunis")


def test_an_appointment_begins_today(session, make_person, clock):
    post = make_person("anna", "CH").posts[0]
    assert (post.valid_from, post.valid_to, post.role) == (date(2026, 11, 21), None, "contact-point")
