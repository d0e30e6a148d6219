"""The files that belong to the project, and their source as Python sees it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@lru_cache(maxsize=1)
def ours() -> tuple[Path, ...]:
    """Every file that is committed or will be: what git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


def named(*suffixes: str, under: str = "") -> list[Path]:
    """Files with one of these endings, below a folder."""
    return [path for path in ours() if path.suffix in suffixes and path.is_relative_to(ROOT / under)]


def short(path: Path) -> str:
    """The path as one says it."""
    return str(path.relative_to(ROOT))


@lru_cache(maxsize=512)
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text("utf-8"), str(path))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file with the last part of what is called: `rx.html(...)` is "html"."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node
