"""Bring the database up to date, then become the server. What a host can set is in the README."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.house import ROOT, granian, serving
from scripts.keys import unlocked


def main() -> None:
    """Migrate, say the address, serve."""
    os.chdir(ROOT)
    from taper_app.data.engine import migrate
    from taper_app.settings import settings

    with unlocked():
        migrate()
    chosen = settings()
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    print(f"Taper is on {chosen.public_url or f'http://{host}:{chosen.port}'} - Ctrl+C stops it.", flush=True)
    command = granian(chosen.host, chosen.port)
    os.execve(command[0], command, serving())  # noqa: S606 - the program of our own virtual environment


if __name__ == "__main__":
    main()
