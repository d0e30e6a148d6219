"""One dosage instruction: its words, its days, its amount, and what about it was not clear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from taper_app.domain.fhir_in import spelling
from taper_app.domain.fhir_in.node import Node
from taper_app.domain.fhir_in.quantity import MAX_HOURS, Amount, amount, hours_of, total
from taper_app.domain.fhir_in.timing import Rhythm, read_timing
from taper_app.domain.fhir_in.words_of import differences

# Where a question leaves its blank: at the time, the amount, the start; else at the doses of the step.
_TIME = ("no_times", "time_not_read")
_AMOUNT = (
    "no_dose", "dose_not_exact", "dose_is_a_range", "dose_is_a_rate", "doses_differ", "unknown_unit", "units_contradict", "units_differ",
)  # fmt: skip
_START = ("date_not_read", "gap", "overlap", "order_not_said", "starts_differ")
_COUNTS = ("{dose}", "dose", "doses")


@dataclass
class Instruction:
    """A dosage instruction as read. `asks` are (code, words)."""

    node: Node
    text: str | None
    rhythm: Rhythm
    dose: Amount
    is_needed: bool
    reason: str | None
    sequence: int | None
    note: str | None
    asks: list[tuple[str, str]]

    @property
    def words(self) -> str:
        """The words it stands beside: its own, or the JSON it came from."""
        return self.text or self.node.as_words()

    @property
    def starts_on(self) -> date | None:
        """The day it starts, where it says so."""
        return self.rhythm.starts_on


def read_dosage(node: Node) -> Instruction:
    """Read one instruction. Values of the wrong kind are the reader's errors."""
    text = node.text("text")
    rhythm = read_timing(node.child("timing"))
    is_needed, reason = spelling.needed_for(node)
    dose, asks = _dose(node)
    sequence = node.number("sequence")
    only_text = text is not None and not node.has("timing") and dose.problem == "no_dose" and not is_needed
    if only_text:
        # One question says it: there is nothing but words.
        asks, rhythm.asks = [("only_words", "")], []
    elif is_needed:
        rhythm.asks = [one for one in rhythm.asks if one[0] not in ("no_times", "no_rhythm")]
    found = Instruction(
        node=node,
        text=text,
        rhythm=rhythm,
        dose=dose,
        is_needed=is_needed,
        reason=reason,
        sequence=int(sequence) if isinstance(sequence, int) else None,
        note=_note(node),
        asks=asks,
    )
    for one in (node, node.child("timing")):
        if one.has("modifierExtension"):
            found.asks.append(("modifier_not_read", one.as_words("modifierExtension")))
    if is_needed and any(rhythm.times or ()):
        # When it is needed and at eight: a plan has no line for both.
        found.asks.append(("needed_at_times", ""))
    if text is not None and not only_text:
        found.asks += [(code, text) for code in differences(text, rhythm, [dose.value], dose.unit, needed=is_needed)]
    _most(found)
    return found


def limits(found: Instruction) -> tuple[int | None, int | None]:
    """`at_most` and `per_hours` of medicine that is taken when needed: only what stands there as so many doses in so many hours."""
    said = {counted for ratio in spelling.most(found.node) if (counted := _counted(ratio))}
    if found.rhythm.per is not None:
        said.add(found.rhythm.per)
    count, hours = said.pop() if len(said) == 1 else (None, None)
    return (count, hours) if hours is not None and hours <= MAX_HOURS else (None, None)


def place_of(code: str) -> str:
    """Where in its step a question leaves its blank: at, amount, starts_on or doses."""
    for place, codes in (("at", _TIME), ("amount", _AMOUNT), ("starts_on", _START)):
        if code in codes:
            return place
    return "doses"


def _dose(node: Node) -> tuple[Amount, list[tuple[str, str]]]:
    given = spelling.given(node)
    blank = Amount(None, None, "", "no_dose")
    if given.rate is not None:
        return blank, [("dose_is_a_rate", given.rate.as_words())]
    if given.several:
        return blank, [("doses_differ", node.as_words("doseAndRate", "doseQuantity", "doseRange"))]
    if given.range is not None:
        return blank, [("dose_is_a_range", given.range.as_words())]
    if given.quantity is None:
        return blank, [("no_dose", "")]
    found = amount(given.quantity)
    return found, [(found.problem, found.words)] if found.problem else []


def _note(node: Node) -> str | None:
    """What else is said to the patient, word for word."""
    added = [spelling.concept(one).words for one in node.items("additionalInstruction")]
    added += [spelling.concept(node.child(name)).words for name in ("route", "site", "method")]
    return "\n".join(one for one in (*added, node.text("patientInstruction")) if one) or None


def _most(found: Instruction) -> None:
    """The largest doses that the instruction itself allows, held against it."""
    node, rhythm = found.node, found.rhythm
    for ratio in spelling.most(node):
        counted = _counted(ratio)
        if counted is None:
            top, hours = amount(ratio.child("numerator")), hours_of(ratio.child("denominator"))
            day = _day_total(found)
            over = top.value is not None and top.unit == found.dose.unit and hours == 24 and day is not None and day > top.value
            found.asks.append(("over_the_most" if over else "most_not_read", total(ratio)))
        elif found.is_needed and rhythm.per is not None and rhythm.per != counted:
            found.asks.append(("most_against_timing", total(ratio)))
        elif not found.is_needed:
            found.asks.append(("most_not_read", total(ratio)))
    for name in ("maxDosePerAdministration", "maxDosePerLifetime"):
        if node.has(name):
            top = amount(node.child(name))
            fits = name == "maxDosePerAdministration" and top.unit == found.dose.unit and top.value and found.dose.value
            if not (fits and found.dose.value is not None and top.value is not None and found.dose.value <= top.value):
                found.asks.append(("over_the_most" if fits else "most_not_read", top.words))


def _day_total(found: Instruction) -> Decimal | None:
    times, value = found.rhythm.times, found.dose.value
    return None if times is None or value is None or found.is_needed else value * len(times)


def _counted(ratio: Node) -> tuple[int, int] | None:
    """So many doses in so many hours; None when it counts something else."""
    top, hours = ratio.child("numerator"), hours_of(ratio.child("denominator"))
    count, unit = top.number("value"), top.text("code") or top.text("unit") or ""
    if hours is None or count is None or unit.lower() not in _COUNTS or not 0 < count <= 100 or count != int(count):
        return None
    return int(count), hours
