"""Plans as clinicians write them: each sentence of sentences.toml is read as written there, or refused as written there."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from taper_app.domain.drafting import Drafted
from taper_app.domain.plan_text import read_plan_text
from taper_app.domain.wire import plan_from_wire

SENTENCES = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text("utf-8"))["sentence"]
# The plain blanks: what the text just does not say.
PLAIN = {"no_time", "no_start", "no_name", "no_unit", "no_end", "no_last_day", "no_review_on"}
NO_STEP = {"start": "?", "when": None, "until": None, "every": 1, "note": None, "needed": "", "doses": ""}


def told(drafted: Drafted) -> dict[str, Any]:
    """What was read, in the words of sentences.toml."""
    plan, medication = drafted.plan, drafted.plan["medication"]
    return {
        "name": medication["name"],
        "form": medication["form"],
        "unit": medication["unit"],
        "release": medication["release"],
        "strengths": medication["strengths"],
        "concentration": medication["concentration"],
        "prescriber": plan["prescriber"],
        "steps": [_step(step) for step in plan["steps"]],
        "ends": plan["ends"],
        "last_day": plan["last_day"],
        "review_on": plan["review_on"],
        # What keeps the doses of a step blank is told by its code; that the step has none then needs no second one.
        "asks": sorted({question.code for question in drafted.questions} - PLAIN),
        "unread": [line.line for line in drafted.lines if not line.paths],
    }


def _step(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "start": step["starts_on"] or "?",
        "when": step["starts_when"],
        "until": step["until"],
        "every": step["every_days"],
        "note": step["note"],
        "needed": " + ".join(map(_needed, step["as_needed"])),
        "doses": ", ".join(map(_dose, step["doses"])),
    }


def _dose(dose: dict[str, Any]) -> str:
    parts = "".join(f" [{part['count']}x{part['strength']}]" for part in dose["parts"])
    volume = f" ({dose['volume']})" if dose["volume"] else ""
    return f"{dose['at'] or '?'} {dose['amount'] or '?'}{parts}{volume}"


def _needed(line: dict[str, Any]) -> str:
    purpose = f" for {line['for']}" if line["for"] else ""
    most = f" at most {line['at_most']} in {line['per_hours']}" if line["at_most"] else ""
    return f"{line['amount'] or '?'}{purpose}{most}: {line['as_written']}"


def wanted(sentence: dict[str, Any]) -> dict[str, Any]:
    """What sentences.toml says, with everything that it leaves out."""
    nothing = dict.fromkeys(("name", "form", "unit", "concentration", "prescriber", "ends", "last_day", "review_on"))
    lists = {"strengths": [], "unread": [], "release": "unknown"}
    said = {key: value for key, value in sentence.items() if key != "text"}
    steps = [NO_STEP | step for step in sentence["steps"]]
    return nothing | lists | said | {"steps": steps, "asks": sorted(sentence.get("asks", []))}


@pytest.mark.parametrize("sentence", SENTENCES, ids=[one["text"].strip()[:60] for one in SENTENCES])
def test_a_sentence_is_read_as_two_careful_readers_would(sentence: dict[str, Any]) -> None:
    """Every value that may be read is there, every other one is blank, and what was not clear is asked."""
    drafted = read_plan_text(sentence["text"])
    plan_from_wire(drafted.plan)
    assert told(drafted) == wanted(sentence)


def test_there_are_many_sentences_and_refusals_among_them() -> None:
    """Eighty sentences and more, none twice, and a good part of them ends in a question."""
    texts = {sentence["text"] for sentence in SENTENCES}
    assert len(texts) == len(SENTENCES) >= 80
    assert sum("asks" in sentence for sentence in SENTENCES) >= 40
