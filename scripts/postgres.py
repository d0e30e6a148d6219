"""PostgreSQL's own programs for `make backup` and `make restore`: where they are, and how they are told the address."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def program(name: str) -> str:
    """The path of one of its programs."""
    found = shutil.which(name) or next(iter(sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None)
    if found is None:
        raise SystemExit(f"{name} is not installed here. It comes with PostgreSQL (postgresql-client).")
    return str(found)


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
