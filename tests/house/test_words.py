"""Every short string that code asks for is in the catalog, and every one in the catalog is asked for."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from taper_app.content.loader import catalog
from tests.house.files import ROOT, calls, named, short, tree

# These take a key first; a plural or a choice adds its form to it.
ASKING = {"t", "rich", "words"}
STEMS = {"tn", "translate_n", "choose"}
PLURALS = ("zero", "one", "two", "few", "many", "other")
GROUPS = {key.split(".")[0] for key in tomllib.loads((ROOT / "taper_app/locales/en/chips.toml").read_text())}
_TEMPLATE = re.compile(r"""(?<![\w.])t\(\s*["']([a-z_.0-9]+)["']""")


def patterns(path: Path) -> Iterator[str]:
    """Every string of a file that could name keys, as a pattern: the gaps of an f-string match anything."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z_]+(?:\.[\w-]+)*\.?", node.value):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.-]+" for part in node.values
            ]
            if re.search(r"\w\\\.|\\\.\w", "".join(parts)):
                yield "".join(parts)


def asked(path: Path) -> Iterator[tuple[str, str]]:
    """The keys that are written out in calls: (function, key)."""
    for name, call in calls(path):
        if name in ASKING | STEMS and call.args and isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str):
            yield name, call.args[0].value


def test_every_key_that_is_asked_for_exists() -> None:
    """No page asks for words that nobody wrote."""
    keys = set(catalog("en"))
    stems = {key.rsplit(".", 1)[0] for key in keys}
    lost = [
        f"{short(path)}: {key}"
        for path in named(".py", under="taper_app")
        for name, key in asked(path)
        if key not in (stems if name in STEMS else keys)
    ]
    lost += [
        f"{short(path)}: {key}"
        for path in named(".html", under="taper_app")
        for key in _TEMPLATE.findall(path.read_text())
        if key not in keys
    ]
    assert lost == []


def test_every_key_is_asked_for() -> None:
    """No words lie in a catalog that no page shows."""
    found: set[str] = set()
    for path in named(".py", under="taper_app"):
        found |= set(patterns(path))
    templates = " ".join(path.read_text() for path in named(".html", under="taper_app"))
    whole = {one.replace("\\", "") for one in found if "[" not in one}
    gaps = [re.compile(one) for one in found if "[" in one]
    idle = [key for key in catalog("en") if not _is_used(key, whole, gaps, templates)]
    assert idle == []


def _is_used(key: str, whole: set[str], gaps: list[re.Pattern[str]], templates: str) -> bool:
    stem, _, last = key.rpartition(".")
    names = [key, stem] if last in PLURALS else [key]
    # A table whose name is passed on: group("feels"), choose("plan.status", ...).
    parents = {key.rsplit(".", n)[0] for n in range(1, key.count(".") + 1)} - {key.split(".", 1)[0]}
    table = key.split(".", 1)[0]
    # The tables of answers to tap are asked for whole: group("feels").
    if table in GROUPS:
        return table in whole
    return (
        any(name in whole or name in templates for name in names)
        or bool(parents & whole)
        or f"{table}." in whole
        or any(gap.fullmatch(name) for gap in gaps for name in names)
    )
