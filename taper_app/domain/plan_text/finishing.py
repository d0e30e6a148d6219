"""The end of the reading: what only the whole text can tell, and a question for each blank that has none yet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from taper_app.domain.plan_text.assembling import Assembly, put_needed
from taper_app.domain.validate import MAX_AS_NEEDED, MAX_NAME, MAX_STRENGTHS


def plan_of(made: Assembly) -> dict[str, Any]:
    """The plan as JSON, with its blanks; adds the last questions."""
    _needed_later(made)
    for i, step in enumerate(made.steps):
        _until(made, i)
        _start(made, i)
        if not step.wire["doses"] and not step.wire["as_needed"]:
            _ask_once(made, "no_doses", step.line, f"steps.{i}.doses")
    unit = _unit(made)
    _strengths(made)
    _neighbours(made)
    ends = _ends(made)
    forms = list(made.forms)
    medication: dict[str, Any] = {
        "name": None, "form": forms[0] if len(forms) == 1 else None, "unit": unit, "strengths": [], "release": "unknown",
        "may_split": "unknown", "concentration": None,
    }  # fmt: skip
    plan: dict[str, Any] = {
        "medication": medication | made.medication,
        "prescriber": made.prescriber,
        "history": [],
        "steps": [step.wire for step in made.steps],
        "ends": ends,
        "last_day": made.days.get("last_day") if ends == "stop" else None,
        "review_on": made.days.get("review_on") if ends == "review" else None,
    }
    for paths in made.paths.values():
        # What was read and then taken back, because something else speaks against it, was not read.
        paths[:] = [path for path in paths if _value(plan, path)]
    if plan["medication"]["name"] is None:
        made.ask("no_name", path="medication.name")
    if unit is None:
        _ask_once(made, "no_unit", None, "medication.unit")
    if ends is None:
        _ask_once(made, "no_end", None, "ends")
    for name, wanted in (("last_day", "stop"), ("review_on", "review")):
        if ends == wanted and plan[name] is None:
            _ask_once(made, f"no_{name}", None, name)
    return plan


def _value(plan: dict[str, Any], path: str) -> Any:
    found: Any = plan
    for key in path.split("."):
        found = found[int(key)] if isinstance(found, list) else found[key]
    return found


def _ask_once(made: Assembly, code: str, line: int | None, path: str) -> None:
    if all(question.path != path for question in made.questions):
        made.ask(code, line, path)


def _needed_later(made: Assembly) -> None:
    """As-needed medicine that stands apart belongs to the only step; with several nobody can know to which."""
    for line, read in made.later_needed:
        over = any(ends == "stop" and stopped < line for ends, stopped, _ in made.ends)
        alone = len(made.steps) == 1 and not over and not read.is_dated
        if alone and len(made.steps[0].wire["as_needed"]) + len(read.day.needed) <= MAX_AS_NEEDED:
            put_needed(made, 0, read, line)
        else:
            made.ask("which_step", line, None, read.clause.words)


def _until(made: Assembly, i: int) -> None:
    words = ", ".join(dict.fromkeys(made.steps[i].until))
    if len(words) <= MAX_NAME:
        made.steps[i].wire["until"] = words or None
    else:
        made.ask("two_readings", made.steps[i].line, f"steps.{i}.until")


def _start(made: Assembly, i: int) -> None:
    """A step that waits for something can stand only where no date stands with it or after it."""
    wire, path = made.steps[i].wire, f"steps.{i}.starts_on"
    if wire["starts_when"] and any(step.wire["starts_on"] for step in made.steps[i:]):
        made.ask("date_after_waiting", made.steps[i].line, path, wire["starts_when"])
        wire["starts_when"] = None
    if wire["starts_on"] is None and wire["starts_when"] is None:
        _ask_once(made, "no_start", made.steps[i].line, path)


def _unit(made: Assembly) -> str | None:
    """The one unit of all amounts. With two of them no number says what it is, so none is kept."""
    units = list(made.units)
    if len(units) < 2:
        return units[0] if units else None
    made.ask("two_units", None, "medication.unit", ", ".join(units))
    made.medication.pop("strengths", None)
    for i, step in enumerate(made.steps):
        for kind in ("doses", "as_needed"):
            for k, one in enumerate(step.wire[kind]):
                if one["amount"] is not None:
                    made.ask("two_units", step.line, f"steps.{i}.{kind}.{k}.amount")
                one["amount"] = None
                if kind == "doses":
                    one["parts"] = []
    return None


def _strengths(made: Assembly) -> None:
    """The strengths on the labels, and those of the tablets that are counted in doses."""
    counted = [part["strength"] for step in made.steps for dose in step.wire["doses"] for part in dose["parts"]]
    made.medication["strengths"] = list(dict.fromkeys([*made.medication.get("strengths", []), *counted]))[:MAX_STRENGTHS]


def _neighbours(made: Assembly) -> None:
    """Dates that do not fit together are shown; none is changed."""
    for i in range(len(made.steps) - 1):
        step, after = made.steps[i].wire, made.steps[i + 1].wire
        if not after["starts_on"]:
            continue
        line, path = made.steps[i + 1].line, f"steps.{i + 1}.starts_on"
        start, until = after["starts_on"], step["until"]
        if step["starts_on"] and start <= step["starts_on"]:
            made.ask("dates_not_rising", line, path, start)
        elif until and (last := _day(until)) is not None:
            following = last + timedelta(days=1)
            if date.fromisoformat(start) < following:
                made.ask("dates_overlap", line, path, f"{until}, {start}")
            elif date.fromisoformat(start) > following:
                made.ask("dates_gap", line, path, f"{until}, {start}")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ends(made: Assembly) -> str | None:
    """What comes after the last step; two of them, or one with a step after it, are asked about."""
    found = [one for one in made.ends if one[0] != "stay" or one[2] == len(made.steps)]
    kinds = {ends for ends, _, _ in found}
    # "Stay on 15 mg, then stop" stays for a while.
    if kinds == {"stay", "stop"} and found[-1][0] == "stop":
        kinds = {"stop"}
    if not kinds:
        return None
    ends, line, _ = found[-1]
    if len(kinds) > 1 or any(one[2] < len(made.steps) for one in found):
        for _, asked, _ in found:
            made.ask("two_ends" if len(kinds) > 1 else "end_in_middle", asked, "ends")
        return None
    made.note(line, "ends")
    return ends
