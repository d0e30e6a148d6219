"""CSV: what a spreadsheet shows is what was logged, and nothing in it runs."""

from __future__ import annotations

import csv
import io
import timeit
import zipfile
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.facts import read_facts
from taper_app.services.csv_cells import cell, guarded, joined, plain
from taper_app.services.csv_log import TABLES
from taper_app.services.csv_out import export_csv
from taper_app.services.logs import standing
from tests.services.full import EVIL, Full
from tests.services.world import asking, sign_up

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def unpacked(person: object) -> dict[str, bytes]:
    """The files of a person's zip."""
    with asking() as (session, now):
        raw = export_csv(session, person.actor, now)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(raw)) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


def table(raw: bytes) -> list[dict[str, str]]:
    """The rows of a file, as any reader sees them."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.fixture
def full() -> Full:
    """An account with everything."""
    return Full()


@pytest.fixture
def files(full: Full) -> dict[str, list[dict[str, str]]]:
    """Its tables."""
    return {name.removesuffix(".csv"): table(raw) for name, raw in unpacked(full.ana).items() if name.endswith(".csv")}


def test_each_record_is_one_row_of_its_kind_as_it_stands_now(files: dict[str, list[dict[str, str]]]) -> None:
    """Changes are folded in, and what was taken out is left out."""
    assert {name: len(rows) for name, rows in files.items() if name in TABLES} == {
        "doses": 4, "flares": 2, "check_ins": 2, "pegs": 1, "options_tried": 1, "conditions": 1, "baselines": 1, "questions": 1,
        "naloxone": 1, "notes": 1, "health": 1,
    }  # fmt: skip
    old, flare = files["flares"]
    assert (flare["severity_now"], flare["severity_worst"], flare["places"]) == ("6", "8", r"lower_back;' -left\; knee")
    assert (flare["started_date"], flare["started_time"], flare["started_utc"]) == ("2026-11-23", "07:00", "2026-11-23T12:00:00Z")
    assert (old["started_date"], old["started_time"], old["ended_utc"]) == ("1905-01-01", "05:21", "")
    assert [row["sleep"] for row in files["check_ins"]] == ["0", "5"]


def test_a_dose_says_its_medicine_and_what_it_was_due_for(files: dict[str, list[dict[str, str]]]) -> None:
    """Amounts stand with their unit, as they were written; a skipped dose has none."""
    found = {row["action"]: row for row in files["doses"]}
    assert (found["taken"]["amount"], found["taken"]["unit"], found["taken"]["due_at"]) == ("7.5", "mg", "08:00")
    assert (found["skipped"]["amount"], found["skipped"]["unit"], found["skipped"]["note"]) == ("", "", "'@home")
    assert (found["different"]["date"], found["different"]["time"], found["different"]["due_date"]) == ("2026-11-22", "04:00", "")
    assert found["removed"]["medicine"] == "fentanyl"


def test_plans_stand_step_by_step_and_dose_by_dose(full: Full, files: dict[str, list[dict[str, str]]]) -> None:
    """Every revision as written, with the days on which each step governs."""
    rows = [row for row in files["plans"] if row["plan_id"] == full.plan]
    assert [(row["revision"], row["step"], row["at"], row["amount"], row["as_needed"]) for row in rows] == [
        ("1", "1", "08:00", "7.5", "no"), ("1", "1", "20:00", "7.5", "no"), ("1", "1", "", "5", "yes"),
        ("1", "2", "morning", "5", "no"), ("1", "2", "bedtime", "7.5", "no"),
        ("1", "3", "08:00", "5", "no"), ("1", "3", "08:00", "2.5", "no"),
        ("1", "4", "08:00", "2.5", "no"), ("1", "4", "bedtime", "2.5", "no"), ("1", "5", "08:00", "2.5", "no"),
        ("2", "1", "08:00", "45", "no"),
    ]  # fmt: skip
    assert (rows[0]["in_force_from"], rows[0]["in_force_to"], rows[0]["parts"]) == ("2026-11-20", "2026-11-24", "0.5 x 15")
    assert (rows[3]["starts_on"], rows[3]["in_force_from"]) == ("2026-11-30", "")
    events = [row for row in files["plan_events"] if row["plan_id"] == full.plan]
    assert [(row["type"], row["from"], row["reason"]) for row in events] == [
        ("activated", "", ""),
        ("revised", "2026-11-25", "'-slower"),
    ]


def test_no_cell_begins_a_formula(full: Full) -> None:
    """Whatever was typed, no cell of any file begins with a sign that a spreadsheet runs, nor does a part cut off at a separator."""
    for name, raw in unpacked(full.ana).items():
        if name.endswith(".csv"):
            for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")):
                for one in row:
                    assert not runs(one), (name, one)
    assert guarded(EVIL).startswith("'=")


def runs(text: str) -> bool:
    """Whether a spreadsheet would take a cell, or what stands after a separator in it, for a formula."""
    parts = [text]
    for separator in ",;|\t\r\n":
        parts = [piece for part in parts for piece in part.split(separator)]
    bare = [part.strip(" \u00a0\u3000\u200b\ufeff\"'") for part in parts if not part.startswith("'")]
    return text[:1] in ("\t", "\r", "\n") or any(part[:1] in tuple(SIGNS) for part in bare)


@given(st.text(st.sampled_from([*SIGNS, *" ;,'\"|\\\t\r\n\u3000\u200b\ufeff", "a", "1", "é"]), max_size=12))
def test_the_mark_can_be_taken_off_again(text: str) -> None:
    """A guarded text never runs, and gives back what was typed."""
    assert not runs(guarded(text))
    assert plain(guarded(text)) == text


@pytest.mark.parametrize("piece", ["\n", "\n ", ", ", "\t'", "'"])
def test_a_long_run_of_odd_signs_costs_no_more_than_words(piece: str) -> None:
    """Somebody may send notes of nothing but line ends: the work grows with their length, not with its square."""
    seconds = min(timeit.repeat(lambda: guarded(f"x{piece * 20_000}x"), number=1, repeat=3))
    assert seconds < 2


@given(st.lists(st.text(st.sampled_from([*";\\ ", "a", "b"]), min_size=1, max_size=5), max_size=4))
def test_a_list_can_be_taken_apart_again(items: list[str]) -> None:
    """Items of a cell are told apart whatever stands in them."""

    def parts(text: str) -> Iterator[str]:
        one, letters = "", iter(text)
        for letter in letters:
            if letter == "\\":
                one += next(letters)
            elif letter == ";":
                yield one
                one = ""
                assert next(letters) == " "
            else:
                one += letter
        yield one

    assert list(parts(joined(items))) == (items or [""])


@pytest.mark.parametrize("text", ["", "plain", "Mon-Fri", "7.5", "a, b", "it's", "2026-11-23", "x;y", "3 - 4"])
def test_ordinary_words_are_left_as_they_are(text: str) -> None:
    """Nothing is put into words that no spreadsheet would run."""
    assert cell(text) == text


def test_files_are_what_a_spreadsheet_expects(full: Full) -> None:
    """UTF-8 with its mark, every line ended by CR LF, heads in files without rows, a README that names every file."""
    found = unpacked(full.ana)
    empty = unpacked(sign_up("bea"))
    assert list(found) == list(empty) == ["README.txt", *(f"{name}.csv" for name in (*TABLES, "plans", "plan_events"))]
    readme = " ".join(found["README.txt"].decode("utf-8-sig").split())
    assert not [name for name in found if name.endswith(".csv") and name not in readme]
    assert "What you took out is not here" in readme and "formula" in readme
    for name, raw in empty.items():
        assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n"), name
        if name.endswith(".csv"):
            assert raw.count(b"\r\n") == 1
    assert "Küche" in found["naloxone.csv"].decode("utf-8-sig")


def test_the_same_data_gives_the_same_bytes(full: Full) -> None:
    """Made twice, on another day, the zip is the same but for what the day itself changes."""
    with asking() as (session, now):
        assert export_csv(session, full.ana.actor, now) == export_csv(session, full.ana.actor, now)


def test_the_tables_agree_with_the_facts(full: Full, files: dict[str, list[dict[str, str]]]) -> None:
    """Days and ratings are those that the lens and the clinician's page count with."""
    with asking() as (session, _):
        facts = read_facts(standing(session, full.ana.id))
    assert sorted((row["date"], row["pain"]) for row in files["check_ins"]) == sorted(
        (one.day.isoformat(), "" if one.pain is None else str(one.pain)) for one in facts.check_ins
    )
    assert [(row["started_date"], row["severity_now"], row["severity_worst"]) for row in files["flares"]] == [
        (one.day.isoformat(), *("" if n is None else str(n) for n in (one.now, one.worst))) for one in facts.flares
    ]
