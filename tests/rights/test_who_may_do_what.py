"""May this reader do that? A table of readers, actions and events; everything not in it is refused."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlalchemy import select

from events_app.events.models import STATUSES, VISIBILITIES, Event
from events_app.partnership.queries import partnership
from events_app.rights.models import Action, Reader
from events_app.rights.queries import is_public_event, reader_of
from events_app.rights.rules import RULES, may, may_draft_for, visible

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
EDITING = {Action.EDIT, Action.EDIT_HOSTED}
SEEING = {Action.SEE, Action.SEE_JOINING_LINK, Action.SEE_HISTORY}
EVERYTHING = set(RULES)
OPEN_IN = {
    Action.PROPOSE: ("draft",),
    Action.DISCARD: ("draft",),
    Action.ANSWER: ("proposed", "confirmed"),
    Action.SUGGEST: ("proposed", "confirmed"),
}

READERS = {
    "public": (None, frozenset()),
    "Partner's delegate": (1, {("TN", "delegate")}),
    "other group's delegate": (1, {("JP", "delegate")}),
    "participating State's delegate": (1, {("SE", "delegate")}),
    "contact point": (1, {("SE", "contact-point")}),
    "chair's delegate": (1, {("CH", "delegate")}),
    "chair's contact point": (1, {("CH", "contact-point")}),
    "chair's administrator": (1, {("CH", "administrator")}),
    "host's contact point": (1, {("JO", "contact-point")}),
    "co-host's contact point": (1, {("MA", "contact-point")}),
    "host's delegate": (1, {("JO", "delegate")}),
    "drafting contact point": (1, {("EG", "contact-point")}),
    "drafting delegate": (1, {("EG", "delegate")}),
    "person without a post": (1, set()),
}
SIGNED_IN = set(READERS) - {"public", "person without a post"}
CHAIRS = {"chair's contact point", "chair's administrator"}
HOSTS = {"host's contact point", "co-host's contact point"}
DRAFTERS = {"drafting contact point"}
INVITED = SIGNED_IN - {"other group's delegate"}


def who_may(action, status, visibility):
    """Return the readers who may do that to a meeting of December 2025, chaired by Switzerland and hosted by Jordan."""
    if visibility == "secretariat":
        return set()
    drafters = DRAFTERS if status in ("draft", "proposed") else set()
    editors = CHAIRS | drafters
    sees = {
        "public": set(READERS) if status in ("confirmed", "postponed", "cancelled") else SIGNED_IN,
        "partners": SIGNED_IN,
        "group": INVITED,
    }[visibility]
    sees = (sees if status != "draft" else set()) | editors | HOSTS
    return {
        Action.SEE: sees,
        Action.SEE_HISTORY: sees - {"public"},
        Action.SEE_JOINING_LINK: (sees & INVITED) | editors | HOSTS,
        Action.EDIT: editors,
        Action.EDIT_HOSTED: editors | HOSTS,
        Action.CHANGE_KIND: drafters if status == "draft" else set(),
        Action.MOVE_ACROSS_YEARS: set(),
        Action.PROPOSE: editors if status == "draft" else set(),
        Action.CONFIRM: CHAIRS,
        Action.DISCARD: editors if status == "draft" else set(),
        Action.ANSWER: sees & INVITED if status in ("proposed", "confirmed") else set(),
        Action.SUGGEST: sees & INVITED if status in ("proposed", "confirmed") else set(),
        Action.SEE_ATTENDANCE: editors | HOSTS,
        Action.CONSULT: CHAIRS,
        Action.SEE_CONSULTATIONS: (sees & INVITED) | editors | HOSTS,
    }[action]


@pytest.fixture
def readers(session):
    facts = partnership(session)
    return {name: Reader(facts, person, False, frozenset(posts)) for name, (person, posts) in READERS.items()}


@pytest.fixture
def meeting(make_event):
    return make_event(
        "draft", starts_on=date(2025, 12, 2), host_code="JO", co_host_codes=("MA",), for_code="EG",
        joining_link="https://meet.example/1",
    )  # fmt: skip


@pytest.mark.parametrize(("status", "visibility"), [*product(STATUSES, VISIBILITIES)])
def test_each_reader_may_do_to_an_event_what_the_table_says(meeting, readers, session, status, visibility):
    meeting.status, meeting.visibility = status, visibility
    meeting.published_at = None if status in ("draft", "proposed") else NOW
    now = datetime(2025, 12, 1, tzinfo=UTC)
    for action in RULES:
        allowed = {name for name, reader in readers.items() if may(reader, action, meeting, now)}
        assert allowed == who_may(action, status, visibility), (action, status, visibility)
        secretary = Reader(partnership(session), 1, is_secretary=True)
        is_closed = action in OPEN_IN and status not in OPEN_IN[action]
        assert may(secretary, action, meeting, now) is not is_closed


def test_an_action_without_a_rule_is_refused_to_everybody(meeting, session):
    secretary = Reader(partnership(session), 1, is_secretary=True)
    assert {action for action in Action if may(secretary, action, meeting, NOW)} <= EVERYTHING


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        ("public", set()),
        ("Partner's delegate", set()),
        ("contact point", {Action.DRAFT, Action.IMPORT, Action.SEE_DESK}),
        ("chair's administrator", {Action.DRAFT, Action.IMPORT, Action.SEE_DESK}),
        ("person without a post", set()),
    ],
)
def test_what_a_reader_may_do_at_all(readers, reader, expected):
    assert {action for action in Action if may(readers[reader], action, None, NOW)} == expected


def test_a_secretary_may_do_everything_at_all(session):
    secretary = Reader(partnership(session), 1, is_secretary=True)
    assert all(may(secretary, action, None, NOW) for action in Action)


@pytest.mark.parametrize(
    ("today", "answer"),
    [
        (datetime(2023, 11, 30, 23, 59, tzinfo=UTC), False),
        (datetime(2023, 12, 1, tzinfo=UTC), True),
        (datetime(2024, 1, 31, 23, 59, tzinfo=UTC), True),
        (datetime(2024, 2, 1, tzinfo=UTC), False),
    ],
)
def test_the_chair_edits_from_the_decision_to_31_january_after_the_term(session, make_event, today, answer):
    event = make_event(starts_on=date(2023, 12, 5))
    malta = Reader(partnership(session), 1, False, frozenset({("MT", "contact-point")}))
    assert may(malta, Action.EDIT, event, today) is answer
    assert may(malta, Action.CONFIRM, event, today) is answer
    assert may(malta, Action.EDIT_HOSTED, event, today) is answer


def test_a_chair_that_was_undetermined_on_the_events_date_edits_nothing(session, make_event):
    event = make_event(starts_on=date(2023, 6, 15))
    malta = Reader(partnership(session), 1, False, frozenset({("MT", "contact-point")}))
    assert not may(malta, Action.EDIT, event, datetime(2023, 12, 10, tzinfo=UTC))


def test_the_state_that_chairs_by_override_edits_and_the_one_by_rule_does_not(session, make_event):
    event = make_event(
        starts_on=date(2025, 12, 2), chair_override_code="FI", chair_override_reason="agreed in the group"
    )
    facts = partnership(session)
    finland, switzerland = (Reader(facts, 1, False, frozenset({(c, "contact-point")})) for c in ("FI", "CH"))
    now = datetime(2025, 12, 1, tzinfo=UTC)
    assert may(finland, Action.EDIT, event, now)
    assert not may(switzerland, Action.EDIT, event, now)
    assert not may(finland, Action.EDIT, event, datetime(2026, 2, 1, tzinfo=UTC))


def test_both_chairs_edit_a_joint_meeting(session, make_event):
    event = make_event(starts_on=date(2025, 12, 2), kind_key="joint-meeting", group_keys=("mediterranean", "asian"))
    readers = [Reader(partnership(session), 1, False, frozenset({(c, "contact-point")})) for c in ("CH", "MT", "FI")]
    now = datetime(2025, 12, 1, tzinfo=UTC)
    assert [may(reader, Action.EDIT, event, now) for reader in readers] == [True, True, False]


def test_the_host_of_a_conference_takes_care_of_its_side_events(session, make_event):
    conference = make_event(kind_key="conference", host_code="JO")
    side = make_event("draft", kind_key="side-event", parent_id=conference.id, visibility="group")
    session.expire_all()
    jordan = Reader(partnership(session), 1, False, frozenset({("JO", "contact-point")}))
    assert may(jordan, Action.EDIT_HOSTED, side, NOW)
    assert not may(jordan, Action.EDIT, side, NOW)


def test_a_partner_of_the_other_group_sees_nothing_of_a_groups_own_events(session, make_event):
    facts = partnership(session)
    med, asian = make_event(visibility="group"), make_event(visibility="group", group_keys=("asian",))
    tunisia, japan = (Reader(facts, 1, False, frozenset({(c, "delegate")})) for c in ("TN", "JP"))
    assert visible(tunisia, [med, asian], NOW) == [med]
    assert visible(japan, [med, asian], NOW) == [asian]


@pytest.mark.parametrize(
    ("code", "groups", "answer"),
    [
        ("SE", ("mediterranean",), True),
        ("SE", ("mediterranean", "asian"), True),
        ("TN", ("mediterranean",), True),
        ("TN", ("asian",), False),
        ("TN", ("mediterranean", "asian"), False),
        ("JP", ("asian",), True),
        ("TN", (), True),
    ],
)
def test_a_contact_point_drafts_for_the_groups_in_which_its_state_sits(session, code, groups, answer):
    facts, day = partnership(session), date(2026, 12, 1)
    contact_point = Reader(facts, 1, False, frozenset({(code, "contact-point")}))
    assert may_draft_for(contact_point, groups, day) is answer
    delegate = Reader(facts, 1, False, frozenset({(code, "delegate")}))
    assert not may_draft_for(delegate, groups, day)
    assert may_draft_for(Reader(facts, 1, is_secretary=True), groups, day)


def test_posts_count_on_the_days_on_which_they_are_held(session, make_person, clock):
    person = make_person("anna", "CH")
    assert reader_of(session, person, clock.now()).contact_codes == {"CH"}
    person.posts[0].valid_to = date(2026, 11, 20)
    reader = reader_of(session, person, clock.now())
    assert (reader.contact_codes, reader.state_codes, reader.is_public) == (frozenset(), frozenset(), False)
    assert reader_of(session, None, clock.now()).is_public


@pytest.mark.parametrize(("status", "visibility"), [*product(STATUSES, VISIBILITIES)])
@pytest.mark.parametrize("published_at", [None, NOW])
def test_the_public_sees_in_queries_what_it_may_see_by_the_rules(session, make_event, status, visibility, published_at):
    event = make_event("draft", host_code="JO", for_code="EG")
    event.status, event.visibility, event.published_at = status, visibility, published_at
    session.commit()
    is_found = session.scalar(select(Event).where(is_public_event(session))) is event
    assert is_found is may(Reader(partnership(session)), Action.SEE, event, NOW)
    is_expected = visibility == "public" and published_at and status in ("confirmed", "postponed", "cancelled")
    assert is_found is bool(is_expected)
