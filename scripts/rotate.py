"""New keys for the database and for everything in it. Stop Taper first; killed at any moment, nothing is lost.

    python scripts/rotate.py [--passphrase | --no-passphrase]

The key file keeps its lock (a passphrase or none) unless one of the two is given. Backups from before need the old key.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.keys import is_locked, new_passphrase, unlocked


def steps(passphrase: str | None = None) -> Iterator[str]:
    """Change the keys, step by step; `passphrase` is the new one, "" for none, None for the one there is. Raises KeyTrouble."""
    from taper_app.data import engine, rotation
    from taper_app.data.keys import KeyPlace
    from taper_app.settings import settings

    chosen = settings()
    place = KeyPlace(chosen.host_key, chosen.passphrase.get_secret_value())
    file = chosen.data_dir / "taper.db"
    # Opened once: a change that was cut off is finished, and the key fits, before another begins.
    opened = engine.open_database(chosen.database_url, chosen.data_dir, key_file=place.path, passphrase=place.passphrase)
    try:
        with opened.writer.connect() as connection:
            engine.require_key(connection)
    finally:
        opened.writer.dispose()
        opened.held.close()
    lock = place.passphrase if passphrase is None and is_locked(place.path) else passphrase or ""
    with rotation.hold(chosen.data_dir, alone=True):
        if chosen.database_url:
            yield from rotation.rotate_server(engine.driver_url(chosen.database_url), place, lock)
        else:
            yield from rotation.rotate_file(file, place, lock)


def main(arguments: list[str]) -> None:
    """Change the keys and say so."""
    wanted = new_passphrase() if "--passphrase" in arguments else "" if "--no-passphrase" in arguments else None
    with unlocked():
        for _ in steps(wanted):
            pass
    print("Everything has new keys. Make a backup now: those from before need the old key, and should go.")


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
