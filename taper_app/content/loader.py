"""The one way to everything people read: pages, short strings, and the lists behind them.

A page is `content/<lang>/<slug>.md`: TOML front matter between `+++` lines, then the Markdown of
`blocks.py`. Short strings are in `locales/<lang>/*.toml`. Everything is read once and kept.

Texts are written with the US phone numbers of `data/numbers.toml`. A host elsewhere sets TAPER_NUMBERS to a
file of the same shape; its numbers then take their place everywhere, and where it has none, plain words do.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

import babel

from taper_app.content.blocks import Block, ContentError, Heading, ListBlock, Note, Paragraph, Span, parse

__all__ = [
    "Block", "ContentError", "Heading", "ListBlock", "Note", "Page", "Paragraph", "Source", "Span",
    "catalog", "data", "languages", "list_pages", "load_page", "translate", "translate_n",
]  # fmt: skip

CONTENT = Path(__file__).parent
LOCALES = CONTENT.parent / "locales"
SUMMARY_LENGTH = 90
_LANG = re.compile(r"[a-z]{2}")
_SLUG = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_NAME = re.compile(r"[a-z_]+")
_FRONT = re.compile(r"\A\+\+\+\n(.*?)^\+\+\+\n(.*)\Z", re.DOTALL | re.MULTILINE)
_FIELDS = {"title": str, "summary": str, "sources": list, "order": int}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `where` is a DOI, an address or a journal's line."""

    id: str
    title: str
    publisher: str
    year: int | None
    where: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to read. `question` is one the patient may keep for the clinician, or ""."""

    slug: str
    title: str
    summary: str
    sources: tuple[Source, ...]
    order: int
    question: str
    blocks: tuple[Block, ...]


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The languages that have catalogs."""
    return frozenset(folder.name for folder in LOCALES.iterdir() if folder.is_dir() and _LANG.fullmatch(folder.name))


