"""khal takes the file of each letter for one and the same event: invited, moved, withdrawn, cancelled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from events_app.events.actions.inviting import invite, withdraw
from events_app.events.actions.life import take_step
from events_app.events.actions.writing import change_event
from events_app.events.rules.details import details_of
from events_app.events.rules.life import CANCEL
from events_app.letters.calendar_part import calendar_part
from events_app.letters.office import Office
from tests.eyes.reading import CLIENTS
from tests.eyes.subscriber import subscribed

pytestmark = pytest.mark.eyes
TITLE = "Meeting of the Mediterranean Contact Group"
BEFORE = ["2027-03-02 10:00", "2027-03-02 13:00", "False", TITLE, "CONFIRMED"]


@pytest.fixture
def event(make_event):
    return make_event()


@pytest.fixture
def ben(make_person):
    return make_person("ben", "CH")


@pytest.fixture
def invitation(session, event, ben, clock):
    [new] = invite(session, event, [(ben, "CH")], clock.now())
    return new


@pytest.fixture
def opened(session, event, ben, invitation, settings, clock, tmp_path):
    """Open the file of a letter written an hour later in khal; return what the delegate sees then."""
    if not (CLIENTS / "khal").exists():
        pytest.skip("khal: run `make readers`")
    file = tmp_path / "invite.ics"
    delegate = subscribed(tmp_path / "delegate", file.as_uri())

    def agenda():
        clock.advance(timedelta(hours=1))
        part = calendar_part(session, event, ben, invitation, Office(settings, "templates"), clock.now())
        file.write_bytes(part.content)
        delegate.import_feed()
        return delegate.agenda()

    return agenda


def test_an_invitation_appears_under_the_uid_of_the_event(opened, event):
    assert opened() == [[*BEFORE, event.uid]]


def test_a_new_date_moves_the_event_that_is_there(opened, session, event, clock):
    assert opened() == [[*BEFORE, event.uid]]
    moved = replace(details_of(event), starts_on=date(2027, 3, 30), ends_on=date(2027, 3, 30))
    change_event(session, event, moved, event.version, clock.now())
    # By then Vienna has its summer time: the hours on its clocks stay.
    assert opened() == [["2027-03-30 10:00", "2027-03-30 13:00", "False", TITLE, "CONFIRMED", event.uid]]


def test_a_withdrawn_invitation_cancels_the_event_that_is_there(opened, session, event, invitation, clock):
    opened()
    withdraw(session, event, [invitation], clock.now())
    assert opened() == [[*BEFORE[:4], "CANCELLED", event.uid]]


def test_a_cancelled_event_is_cancelled_and_an_invitation_given_again_restores_it(
    opened, session, event, ben, invitation, clock
):
    opened()
    withdraw(session, event, [invitation], clock.now())
    opened()
    invite(session, event, [(ben, "CH")], clock.now())
    assert opened() == [[*BEFORE, event.uid]]
    take_step(session, event, CANCEL, clock.now(), reason="The host withdrew")
    assert opened() == [[*BEFORE[:3], f"Cancelled: {TITLE}", "CANCELLED", event.uid]]
