"""New keys for the database and for everything in it. Stop Taper first; killed at any moment, nothing is lost.

    python scripts/rotate.py [--passphrase | --no-passphrase]

The key file keeps its lock (a passphrase or none) unless one of the two is given. Backups from before need the old key.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.keys import is_locked, new_passphrase, unlocked

if TYPE_CHECKING:
    from taper_app.data.engine import Database


def steps(passphrase: str | None = None) -> Iterator[str]:
    """Change the keys, step by step; `passphrase` is the new one, "" for none, None for the one there is. Raises KeyTrouble."""
    from taper_app.data import engine, rotation
    from taper_app.data.keys import KeyPlace
    from taper_app.services.audit import note_for_all
    from taper_app.settings import settings

    chosen = settings()
    place = KeyPlace(chosen.host_key, chosen.passphrase.get_secret_value())
    # Opened once: a change that was cut off is finished, and the key fits, before another begins.
    with _opened(place.passphrase) as found, found.writer.connect() as connection:
        engine.require_key(connection)
    lock = place.passphrase if passphrase is None and is_locked(place.path) else passphrase or ""
    with rotation.hold(chosen.data_dir, alone=True):
        if chosen.database_url:
            yield from rotation.rotate_server(engine.driver_url(chosen.database_url), place, lock)
        else:
            yield from rotation.rotate_file(chosen.data_dir / "taper.db", place, lock)
    # What a newer Taper has not yet moved to its tables has no trail.
    with _opened(lock) as found, engine.Session(found.writer) as session:
        if inspect(found.reader).has_table("audit"):
            note_for_all(session, "key_rotated", datetime.now(UTC))
            session.commit()
    yield "all accounts are told"


@contextmanager
def _opened(passphrase: str) -> Iterator[Database]:
    from taper_app.data import engine
    from taper_app.settings import settings

    chosen = settings()
    found = engine.open_database(chosen.database_url, chosen.data_dir, key_file=chosen.host_key, passphrase=passphrase)
    try:
        yield found
    finally:
        found.writer.dispose()
        found.held.close()


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