@lru_cache(maxsize=512)
def load_page(lang: str, slug: str) -> Page:
    """The page at a slug such as "options/yoga". Raises ContentError when it is missing or malformed."""
    _check(_LANG, lang)
    _check(_SLUG, slug)
    path = CONTENT / lang / f"{slug}.md"
    try:
        return _read_page(slug, path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        # ContentError, TOMLDecodeError and UnicodeDecodeError are all ValueErrors: say which file, once.
        raise ContentError(f"{lang}/{slug}: {error}") from error


def list_pages(lang: str, folder: str) -> tuple[Page, ...]:
    """All pages of a folder such as "options", by their order."""
    _check(_LANG, lang)
    _check(_SLUG, folder)
    found = [load_page(lang, f"{folder}/{path.stem}") for path in (CONTENT / lang / folder).glob("*.md")]
    if not found:
        raise ContentError(f"{lang}/{folder}: no pages")
    return tuple(sorted(found, key=lambda page: (page.order, page.slug)))


@lru_cache(maxsize=32)
def data(name: str) -> dict[str, Any]:
    """A data file by its name ("chips", "regions", "numbers", "sources"). Read it; do not change it."""
    _check(_NAME, name)
    found = _toml(CONTENT / "data" / f"{name}.toml")
    host = os.environ.get("TAPER_NUMBERS", "")
    return _host_numbers(found, _toml(Path(host))) if name == "numbers" and host else found


@lru_cache(maxsize=8)
def catalog(lang: str) -> dict[str, str]:
    """All short strings of a language, keyed "table.key". Raises ContentError when a key is there twice."""
    _check(_LANG, lang)
    strings: dict[str, str] = {}
    for path in sorted((LOCALES / lang).glob("*.toml")):
        for key, words in _flat(_toml(path), "", path):
            if key in strings:
                raise ContentError(f"{path.name}: {key} is in the catalog twice")
            strings[key] = _local_numbers(words)
    if not strings:
        raise ContentError(f"no catalog for {lang}")
    return strings


def translate(lang: str, key: str, **params: object) -> str:
    """The string at a key with its {gaps} filled. Raises KeyError for an unknown key and for an empty gap."""
    return _fill(catalog(lang)[key], params)


def translate_n(lang: str, key: str, n: int, **params: object) -> str:
    """`translate` in the plural form the language uses for n: `key.one`, `key.other`; {n} is filled too."""
    strings = catalog(lang)
    form = f"{key}.{babel.Locale.parse(lang).plural_form(n)}"
    return _fill(strings[form] if form in strings else strings[f"{key}.other"], {"n": n, **params})


def _read_page(slug: str, text: str) -> Page:
    found = _FRONT.match(text)
    if not found:
        raise ContentError("front matter between +++ lines is missing")
    front = tomllib.loads(found[1])
    for name, kind in _FIELDS.items():
        if type(front.get(name)) is not kind or front[name] in ("", []):
            raise ContentError(f"{name} is missing or not of its kind")
    if unknown := front.keys() - _FIELDS.keys() - {"question"}:
        raise ContentError(f"unknown in the front matter: {', '.join(sorted(unknown))}")
    if len(front["summary"]) > SUMMARY_LENGTH or "\n" in front["summary"]:
        raise ContentError(f"the summary is one line of at most {SUMMARY_LENGTH} characters")
    return Page(
        slug=slug,
        title=_local_numbers(front["title"]),
        summary=_local_numbers(front["summary"]),
        sources=tuple(_source(id_) for id_ in front["sources"]),
        order=front["order"],
        question=_local_numbers(str(front.get("question", ""))),
        blocks=parse(_local_numbers(found[2])),
    )


def _source(id_: str) -> Source:
    entry = data("sources").get(id_)
    if entry is None:
        raise ContentError(f"unknown source: {id_}")
    return Source(id_, entry["title"], entry["publisher"], entry.get("year"), entry["where"])


def _host_numbers(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Our entries with the host's numbers in them; a number the host leaves out is "", never ours."""
    if unknown := theirs.keys() - ours.keys():
        raise ContentError(f"unknown numbers: {', '.join(sorted(unknown))}")
    merged: dict[str, Any] = {}
    for name, entry in ours.items():
        host = theirs.get(name, {"number": "", "source": "", "checked": ""})
        if missing := {"number", "source", "checked"} - host.keys():
            raise ContentError(f"{name}: {', '.join(sorted(missing))} is missing")
        merged[name] = {**entry, "source_url": "", **host}
    return merged


def _local_numbers(words: str) -> str:
    """The words with this host's numbers in place of the ones they were written with."""
    for entry in data("numbers").values():
        written, number = re.escape(entry["written"]), entry["number"]
        if number == entry["written"]:
            continue
        if not number:
            words = re.sub(rf"\[([^\]]*)\]\((?:tel|sms):{written}\)", r"\1", words)
        # Doubled, so that no backslash of the host's is read as a group reference.
        instead = (number or entry["words"]).replace("\\", r"\\")
        words = re.sub(rf"(?<![\d-]){written}(?![\d-])", instead, words)
    return words


def _flat(table: dict[str, Any], prefix: str, path: Path) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _flat(value, f"{prefix}{key}.", path)
        elif isinstance(value, str):
            found.append((f"{prefix}{key}", value))
        else:
            raise ContentError(f"{path.name}: {prefix}{key} is not a string")
    return found


def _fill(template: str, params: dict[str, Any]) -> str:
    """Plain {name} gaps only: no conversions, formats, attributes or indexes."""
    pieces: list[str] = []
    for text, name, spec, conversion in Formatter().parse(template):
        pieces.append(text)
        if name is not None:
            if spec or conversion or not name.isidentifier():
                raise ContentError(f"not a plain gap: {name}")
            pieces.append(str(params[name]))
    return "".join(pieces)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ContentError(f"{path.name}: {error}") from error


def _check(pattern: re.Pattern[str], name: str) -> None:
    if not pattern.fullmatch(name):
        raise ContentError(f"not a name in the content folder: {name!r}")
