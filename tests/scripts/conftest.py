"""An empty encrypted database for a command to work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from taper_app.data import engine
from tests.services.world import quick_passwords


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of a new database, which is the one of this process meanwhile."""
    quick_passwords(monkeypatch)
    made = engine.open_database("", tmp_path)
    engine.use(made)
    engine.migrate()
    yield tmp_path
    engine.use(None)
    made.writer.dispose()
