"""Copy the encrypted database while the app runs. The copy is encrypted with the same key.

    python scripts/backup.py [file]    default: TAPER_DATA/backups/taper-<time>.db

The key (TAPER_DATA/taper.key) is not copied: without it no backup can be read, with it anybody can read them all.
Keep it somewhere else than the backups.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def backup(target: Path | None = None) -> Path:
    """The file of the copy, readable by its owner only."""
    from sqlcipher3 import dbapi2

    from taper_app.data.keys import load_key
    from taper_app.settings import settings

    folder = settings().data_dir
    source = folder / "taper.db"
    if settings().database_url:
        raise SystemExit("DATABASE_URL names a server: use its own backup (pg_dump).")
    if not source.exists():
        raise SystemExit(f"There is no database in {folder} yet.")
    key = load_key(folder, source)
    path = target or folder / "backups" / f"taper-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists():
        raise SystemExit(f"{path} is there already.")
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # VACUUM INTO fills an empty file
    connection = dbapi2.connect(str(source), isolation_level=None, timeout=30)
    try:
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        # One statement, so the copy is of one moment; writers go on meanwhile. It keeps the key.
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()
    part.rename(path)
    return path


if __name__ == "__main__":
    os.chdir(ROOT)
    made = backup(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print(f"{made} is written, encrypted. Its key, taper.key, is not in it: keep that somewhere else.")
