"""Service tests run over the encrypted file, and over PostgreSQL where its programs are installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from taper_app.data import engine
from tests.services import ringers, world
from tests.services.postgres import running_server
from tests.services.push_service import Browser, PushService, allowed_push_service


@pytest.fixture(scope="session")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> engine.Database:
    """An encrypted database with its tables."""
    return _ready(engine.open_database("", tmp_path_factory.mktemp("taper")))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[engine.Database]:
    """A PostgreSQL server of this run."""
    with running_server() as url:
        found = _ready(engine.open_database(url, tmp_path_factory.mktemp("none")))
        yield found
        found.writer.dispose()


@pytest.fixture(autouse=True, params=["encrypted", "postgres"])
def world_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[engine.Database]:
    """An empty database for one test."""
    found: engine.Database = request.getfixturevalue(request.param)
    engine.use(found)
    world.quick_passwords(monkeypatch)
    world.empty()
    yield found
    engine.use(None)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service that the host allows."""
    with allowed_push_service(monkeypatch) as found:
        yield found


@pytest.fixture
def ana(service: PushService) -> world.Person:
    """Ana, whose phone rings for doses at eight."""
    ana = world.sign_up()
    world.active_plan(ana)
    ringers.remind(ana, ("dose", "08:00"))
    return ana


@pytest.fixture
def phone(service: PushService, ana: world.Person) -> Browser:
    """Ana's phone."""
    return ringers.subscribe(ana, service.browser())


def _ready(found: engine.Database) -> engine.Database:
    engine.use(found)
    engine.migrate()
    engine.use(None)
    return found
