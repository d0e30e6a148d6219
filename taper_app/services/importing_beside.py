"""What stands beside a plan in an export: the words it was read from, and photos. Read, and kept again."""

import binascii
import io
import json
import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from PIL import Image

from taper_app.data.engine import Session
from taper_app.data.repositories import sources
from taper_app.data.tables import PlanPhoto, PlanSource
from taper_app.domain.errors import Invalid
from taper_app.domain.reading import Reader
from taper_app.services.entry_reading import read_id
from taper_app.services.errors import PictureRefused, TooManyPhotos
from taper_app.services.photos import MEDIA_TYPE, MOST_OF_A_PLAN, MOST_OF_AN_ACCOUNT
from taper_app.services.pictures import LONGEST, MOST_BYTES, Picture, read_picture

Json = dict[str, Any]

KINDS: Final = ("text", "fhir")
# More than a text of 20,000 characters can have of each: what was pasted has to come back.
MOST_LINES, MOST_PATHS, MOST_WORDS = 40_000, 200, 20_000
_PHOTO = ("id", "media_type", "width", "height", "base64", "at")
# What a JPEG of our own making says of itself.
_BARE = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi", "progressive", "progression"}
# A place in a plan, as in errors: "ends", "medication.unit", "steps.0.doses.1.at".
_PLACE = re.compile(r"(?!steps\.[^0-9])[a-z_]+(?:\.(?:[a-z_]+|[0-9]{1,3})){0,4}")
_LINE = ("line", "words", "paths", "pointer")
_QUESTION = ("code", "line", "path", "words")


@dataclass(frozen=True)
class OwnPhoto:
    """A photo of the file, looked at."""

    id: str
    picture: Picture
    created_at: datetime


def read_photos(reader: Reader, value: object, path: str, now: datetime) -> tuple[OwnPhoto, ...]:
    """The photos of a plan; errors are the reader's."""
    found = reader.items(value, path, MOST_OF_A_PLAN, lambda item, at: _photo(reader, item, at, now), "too_many_photos")
    return tuple(one for one in found if one)


def keep_photos(session: Session, account_id: str, plan_id: str, photos: tuple[OwnPhoto, ...]) -> None:
    """Keep them beside their plan, as they were. Raises TooManyPhotos."""
    there = {one.id for one in sources.photo_lines(session, account_id)}
    new = [one for one in photos if one.id not in there]
    if len(there) + len(new) > MOST_OF_AN_ACCOUNT:
        raise TooManyPhotos("too_many_photos_in_all")
    for one in new:
        row = PlanPhoto(
            account_id=account_id, id=one.id, plan_id=plan_id, media_type=MEDIA_TYPE, width=one.picture.width,
            height=one.picture.height, body=one.picture.body, created_at=one.created_at,
        )  # fmt: skip
        sources.add(session, row)


def keep_source(session: Session, account_id: str, plan_id: str, source: Json, now: datetime) -> None:
    """Keep the words beside their plan, with the lines that were ticked."""
    row = PlanSource(
        account_id=account_id,
        plan_id=plan_id,
        kind=source["kind"],
        body=json.dumps({"lines": source["lines"], "questions": source["questions"]}, ensure_ascii=False),
        confirmed=json.dumps(source["confirmed"]),
        created_at=now,
    )
    sources.add(session, row)


def _photo(reader: Reader, value: object, path: str, now: datetime) -> OwnPhoto | None:
    body = reader.mapping(value, _PHOTO, path)
    text = body.get("base64")
    created_at = reader.instant(body.get("at"), f"{path}.at") or now
    try:
        id_ = read_id(body.get("id"))
    except Invalid:
        reader.wrong("not_an_id", f"{path}.id")
        return None
    try:
        if not isinstance(text, str) or not text.isascii():
            raise PictureRefused()
        return OwnPhoto(id_, _picture(b64decode(text, validate=True)), created_at)
    except (PictureRefused, binascii.Error):
        reader.wrong("not_a_picture", f"{path}.base64")
        return None


def _picture(raw: bytes) -> Picture:
    """A picture of our own making as it is, so that it comes back the same; anything else written anew."""
    anew = read_picture(raw)
    with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as opened:
        apart = {name for name, _ in getattr(opened, "applist", [("none", b"")])}
        bare = opened.format == "JPEG" and set(opened.info) <= _BARE and apart <= {"APP0"}
        fits = max(opened.size) <= LONGEST and len(raw) <= MOST_BYTES and raw.endswith(b"\xff\xd9")
        return Picture(raw, *opened.size) if bare and fits else anew


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
    paths = reader.items(body.get("paths"), f"{path}.paths", MOST_PATHS, lambda item, at: _place(reader, item, at, need=True))
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
        "path": _place(reader, body.get("path"), f"{path}.path"),
        "words": reader.text(body.get("words"), f"{path}.words", MOST_WORDS, lines=True) or "",
    }


def _place(reader: Reader, value: object, path: str, *, need: bool = False) -> str | None:
    found = reader.text(value, path, 200, need=need)
    if found is not None and not _PLACE.fullmatch(found):
        reader.wrong("wrong_type", path)
    return found


def _number(reader: Reader, value: object, path: str, *, need: bool = False) -> int | None:
    return reader.integer(value, path, 1, 100_000, need=need)
