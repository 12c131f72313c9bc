"""Who may be told of an invitation: a contact point of a delegation that is asked, while the event takes answers."""

from datetime import date

import pytest

from events_app.events.actions.inviting import invite
from events_app.partnership.queries import partnership
from events_app.reminders.inviting import unsent_invitations
from events_app.rights.inviting import guests_of, may_be_invited, may_be_told, speaks_for


@pytest.fixture
def ben(make_person):
    return make_person("ben", "CH")


def test_nobody_is_invited_any_more_once_the_event_has_begun(session, make_event, ben, clock):
    event, facts = make_event(), partnership(session)
    assert may_be_invited(ben, "CH", event, facts, clock.now())
    assert not may_be_invited(ben, "CH", event, facts, event.starts_at)
    assert may_be_told(ben, "CH", event, facts, event.starts_at)


def test_a_contact_point_is_told_for_the_own_delegation_alone(session, make_event, ben, make_person, clock):
    event, facts, dan = make_event(), partnership(session), make_person("dan", "CH", "delegate")
    assert not may_be_told(ben, "MT", event, facts, clock.now())
    assert not may_be_told(dan, "CH", event, facts, clock.now())
    assert speaks_for(dan, "CH", event, facts, clock.now())
    assert not speaks_for(dan, "MT", event, facts, clock.now())


def test_a_delegation_without_a_contact_point_is_missing(session, make_event, ben, clock):
    guests = {found.state_code: found for found in guests_of(session, make_event(), clock.now())}
    assert guests["CH"].people == (ben,) and not guests["CH"].is_missing
    assert guests["MT"].is_missing and "JP" not in guests


def test_an_open_invitation_is_listed_when_the_delegation_is_no_longer_asked(session, make_event, make_person, clock):
    event, haruto = make_event(group_keys=("asian",)), make_person("haruto", "JP")
    new = invite(session, event, [(haruto, "JP")], clock.now())
    event.groups = make_event(starts_on=date(2027, 4, 6)).groups
    [japan] = [found for found in guests_of(session, event, clock.now()) if found.state_code == "JP"]
    assert (japan.people, japan.invitations, japan.is_missing) == ((), tuple(new), False)


def test_what_has_its_letter_is_not_derived_at_every_tick(session, make_event, ben, clock, run_pass):
    invite(session, make_event(), [(ben, "CH")], clock.now())
    assert len(unsent_invitations(session, clock.now())) == 1
    run_pass()
    assert unsent_invitations(session, clock.now()) == []
