"""The doses of a day, from the amounts, times and frequencies of a clause. What does not fit together is not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from taper_app.domain.plan_text.items import Item, Limit, Needed, Often, Quantity, When
from taper_app.domain.validate import MAX_AS_NEEDED, MAX_DOSES_A_DAY


@dataclass(frozen=True, slots=True)
class DoseRead:
    """One dose; a code says why its time or amount is blank, "" when it is not. `words` are what it was read from."""

    at: str | None
    quantity: Quantity
    words: str
    at_code: str = ""
    amount_code: str = ""


@dataclass(frozen=True, slots=True)
class NeededRead:
    """What is taken as needed: how much, what for, and how often at most where that was said."""

    quantity: Quantity
    purpose: str | None
    at_most: int | None = None
    per_hours: int | None = None


@dataclass(frozen=True, slots=True)
class DayRead:
    """What a clause says of a day."""

    doses: tuple[DoseRead, ...] = ()
    needed: tuple[NeededRead, ...] = ()
    every_days: int = 1
    strengths: tuple[Quantity, ...] = ()


class NotRead(Exception):
    """The clause's doses are not read; the code says why. Never leaves the package."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(slots=True)
class _Group:
    quantity: Quantity | None = None
    whens: list[When] = field(default_factory=list)
    oftens: list[Often] = field(default_factory=list)
    needed: Needed | None = None

    @property
    def is_label(self) -> bool:
        """ "15 mg tablets" and no more: what is on the label, not what is taken."""
        return bool(self.quantity and self.quantity.strength and not (self.whens or self.oftens or self.needed))


def day_of(items: Sequence[Item]) -> DayRead:
    """The doses of a clause. Raises NotRead where it can be taken in more than one way."""
    totals, rest = _totals([item for item in items if isinstance(item, Quantity | When | Often | Needed)])
    groups = _groups(rest)
    strengths = tuple(g.quantity for g in groups if g.quantity and g.is_label)
    groups = [g for g in groups if not g.is_label]
    limits = [item for item in items if isinstance(item, Limit)]
    needed = tuple(_as_needed(g, g.needed, limits) for g in groups if g.needed)
    if limits and (len(limits), len(needed)) != (1, 1):
        # How much at most of what is due anyway?
        raise NotRead("limit_unclear", limits[0].words)
    scheduled = [g for g in groups if not g.needed]
    doses = [dose for g in scheduled for dose in _doses(g)]
    rhythms = {often.every_days for g in scheduled for often in g.oftens} or {1}
    if sum(bool(g.oftens) for g in scheduled) > 1:
        # "30 mg bid, 15 mg bid": in one day, or one after the other?
        raise NotRead("two_readings", scheduled[-1].oftens[0].words if scheduled[-1].oftens else "")
    if len(rhythms) > 1 or (rhythms != {1} and any(not g.oftens for g in scheduled)):
        raise NotRead("frequencies_differ")
    if len(doses) > MAX_DOSES_A_DAY or len(needed) > MAX_AS_NEEDED:
        raise NotRead("too_many")
    return DayRead(tuple(_against(totals, _once_each(doses), rhythms)), needed, rhythms.pop(), strengths)


def _totals(items: list[Item]) -> tuple[list[Quantity], list[Item]]:
    """A day's total apart from the doses. "60 mg a day" alone is one dose or all of them: nobody can know."""
    totals = [item for item in items if isinstance(item, Quantity) and item.per_day]
    rest = [item for item in items if not (isinstance(item, Quantity) and item.per_day)]
    if totals and not any(isinstance(item, Quantity) for item in rest):
        raise NotRead("not_read" if totals[0].total else "total_or_dose", totals[0].words)
    return totals, rest


def _groups(items: list[Item]) -> list[_Group]:
    """One amount with what is said of it. Times stand before their amounts in the whole clause, or after them in all of it."""
    if not items:
        return []
    times_first = isinstance(items[0], When)
    groups: list[_Group] = []
    ahead: list[Item] = []
    for item in items:
        if isinstance(item, Quantity):
            if not (times_first and groups and groups[-1].quantity is None):
                groups.append(_Group())
            groups[-1].quantity = item
        elif times_first and isinstance(item, When) and (not groups or groups[-1].quantity is not None):
            groups.append(_Group(whens=[item]))
        elif groups:
            _add(groups[-1], item)
        else:
            ahead.append(item)
    if not groups or any(group.quantity is None for group in groups):
        raise NotRead("amount_not_said", items[0].words)
    if ahead and (len(groups) > 1 or groups[0].oftens):
        raise NotRead("two_readings", ahead[0].words)
    for item in ahead:
        _add(groups[0], item)
    return groups


def _add(group: _Group, item: Item) -> None:
    if isinstance(item, When):
        group.whens.append(item)
    elif isinstance(item, Often):
        group.oftens.append(item)
    elif isinstance(item, Needed):
        if group.needed is not None:
            raise NotRead("two_readings", item.words)
        group.needed = item


def _as_needed(group: _Group, needed: Needed, limits: list[Limit]) -> NeededRead:
    """As needed and at a time of day, or so often a day: does it wait to be needed, or not?"""
    assert group.quantity is not None
    if group.whens or any(not often.interval for often in group.oftens):
        raise NotRead("scheduled_or_needed", group.quantity.words)
    limit = limits[0] if limits else Limit()
    return NeededRead(group.quantity, needed.purpose, limit.at_most, limit.per_hours)


def _doses(group: _Group) -> list[DoseRead]:
    quantity = group.quantity
    assert quantity is not None
    for often in group.oftens:
        if often.code:
            raise NotRead(often.code, often.words)
    counts = {often.doses for often in group.oftens}
    if len(counts) > 1:
        raise NotRead("frequencies_differ", quantity.words)
    if not counts and not group.whens:
        raise NotRead("how_often", quantity.words)
    if counts and group.whens and counts != {len(group.whens)}:
        raise NotRead("times_differ", group.oftens[0].words)
    if not counts and len({":" in when.at for when in group.whens if when.at}) > 1:
        # "In the morning, 8 am": one time or two?
        raise NotRead("two_readings", group.whens[0].words)
    if group.whens:
        times = [(when.at, "" if when.at else "time_unclear", when.words) for when in group.whens]
    else:
        times = [(None, "no_time", group.oftens[0].words)] * counts.pop()
    code = "" if quantity.amount else quantity.code or "no_amount"
    return [DoseRead(at, quantity, words, at_code, code) for at, at_code, words in times]


def _once_each(doses: list[DoseRead]) -> list[DoseRead]:
    """A time that stands twice in one day is asked about, at both places."""
    times = [dose.at for dose in doses]
    return [replace(d, at=None, at_code="same_time_twice") if d.at and times.count(d.at) > 1 else d for d in doses]


def _against(totals: list[Quantity], doses: list[DoseRead], rhythms: set[int]) -> list[DoseRead]:
    """The doses, with blank amounts where a day's total that is written says otherwise. The total itself is never kept."""
    amounts = [dose.quantity.amount for dose in doses]
    units = {dose.quantity.unit for dose in doses}
    for total in totals:
        fits = rhythms == {1} and None not in amounts and total.amount is not None and units == {total.unit}
        if not fits or sum(Decimal(amount or 0) for amount in amounts) != Decimal(total.amount or 0):
            return [replace(d, quantity=replace(d.quantity, amount=None), amount_code=d.amount_code or "total_differs") for d in doses]
    return doses
