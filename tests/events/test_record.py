"""What the events of some years add up to."""

from datetime import date

from events_app.events.models import Answer
from events_app.events.rules.record import attendance_record, topics_treated


def answer(event_id, state_code, what):
    return Answer(event_id=event_id, state_code=state_code, answer=what)


def test_topics_stand_in_the_order_of_how_often_they_were_treated(session, make_event):
    events = [
        make_event(starts_on=day, ends_on=day, topic_keys=topics)
        for day, topics in (
            (date(2026, 3, 3), ("border-management", "environmental-activities")),
            (date(2026, 5, 5), ("environmental-activities",)),
        )
    ]
    found = topics_treated(events)
    assert [(record.topic_key, record.times, record.last_on) for record in found] == [
        ("environmental-activities", 2, date(2026, 5, 5)),
        ("border-management", 1, date(2026, 3, 3)),
    ]


def test_whoever_comes_in_person_or_online_has_come(session):
    record = attendance_record([
        answer(1, "CH", "attends"), answer(1, "JO", "attends-online"), answer(1, "MA", "declines"),
        answer(2, "CH", "attends"),
    ])  # fmt: skip
    assert (record.events, dict(record.times), record.average) == (2, {"CH": 2, "JO": 1}, 1.5)


def test_without_answers_there_is_nothing_to_average():
    assert attendance_record([]).average == 0
