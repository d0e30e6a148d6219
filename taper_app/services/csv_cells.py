"""Cells of a CSV file that a spreadsheet shows and never runs; and lists in one cell.

A spreadsheet takes a cell for a formula when it begins with one of a few signs, and some take "," or ";" inside a cell for
its end. So an apostrophe is put in front of such a sign at the start of a cell, and after a separator within it. The rule
can be turned round: `plain` gives back exactly what was there.
"""

import re
from collections.abc import Iterable
from itertools import pairwise

# Full-width forms count too, and so do signs behind spaces, quotes and characters without width.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_SKIPPED = "'\"\\s\u200b\ufeff"
_DANGER = rf"[{_SKIPPED}]*[{_SIGNS}]"
_SEPARATORS = ",;|\t\r\n"
# A sign with all that is skipped before it. A run is looked at from its beginning only: somebody may send ten thousand line ends.
_RUN = re.compile(rf"(?<![{_SKIPPED}])[{_SKIPPED}]*+[{_SIGNS}]")
# At the start a tab or a line end is enough.
_START = re.compile(rf"[{_SKIPPED}]*?[\t\r\n]")
_GUARDED = re.compile(rf"(?:^'(?={_DANGER}|[{_SKIPPED}]*[\t\r\n])|(?<=[,;|\t\r\n])'(?={_DANGER}))")


def cell(value: object) -> str:
    """A value as the text of one cell; nothing is "", and a list is joined."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return guarded(joined(value))
    return guarded(str(value))


def guarded(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet could begin to calculate."""
    places = {0} if _START.match(text) else set()
    for run in _RUN.finditer(text):
        places.update(at for at in range(run.start(), run.end()) if at == 0 or text[at - 1] in _SEPARATORS)
    if not places:
        return text
    cuts = [0, *sorted(places), len(text)]
    return "'".join(text[start:end] for start, end in pairwise(cuts))


def plain(text: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub("", text)


def joined(items: Iterable[object]) -> str:
    """Items with "; " between them; a ";" or backslash of an item itself has a backslash before it."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", str(item)) for item in items)
