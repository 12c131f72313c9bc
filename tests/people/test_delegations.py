"""Who belongs to which delegation, and for how long."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from events_app.partnership.queries import partnership
from events_app.people.actions import add_person, appoint, begin_session, change_post, end_post, remove_person
from events_app.people.errors import RoleDatesError
from events_app.people.models import ADMINISTRATOR, CONTACT_POINT, DELEGATE, Person
from events_app.people.queries import live_session, person_by_address, person_who_may_sign_in
from events_app.rights.delegations import may_manage, may_see_people, roles_to_give
from events_app.rights.rules import reader_for
from events_app.shared.clock import StoppedClock
from events_app.trail.models import TrailEntry

MakePerson = Callable[..., Person]


def test_a_role_stops_working_by_itself_the_day_after_its_last(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna")
    appoint(session, anna, "IT", DELEGATE, clock.now(), valid_to=date(2026, 11, 30))
    assert person_who_may_sign_in(session, anna.email, clock.now()) is anna
    clock.move_to(clock.now() + timedelta(days=10))
    assert person_who_may_sign_in(session, anna.email, clock.now()) is None


def test_a_role_does_not_work_before_its_first_day(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna")
    appoint(session, anna, "IT", DELEGATE, clock.now(), valid_from=date(2027, 1, 1))
    assert person_who_may_sign_in(session, anna.email, clock.now()) is None
    clock.move_to(clock.now() + timedelta(days=60))
    assert person_who_may_sign_in(session, anna.email, clock.now()) is anna


def test_ending_the_last_role_signs_out_everywhere(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna", "IT", CONTACT_POINT)
    secrets = [begin_session(session, anna.id, clock.now())[1] for _ in range(2)]
    end_post(session, anna.posts[0], clock.now())
    assert [live_session(session, secret, clock.now()) for secret in secrets] == [None, None]


def test_ending_one_of_two_roles_leaves_the_sessions_alone(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna", "IT", CONTACT_POINT)
    appoint(session, anna, "AT", DELEGATE, clock.now())
    _, secret = begin_session(session, anna.id, clock.now())
    end_post(session, anna.posts[0], clock.now())
    assert live_session(session, secret, clock.now()) is not None


def test_a_role_cannot_end_before_it_begins(session: Session, clock: StoppedClock, make_person: MakePerson) -> None:
    anna = make_person("anna", "IT", DELEGATE)
    with pytest.raises(RoleDatesError):
        appoint(session, anna, "AT", DELEGATE, clock.now(), valid_to=date(2026, 11, 20))
    with pytest.raises(RoleDatesError):
        change_post(session, anna.posts[0], DELEGATE, date(2027, 1, 2), date(2027, 1, 1), clock.now())


@pytest.mark.parametrize(
    ("role", "state", "own", "foreign"),
    [
        (ADMINISTRATOR, "IT", (CONTACT_POINT, DELEGATE), ()),
        (CONTACT_POINT, "IT", (), ()),
        (DELEGATE, "IT", (), ()),
    ],
)
def test_an_administrator_manages_the_own_people_but_appoints_no_administrator(
    session: Session, clock: StoppedClock, make_person: MakePerson,
    role: str, state: str, own: tuple[str, ...], foreign: tuple[str, ...],
) -> None:  # fmt: skip
    reader = reader_for(make_person("anna", state, role), partnership(session), clock.now().date())
    assert roles_to_give(reader, state) == own
    assert roles_to_give(reader, "FR") == foreign
    assert not may_manage(reader, state, ADMINISTRATOR)
    assert may_see_people(reader, state) and not may_see_people(reader, "FR")


def test_a_secretary_appoints_administrators_anywhere(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    reader = reader_for(make_person("clara", secretary=True), partnership(session), clock.now().date())
    assert ADMINISTRATOR in roles_to_give(reader, "JP")


def test_removing_a_person_keeps_the_number_and_drops_the_rest(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna", "IT", DELEGATE)
    number, address = anna.id, anna.email
    _, secret = begin_session(session, anna.id, clock.now())
    remove_person(session, anna, clock.now())
    session.commit()
    kept = session.get_one(Person, number)
    assert (kept.name, kept.posts, kept.removed_at) == ("", [], clock.now())
    assert address not in kept.email
    assert person_by_address(session, address) is None
    assert live_session(session, secret, clock.now()) is None
    assert session.scalars(select(TrailEntry).where(TrailEntry.person_id == number)).first() is not None


def test_somebody_who_was_removed_can_come_back_as_somebody_new(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("anna", "IT", DELEGATE)
    address = anna.email
    remove_person(session, anna, clock.now())
    assert add_person(session, address, "Anna", clock.now()).id != anna.id


def test_the_trail_holds_numbers_and_never_names_or_addresses(
    session: Session, clock: StoppedClock, make_person: MakePerson
) -> None:
    anna = make_person("marker", "IT", DELEGATE)
    end_post(session, anna.posts[0], clock.now(), by_id=anna.id)
    remove_person(session, anna, clock.now())
    texts = [f"{entry.verb} {entry.thing} {entry.thing_id}" for entry in session.scalars(select(TrailEntry))]
    assert texts and not [text for text in texts if "arker" in text or "@" in text]
