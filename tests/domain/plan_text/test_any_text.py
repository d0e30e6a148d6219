"""Any text at all: what is read stands there, what is not read is asked, and nothing takes long."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from taper_app.domain.drafting import Drafted, from_json, to_json
from taper_app.domain.errors import Invalid
from taper_app.domain.plan_text import MAX_TEXT, read_plan_text
from taper_app.domain.validate import blanks
from taper_app.domain.wire import plan_from_wire
from tests.domain.plan_text.test_sentences import SENTENCES

PIECES = (
    "30 mg", "15mg", "7.5 mg", ".5 mg", "1,5 mg", "l5 mg", "1O mg", "15-30 mg", "25 mcg/h", "2 tabs of 15 mg", "half a tablet",
    "1 tab", "(2 tabs)", "2 x 15 mg", "5 mL", "10 mg/5 mL", "ug", "bid", "tid", "q8h", "q72h", "every other day", "twice a day",
    "daily", "once", "prn", "as needed", "for pain", "in the morning", "at bedtime", "at night", "noon", "evening", "8 am", "08:00",
    "8:00", "12 pm", "at 8", "for 2 weeks", "x 14 days", "x2w", "until", "until 2026-12-14", "from 2026-12-01",
    "starting Dec 1, 2026", "1 Dec 2026", "01/02/2026", "Dec 1", "Monday", "last day", "2027-01-04", "then", "then stop", "stop",
    "stay at", "review on", "Week 1:", "Step 2:", "Week", "1.", "2)", "-", "\n", "\n", ";", ".", ",", ":", "(", ")", "→", "and",
    "or", "to", "reduce by 5 mg", "every week", "10 %", "alternating", "(60 mg a day)", "total", "morphine ER", "oxycodone",
    "Dr. Osei", "after 2 weeks", "when the box is empty", "max 4 in 24 hours", "take", "the", "not", "patch", "15", "0", "\t", "µg",
    "½",
)  # fmt: skip
SOME = st.lists(st.sampled_from(PIECES), max_size=30)
TEXTS = SOME.map(" ".join) | SOME.map("".join) | st.text()


def bare(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def words_of(drafted: Drafted, path: str) -> str:
    """The words of the lines that something was read from."""
    return " ".join(line.words for line in drafted.lines if path in line.paths)


def values(plan: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every number of the draft: (what it is, the path of the dose, the number as it stands there)."""
    for i, step in enumerate(plan["steps"]):
        for kind in ("doses", "as_needed"):
            for k, dose in enumerate(step[kind]):
                path = f"steps.{i}.{kind}.{k}"
                if dose["amount"] is not None:
                    yield "amount", path, dose["amount"]
                for part in dose.get("parts", []):
                    yield "strength", path, part["strength"]


@given(TEXTS)
@example("\x00\ud800")
@example("İ 30 mg bid")
@example("Wk 1 30 mg\u2028bid")
def test_any_text_is_a_draft_that_can_be_kept(text: str) -> None:
    """Whatever is pasted, the result is a plan with blanks that the one validator takes, and it comes back from its JSON."""
    drafted = read_plan_text(text)
    plan_from_wire(drafted.plan)
    assert from_json(to_json(drafted)) == (drafted.lines, drafted.questions)


@given(TEXTS)
def test_the_lines_are_the_whole_text(text: str) -> None:
    """No word of the source is left out or changed, and the lines are numbered from 1."""
    drafted = read_plan_text(text)
    assert bare("".join(line.words for line in drafted.lines)) == bare(text)
    assert [line.line for line in drafted.lines] == list(range(1, len(drafted.lines) + 1))
    assert all(line.words in text and line.words for line in drafted.lines)


@given(TEXTS)
def test_every_number_of_the_draft_stands_in_its_line(text: str) -> None:
    """No amount and no strength is in the draft that the words of its own line do not hold."""
    drafted = read_plan_text(text)
    for what, path, number in values(drafted.plan):
        assert re.search(rf"(?<![0-9.,]){re.escape(number)}(?![0-9])", words_of(drafted, path)), (what, path, number)


@given(TEXTS)
def test_every_date_of_the_draft_stands_in_the_text(text: str) -> None:
    """A date is one that was written, with its year; none is worked out from a duration."""
    plan = read_plan_text(text).plan
    for day in [plan["last_day"], plan["review_on"], *(step["starts_on"] for step in plan["steps"])]:
        if day is not None:
            found = date.fromisoformat(day)
            forms = (day, f"{found:%b} {found.day}, {found.year}", f"{found.day} {found:%b} {found.year}")
            assert any(form.lower() in " ".join(text.split()).lower() for form in forms), day


@given(TEXTS)
def test_every_blank_and_every_line_that_was_not_read_is_asked_about(text: str) -> None:
    """What keeps the draft from being activated has a question at its field, and so has each line nothing was taken from."""
    drafted = read_plan_text(text)
    asked = {question.path for question in drafted.questions}
    late = ("not_rising", "no_steps", "last_day_too_early")
    for blank in blanks(plan_from_wire(drafted.plan)):
        if blank.code not in late:
            assert blank.field in asked, blank
    lines = {question.line for question in drafted.questions}
    assert [line.words for line in drafted.lines if not line.paths and line.line not in lines] == []


@given(TEXTS)
def test_a_path_of_a_line_leads_to_something(text: str) -> None:
    """Each thing that a line claims was read from it is in the draft."""
    drafted = read_plan_text(text)
    for line in drafted.lines:
        for path in line.paths:
            value: Any = drafted.plan
            for key in path.split("."):
                value = value[int(key)] if isinstance(value, list) else value[key]
            assert value, path


@given(st.lists(st.sampled_from([one["text"] for one in SENTENCES]), min_size=2, max_size=4))
def test_sentences_in_any_company_stay_within_the_rules(texts: list[str]) -> None:
    """Plans pasted one below the other are still a plan with blanks, and each number stands in its line."""
    drafted = read_plan_text("\n".join(texts))
    plan_from_wire(drafted.plan)
    for _, path, number in values(drafted.plan):
        assert number in words_of(drafted, path)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "1,", "1.", ".", "9 ", "1-", "1/", "1:", "a", "a.", "a.b", " ", "\n", "1\n", "q", "x1", "1x", "total ", "until ",
        "until a ", "half a ", "last day ", "mon, ", "dec 1, ", "dec ", "reduce the ", "30 mg ", "30 mg bid ", "30 mg a day ",
        "30 mg tablets ", "5 mg prn, ", "then ", "Week 1: ", "morning ", "(30 mg ", "of ", "from ", "Dr. a ", "morphine er ",
        "30 mg bid\n", "8 am ", "½", "İ", "when the ",
    ],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    """Twenty thousand characters of anything are read in about a second: time grows with the text and not with its square."""

    text = (piece * MAX_TEXT)[: MAX_TEXT - 6] + " 30 mg"
    # Of this process alone, however busy the machine is.
    began = time.process_time()
    read_plan_text(text)
    assert time.process_time() - began < 3


def test_more_than_twenty_thousand_characters_are_refused_by_name() -> None:
    """A book is no plan."""
    with pytest.raises(Invalid) as refused:
        read_plan_text("a" * (MAX_TEXT + 1))
    assert (refused.value.code, refused.value.field) == ("too_long", "text")
