"""A diary is read by the columns a person has matched; every error has its line, and nothing is assumed."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.diary import DATE_FORMATS, date_formats, decode, read_rows, read_table
from taper_app.domain.errors import Invalid

ZONE = ZoneInfo("America/New_York")
ALL = {"date": 0, "time": 1, "pain": 2, "sleep": 3, "note": 4}


def table(*lines: str) -> str:
    """A table with five columns."""
    return "\n".join(("d,t,p,s,n", *lines))


def errors(*lines: str) -> list[tuple[str, str, str | None]]:
    """What is wrong: line, code, column."""
    found = read_rows(read_table(table(*lines)), ALL, "YYYY-MM-DD", ZONE)[1]
    return [(one.params["line"], one.code, one.field) for one in found]


def test_rows_become_days() -> None:
    """A row is a moment in the person's zone and what stands in the matched columns; blank cells are left out."""
    days, wrong = read_rows(
        read_table(table("2026-11-02,08:30,4,6,walked", "2026-07-02,9:05 pm,,0,", "2026-11-03,,10,,")), ALL, "YYYY-MM-DD", ZONE
    )
    assert wrong == []
    assert [(day.line, day.at, dict(day.data)) for day in days] == [
        (2, "2026-11-02T08:30:00-05:00", {"pain": 4, "sleep": 6, "note": "walked"}),
        (3, "2026-07-02T21:05:00-04:00", {"sleep": 0}),
        (4, "2026-11-03T12:00:00-05:00", {"pain": 10}),
    ]


def test_rows_that_say_nothing_are_left_out() -> None:
    """A day with a date alone is no entry, and no error."""
    assert read_rows(read_table(table("2026-11-02,08:30,,,")), ALL, "YYYY-MM-DD", ZONE) == ([], [])


def test_only_matched_columns_are_read() -> None:
    """What was not matched is not looked at, whatever stands in it."""
    days, wrong = read_rows(read_table(table("2026-11-02,nonsense,4,99,")), {"date": 0, "pain": 2}, "YYYY-MM-DD", ZONE)
    assert (wrong, [dict(day.data) for day in days]) == ([], [{"pain": 4}])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (",,4,,", ("2", "missing", "date")),
        ("02.11.2026,,4,,", ("2", "not_a_date", "date")),
        ("2026-02-30,,4,,", ("2", "not_a_date", "date")),
        ("1026-02-03,,4,,", ("2", "not_a_date", "date")),
        ("2026-11-02,25:00,4,,", ("2", "not_a_clock_time", "time")),
        ("2026-11-02,13:00 pm,4,,", ("2", "not_a_clock_time", "time")),
        ("2026-11-02,morning,4,,", ("2", "not_a_clock_time", "time")),
        ("2026-11-02,,11,,", ("2", "not_0_to_10", "pain")),
        ("2026-11-02,,-1,,", ("2", "not_0_to_10", "pain")),
        ("2026-11-02,,6.5,,", ("2", "not_0_to_10", "pain")),
        ("2026-11-02,,bad,,", ("2", "not_0_to_10", "pain")),
        ("2026-11-02,,\u0664,,", ("2", "not_0_to_10", "pain")),
        ("2026-11-02,,4,," + "x" * 5000, ("2", "too_long", "note")),
    ],
)
def test_errors_have_their_line(row: str, expected: tuple[str, str, str]) -> None:
    """What cannot be read is named with line and column; no number is rounded."""
    assert errors(row, "2026-11-03,,4,,") == [expected]


def test_a_line_is_where_its_row_begins() -> None:
    """Cells with line ends and blank lines do not shift the count."""
    assert errors('2026-11-02,,4,,"one\ntwo\nthree"', "", "2026-11-03,,99,,") == [("6", "not_0_to_10", "pain")]


@pytest.mark.parametrize(
    ("cells", "formats", "odd"),
    [
        (["2026-11-02", "2026-11-13"], ("YYYY-MM-DD",), None),
        (["02.11.2026"], ("DD.MM.YYYY",), None),
        (["02/11/2026", "03/11/2026"], ("DD/MM/YYYY", "MM/DD/YYYY"), None),
        (["02/11/2026", "13/11/2026"], ("DD/MM/YYYY",), None),
        (["02/11/2026", "11/13/2026"], ("MM/DD/YYYY",), None),
        (["13/11/2026", "11/13/2026"], (), 2),
        (["02/11/2026", "soon"], (), 3),
        (["02.11.26"], (), 2),
    ],
)
def test_only_ways_to_write_dates_that_fit_every_row_are_on_offer(cells: list[str], formats: tuple[str, ...], odd: int | None) -> None:
    """Both readings are on offer where both fit; where none does, a line that does not fit is named."""
    found = read_table("\n".join(("d,p", *(f"{cell},1" for cell in cells))))
    assert date_formats(found, 0) == (formats, odd)


def test_bytes_that_are_no_text_name_their_line() -> None:
    """The line of the first byte that is none is told."""
    with pytest.raises(Invalid) as refusal:
        decode(b"a\nb\n\xff\xffx")
    assert (refusal.value.code, refusal.value.params) == ("not_utf8", {"line": "3"})


@given(day=st.dates(date(1900, 1, 1), date(2200, 12, 31)), name=st.sampled_from(sorted(DATE_FORMATS)))
def test_a_date_reads_as_it_was_written(day: date, name: str) -> None:
    """Every day in every way to write it reads as that day."""
    cell = name.replace("YYYY", f"{day.year:04}").replace("MM", f"{day.month:02}").replace("DD", f"{day.day:02}")
    found = read_table(f"d,p\n{cell},1")
    assert name in date_formats(found, 0)[0]
    (read,), wrong = read_rows(found, {"date": 0, "pain": 1}, name, ZoneInfo("UTC"))
    assert (read.day, wrong) == (day, [])


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever comes, it is a table or a refusal with a line."""
    try:
        found = read_table(decode(raw))
    except Invalid as refusal:
        code, params = refusal.code, refusal.params
    else:
        assert all(len(row.cells) == len(found.columns) for row in found.rows)
        return
    assert code and int(params["line"]) >= 1
