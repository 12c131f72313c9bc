"""Inviting contact points and withdrawing: each once, with a SEQUENCE that calendar programs can follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.errors import AnswersClosedError
from events_app.events.models import EventChange, Invitation
from events_app.events.queries import invitation_of, invitations_of
from events_app.events.rules.inviting import sequence_for
from events_app.events.rules.life import POSTPONE
from events_app.trail.models import TrailEntry


@pytest.fixture
def ben(make_person):
    return make_person("ben", "CH")


def test_somebody_is_invited_for_a_delegation_and_only_once(session, make_event, ben, clock):
    event = make_event()
    [invitation] = invite(session, event, [(ben, "CH")], clock.now(), ben.id)
    clock.advance(timedelta(hours=1))
    assert invite(session, event, [(ben, "CH")], clock.now()) == []
    assert (invitation.state_code, invitation.invited_by_id) == ("CH", ben.id)
    assert invitation.invited_at == clock.now() - timedelta(hours=1)
    assert invitation_of(session, event.id, ben.id) is invitation


def test_inviting_and_withdrawing_stand_once_in_history_and_trail(session, make_event, make_person, ben, clock):
    event, mia = make_event(), make_person("mia", "MT")
    new = invite(session, event, [(ben, "CH"), (mia, "MT")], clock.now(), ben.id)
    withdraw(session, event, new, clock.now(), ben.id)
    withdraw(session, event, new, clock.now(), ben.id)
    verbs = [change.verb for change in session.scalars(select(EventChange).order_by(EventChange.id))]
    assert verbs[-2:] == ["invite", "withdraw"] and verbs.count("withdraw") == 1
    deeds = session.scalars(select(TrailEntry.verb).where(TrailEntry.person_id == ben.id)).all()
    assert deeds == ["invite", "withdraw"]


def test_inviting_changes_nothing_that_calendars_show(session, make_event, ben, clock):
    event = make_event()
    before = (event.sequence, event.modified_at, event.changed_at, event.version)
    clock.advance(timedelta(hours=1))
    withdraw(session, event, invite(session, event, [(ben, "CH")], clock.now()), clock.now())
    session.commit()
    assert (event.sequence, event.modified_at, event.changed_at, event.version) == before


def test_a_withdrawn_invitation_is_open_no_more_and_can_be_given_again(session, make_event, ben, clock):
    event = make_event()
    [invitation] = invite(session, event, [(ben, "CH")], clock.now())
    assert withdraw(session, event, [invitation], clock.now()) == [invitation]
    assert invitation_of(session, event.id, ben.id) is None
    assert invite(session, event, [(ben, "CH")], clock.now()) == [invitation]
    assert invitation_of(session, event.id, ben.id) is invitation
    assert invitations_of(session, event.id) == [invitation]


def test_each_message_to_a_reader_has_a_higher_sequence_than_the_one_before(session, make_event, ben, clock):
    event = make_event()
    [invitation] = invite(session, event, [(ben, "CH")], clock.now())
    first = sequence_for(event, invitation)
    withdraw(session, event, [invitation], clock.now())
    second = sequence_for(event, invitation)
    invite(session, event, [(ben, "CH")], clock.now())
    assert first == event.sequence and second == first + 1
    assert sequence_for(event, invitation) == invitation.sequence == second


@pytest.mark.parametrize("status", ["draft", "postponed", "cancelled"])
def test_only_a_proposed_or_confirmed_event_invites(session, make_event, ben, clock, status):
    event = make_event(status)
    with pytest.raises(AnswersClosedError):
        invite(session, event, [(ben, "CH")], clock.now())
    assert session.scalars(select(Invitation)).all() == []


def test_an_event_that_has_begun_invites_nobody(session, make_event, ben, clock):
    event = make_event()
    clock.move_to(event.starts_at)
    with pytest.raises(AnswersClosedError):
        invite(session, event, [(ben, "CH")], clock.now())


def test_what_is_withdrawn_from_a_postponed_event_is_withdrawn(session, make_event, ben, clock):
    event = make_event()
    [invitation] = invite(session, event, [(ben, "CH")], clock.now())
    take_step(session, event, POSTPONE, clock.now(), reason="The hall burnt down")
    assert withdraw(session, event, [invitation], clock.now()) == [invitation]
