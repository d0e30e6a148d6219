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


def columns_of(database: engine.Database) -> dict[str, str]:
    """The columns of every table but Alembic's own, as a query names them."""
    found = inspect(database.writer)
    return {t: ", ".join(one["name"] for one in found.get_columns(t)) for t in found.get_table_names() if t != "alembic_version"}


def content(database: engine.Database, columns: dict[str, str]) -> dict[str, list[Any]]:
    """Every row of these tables, in these columns: a later version may add more."""
    with database.reader.connect() as connection:
        return {t: sorted(map(tuple, connection.execute(text(f"SELECT {c} FROM {t}"))), key=str) for t, c in columns.items()}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.promise(17)
def test_an_old_database_goes_up_and_down_with_its_data(database: engine.Database, version: str) -> None:
    """Every row of the old version is the same after all migrations, and after going back; then up again works too."""
    engine.migrate(version)
    with database.writer.begin() as connection:
        for line in (FROZEN / f"{version}.sql").read_text("utf-8").splitlines():
            if line and not line.startswith("--"):
                connection.exec_driver_sql(line)
    tables = columns_of(database)
    before = content(database, tables)
    assert all(before.values()), "a table without a row proves nothing"
    engine.migrate()
    assert content(database, tables) == before
    assert set(inspect(database.writer).get_table_names()) > set(tables)
    engine.migrate(f"-{len([one for one in MIGRATIONS if one > version])}")
    assert content(database, tables) == before
    assert columns_of(database) == tables
    engine.migrate()
    assert content(database, tables) == before
