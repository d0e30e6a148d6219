"""Find the servers that the tests start for themselves, PostgreSQL and Redis, and bring them where there are none and we are root.

Without them their tests are skipped, and this says so first: nobody should think that all was tried.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.house import install
from scripts.postgres import find

# Debian's package -> the programs that the tests start.
PROGRAMS = {"postgresql": ("initdb", "postgres"), "redis-server": ("redis-server",)}


def missing() -> list[str]:
    """The packages whose programs are not here."""
    return [package for package, programs in PROGRAMS.items() if not all(map(find, programs))]


def bring() -> None:
    """Install what is missing, and name what then is missing still."""
    if wanted := missing():
        install(*wanted)
    for package in missing():
        print(f"No {package} here: its tests will be skipped. It is a package of Debian and Ubuntu.", flush=True)


if __name__ == "__main__":
    bring()
