"""Another language is a folder of catalogs and a folder of pages, never a rewrite of the screens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from taper_app.components import words
from taper_app.content import loader
from taper_app.pages.routes import routes

# A language of its own code; its words are the English ones in brackets.
LANG = "eo"
STRING = re.compile(r'^(\S+ = )"(.*)"$', re.MULTILINE)


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folders that a translator would add."""
    for kind, real in (("content", loader.CONTENT), ("locales", loader.LOCALES)):
        for lang in ("en", LANG):
            (tmp_path / kind / lang).mkdir(parents=True)
        (tmp_path / kind / "en").rmdir()
        (tmp_path / kind / "en").symlink_to(real / "en")
    (tmp_path / "content" / "data").symlink_to(loader.CONTENT / "data")
    (tmp_path / "content" / LANG).rmdir()
    (tmp_path / "content" / LANG).symlink_to(loader.CONTENT / "en")
    for file in (loader.LOCALES / "en").glob("*.toml"):
        (tmp_path / "locales" / LANG / file.name).write_text(STRING.sub(r'\1"[[\2]]"', file.read_text()))
    monkeypatch.setattr(loader, "CONTENT", tmp_path / "content")
    monkeypatch.setattr(loader, "LOCALES", tmp_path / "locales")
    yield
    loader.catalog.cache_clear()


def test_a_new_language_needs_no_change_of_a_screen(folders: None) -> None:
    """With the two folders there, every screen builds in the new language and shows no short string of the first."""
    english = {text for text in loader.catalog("en").values() if len(text) > 12 and "{" not in text and "*" not in text}
    pages = 0
    with words.language(LANG):
        for route in routes():
            shown = str(route.build().render())
            left = {text for text in re.findall(r'"((?:[^"\\]|\\.)+)"', shown) if text in english}
            # Titles of content pages may read like a short string; they are the translator's other folder.
            assert {text for text in left if not _is_of_a_page(text)} == set(), route.path
            assert "[[" in shown, route.path
            pages += 1
    assert pages > 50


def _is_of_a_page(text: str) -> bool:
    pages = [page for folder in ("options", "learn", "safety", "help") for page in loader.list_pages("en", folder)]
    return any(text in (page.title, page.summary) or any(text in str(block) for block in page.blocks) for page in pages)
