"""PostgreSQL's own programs: where they are, and how those of `make backup` and `make restore` are told the address."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

# Debian puts the server's programs here and not on PATH.
DEBIAN = Path("/usr/lib/postgresql")


def find(name: str) -> str | None:
    """The path of one of its programs, the newest there is; None where it is not installed."""
    return shutil.which(name) or max(map(str, DEBIAN.glob(f"*/bin/{name}")), default=None)


def program(name: str) -> str:
    """The path of one of its programs. Raises SystemExit where it is not installed."""
    found = find(name)
    if found is None:
        raise SystemExit(f"{name} is not installed here. It comes with PostgreSQL (postgresql-client).")
    return found


def environment(url: str) -> dict[str, str]:
    """The address in the environment: on a command line, everybody on the machine could read the password."""
    from sqlalchemy.engine import make_url

    from taper_app.data.engine import driver_url

    found = make_url(driver_url(url))
    mode = found.query.get("sslmode")
    given = {
        "PGHOST": found.host,
        "PGPORT": found.port,
        "PGUSER": found.username,
        "PGPASSWORD": found.password,
        "PGDATABASE": found.database,
        "PGSSLMODE": mode if isinstance(mode, str) else None,
    }
    return {**os.environ, **{name: str(value) for name, value in given.items() if value is not None}}
