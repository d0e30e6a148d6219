"""What was typed into a plan's forms, as the JSON that services take. Pure: text in, values and places out.

Nothing is judged here that the domain judges: text that is no amount or no date is passed on as it is, and refused there
by name. Blank reads as null. The names of the inputs are the wire's own paths with "-" for ".": `doses-0-amount`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from taper_app.domain.plan import PARTS_OF_DAY, UNITS

MOST_TEXT = 6000  # more than any field may hold, so a longer text is still refused as too long
MOST_NAMES = 4000
_ROW = re.compile(r"(doses|cycle-([0-9]{1,2})|as_needed)-([0-9]{1,2})-(.+)")
_MIXED = re.compile(r"(?:([0-9]{1,6})(?: |(?=[½¼¾])))?(½|¼|¾|1/2|1/4|3/4)")
_SHARES = {"½": "5", "¼": "25", "¾": "75", "1/2": "5", "1/4": "25", "3/4": "75"}
_BETWEEN = re.compile(r"\s*(?:[;\n]|,(?![0-9]{3}\b)|\band\b)\s*")


@dataclass(frozen=True)
class Parsed:
    """JSON values, and which input each of its paths came from where the two differ ("doses.0" -> "doses-1")."""

    wire: dict[str, Any]
    places: dict[str, str] = field(default_factory=dict)

    def place(self, path: str) -> str:
        """The id of the input that a path of the wire came from."""
        parts = path.split(".")
        for n in range(len(parts), 0, -1):
            found = self.places.get(".".join(parts[:n]))
            if found is not None:
                return "-".join([found, *parts[n:]])
        return "-".join(parts)


def typed(form: object) -> dict[str, str]:
    """The text of a submitted form: names and values that are text, nothing else, none of it endless."""
    if not isinstance(form, Mapping):
        return {}
    pairs = [(k, form[k]) for k in list(form)[:MOST_NAMES]]
    return {k: v[:MOST_TEXT] for k, v in pairs if isinstance(k, str) and len(k) <= 80 and isinstance(v, str)}


def blank(text: str) -> str | None:
    """Trimmed text; None for nothing."""
    return text.strip() or None


def amount(text: str, unit: str | None) -> str | None:
    """An amount as typed, without its own unit behind it.

    Another unit stays, so that the domain refuses it.
    """
    found = blank(text)
    if found and unit and found.lower().endswith(unit.lower()):
        number = found[: -len(unit)].strip()
        return number if re.fullmatch(r"[0-9.]+", number) else found
    return found


def count(text: str) -> str | None:
    """A number of pieces: "2", "0.5", "1/2", "½", "1 1/2", "half"; none of this strength (0) is the same as blank."""
    found = blank(text)
    if found is None or re.fullmatch(r"0+(?:\.0+)?", found):
        return None
    if found.lower() in ("half", "a half"):
        return "0.5"
    mixed = _MIXED.fullmatch(found)
    return f"{mixed[1] or 0}.{_SHARES[mixed[2]]}" if mixed else found


def whole(text: str) -> int | str | None:
    """A whole number, or the text itself for the domain to refuse."""
    found = blank(text)
    return int(found) if found and re.fullmatch(r"[0-9]{1,9}", found) else found


def strengths(text: str, unit: str | None) -> list[str | None]:
    """The strengths on the labels: "15, 30" or "15 mg and 30 mg"."""
    found = blank(text)
    if found is None:
        return []
    if re.fullmatch(r"[0-9.]+(?: +[0-9.]+)+", found):
        return list(found.split())
    return [amount(one, unit) for one in _BETWEEN.split(found) if one]


def medicine(form: Mapping[str, str]) -> Parsed:
    """The medicine as on its label, who prescribed it, and what was taken before."""
    unit = blank(form.get("unit", ""))
    sizes = strengths(form.get("strengths", ""), unit if unit in UNITS else None)
    before = {name: blank(form.get(f"history-{name}", "")) for name in ("from", "to", "text")}
    wire: dict[str, Any] = {
        "medication": {
            "name": blank(form.get("name", "")),
            "form": blank(form.get("form", "")),
            "unit": unit,
            "strengths": sizes,
            "release": blank(form.get("release", "")),
            "may_split": blank(form.get("may_split", "")),
            "concentration": blank(form.get("concentration", "")),
        },
        "prescriber": blank(form.get("prescriber", "")),
        "history": [before] if any(before.values()) else [],
    }
    places = {f"medication.{name}": name for name in wire["medication"]}
    places |= {f"medication.strengths.{i}": "strengths" for i in range(len(sizes))} | {"history.0": "history"}
    return Parsed(wire, places)


def step(form: Mapping[str, str], unit: str | None) -> Parsed:
    """One step. A row in which nothing was typed is no dose."""
    rows = _rows(form)
    rhythm = form.get("rhythm", "")
    by = form.get("starts_by", "")
    places: dict[str, str] = {}
    days = sorted({name for name, _ in rows if name.startswith("cycle-")}, key=lambda name: int(name[6:]))
    cycle = [_doses(rows, name, f"cycle.{d}", unit, places) for d, name in enumerate(days)] if rhythm == "cycle" else []
    wire = {
        "starts_on": None if by == "when" else blank(form.get("starts_on", "")),
        "starts_when": None if by == "date" else blank(form.get("starts_when", "")),
        "until": blank(form.get("until", "")),
        "doses": [] if rhythm == "cycle" else _doses(rows, "doses", "doses", unit, places),
        "every_days": _every_days(form) if rhythm == "every" else 1,
        "cycle": cycle,
        "as_needed": _as_needed(rows, unit, places),
        "note": blank(form.get("note", "")),
    }
    return Parsed(wire, places)


def end(form: Mapping[str, str]) -> Parsed:
    """How the plan ends, with the one date that belongs to it."""
    ends = blank(form.get("ends", ""))
    return Parsed(
        {
            "ends": ends,
            "last_day": blank(form.get("last_day", "")) if ends == "stop" else None,
            "review_on": blank(form.get("review_on", "")) if ends == "review" else None,
        }
    )


def event(form: Mapping[str, str], kind: str) -> Parsed:
    """Who said so, when and why; for going on also whether the later dates move."""
    day = blank(form.get("on", ""))
    said = {"said_by": blank(form.get("said_by", "")), "reason": blank(form.get("reason", ""))}
    if kind == "hold":
        return Parsed({"from": day, **said}, {"from": "on"})
    if kind == "resume":
        shift = {"yes": True, "no": False}.get(form.get("shift_later_dates", ""))
        return Parsed({"on": day, **said, "shift_later_dates": shift})
    return Parsed({"on": day, **said})


def revision(form: Mapping[str, str], unit: str | None) -> Parsed:
    """The head of a revision: from when, who said so, why, and new strengths when there are any."""
    sizes = strengths(form.get("strengths", ""), unit)
    wire = {
        "effective_on": blank(form.get("on", "")),
        "said_by": blank(form.get("said_by", "")),
        "reason": blank(form.get("reason", "")),
        "strengths": sizes or None,
    }
    return Parsed(wire, {"effective_on": "on", **{f"strengths.{i}": "strengths" for i in range(len(sizes))}})


def _every_days(form: Mapping[str, str]) -> int | str:
    """The number of days; "" when it was left out, which the domain refuses: nothing stands in for it."""
    found = whole(form.get("every_days", ""))
    return "" if found is None else found


def _rows(form: Mapping[str, str]) -> dict[tuple[str, int], dict[str, str]]:
    """The rows of a form, each with the text of its inputs; in the order of their numbers."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for name, value in form.items():
        match = _ROW.fullmatch(name)
        if match:
            found.setdefault((match[1], int(match[3])), {})[match[4]] = value
    return dict(sorted(found.items(), key=lambda item: item[0][1]))


