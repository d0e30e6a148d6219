"""The words that a draft was read from, as an export has them: {kind, lines[], questions[], confirmed[]}."""

from typing import Any, Final

from taper_app.domain.reading import Reader

Json = dict[str, Any]

KINDS: Final = ("text", "fhir")
MOST_LINES, MOST_PATHS, MOST_WORDS = 1000, 200, 20_000
_LINE = ("line", "words", "paths", "pointer")
_QUESTION = ("code", "line", "path", "words")


def read_source(reader: Reader, value: object, path: str) -> Json:
    """The source, checked field by field; errors are the reader's."""
    body = reader.mapping(value, ("kind", "lines", "questions", "confirmed"), path)
    kind = reader.choice(body.get("kind"), f"{path}.kind", KINDS, "unknown_source", None)
    if body.get("kind") is None:
        reader.wrong("missing", f"{path}.kind")
    return {
        "kind": kind,
        "lines": list(reader.items(body.get("lines"), f"{path}.lines", MOST_LINES, lambda item, at: _line(reader, item, at))),
        "questions": list(
            reader.items(body.get("questions"), f"{path}.questions", MOST_LINES, lambda item, at: _question(reader, item, at))
        ),
        "confirmed": list(
            reader.items(body.get("confirmed"), f"{path}.confirmed", MOST_LINES, lambda item, at: _number(reader, item, at, need=True))
        ),
    }


def _line(reader: Reader, value: object, path: str) -> Json:
    body = reader.mapping(value, _LINE, path)
    paths = reader.items(body.get("paths"), f"{path}.paths", MOST_PATHS, lambda item, at: reader.text(item, at, 200, need=True))
    return {
        "line": _number(reader, body.get("line"), f"{path}.line", need=True),
        "words": reader.text(body.get("words"), f"{path}.words", MOST_WORDS, lines=True) or "",
        "paths": list(paths),
        "pointer": reader.text(body.get("pointer"), f"{path}.pointer", 500) or "",
    }


def _question(reader: Reader, value: object, path: str) -> Json:
    body = reader.mapping(value, _QUESTION, path)
    return {
        "code": reader.text(body.get("code"), f"{path}.code", 80, need=True),
        "line": _number(reader, body.get("line"), f"{path}.line"),
        "path": reader.text(body.get("path"), f"{path}.path", 200),
        "words": reader.text(body.get("words"), f"{path}.words", MOST_WORDS, lines=True) or "",
    }


def _number(reader: Reader, value: object, path: str, *, need: bool = False) -> int | None:
    return reader.integer(value, path, 1, 100_000, need=need)
