"""A database, a clock and a phone for States without a browser. The time is the module's own NOW."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from taper_app.data import engine
from taper_app.states import base
from tests.states.phone import Phone, sign_up


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[None]:
    """An encrypted database of this module's own."""
    engine.use(engine.open_database("", tmp_path_factory.mktemp(request.module.__name__.rsplit(".", 1)[-1])))
    engine.migrate()
    yield
    engine.use(None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """It is NOW for the States."""
    now: datetime = request.module.NOW

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # noqa: ARG003  # the signature is the standard library's
            return now

    monkeypatch.setattr(base, "datetime", Clock)


@pytest.fixture
def phone(database: None, clock: None, request: pytest.FixtureRequest) -> Phone:
    """A signed-in phone."""
    return Phone(sign_up(request.module.NOW))
