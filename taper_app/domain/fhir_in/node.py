"""A place in a FHIR resource: its value, and where it stands. A value of the wrong kind is an error with its place."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from taper_app.domain.reading import Reader, join

MAX_TEXT = 4000
MAX_ITEMS = 500


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON object of a file. `path` is dotted, as in errors."""

    reader: Reader
    value: dict[str, Any]
    path: str

    def __bool__(self) -> bool:
        return bool(self.value)

    def has(self, name: str) -> bool:
        """Whether something stands there."""
        return self.value.get(name) is not None

    def at(self, name: str) -> str:
        """The path of one of its fields."""
        return join(self.path, name)

    def child(self, name: str) -> Node:
        """An object inside; an empty one where there is none."""
        return self._node(self.value.get(name), self.at(name))

    def items(self, name: str) -> list[Node]:
        """The objects of a list inside. One object stands for a list of one: versions differ in that."""
        found = self.value.get(name)
        if isinstance(found, dict):
            return [self._node(found, self.at(name))]
        return list(self.reader.items(found, self.at(name), MAX_ITEMS, self._node))

    def texts(self, name: str) -> list[str]:
        """The short texts of a list inside."""
        found = self.value.get(name)
        listed = [found] if isinstance(found, str) else found
        return [word for word in self.reader.items(listed, self.at(name), MAX_ITEMS, self._word) if word]

    def text(self, name: str) -> str | None:
        """A text inside, trimmed; None where it is blank."""
        return self.reader.text(self.value.get(name), self.at(name), MAX_TEXT, lines=True)

    def number(self, name: str) -> int | float | None:
        """A number inside, as JSON has it."""
        found = self.value.get(name)
        if found is None:
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            self.reader.wrong("wrong_type", self.at(name))
            return None
        return found

    def truth(self, name: str) -> bool:
        """Whether it says true."""
        return self.reader.truth(self.value.get(name), self.at(name))

    @property
    def pointer(self) -> str:
        """Where it stands, as FHIR writes it: entry[0].resource.dosageInstruction[1]."""
        return re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", self.path)

    def as_words(self, *names: str) -> str:
        """The JSON of the whole, or of some of its fields: the words where nobody wrote any."""
        chosen = {name: self.value[name] for name in names if name in self.value} if names else self.value
        return short(json.dumps(chosen, ensure_ascii=True, default=str))

    def _node(self, value: object, path: str) -> Node:
        if value is not None and not isinstance(value, dict):
            self.reader.wrong("wrong_type", path)
            value = None
        return Node(self.reader, value or {}, path)

    def _word(self, value: object, path: str) -> str | None:
        return self.reader.text(value, path, 200)


def short(words: str, most: int = 1000) -> str:
    """Words no longer than that; what is cut off is marked."""
    return words if len(words) <= most else words[: most - 1] + "…"
