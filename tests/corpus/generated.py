"""Hostile files that are too large to be stored: each is made when it is asked for."""

from collections.abc import Callable, Iterable

EVENT = ("UID:one@hostile.example", "DTSTART:20270302T140000Z", "DTEND:20270302T160000Z", "SUMMARY:Hostile")


def calendar(*lines: str) -> bytes:
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hostile//EN", *lines, "END:VCALENDAR", "")
    ).encode()


def event(*lines: str, start: Iterable[str] = EVENT) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", *start, *lines, "END:VEVENT")


def twenty_thousand_events() -> bytes:
    return calendar(
        *(line for number in range(20_000) for line in event(start=(f"UID:{number}", "DTSTART:20270302T140000Z")))
    )


def fifty_thousand_attendees() -> bytes:
    return calendar(*event(*(f"ATTENDEE:mailto:{number}@a.example" for number in range(50_000))))


def two_hundred_thousand_dates() -> bytes:
    dates = [f"RDATE:20270302T{n % 24:02}{n % 60:02}{n % 59:02}Z" for n in range(200_000)]
    return calendar(*event(*dates))


def dates_in_one_line() -> bytes:
    return calendar(
        *event("RDATE:" + ",".join(f"2027{n % 12 + 1:02}{n % 28 + 1:02}T{n % 24:02}0000Z" for n in range(20_000)))
    )


def line_of_ten_megabytes() -> bytes:
    return calendar(*event("DESCRIPTION:" + "x" * 10_000_000))


def line_of_a_megabyte() -> bytes:
    return calendar(*event("DESCRIPTION:" + "x" * 1_000_000))


def million_folds() -> bytes:
    return calendar(*event("DESCRIPTION:" + "\r\n ".join("x" * 1_000_000)))


def half_a_million_empty_folds() -> bytes:
    return calendar(*event("DESCRIPTION:" + "\n " * 500_000))


def million_line_ends() -> bytes:
    return calendar(*event("X-EMPTY:" + "\n" * 1_900_000))


def five_thousand_nested_components() -> bytes:
    names = [f"X-{number}" for number in range(5_000)]
    return calendar(*(f"BEGIN:{name}" for name in names), *(f"END:{name}" for name in reversed(names)))


def deep_but_few() -> bytes:
    return calendar(*["BEGIN:VEVENT"] * 6, *["END:VEVENT"] * 6)


def attachment_of_fifty_megabytes() -> bytes:
    return calendar(*event("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * 12_500_000))


def markup_that_never_closes() -> bytes:
    return calendar(*event("DESCRIPTION:<p>" + "<a" * 200_000, "LOCATION:<br>" + "<!--" * 100_000))


def markup_of_blanks() -> bytes:
    return calendar(*event("DESCRIPTION:<b>" + " " * 200_000 + "</script", "LOCATION:<p>" + "&" * 300_000))


def quotes_that_never_close() -> bytes:
    return calendar(
        *event('SUMMARY;LANGUAGE="' + ';X="' * 100_000, 'DTSTART;TZID=";TZID=' * 20_000 + ":20270302T140000")
    )


def accents_without_end() -> bytes:
    return calendar(*event("DESCRIPTION:" + "\u0301\u0316" * 200_000))


def commas_and_escapes() -> bytes:
    return calendar(*event("CATEGORIES:" + "\\," * 200_000, "CATEGORIES:" + "," * 400_000))


def daily_events_without_end() -> bytes:
    start = ("DTSTART:19730101T140000Z", "DTEND:19730101T160000Z")
    return calendar(*(line for n in range(600) for line in event("RRULE:FREQ=DAILY", start=(f"UID:{n}", *start))))


def zone_of_many_dates() -> bytes:
    dates = ",".join("20270302T000000" for _ in range(30_000))
    zone = ("BEGIN:VTIMEZONE", "TZID:Europe/Vienna", "BEGIN:STANDARD", "DTSTART:19700101T000000", f"RDATE:{dates}")
    rest = ("TZOFFSETFROM:+0100", "TZOFFSETTO:+0100", "END:STANDARD", "END:VTIMEZONE")
    return calendar(
        *zone, *rest, *event(start=("UID:a", "DTSTART;TZID=Europe/Vienna:20270302T150000", "DURATION:PT1H"))
    )


def zones_without_end() -> bytes:
    return calendar(
        *(
            line
            for n in range(1_900)
            for line in event(start=(f"UID:{n}", f"DTSTART;TZID=(UTC+01:00) {n}:20270302T150000"))
        )
    )


GENERATED: dict[str, Callable[[], bytes]] = {
    make.__name__: make
    for make in (
        twenty_thousand_events,
        fifty_thousand_attendees,
        two_hundred_thousand_dates,
        dates_in_one_line,
        line_of_ten_megabytes,
        line_of_a_megabyte,
        million_folds,
        half_a_million_empty_folds,
        million_line_ends,
        five_thousand_nested_components,
        deep_but_few,
        attachment_of_fifty_megabytes,
        markup_that_never_closes,
        markup_of_blanks,
        quotes_that_never_close,
        accents_without_end,
        commas_and_escapes,
        daily_events_without_end,
        zone_of_many_dates,
        zones_without_end,
    )
}
