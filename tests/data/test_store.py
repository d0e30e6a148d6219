"""The database itself: encrypted, its key apart, migrations up and down, the bus."""

from __future__ import annotations

import asyncio
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from taper_app.data import bus, engine
from taper_app.data.keys import KeyMissing, KeyPlace, load_key, load_push_key
from taper_app.data.tables import metadata
from tests.services import world


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a fresh database."""
    world.quick_passwords(monkeypatch)
    engine.use(engine.open_database("", tmp_path / "data"))
    yield tmp_path / "data"
    engine.database().writer.dispose()
    engine.use(None)


@pytest.mark.promise(17)
def test_models_match_the_migrations(folder: Path) -> None:
    """After all migrations there is nothing left to migrate."""
    engine.migrate()
    with engine.database().writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


@pytest.mark.promise(17)
def test_migrations_go_up_and_down(folder: Path) -> None:
    """Down to nothing and up again, twice, and once more up is harmless."""
    for _ in range(2):
        engine.migrate()
        engine.migrate()
        assert "entry" in inspect(engine.database().writer).get_table_names()
        engine.migrate("base")
        assert inspect(engine.database().writer).get_table_names() == ["alembic_version"]


@pytest.mark.promise(12)
def test_the_file_is_encrypted(folder: Path) -> None:
    """No word that was kept can be found in any file of the folder, and the key is in none but its own."""
    engine.migrate()
    ana = world.sign_up("canarylogin")
    world.active_plan(ana, world.plan_body(prescriber="canaryprescriber"))
    world.record(ana, world.flare(1, note="canarynote"))
    key = (folder / "taper.key").read_text().strip()
    for file in folder.iterdir():
        raw = file.read_bytes()
        assert b"canary" not in raw, file
        assert b"SQLite format" not in raw, file
        if file.name != "taper.key":
            assert key.encode() not in raw
            assert bytes.fromhex(key) not in raw


@pytest.mark.promise(12)
def test_the_key_is_its_owners(folder: Path) -> None:
    """The key file and the folder are readable by their owner only."""
    assert stat.S_IMODE((folder / "taper.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_lost_key_is_not_replaced(folder: Path) -> None:
    """A database without its key stops the start instead of getting a new key."""
    engine.migrate()
    (folder / "taper.key").unlink()
    with pytest.raises(KeyMissing):
        load_key(KeyPlace(folder / "taper.key"), needed_by=folder / "taper.db")
    assert not (folder / "taper.key").exists()


def test_the_key_for_pushes_is_made_once(tmp_path: Path) -> None:
    """It is its owner's, stays the same, and anything else in its place stops the start."""
    key = load_push_key(tmp_path)
    assert load_push_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "push.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["push.key"]
    for wrong in ("", "not a key", "A" * 43):
        (tmp_path / "push.key").write_text(wrong)
        with pytest.raises(ValueError, match="does not hold a key"):
            load_push_key(tmp_path)


@pytest.mark.promise(12)
def test_a_wrong_key_opens_nothing(folder: Path) -> None:
    """Another key cannot read the file."""
    engine.migrate()
    engine.database().writer.dispose()
    (folder / "taper.key").write_text("0" * 64)
    with pytest.raises(Exception, match="not a database"), engine.open_database("", folder).reader.connect() as connection:
        connection.execute(text("SELECT count(*) FROM account"))


@pytest.mark.promise(16)
def test_every_commit_is_on_disk(folder: Path) -> None:
    """WAL, synchronous FULL, foreign keys, and a wait instead of an error when busy."""
    with engine.database().reader.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000, "secure_delete": 1}


def test_a_failed_block_leaves_nothing_and_says_nothing(folder: Path) -> None:
    """An error rolls everything back, and nothing is published."""
    engine.migrate()

    def fail() -> None:
        with engine.session_scope() as session:
            session.connection().execute(text("INSERT INTO invite (code_hash, created_at) VALUES ('x', '2026-01-01')"))
            bus.mark(session, "topic")
            raise ZeroDivisionError

    async def story() -> bool:
        with bus.Subscription("topic") as listening:
            with pytest.raises(ZeroDivisionError):
                fail()
            return await listening.wait(0.05)

    assert asyncio.run(story()) is False
    assert world.counts()["invite"] == 0


def test_writers_wait_for_each_other(folder: Path) -> None:
    """Ten threads that write at once all succeed, and no entry gets another's place."""
    engine.migrate()
    ana = world.sign_up()
    threads = [threading.Thread(target=world.record, args=(ana, world.flare(n), world.flare(n + 100))) for n in range(1, 11)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.database().reader.connect() as connection:
        assert sorted(connection.execute(text("SELECT seq FROM entry")).scalars()) == list(range(1, 21))


def test_readers_do_not_wait_for_a_writer(folder: Path) -> None:
    """While one transaction writes, another reads what was there before."""
    engine.migrate()
    with engine.session_scope() as writing:
        writing.connection().execute(text("INSERT INTO invite (code_hash, created_at) VALUES ('x', '2026-01-01')"))
        assert world.counts()["invite"] == 0
    assert world.counts()["invite"] == 1


def test_the_bus_wakes_from_any_thread() -> None:
    """A publish from a thread wakes its listeners and no others; many publishes are one."""

    async def story() -> None:
        with bus.Subscription("a", "b") as one, bus.Subscription("c") as other:
            await asyncio.to_thread(lambda: [bus.publish("a") for _ in range(5)])
            assert await one.wait(1)
            assert not await one.wait(0.02)
            assert not await other.wait(0.02)

    asyncio.run(story())
    assert bus._subscribers == {}


def test_subscribe_yields_changed() -> None:
    """`subscribe` is an endless iterator of "changed"."""

    async def story() -> None:
        found = bus.subscribe("a")
        waiting = asyncio.ensure_future(anext(found))
        # One turn of the loop, and it listens.
        await asyncio.sleep(0)
        bus.publish("a")
        assert await waiting == "changed"
        await found.aclose()  # type: ignore[attr-defined]  # it is a generator

    asyncio.run(story())
