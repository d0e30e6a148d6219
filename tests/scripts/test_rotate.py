"""`make rotate` and `make passphrase`: new keys for everything, and nothing lost wherever it is cut off."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from scripts import rotate
from scripts.house import ROOT
from taper_app.data import engine, rotation
from taper_app.data.keys import KeyPlace, PassphraseNeeded, WrongPassphrase, load_key, read_key
from taper_app.services.audit import list_audit
from taper_app.services.entries import list_entries
from taper_app.settings import settings
from tests.services import world
from tests.services.postgres import running_server

LONG = "five green boats in a row"
# Runs the real command and dies, as by kill -9, when it has done its n-th step.
KILLED = """
import os, signal, sys
from scripts import rotate
from scripts.keys import give_passphrase
give_passphrase()
for n, _ in enumerate(rotate.steps(sys.argv[2] or None)):
    if n == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(params=["encrypted", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a database of this test ("" for the encrypted file), which the settings name."""
    world.quick_passwords(monkeypatch)
    monkeypatch.setenv("TAPER_DATA", str(tmp_path / "data"))
    if request.param == "encrypted":
        yield from _set(monkeypatch, "")
        return
    with running_server() as found:
        yield from _set(monkeypatch, found)


def _set(monkeypatch: pytest.MonkeyPatch, url: str) -> Iterator[str]:
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    yield url
    close()
    settings.cache_clear()


def start(passphrase: str = "") -> None:
    """Open the database as a server that starts does."""
    chosen = settings()
    engine.use(engine.open_database(chosen.database_url, chosen.data_dir, key_file=chosen.host_key, passphrase=passphrase))
    engine.migrate()


def close() -> None:
    """Stop it."""
    if engine._used:
        engine.database().writer.dispose()
        engine.database().held.close()
        engine.use(None)


def life() -> world.Person:
    """Ana's plan and twenty flares."""
    ana = world.sign_up()
    world.active_plan(ana)
    world.record(ana, *[world.flare(n, note=f"note {n}") for n in range(1, 21)])
    return ana


def notes(ana: world.Person) -> list[str]:
    """What she wrote, as it reads now."""
    with engine.session_scope(write=False) as session:
        return [one.data["note"] for one in list_entries(session, ana.actor).entries]


def wrapped() -> str:
    """Ana's key as it is kept."""
    with engine.database().reader.connect() as connection:
        found: str = connection.execute(text("SELECT wrapped FROM account_key")).scalar_one()
    return found


@pytest.mark.promise(12)
def test_everything_gets_new_keys(url: str) -> None:
    """The host's key and the wrapping are new, all reads as before, the old key opens nothing, and it can be done again."""
    start()
    ana, before, old = life(), wrapped(), settings().host_key.read_text()
    close()
    for times in (1, 2):
        assert list(rotate.steps())
        start()
        with engine.session_scope(write=False) as session:
            told = [one.actor for one in list_audit(session, ana.actor).lines if one.what == "key_rotated"]
        assert told == ["host"] * times
        assert notes(ana) == [f"note {n}" for n in range(1, 21)]
        assert wrapped() != before
        close()
    assert settings().host_key.read_text() != old
    assert stat.S_IMODE(settings().host_key.stat().st_mode) == 0o600
    left = {path.name for path in settings().data_dir.iterdir()}
    assert left <= {"taper.key", "taper.lock", "taper.db", "taper.db-wal", "taper.db-shm"}
    if not url:
        assert not rotation.opens_file(settings().data_dir / "taper.db", old.strip())
        assert stat.S_IMODE((settings().data_dir / "taper.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("passphrase", ["", LONG])
@pytest.mark.promise(12)
def test_killed_at_any_step_nothing_is_lost(url: str, passphrase: str) -> None:
    """kill -9 after each step in turn: the next start has every entry, one key, no leftovers, and rotates again."""
    start()
    ana = life()
    close()
    now, n, killed = "", 0, -signal.SIGKILL
    while killed == -signal.SIGKILL:
        mine = {**os.environ, "PYTHONPATH": str(ROOT), "TAPER_PASSPHRASE": now}
        done = subprocess.run([sys.executable, "-c", KILLED, str(n), passphrase], cwd=ROOT, env=mine, check=False)
        killed, n = done.returncode, n + 1
        for given in (now, passphrase):
            try:
                start(given)
            except (PassphraseNeeded, WrongPassphrase):
                continue
            now = given
            break
        assert notes(ana) == [f"note {n}" for n in range(1, 21)]
        close()
        assert not KeyPlace(settings().host_key).waiting.exists()
        assert not (settings().data_dir / "taper.db.next").exists()
    assert killed == 0
    assert n >= 5


def test_not_while_taper_runs(url: str) -> None:
    """With the database open the command says to stop Taper, and changes nothing."""
    start()
    life()
    before = settings().host_key.read_text()
    with pytest.raises(rotation.InUse, match="Stop it first"):
        list(rotate.steps())
    assert settings().host_key.read_text() == before
    assert not KeyPlace(settings().host_key).waiting.exists()


def test_another_hosts_key_is_no_key(url: str) -> None:
    """A key that does not belong to the database stops the start; the accounts are as they were when the right one is back."""
    start()
    ana = life()
    close()
    kept = settings().host_key.with_name("kept")
    settings().host_key.rename(kept)
    load_key(KeyPlace(settings().host_key))
    with pytest.raises(Exception, match=r"belong to another taper\.key|not a database"):
        start()
    close()
    shutil.copy(kept, settings().host_key)
    start()
    assert len(notes(ana)) == 20


def run(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of the Makefile, without a terminal."""
    mine = {**os.environ, **more}
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=mine, capture_output=True, text=True, check=False, input=f"{LONG}\n")


def test_a_passphrase_locks_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `make passphrase` the key file holds no key; without the passphrase or with another the start is one plain line."""
    monkeypatch.setenv("TAPER_DATA", str(tmp_path))
    settings.cache_clear()
    assert run("scripts/invite.py").returncode == 0
    plain = (tmp_path / "taper.key").read_text().strip()
    assert run("scripts/rotate.py", "--passphrase").returncode == 0
    shown = (tmp_path / "taper.key").read_text()
    assert shown.startswith("{")
    key = read_key(tmp_path / "taper.key", LONG)
    assert key not in shown
    assert key != plain
    for given, words in (("", "is locked with a passphrase"), ("not the one that it is", "This passphrase does not open")):
        for command in ("scripts/serve.py", "scripts/invite.py", "scripts/backup.py", "scripts/rotate.py"):
            said = run(command, TAPER_PASSPHRASE=given)
            assert said.returncode == 1
            assert words in said.stderr
            assert len(said.stderr.strip().splitlines()) == 1, said.stderr
    (tmp_path / "phrase").write_text(f"{LONG}\n")
    assert run("scripts/invite.py", TAPER_PASSPHRASE_FILE=str(tmp_path / "phrase")).returncode == 0
    assert run("scripts/invite.py", TAPER_PASSPHRASE_FILE="/dev/fd/0").returncode == 0
    assert run("scripts/rotate.py", TAPER_PASSPHRASE=LONG).returncode == 0
    assert (tmp_path / "taper.key").read_text().startswith("{")
    settings.cache_clear()


def test_a_key_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    """A key file open to the group or to all is refused in one line that says what to do."""
    mine = {"TAPER_DATA": str(tmp_path / "data"), "TAPER_KEY_FILE": str(tmp_path / "elsewhere" / "host.key")}
    assert run("scripts/invite.py", **mine).returncode == 0
    key = tmp_path / "elsewhere" / "host.key"
    assert key.exists()
    assert not (tmp_path / "data" / "taper.key").exists()
    for mode in (0o640, 0o604):
        key.chmod(mode)
        said = run("scripts/serve.py", **mine)
        assert said.returncode == 1
        assert said.stderr.strip() == f"Others on this machine may read {key}. Run: chmod 600 {key}"
