"""Migrations over databases that were left at an older version, with data in every table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, inspect, text

from taper_app.data import engine, sealing
from tests.services.postgres import running_server

FROZEN = Path(__file__).parent / "frozen"
MIGRATIONS = [path.name[:4] for path in (Path(engine.__file__).parent / "migrations/versions").glob("[0-9]*.py")]
VERSIONS = sorted(path.stem for path in FROZEN.glob("*.sql"))


@pytest.fixture(params=["encrypted", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[engine.Database]:
    """An empty database without tables."""
    if request.param == "postgres":
        with running_server() as url:
            yield from _used(engine.open_database(url, tmp_path))
    else:
        yield from _used(engine.open_database("", tmp_path))


def _used(found: engine.Database) -> Iterator[engine.Database]:
    engine.use(found)
    yield found
    engine.use(None)
    found.writer.dispose()


def content(database: engine.Database, columns: dict[str, list[str]]) -> dict[str, list[Any]]:
    """Every row of these tables and columns as it reads: what is sealed is opened."""
    found: dict[str, list[Any]] = {}
    with database.reader.connect() as connection:
        keys = _keys(connection)
        for table, names in columns.items():
            rows = [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]
            for row in rows if keys else []:
                _open(keys, table, row)
            found[table] = sorted((tuple(row[name] for name in names) for row in rows), key=str)
    return found


def _keys(connection: Connection) -> dict[str, AESGCM]:
    if "account_key" not in inspect(connection).get_table_names():
        return {}
    wrap = sealing.wrap_of(connection)
    rows = connection.execute(text("SELECT account_id, wrapped FROM account_key")).all()
    return {account_id: AESGCM(wrap.open(account_id, wrapped)) for account_id, wrapped in rows}


def _open(keys: dict[str, AESGCM], table: str, row: dict[str, Any]) -> None:
    model = next((one for one in sealing.SEALED if one.__tablename__ == table), None)
    if model is None:
        return
    owner = row["id"] if table == "account" else row["account_id"]
    ids = [row[one.name] for one in inspect(model).primary_key if one.name != "account_id"]
    for name in sealing.SEALED[model]:
        if name in row:
            row[name] = sealing.unseal(keys[owner], row[name], sealing.place(table, name, owner, *ids))


def columns_of(database: engine.Database) -> dict[str, list[str]]:
    """The tables as they stand, each with its columns."""
    found = inspect(database.writer)
    return {name: [one["name"] for one in found.get_columns(name)] for name in found.get_table_names() if name != "alembic_version"}


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


def test_going_up_leaves_no_text_open(database: engine.Database) -> None:
    """After the migrations, nothing that a person wrote can be read in any row; what is asked for by the database can."""
    engine.migrate("0003")
    with database.writer.begin() as connection:
        for line in (FROZEN / "0003.sql").read_text("utf-8").splitlines():
            if line and not line.startswith("--"):
                connection.exec_driver_sql(line)
    engine.migrate()
    with database.reader.connect() as connection:
        rows = {t: str(connection.execute(text(f"SELECT * FROM {t}")).all()) for t in columns_of(database)}
    kept = " ".join(rows.values())
    for canary in ("Ana", "Sam", "Kim", "Take 1 tablet", "a picture", "date;pain", "mine", "after_hours", "steps"):
        assert canary not in kept
    assert "America/New_York" in rows["account"]
    assert "2026-11-01T05:00:00-05:00" in rows["entry"]
