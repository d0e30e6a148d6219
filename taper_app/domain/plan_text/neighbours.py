"""Two amounts in one clause: both are taken, or the second explains or replaces the first. Only the first reading may stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.items import Day, Item, Needed, Nothing, Often, Quantity, Text, When


def are_apart(items: Sequence[Item]) -> bool:
    """Whether any two amounts of a clause cannot be taken for doses of the same day without guessing."""
    doses = [n for n, item in enumerate(items) if isinstance(item, Quantity) and not item.per_day]
    # How deep in brackets each item stands: "40 mg daily (20 mg in the morning, 20 mg at bedtime)" is 40, not 80.
    depth = list(accumulate(_opens(item) for item in items))
    if len({depth[n] for n in doses}) > 1:
        return True
    ends = [*doses[1:], len(items)]
    return any(
        _apart(items[first:second], items[second:end]) for (first, second), end in zip(pairwise(doses), ends[1:], strict=True)
    )


def _apart(one: Sequence[Item], other: Sequence[Item]) -> bool:
    """Two amounts, each with what follows it up to the next one."""
    joined = any(_says(item, v.ADDS) for item in one)
    if isinstance(one[0], Quantity) and one[0].strength:
        # "A 50 mcg patch and a 12 mcg patch": the first is taken too, and no label.
        return joined
    if any(_replaces(item) for item in one):
        return True
    if any(isinstance(item, Needed) for item in (*one, *other)):
        return False
    # "40 mg daily, 20 mg in the morning and 20 mg at bedtime": a comma does not say whether the 40 come on top.
    return (_is_only_often(one) or _is_only_often(other)) and not joined


def _is_only_often(dose: Sequence[Item]) -> bool:
    return any(isinstance(item, Often) for item in dose) and not any(isinstance(item, When) for item in dose)


def _replaces(item: Item) -> bool:
    """How long, from when, a change: what follows comes after it and not beside it."""
    if isinstance(item, Nothing):
        return _says(item, v.CHANGES_TO) or _says(item, v.CHANGE) or item.words == "="
    return isinstance(item, Text) or (isinstance(item, Day) and item.role in ("start", "until"))


def _says(item: Item, words: frozenset[str]) -> bool:
    return isinstance(item, Nothing) and item.words.lower() in words


def _opens(item: Item) -> int:
    return (item.words in ("(", "[")) - (item.words in (")", "]")) if isinstance(item, Nothing) else 0
