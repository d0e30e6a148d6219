"""API tests run against the whole gate with an encrypted database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from taper_app.api import limits
from taper_app.data import engine
from tests.api.phone import clock
from tests.services import world


@pytest.fixture(scope="session")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> engine.Database:
    """An encrypted database with its tables."""
    found = engine.open_database("", tmp_path_factory.mktemp("taper"))
    engine.use(found)
    engine.migrate()
    engine.use(None)
    return found


@pytest.fixture(autouse=True)
def world_database(encrypted: engine.Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty database, a fixed clock, fresh limits, and no waiting."""
    engine.use(encrypted)
    world.quick_passwords(monkeypatch)
    world.empty()
    limits.reset()
    clock.now = world.NOW

    async def no_sleep(_: float) -> Any:
        return None

    monkeypatch.setattr(limits, "sleep", no_sleep)
    yield
    engine.use(None)
