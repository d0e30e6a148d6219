"""Cells of a CSV file that a spreadsheet shows and never runs; and lists in one cell.

A spreadsheet takes a cell for a formula when it begins with one of a few signs, and some take "," or ";" inside a cell for
its end. So an apostrophe is put in front of such a sign at the start of a cell, and after a separator within it. The rule
can be turned round: `plain` gives back exactly what was there.
"""

import re
from collections.abc import Iterable

# Full-width forms count too, and so do signs behind spaces, quotes and characters without width.
_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
_SKIPPED = "'\"\\s\u200b\ufeff"
_DANGER = rf"[{_SKIPPED}]*[{_SIGNS}]"
# At the start a tab or a line end is enough.
_HERE = rf"(?:^(?={_DANGER}|[{_SKIPPED}]*[\t\r\n])|(?<=[,;|\t\r\n])(?={_DANGER}))"
_GUARD = re.compile(_HERE)
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
    return _GUARD.sub("'", text)


def plain(text: str) -> str:
    """What `guarded` was given."""
    return _GUARDED.sub("", text)


def joined(items: Iterable[object]) -> str:
    """Items with "; " between them; a ";" or backslash of an item itself has a backslash before it."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", str(item)) for item in items)
