"""The text of a letter fits programs that break no lines, in either direction."""

from datetime import timedelta

from events_app.events.actions.life import take_step
from events_app.events.rules.life import CANCEL
from events_app.letters.lines import COLUMNS, in_columns
from events_app.people.actions import prefer
from events_app.reminders.changes import open_notice, values_of

ADDRESS = "https://calendar.example/answer/" + "x" * 90


def test_long_lines_are_broken_between_words_and_short_ones_kept():
    text = f"-- \n{'word ' * 30}\n\n  two\n"
    lines = in_columns(text).splitlines()
    assert max(map(len, lines)) <= COLUMNS
    assert (lines[0], lines[-2], lines[-1]) == ("-- ", "", "  two")
    assert " ".join(lines[1:-2]) == ("word " * 30).strip()


def test_an_address_stays_whole_on_a_line_of_its_own():
    assert in_columns(f"To answer for the co-operating delegation: {ADDRESS}\n") == (
        f"To answer for the co-operating delegation:\n{ADDRESS}\n"
    )


def test_a_sentence_in_the_other_direction_keeps_its_full_stop(
    make_event, make_person, session, clock, run_pass, post_box, parts
):
    event, leila = make_event(), make_person("leila", "JO")
    prefer(session, leila, "ar", "Asia/Amman")
    was = values_of(event)
    take_step(session, event, CANCEL, clock.now(), reason="Too few <delegations>.")
    open_notice(session, event, was, None, clock.now())
    clock.advance(timedelta(minutes=10))
    run_pass()
    text, html = parts(post_box.letters[-1].message)
    assert "\u2068Too few <delegations>.\u2069" in text
    assert "\u2068Too few &lt;delegations&gt;.\u2069" in html
