"""Copy the database while the app runs. The copy is encrypted with the host's key, which is not in it.

    python scripts/backup.py [file]    default: TAPER_DATA/backups/taper-<time>.db (.pgdump.sealed with DATABASE_URL)

Without `taper.key` no backup can be read, with it anybody can read them all: keep it somewhere else than the backups.
Of those in TAPER_DATA/backups, the ones older than TAPER_BACKUP_DAYS (30) are taken away, once the new one is written.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.keys import unlocked

FORM = "%Y%m%dT%H%M%SZ"


def backup(target: Path | None = None, now: datetime | None = None) -> Path:
    """The file of the copy, readable by its owner only."""
    from taper_app.data.keys import KeyPlace, load_key
    from taper_app.settings import settings

    chosen = settings()
    now = now or datetime.now(UTC)
    source, url = chosen.data_dir / "taper.db", chosen.database_url
    if not url and not source.exists():
        raise SystemExit(f"There is no database in {chosen.data_dir} yet.")
    key = load_key(KeyPlace(chosen.host_key, chosen.passphrase.get_secret_value()), needed_by=source)
    path = target or chosen.data_dir / "backups" / f"taper-{now:{FORM}}{'.pgdump.sealed' if url else '.db'}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        raise SystemExit(f"{path} is there already.")
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # VACUUM INTO fills an empty file
    if url:
        _dump(url, part, key)
    else:
        _copy(source, part, key)
    part.rename(path)
    if target is None:
        _age_out(path.parent, now - timedelta(days=chosen.backup_days))
    return path


def _copy(source: Path, part: Path, key: str) -> None:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(source), isolation_level=None, timeout=30)
    try:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        # One statement, so the copy is of one moment; writers go on meanwhile. It keeps the key.
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()


def _dump(url: str, part: Path, key: str) -> None:
    from scripts.postgres import environment, program
    from taper_app.data.boxes import shut

    command = [program("pg_dump"), "--format=custom", "--no-owner"]
    with subprocess.Popen(command, env=environment(url), stdout=subprocess.PIPE) as dumping, part.open("wb") as out:
        if dumping.stdout is not None:  # it is a pipe
            shut(dumping.stdout, out, key)
        out.flush()
        os.fsync(out.fileno())
    if dumping.returncode:
        part.unlink()
        raise SystemExit("pg_dump did not come to its end, so there is no backup.")


def _age_out(folder: Path, before: datetime) -> None:
    for path in folder.glob("taper-*Z.*"):
        try:
            made = datetime.strptime(path.name.split(".")[0], f"taper-{FORM}").replace(tzinfo=UTC)
        except ValueError:
            continue  # not one of ours
        if made < before:
            path.unlink()


if __name__ == "__main__":
    os.chdir(ROOT)
    with unlocked():
        written = backup(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print(f"{written} is written, encrypted. Its key, taper.key, is not in it: keep that somewhere else.")
