"""The year plan in words: what a date meets, what is wrong with wishes, and which rule stands in the way of a plan."""

from events_app.planning.errors import Relaxation
from events_app.words.catalogue import translate, translate_plural

SHORT = {
    "contact-group-meeting": "Meeting",
    "joint-meeting": "Joint meeting",
    "conference": "Conference",
}
MEETS = {
    "holiday": "Public holiday: {name}",
    "estimated-beside": "{name} (estimated) the day before or after",
    "participating-holiday": "Public holiday in participating States: {name}",
    "seat-holiday": "Public holiday at the seat: {name}",
    "chair-holiday": "Public holiday of the chair: {name}",
    "host-holiday": "Public holiday of the host: {name}",
    "host-weekend": "Weekend of the host",
    "weekend": "Weekend",
    "ramadan": "Ramadan",
    "forum": "Forum for Security Co-operation",
    "permanent-council": "Permanent Council",
    "banned": "Not to be used, as was wished",
    "recess": "Recess",
    "ministerial-council": "Week of the Ministerial Council",
    "outside-window": "Outside the time of the conference",
    "two-weeks": "Spread over two weeks",
    "same-week": "Another Partner event in the same week",
    "late-first": "Late for the first meeting of the year",
}
RULES = {
    "bans": "if the days that are not to be used were allowed",
    "pins": "if no date were kept",
    "window": "if the conference could begin at any time of the year ({group})",
    "host": "without this host ({group})",
    "first-by": "if the first meetings could stand later in the year",
    "least-gap": "if meetings could follow each other in neighbouring weeks",
    "most-gap": "if meetings could be further apart",
}
WRONG = {
    "unreadable-date": "{text} is no date in the calendar.",
    "unreadable-number": "{text} is no number.",
    "unreadable-pin": "{text} names no event of the plan and its date.",
    "unknown-group": "There is no Contact Group called {text}.",
    "unknown-state": "There is no State with the code {text}.",
    "not-founded": "This group did not meet before {day}.",
    "kind": "A plan has meetings, joint meetings and conferences, not {text}.",
    "kind-without-group": "There is no such event of this group: {text}.",
    "quota": "A group has from 0 to {most} meetings a year, not {count}.",
    "too-many-pins": "More dates are kept than the plan has events of this sort ({count} for {most}): {text}.",
    "outside-pin": "A date that is to be kept lies outside {year}: {day}.",
    "outside-ban": "A day that is not to be used lies outside {year}: {day}.",
    "outside-window": "The time of a conference lies outside {year}: {day}.",
    "window": "The time of a conference ends before it begins: {first}, {last}.",
    "too-many": "More is wished for than a year has days.",
    "moving": "Moving a date costs from 0 to {most} points.",
}


def short_kind_name(kind: str, language: str) -> str:
    """Return what a kind is called on the board: `Meeting`."""
    return translate(language, SHORT[kind])


def meets_text(what: str, name: str | None, language: str) -> str:
    """Return what a date meets: `Public holiday: Eid al-Fitr`."""
    return translate(language, MEETS[what], name=name or "")


def points_text(count: int, language: str) -> str:
    """Return `1 point`, `100 points`."""
    return translate_plural(language, "{count} point", "{count} points", count)


def wrong_text(reason: str, language: str, **facts: object) -> str:
    """Return the sentence for a wish that cannot be."""
    return translate(language, WRONG[reason], **facts)


def way_text(relaxation: Relaxation, group: str, language: str) -> str:
    """Return under which condition there would be a plan, for running text; `group` is its group's name."""
    if relaxation.what != "quota":
        return translate(language, RULES[relaxation.what], group=group)
    count = relaxation.value or 0
    if not relaxation.group:
        return translate_plural(
            language,
            "with no more than {count} meeting of each group",
            "with no more than {count} meetings of each group",
            count,
        )
    return translate_plural(
        language,
        "with no more than {count} meeting ({group})",
        "with no more than {count} meetings ({group})",
        count,
        group=group,
    )
