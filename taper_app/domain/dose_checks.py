"""Questions about single doses: what the label's words come to, and whether the pieces exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import TypeAlias

from taper_app.domain.amounts import show_amount
from taper_app.domain.plan import Dose, Medication, Step

Finding: TypeAlias = tuple[str, int | None, dict[str, str]]

_NOT_PIECES = ("liquid", "spray", "injection", "other", None)
_VOLUME = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,4})?) ?mL", re.IGNORECASE)
_CONCENTRATION = re.compile(
    r"([0-9]{1,6}(?:\.[0-9]{1,4})?) ?(mg|mcg|g) ?(?:/|per) ?([0-9]{1,6}(?:\.[0-9]{1,4})?)? ?mL", re.IGNORECASE
)
_TOO_MANY = 20_000


def dose_findings(medication: Medication, step: Step, number: int) -> list[Finding]:
    """parts_differ, not_whole_or_half and part_of_extended, each at most once a step and dose."""
    found: list[Finding] = []
    for dose in _doses(step):
        for code, params in _questions(medication, dose):
            finding = (code, number, params)
            if finding not in found:
                found.append(finding)
    return found


def _doses(step: Step) -> Iterator[Dose]:
    for day in step.cycle or (step.doses,):
        yield from day


def _questions(medication: Medication, dose: Dose) -> Iterator[tuple[str, dict[str, str]]]:
    unit = medication.unit or ""
    if dose.amount is not None:
        if dose.parts:
            label = sum((p.strength * p.count for p in dose.parts), Decimal(0))
            if label != dose.amount:
                yield "parts_differ", _params(unit, dose.amount, parts=show_amount(label))
        volume = _by_volume(medication, dose)
        if volume is not None and volume != Fraction(dose.amount):
            yield "parts_differ", _params(unit, dose.amount, volume=dose.volume or "")
    if medication.form in _NOT_PIECES:
        return
    broken, thirds = _pieces(medication, dose)
    params = _params(unit, dose.amount) if dose.amount is not None else {"unit": unit}
    if thirds:
        yield "not_whole_or_half", params
    if broken and medication.release == "extended":
        yield "part_of_extended", params


def _params(unit: str, amount: Decimal, **more: str) -> dict[str, str]:
    return {"amount": show_amount(amount), "unit": unit, **more}


def _pieces(medication: Medication, dose: Dose) -> tuple[bool, bool]:
    """Whether the dose needs part of a piece, and whether it needs one that nobody said may be made."""
    halves_allowed = medication.form == "tablet" and medication.may_split == "yes"
    if dose.parts:
        broken = any(p.count % 1 != 0 for p in dose.parts)
        odd = any(p.count % (Decimal("0.5") if halves_allowed else 1) != 0 for p in dose.parts)
        return broken, odd
    if dose.amount is None or not medication.strengths:
        return False, False
    whole = _made_of(dose.amount, [Fraction(s) for s in medication.strengths])
    if whole or not halves_allowed:
        return not whole, not whole
    return True, not _made_of(dose.amount, [Fraction(s) / 2 for s in medication.strengths])


def _made_of(amount: Decimal, pieces: list[Fraction]) -> bool:
    """Whether some count of pieces comes to exactly the amount.

    Says yes where that is too long to find out.
    """
    target = Fraction(amount)
    if any((target / piece).denominator == 1 for piece in pieces):
        return True
    scale = lcm(target.denominator, *(p.denominator for p in pieces))
    goal, sizes = int(target * scale), {int(p * scale) for p in pieces}
    if len(sizes) < 2:
        return False
    if goal > _TOO_MANY:
        return True
    # Bit n says whether n can be made. Shifted by a size, then twice and four times it, any count of it is added.
    # One number instead of a list: a plan may hold a thousand doses, and other people's writes wait for it.
    reach, every = 1, (1 << (goal + 1)) - 1
    for size in sizes:
        shift = size
        while shift <= goal:
            reach |= (reach << shift) & every
            shift *= 2
    return bool(reach >> goal & 1)


def _by_volume(medication: Medication, dose: Dose) -> Fraction | None:
    """What the volume comes to by the concentration as printed; None where either is not in plain figures."""
    volume = _VOLUME.fullmatch((dose.volume or "").strip())
    if volume is None:
        return None
    if medication.unit == "mL":
        return Fraction(volume[1])
    printed = _CONCENTRATION.fullmatch((medication.concentration or "").strip())
    if printed is None or printed[2].lower() != medication.unit:
        return None
    per = Fraction(printed[3] or 1)
    return Fraction(volume[1]) * Fraction(printed[1]) / per if per else None
