"""`make backup`: a copy while the app runs, encrypted like the original, and good to start from."""

from __future__ import annotations

import io
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from scripts import backup, restore
from taper_app.data import engine
from taper_app.data.boxes import NotWhole, pieces, shut
from taper_app.data.keys import KeyMissing
from taper_app.data.rotation import InUse
from taper_app.services.entries import list_entries
from taper_app.settings import settings
from tests.services import world
from tests.services.postgres import running_server

CANARY = "canary-in-a-cage"


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The settings name the folder of this test."""
    monkeypatch.setenv("TAPER_DATA", str(folder))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.promise(12)
def test_the_copy_opens_with_the_key_and_only_with_it(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Everything is in the copy; its file shows nothing of it; with another key it opens nothing."""
    ana = world.sign_up(CANARY)
    made = backup.backup()
    assert CANARY.encode() not in made.read_bytes()
    assert b"SQLite format 3" not in made.read_bytes()[:32]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    other = tmp_path_factory.mktemp("restored")
    (other / "taper.db").write_bytes(made.read_bytes())
    shutil.copy(folder / "taper.key", other)
    restored = engine.open_database("", other)
    with restored.reader.connect() as connection:
        assert connection.execute(text("SELECT id FROM account")).scalar_one() == ana.id
    (other / "taper.key").write_text("0" * 64)
    with pytest.raises(KeyMissing, match="not a database"):
        engine.open_database("", other)


def test_a_copy_is_made_while_somebody_writes(folder: Path) -> None:
    """A transaction that is open does not hold up the copy, and is not in it."""
    world.sign_up("ana")
    with engine.session_scope() as session:
        session.connection().execute(text("UPDATE account SET zone = 'Half'"))
        made = backup.backup(folder / "copy.db")
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "taper.db").write_bytes(made.read_bytes())
    shutil.copy(folder / "taper.key", folder / "elsewhere")
    with engine.open_database("", folder / "elsewhere").reader.connect() as connection:
        assert connection.execute(text("SELECT zone FROM account")).scalar_one() == "America/New_York"


def test_nothing_is_written_over(folder: Path) -> None:
    """A backup that is there stays as it is."""
    world.sign_up("ana")
    made = backup.backup(folder / "copy.db")
    before = made.read_bytes()
    with pytest.raises(SystemExit, match="already"):
        backup.backup(folder / "copy.db")
    assert made.read_bytes() == before


def _stop() -> None:
    engine.database().writer.dispose()
    engine.database().held.close()
    engine.use(None)


def _start() -> None:
    engine.use(engine.open_database(settings().database_url, settings().data_dir))


def _notes(ana: world.Person) -> list[str]:
    with engine.session_scope(write=False) as session:
        return [one.data["note"] for one in list_entries(session, ana.actor).entries]


def test_a_backup_is_put_back(folder: Path) -> None:
    """The database is the backup's afterwards, what was there is kept beside it, and nothing happens while Taper runs."""
    ana = world.sign_up("ana")
    world.record(ana, world.flare(1, note="before"))
    made = backup.backup()
    world.record(ana, world.flare(2, note="after"))
    with pytest.raises(InUse, match="Stop it first"):
        restore.restore(made)
    _stop()
    restore.restore(made)
    _start()
    assert _notes(ana) == ["before"]
    assert len([path for path in folder.glob("taper.db.before-*") if not path.name.endswith(("-wal", "-shm"))]) == 1
    assert stat.S_IMODE((folder / "taper.db").stat().st_mode) == 0o600


def test_a_backup_of_another_key_is_not_put_back(folder: Path) -> None:
    """A file that this key does not open changes nothing."""
    world.sign_up("ana")
    made = backup.backup()
    made.write_bytes(bytes(4096))
    _stop()
    before = (folder / "taper.db").read_bytes()
    with pytest.raises(SystemExit, match="does not open this backup"):
        restore.restore(made)
    assert (folder / "taper.db").read_bytes() == before


def test_old_backups_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new backup takes away those that are older than the host keeps them; one with another name stays."""
    monkeypatch.setenv("TAPER_BACKUP_DAYS", "10")
    settings.cache_clear()
    world.sign_up("ana")
    now = world.NOW
    first, second = backup.backup(now=now), backup.backup(now=now + timedelta(days=5))
    own = first.with_name("taper-by-hand.db")
    shutil.copy(first, own)
    third = backup.backup(now=now + timedelta(days=11))
    assert {path.name for path in first.parent.iterdir()} == {one.name for one in (second, third, own)}


def test_a_servers_backup_is_encrypted_and_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With DATABASE_URL the dump is encrypted, not even a login shows in it; changed or cut it is refused; whole, it is put back."""
    world.quick_passwords(monkeypatch)
    with running_server() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("TAPER_DATA", str(tmp_path / "server"))
        settings.cache_clear()
        _start()
        engine.migrate()
        ana = world.sign_up(CANARY)
        world.record(ana, world.flare(1, note="before"))
        made = backup.backup()
        raw = made.read_bytes()
        assert stat.S_IMODE(made.stat().st_mode) == 0o600
        assert CANARY.encode() not in raw
        assert b"PGDMP" not in raw
        world.record(ana, world.flare(2, note="after"))
        _stop()
        for wrong in (raw[:-1], raw[:-40], raw[:60] + bytes([raw[60] ^ 1]) + raw[61:], b"", b"PGDMP"):
            made.write_bytes(wrong)
            with pytest.raises(SystemExit, match="Nothing was changed"):
                restore.restore(made)
        made.write_bytes(raw)
        restore.restore(made)
        _start()
        assert _notes(ana) == ["before"]
        _stop()


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_box_is_whole_or_refused(size: int) -> None:
    """What goes in comes out, at every length; with its last piece missing, or two pieces swapped, it is refused."""
    key, given = "ab" * 32, bytes(range(256)) * (size // 256 + 1)
    given = given[:size]
    box = io.BytesIO()
    shut(io.BytesIO(given), box, key)
    raw = box.getvalue()
    assert b"".join(pieces(io.BytesIO(raw), key)) == given
    assert given[:64] not in raw or size < 8
    head, one = raw[:31], 4 + (1 << 20) + 16
    wrong = [(raw, "cd" * 32)] + ([(head + raw[31:][:one], key)] if size > 1 << 20 else [])
    if size == 3 << 20:
        wrong.append((head + raw[31 + one : 31 + 2 * one] + raw[31 : 31 + one] + raw[31 + 2 * one :], key))
    for bad, with_key in wrong:
        with pytest.raises(NotWhole):
            list(pieces(io.BytesIO(bad), with_key))
