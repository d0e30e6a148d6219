"""A plan read from somebody else's words or file: the draft, and for each of its lines the words it came from.

What could not be read stays blank in the draft and is asked about. Nothing is guessed and nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A piece of the source, as it stands there.

    `line` counts from 1. `paths` name what was read from it in the draft, as in errors ("steps.0.doses.1"); empty: it
    was not read at all. `pointer` is where it stands in a FHIR file ("entry[0].resource.dosageInstruction[1]"), else "".
    """

    line: int
    words: str
    paths: tuple[str, ...] = ()
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that was not clear. `line` is the number of its SourceLine, `path` the blank it left, where there is one.

    Codes stand in locales/<lang>/import.toml. `words` is the piece of the source that is meant, never an answer.
    """

    code: str
    line: int | None = None
    path: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What was read. `plan` is a plan as domain.wire takes it, with blanks."""

    plan: dict[str, Any]
    lines: tuple[SourceLine, ...]
    questions: tuple[Question, ...] = ()


def to_json(drafted: Drafted) -> dict[str, Any]:
    """What is kept beside the draft; the plan itself is kept as a plan."""
    return {
        "lines": [{"line": o.line, "words": o.words, "paths": list(o.paths), "pointer": o.pointer} for o in drafted.lines],
        "questions": [{"code": q.code, "line": q.line, "path": q.path, "words": q.words} for q in drafted.questions],
    }


def from_json(kept: dict[str, Any]) -> tuple[tuple[SourceLine, ...], tuple[Question, ...]]:
    """The lines and questions as they were kept by `to_json`."""
    lines = tuple(SourceLine(o["line"], o["words"], tuple(o["paths"]), o["pointer"]) for o in kept["lines"])
    return lines, tuple(Question(q["code"], q["line"], q["path"], q["words"]) for q in kept["questions"])


def steps_of(lines: Iterable[SourceLine], questions: Iterable[Question]) -> int:
    """How many steps the lines and questions speak of."""
    paths = [path for line in lines for path in line.paths] + [question.path for question in questions if question.path]
    return max((_step(path) or 0 for path in paths), default=0)


def without_step(
    lines: Iterable[SourceLine], questions: Iterable[Question], n: int
) -> tuple[tuple[SourceLine, ...], tuple[Question, ...]]:
    """The lines and questions once step n (from 1) was taken out: what was read into it is nowhere, later steps move up."""
    left = tuple(replace(line, paths=tuple(new for path in line.paths if (new := _moved(path, n)))) for line in lines)
    return left, tuple(replace(question, path=_moved(question.path, n) if question.path else None) for question in questions)


def _step(path: str) -> int | None:
    parts = path.split(".")
    return int(parts[1]) + 1 if parts[0] == "steps" and len(parts) > 1 else None


def _moved(path: str, n: int) -> str | None:
    step = _step(path)
    if step is None or step < n:
        return path
    return None if step == n else ".".join(["steps", str(step - 2), *path.split(".")[2:]])
