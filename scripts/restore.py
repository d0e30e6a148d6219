"""Put a backup in the place of the database. Stop Taper first.

    python scripts/restore.py FILE

The key has to be the one that was in use when the backup was made. What is there now is kept beside the encrypted file, as
`taper.db.before-<time>`; on a server it is written over, in one transaction.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.keys import unlocked


def restore(source: Path) -> None:
    """The backup is the database afterwards; one that does not open changes nothing."""
    from taper_app.data import rotation
    from taper_app.data.keys import KeyPlace, load_key
    from taper_app.settings import settings

    chosen = settings()
    if not source.is_file():
        raise SystemExit(f"There is no file {source}.")
    if not chosen.host_key.exists():
        raise SystemExit(f"There is no key at {chosen.host_key}. Put the one of this backup there first.")
    key = load_key(KeyPlace(chosen.host_key, chosen.passphrase.get_secret_value()))
    with rotation.hold(chosen.data_dir, alone=True):
        if chosen.database_url:
            _into_server(source, chosen.database_url, key)
        else:
            _into_file(source, chosen.data_dir / "taper.db", key)


def _into_file(source: Path, file: Path, key: str) -> None:
    from taper_app.data.keys import sync_folder
    from taper_app.data.rotation import opens_file

    if not opens_file(source, key):
        raise SystemExit("This key does not open this backup. Nothing was changed.")
    part = file.with_name("taper.db.restored")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with source.open("rb") as given, part.open("wb") as out:
        shutil.copyfileobj(given, out)
        out.flush()
        os.fsync(out.fileno())
    before = f".before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for end in ("-wal", "-shm", ""):
        old = file.with_name(f"taper.db{end}")
        if old.exists():
            old.rename(file.with_name(f"taper.db{before}{end}"))
    part.rename(file)
    sync_folder(file.parent)


def _into_server(source: Path, url: str, key: str) -> None:
    from scripts.postgres import environment, program
    from taper_app.data.boxes import NotWhole, pieces

    # Nothing of it is believed before all of it was read; what it holds is still sealed, account by account.
    with tempfile.TemporaryFile() as whole:
        try:
            with source.open("rb") as given:
                for piece in pieces(given, key):
                    whole.write(piece)
        except NotWhole as trouble:
            raise SystemExit(f"{trouble} Nothing was changed.") from None
        whole.seek(0)
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error"]
        mine = environment(url)
        done = subprocess.run([program("pg_restore"), *options, "--dbname", mine["PGDATABASE"]], env=mine, stdin=whole, check=False)
    if done.returncode:
        raise SystemExit("pg_restore did not come to its end. Nothing was changed.")


if __name__ == "__main__":
    os.chdir(ROOT)
    if len(sys.argv) != 2:
        raise SystemExit("Which backup? make restore FILE=data/backups/taper-....db")
    with unlocked():
        restore(Path(sys.argv[1]))
    print("The backup is the database now. Start Taper again.")