def _doses(
    rows: Mapping[tuple[str, int], dict[str, str]], group: str, path: str, unit: str | None, places: dict[str, str]
) -> list[dict[str, Any]]:
    doses: list[dict[str, Any]] = []
    for (name, i), row in rows.items():
        if name != group:
            continue
        at = row.get("at", "")
        parts = [(key[6:], count(text)) for key, text in row.items() if key.startswith("count-")]
        dose = {
            "at": at if at in PARTS_OF_DAY else blank(row.get("time", "")),
            "amount": amount(row.get("amount", ""), unit),
            "parts": [{"strength": size, "count": many} for size, many in parts if many],
            "volume": blank(row.get("volume", "")),
        }
        if not any(dose.values()):
            continue
        here = f"{path}.{len(doses)}"
        places[here] = f"{group}-{i}"
        counted = [size for size, many in parts if many]
        places |= {f"{here}.parts.{j}.{key}": f"{group}-{i}-count-{size}" for j, size in enumerate(counted) for key in _PART}
        doses.append(dose)
    return doses


_PART = ("strength", "count")


def _as_needed(rows: Mapping[tuple[str, int], dict[str, str]], unit: str | None, places: dict[str, str]) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for (name, i), row in rows.items():
        if name != "as_needed":
            continue
        line = needed_line(row, unit)
        if any(value is not None for value in line.values()):
            places[f"as_needed.{len(lines)}"] = f"as_needed-{i}"
            lines.append(line)
    return lines


def needed_line(row: Mapping[str, str], unit: str | None) -> dict[str, Any]:
    """One line of what is taken as needed."""
    return {
        "amount": amount(row.get("amount", ""), unit),
        "for": blank(row.get("for", "")),
        "at_most": whole(row.get("at_most", "")),
        "per_hours": whole(row.get("per_hours", "")),
        "as_written": blank(row.get("as_written", "")),
    }


def steps_with(steps: Iterable[dict[str, Any]], n: int, one: dict[str, Any], *, new: bool) -> list[dict[str, Any]]:
    """The steps with one put in as number n (from 1), or in the place of number n; beyond the end it comes last."""
    kept = list(steps)
    place = min(max(n - 1, 0), len(kept))
    return [*kept[:place], one, *kept[place if new else place + 1 :]]


def steps_without(steps: Iterable[dict[str, Any]], n: int) -> list[dict[str, Any]]:
    """The steps without number n (from 1)."""
    return [step for i, step in enumerate(steps, 1) if i != n]
