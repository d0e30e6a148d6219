"""`make backup`: a copy while the app runs, encrypted like the original, and good to start from."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from scripts import backup
from taper_app.data import engine
from taper_app.settings import settings
from tests.services import world

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
    (other / "taper.key").write_text((folder / "taper.key").read_text())
    restored = engine.open_database("", other)
    with restored.reader.connect() as connection:
        assert connection.execute(text("SELECT id FROM account")).scalar_one() == ana.id
    (other / "taper.key").write_text("0" * 64)
    stranger = engine.open_database("", other)
    with pytest.raises(Exception, match=r"not a database|encrypted"), stranger.reader.connect() as connection:
        connection.execute(text("SELECT id FROM account"))


def test_a_copy_is_made_while_somebody_writes(folder: Path) -> None:
    """A transaction that is open does not hold up the copy, and is not in it."""
    world.sign_up("ana")
    with engine.session_scope() as session:
        session.connection().execute(text("UPDATE account SET display_name = 'Half'"))
        made = backup.backup(folder / "copy.db")
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "taper.db").write_bytes(made.read_bytes())
    (folder / "elsewhere" / "taper.key").write_text((folder / "taper.key").read_text())
    with engine.open_database("", folder / "elsewhere").reader.connect() as connection:
        assert connection.execute(text("SELECT display_name FROM account")).scalar_one() == "Ana"


def test_nothing_is_written_over(folder: Path) -> None:
    """A backup that is there stays as it is."""
    world.sign_up("ana")
    made = backup.backup(folder / "copy.db")
    before = made.read_bytes()
    with pytest.raises(SystemExit, match="already"):
        backup.backup(folder / "copy.db")
    assert made.read_bytes() == before
