"""A PostgreSQL server for one test run: on a free loopback port, in a folder of its own, as a user who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.postgres import find


@contextmanager
def running_server() -> Iterator[str]:
    """The address of an empty server; it is stopped and its folder removed afterwards. Skips the test where there is no PostgreSQL."""
    initdb, postgres = find("initdb"), find("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed")
    if os.geteuid() == 0 and (_nobody() is None or shutil.which("runuser") is None):
        pytest.skip("PostgreSQL does not run as root, and there is nobody else")
    folder = Path(tempfile.mkdtemp(prefix="taper-pg-"))
    data = folder / "data"
    user = _nobody() if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = ["runuser", "-u", user, "--"] if user else []
    subprocess.run(
        [*run, initdb, "-D", data, "-U", "taper", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    options = ["-F", "-c", "listen_addresses=127.0.0.1", "-p", str(port), "-k", str(folder), "-c", "log_min_messages=fatal"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [*run, postgres, "-D", data, *options], stdout=log, stderr=log, cwd=folder, start_new_session=True
        )
    try:
        _wait(port, server, folder / "log")
        yield f"postgresql+psycopg://taper@127.0.0.1:{port}/postgres"
    finally:
        # runuser passes the signal on to the server it started.
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _nobody() -> str | None:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="taper", dbname="postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            # The server says nothing when it is ready: asking again is the documented way.
            try:
                server.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
        else:
            return
    raise RuntimeError("PostgreSQL did not start")
