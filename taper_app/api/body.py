"""Bodies: read while they stream in, never more than their limit, and parsed so that no input can hurt."""

import json
import re
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, Request

from taper_app.api.errors import Door

SMALL, LARGE = 64 * 1024, 1024 * 1024
PHOTO, FILE = 8 * 1024 * 1024, 20 * 1024 * 1024
PHOTO_TYPES = ("image/jpeg", "image/png", "image/webp")
DEEPEST = 32
# More figures than any number here has: the value is out of every range, and too long for int().
_FIGURES = 18
# More lists, objects and values than ten years of a log have: looked for before anything is made of them.
_MOST_OPENED, _MOST_VALUES = 600_000, 2_500_000
# The first bytes of a zip and of gzip.
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b")
_JSON_FILES = ("application/json", "application/fhir+json")
# Not text/plain: a form of another site can send that.
_TABLES = ("text/csv",)


async def json_body(request: Request) -> Any:
    """The JSON body. Raises Door: 413, 415, 400 for what is no UTF-8 or no JSON."""
    raw = await _read(request, SMALL)
    return _parsed(request, raw)


async def large_json_body(request: Request) -> Any:
    """The JSON body of a batch of entries."""
    raw = await _read(request, LARGE)
    return _parsed(request, raw)


async def optional_json_body(request: Request) -> Any:
    """The JSON body, or {} when there is none."""
    raw = await _read(request, SMALL)
    return _parsed(request, raw) if raw else {}


async def form_body(request: Request) -> dict[str, str]:
    """The fields of a plain HTML form, each once."""
    raw = await _read(request, SMALL)
    if raw and _content_type(request) != "application/x-www-form-urlencoded":
        raise Door(415, "wrong_content_type")
    try:
        fields = parse_qs(raw.decode("ascii"), keep_blank_values=True, max_num_fields=50, errors="strict")
    except ValueError:
        raise Door(400, "invalid") from None
    return {name: values[0] for name, values in fields.items()}


async def file_body(request: Request, *, table: bool = False) -> bytes:
    """The bytes of a file that is imported: JSON, or with `table` CSV. Raises Door: 413, 415, 400 for what is packed."""
    if _content_type(request) not in (_TABLES if table else _JSON_FILES):
        raise Door(415, "wrong_file_type" if table else "wrong_content_type")
    raw = await _read(request, FILE)
    if raw.startswith(_PACKED):
        # Never opened: a small one can hold more than any memory.
        raise Door(400, "zip_file")
    return raw


def parse_file(raw: bytes) -> Any:
    """The JSON of a file. Raises Door like `parse_json`; one with a mark of its byte order in front is fine."""
    if raw.count(b"{") + raw.count(b"[") > _MOST_OPENED or raw.count(b",") > _MOST_VALUES:
        raise Door(413, "too_large")
    return parse_json(raw.removeprefix(b"\xef\xbb\xbf"))


async def photo_body(request: Request) -> bytes:
    """The bytes of a picture. What it says it is only decides whether it is looked at."""
    if _content_type(request) not in PHOTO_TYPES:
        raise Door(415, "wrong_photo_type")
    return await _read(request, PHOTO)


Json = Annotated[Any, Depends(json_body)]
LargeJson = Annotated[Any, Depends(large_json_body)]
OptionalJson = Annotated[Any, Depends(optional_json_body)]
Photo = Annotated[bytes, Depends(photo_body)]
Form = Annotated[dict[str, str], Depends(form_body)]


def parse_json(raw: bytes) -> Any:
    """Parse strictly: no NaN or Infinity, no name twice, no figures without end, no nesting without end."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Door(400, "not_utf8") from None
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_int=_short_int, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise Door(400, "not_json", line=error.lineno) from None
    except _Twice as error:
        raise Door(400, "not_json", field=error.name) from None
    except (ValueError, RecursionError):
        raise Door(400, "not_json") from None
    if _too_deep(value):
        raise Door(400, "not_json")
    return value


async def _read(request: Request, limit: int) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdigit() and (len(length) > 12 or int(length) > limit):
        raise Door(413, "too_large")
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise Door(413, "too_large")
        parts.append(part)
    return b"".join(parts)


def _parsed(request: Request, raw: bytes) -> Any:
    # A form of another site can send text/plain, never this.
    if _content_type(request) != "application/json":
        raise Door(415, "wrong_content_type")
    return parse_json(raw)


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


class _Twice(ValueError):
    """A name stands twice in one object. It came from outside, so it is named only when it is short and plain."""

    def __init__(self, name: str) -> None:
        super().__init__("a name twice")
        self.name = name if re.fullmatch(r"[A-Za-z0-9_]{1,40}", name) else None


def _no_constant(_: str) -> Any:
    raise ValueError("no number")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Of two amounts in one dose nobody knows which is meant.
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _short_int(figures: str) -> int:
    if len(figures) <= _FIGURES:
        value: int = int(figures)
        return value
    most: int = 10**_FIGURES
    return -most if figures.startswith("-") else most


def _too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for one in level if isinstance(one, dict | list) for inner in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return False
    return True
