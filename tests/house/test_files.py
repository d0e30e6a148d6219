"""The house stays easy to read, and says nothing about the machine it was built on."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.files import ROOT, calls, named, ours, short, tree

THIS = ROOT / "tests/house/test_files.py"
MOST_LINES = 400
# Addresses of one machine, and of where packages were fetched from.
MACHINE = re.compile(
    r"(?<![\w/.])/(?:work|root|home/\w+|Users/\w+)/"
    r'|"resolved":\s*"http|^\s*--(?:extra-)?index-url|^\s*--find-links|registry\.npmjs\.org|/simple/'
)
TEXT = (".py", ".js", ".json", ".toml", ".md", ".txt", ".in", ".html", ".css", ".svg", ".cfg", "")


def test_files_stay_small() -> None:
    """No file of code is longer than 400 lines."""
    long = {short(path): n for path in named(".py", ".js", ".css") if (n := path.read_text().count("\n")) > MOST_LINES}
    assert long == {}


def test_no_file_names_this_machine_or_a_registry() -> None:
    """A clone on another machine finds no path and no download address of this one."""
    found = [
        f"{short(path)}:{number}: {line.strip()[:100]}"
        for path in ours()
        if path.suffix in TEXT and path != THIS
        for number, line in enumerate(path.read_text("utf-8", "ignore").splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_nothing_that_is_needed_is_ignored() -> None:
    """Every Python package and text of the app is among the files that git keeps."""
    kept = set(ours())
    kinds = {".py", ".js", ".md", ".toml", ".html", ".css", ".svg", ".mako"}
    there = [path for folder in ("taper_app", "assets", "tests", "scripts") for path in (ROOT / folder).rglob("*")]
    lost = [short(path) for path in there if path.suffix in kinds and "__pycache__" not in path.parts and path not in kept]
    assert lost == []


def test_every_module_says_what_it_is() -> None:
    """Each Python file begins with a docstring."""
    silent = [short(path) for path in named(".py") if path.read_text().strip() and not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_test_is_one_sentence_of_behaviour() -> None:
    """Each test function has a docstring."""
    silent = [
        f"{short(path)}: {node.name}"
        for path in named(".py", under="tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["html", "call_script", "eval", "exec", "_call_script"])
@pytest.mark.promise(9)
def test_no_door_for_scripts(name: str) -> None:
    """Nothing in the app makes markup or a script out of a string."""
    doors = [
        f"{short(path)}:{call.lineno}"
        for path in named(".py", under="taper_app")
        for called, call in calls(path)
        if called == name and not (name in ("exec", "eval") and isinstance(call.func, ast.Attribute))  # a session's exec
    ]
    assert doors == []


def test_no_raw_markdown() -> None:
    """Nobody asks Reflex to pass HTML through."""
    raw = [
        f"{short(path)}:{call.lineno}"
        for path in named(".py", under="taper_app")
        for called, call in calls(path)
        if called == "markdown" or any(keyword.arg == "use_raw" for keyword in call.keywords)
    ]
    assert raw == []


def test_no_radix_themes() -> None:
    """No page brings Radix Themes along: only plain elements (docs/decisions/0001)."""
    pattern = re.compile(r"\brx\.(?:box|flex|text|heading|button|card|vstack|hstack|grid|container|dialog|theme)\b|radix")
    found = [
        f"{short(path)}:{number}"
        for path in named(".py", under="taper_app")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line.split("#")[0])
    ]
    assert found == []


def test_ignores_have_a_reason() -> None:
    """A noqa or type: ignore names its code, and says why on the same line."""
    reason = re.compile(r"# noqa: [A-Z]+\d+  ?[-#] ?\w|# type: ignore\[[\w-]+\]  # \w")
    bare = [
        f"{short(path)}:{number}: {line.strip()[:90]}"
        for path in (*named(".py", under="taper_app"), *named(".py", under="scripts"), *named(".py", under="tests"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"# (?:type: ignore|noqa)", line) and not reason.search(line)
        # mypy does not look at tests: what stands there is for an editor.
        if path != THIS and not (path.is_relative_to(ROOT / "tests") and "type: ignore[" in line)
    ]
    assert bare == []
