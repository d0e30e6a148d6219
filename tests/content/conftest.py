"""A content folder of a test's own, and caches that forget it afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from taper_app.content import loader

Write = Callable[[str, str], None]
FRONT = '+++\ntitle = "T"\nsummary = "S"\nsources = ["article"]\norder = 1\n+++\n'


@pytest.fixture
def forget() -> Iterator[None]:
    """Read everything anew in this test, and again after it."""
    caches = (loader.load_page, loader.data, loader.catalog)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: None) -> Write:
    """Write files into an otherwise empty content folder (with the real data) and its locales."""
    shutil.copytree(loader.CONTENT / "data", tmp_path / "content" / "data")
    monkeypatch.setattr(loader, "CONTENT", tmp_path / "content")
    monkeypatch.setattr(loader, "LOCALES", tmp_path / "locales")

    def write(path: str, text: str) -> None:
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    return write
