"""The shared page promises Chromium 100 and Safari 16.4: nothing newer in what it loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.build import WEB, build
from taper_app.pwa.edits import OLDEST, ReflexChanged, for_older_browsers

ROOT = Path(__file__).parents[2]
OURS = [
    *(ROOT / "assets").glob("*.js"), *(ROOT / "taper_app/pwa/js").rglob("*.js"), *(ROOT / "taper_app/pwa/web").rglob("*.js"),
]  # fmt: skip
# Each is newer than at least one of the two browsers.
NEWER = {
    "AbortSignal.timeout": r"\bAbortSignal\.(?:timeout|any)\(",
    "Object.groupBy": r"\b(?:Object|Map)\.groupBy\b",
    "Promise.withResolvers": r"\bPromise\.(?:withResolvers|try)\b",
    "copying methods of arrays": r"\.(?:toSorted|toReversed|toSpliced)\(",
    "Array.fromAsync": r"\bArray\.fromAsync\b",
    "methods of sets": r"\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(",
    "iterator helpers": r"\bIterator\.from\b|\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|toArray|some|every|find)\(",
    "URL.canParse": r"\bURL\.(?:canParse|parse)\(",
    "bytes from text": r"\bUint8Array\.from(?:Base64|Hex)\b|\.to(?:Base64|Hex)\(",
    "well-formed text": r"\.(?:isWellFormed|toWellFormed)\(",
    "regular expressions with v": r"[=(,:]\s*/(?![/*])(?:\\\\.|[^/\n\\\\])+/[dgimsuy]*v[dgimsuy]*(?=[.,;)\s])",
    "using": r"(?:^|[;{])\s*(?:await\s+)?using\s+\w+\s*=",
    "import attributes": r"\bfrom\s*[\"'][^\"'\n]+[\"']\s*with\s*\{",
    "view transitions unasked": r"document\.startViewTransition\(",
    "popover": r"\.(?:showPopover|hidePopover|togglePopover)\(",
}


@pytest.mark.parametrize("name", NEWER)
def test_our_modules_use_nothing_newer(name: str) -> None:
    """Neither the store and the worker nor the scripts of the door use what one of the two browsers has not."""
    found = [path.relative_to(ROOT).as_posix() for path in OURS if re.search(NEWER[name], path.read_text(), re.MULTILINE)]
    assert found == []


def test_the_patterns_find_what_they_look_for() -> None:
    """Each sample of something too new is found, and each of something old enough is not."""
    new = [
        "AbortSignal.timeout(5)", "Object.groupBy(a, b)", "Promise.withResolvers()", "a.toSorted()", "Array.fromAsync(a)",
        "a.isSubsetOf(b)", "a.values().map(b)", "URL.canParse(a)", "a.toHex()", "a.isWellFormed()", "const a = /[a--b]/v;", "using a = b",
        'from "a" with { b: c }',
        "document.startViewTransition(a)", "a.showPopover()",
    ]  # fmt: skip
    old = ["a.at(-1)", "a.findLast(b)", "structuredClone(a)", "new AbortController()", "const a = /[a-b]/u;", "a / b / v;"]
    for sample, pattern in zip(new, NEWER.values(), strict=True):
        assert re.search(pattern, sample, re.MULTILINE), sample
    assert [(sample, name) for sample in old for name, pattern in NEWER.items() if re.search(pattern, sample, re.MULTILINE)] == []


def test_the_build_is_told_the_oldest_browsers() -> None:
    """Vite writes the syntax of both, older than its own default; a changed configuration is refused."""
    assert OLDEST == ["chrome100", "safari16.4"]
    once = for_older_browsers("x({\n  build: {\n    minify: true,")
    assert 'build: {\n    target: ["chrome100", "safari16.4"],' in once
    assert for_older_browsers(once) == once
    with pytest.raises(ReflexChanged):
        for_older_browsers("x({})")


def loaded_by(page: Path) -> set[Path]:
    """Scripts that a built page loads: those in its HTML, and what they import when they start."""
    here = page.parent
    waiting = [here / one for one in re.findall(r"[\"'(]/(assets/[\w.-]+\.js|[\w-]+\.js)[\"')]", page.read_text())]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        imports = re.findall(r"(?:from|import)\s*[\"'`]\./([\w.-]+\.js)[\"'`]", path.read_text())
        waiting += [path.parent / one for one in imports]
    return found


# React Router looks first whether it is there.
ASKED_FIRST = {"view transitions unasked"}


@pytest.mark.parametrize("name", [name for name in NEWER if name not in ASKED_FIRST])
def test_the_built_page_needs_nothing_newer(name: str) -> None:
    """The chunks of the shared page, React and Reflex in them, need nothing that is too new."""
    build()
    scripts = loaded_by(WEB / "build" / "client" / "shared.html")
    assert len(scripts) > 5
    found = [path.name for path in scripts if re.search(NEWER[name], path.read_text(), re.MULTILINE)]
    assert found == []
