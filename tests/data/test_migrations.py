"""Migrations over databases that were left at an older version, with data in every table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from taper_app.data import engine
from tests.services.postgres import find_programs, running_server

FROZEN = Path(__file__).parent / "frozen"
MIGRATIONS = [path.name[:4] for path in (Path(engine.__file__).parent / "migrations/versions").glob("[0-9]*.py")]
VERSIONS = sorted(path.stem for path in FROZEN.glob("*.sql"))


@pytest.fixture(params=["encrypted", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[engine.Database]:
    """An empty database without tables."""
    if request.param == "postgres":
        if find_programs() is None:
            pytest.skip("PostgreSQL is not installed")
        with running_server() as url:
            yield from _used(engine.open_database(url, tmp_path))
    else:
        yield from _used(engine.open_database("", tmp_path))


def _used(found: engine.Database) -> Iterator[engine.Database]:
    engine.use(found)
    yield found
    engine.use(None)
    found.writer.dispose()


def content(database: engine.Database, tables: list[str]) -> dict[str, list[Any]]:
    """Every row of these tables; a column that a later version added is left out while it is blank."""
    with database.reader.connect() as connection:
        rows = {t: connection.execute(text(f"SELECT * FROM {t}")).mappings().all() for t in tables}
    told = {t: [sorted((k, str(v)) for k, v in row.items() if v is not None) for row in found] for t, found in rows.items()}
    return {t: sorted(found) for t, found in told.items()}


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_database_goes_up_and_down_with_its_data(database: engine.Database, version: str) -> None:
    """Every row of the old version is the same after all migrations, and after going back; then up again works too."""
    engine.migrate(version)
    with database.writer.begin() as connection:
        for line in (FROZEN / f"{version}.sql").read_text("utf-8").splitlines():
            if line and not line.startswith("--"):
                connection.exec_driver_sql(line)
    tables = [name for name in inspect(database.writer).get_table_names() if name != "alembic_version"]
    before = content(database, tables)
    assert all(before.values()), "a table without a row proves nothing"
    engine.migrate()
    assert content(database, tables) == before
    assert set(inspect(database.writer).get_table_names()) > set(tables)
    engine.migrate(f"-{len([one for one in MIGRATIONS if one > version])}")
    assert content(database, tables) == before
    assert set(inspect(database.writer).get_table_names()) == {*tables, "alembic_version"}
    engine.migrate()
    assert content(database, tables) == before
