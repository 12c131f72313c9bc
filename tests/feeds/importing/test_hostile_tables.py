"""Tables that nobody means well with are refused at once, with a reason, and nothing of them is saved."""

import time

import pytest

from events_app.feeds.importing import UnreadableFileError

GOOD = "kind,start\nworkshop,2027-03-02\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "no-columns"),
        (GOOD.encode() + b"workshop,\x002027-03-03\n", "no-text"),
        (GOOD.encode("utf-16"), "no-text"),
        (b"\x1f\x8b\x08\x00" + b"x" * 50, "no-text"),
        (b"PK\x03\x04\x00\x00", "no-text"),
        (b"kind,start\nworkshop,\x81\x8d\n", "no-text"),
        (GOOD.encode() + b'workshop,"2027-03-03\n', "quotes"),
        (GOOD.encode() + b'workshop,"2027"-03-03\n', "quotes"),
        (GOOD.encode() + b"x" * 2_000_000, "too-large"),
        (GOOD.encode() + b"x" * 130_000, "long-cell"),
        (GOOD.encode() + b"x" * 1_900_000, "long-cell"),
        (GOOD.encode() + b"," * 1_001, "too-many-columns"),
        (b"," * 1_900_000, "too-many-columns"),
        (("kind,start," + ",".join(f"c{n}" for n in range(1_001))).encode(), "too-many-columns"),
        (GOOD.encode() + b"workshop,2027-03-03\n" * 2_000, "too-many"),
        (b"kind,start,start\nworkshop,2027-03-02,2027-03-02\n", "column-twice"),
        (b"kind,day\nworkshop,2027-03-02\n", "no-columns"),
        (b"<html><script>alert(1)</script></html>", "no-columns"),
        (b"\n" * 1_900_000, "empty"),
    ],
)
def test_a_hostile_table_is_refused_in_no_time(plan_of, stored, content, reason):
    before = time.process_time()
    with pytest.raises(UnreadableFileError) as refused:
        plan_of(content)
    assert (refused.value.reason, time.process_time() - before < 2) == (reason, True)
    assert stored() == []


def test_ten_megabytes_in_one_cell_are_refused_also_where_large_files_are_taken(plan_of):
    with pytest.raises(UnreadableFileError) as refused:
        plan_of(GOOD.encode() + b"x" * 10_000_000, is_large=True)
    assert refused.value.reason == "long-cell"


def test_a_lone_carriage_return_ends_a_row_and_no_more(take, stored):
    assert take("kind,start,theme\nworkshop,2027-03-02,Po\rrts\n")["rejected"] == ["unknown-word"]
    assert stored() == []


def test_controls_directions_and_broken_signs_do_not_reach_the_calendar(take, stored):
    assert take("kind,start,theme\nworkshop,2027-03-02,P\x07o\u202erts \ufffe\n") == {"created": 1}
    assert "\x07" not in stored()[0].theme
    assert stored()[0].theme.count("\u202e") == stored()[0].theme.count("\u202c")


def test_markup_in_a_table_is_text(take, stored):
    assert take("kind,start,theme\nworkshop,2027-03-02,<script>alert(1)</script>\n") == {"created": 1}
    assert stored()[0].theme == "<script>alert(1)</script>"


def test_more_rows_are_taken_where_large_files_are(plan_of):
    rows = "".join(f"workshop,2027-03-02,Theme {n}\n" for n in range(2_001))
    assert plan_of(f"kind,start,theme\n{rows}", is_large=True).count("created") == 2_001
