"""What the commands of the Makefile share: where things are, the environment, a free port, a server that runs."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
WEB = ROOT / ".web"
CLIENT = WEB / "build" / "client"
# What a host may set; a command that starts a server of its own drops them first.
SETTINGS = (
    "HOST", "PORT", "PUBLIC_URL", "DATABASE_URL", "TAPER_DATA", "TAPER_SIGNUP", "TAPER_NUMBERS", "TAPER_CONTACT", "TAPER_PUSH_HOSTS",
    "TAPER_REDIS_URL", "TAPER_EXIT_URL", "TAPER_CALLS_PER_MINUTE", "TAPER_SIGN_UPS_PER_HOUR",
    "TAPER_KEY_FILE", "TAPER_PASSPHRASE", "TAPER_PASSPHRASE_FILE", "TAPER_BACKUP_DAYS",
)  # fmt: skip


def environment(**more: str) -> dict[str, str]:
    """This process's environment with Node of the virtual environment first, npm in place of bun, no telemetry."""
    return {
        **os.environ,
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        # npm would write the address of this machine's registry into the lock file.
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "npm_config_update_notifier": "false",
        **more,
    }


def serving(**more: str) -> dict[str, str]:
    """The environment of a server that serves the build as it stands (docs/decisions/0002)."""
    return environment(
        __REFLEX_MOUNT_FRONTEND_COMPILED_APP="true",
        __REFLEX_SKIP_COMPILE="true",
        REFLEX_ENV_MODE="prod",
        # Never by itself: longer than since 1970, or the first meeting with a newer version reloads the page all the same.
        REFLEX_AUTO_RELOAD_COOLDOWN="100000d",
        **more,
    )


def granian(host: str, port: int) -> list[str]:
    """The server's command line. One worker: the bus that says "changed" is in memory."""
    options = ["--interface", "asgi", "--factory", "--workers", "1", "--host", host, "--port", str(port)]
    # A share page holds its stream open for hours, so a stop does not wait for streams.
    options += ["--workers-kill-timeout", "2", "--backpressure", "4096", "--backlog", "4096", "--no-access-log"]
    return [str(BIN / "granian"), *options, "taper_app.taper_app:app"]


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def install(*packages: str) -> None:
    """Debian's packages, where we are root and there is apt; nothing elsewhere. Whoever asks looks whether it is there now."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print(f"Installing Debian's {', '.join(packages)} ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=False, **quiet)


@contextmanager
def running_app(
    data: Path | None = None, *, root: Path = ROOT, port: int | None = None, log: Path | None = None, **settings: str
) -> Iterator[str]:
    """The built app; its address. `data` keeps what is there, else a folder that goes away again; without `port` a free one.

    `root` is where the app and its build stand; `log` a file for what the server says.
    """
    with tempfile.TemporaryDirectory(prefix="taper-") as folder:
        port = port or free_port()
        mine = {name: value for name, value in serving().items() if name not in SETTINGS}
        mine |= {"TAPER_DATA": str(data or folder), "PORT": str(port), **settings}
        log = log or Path(folder) / "server.log"
        with log.open("wb") as out:
            migrate = [sys.executable, "-c", "from taper_app.data.engine import migrate; migrate()"]
            subprocess.run(migrate, cwd=ROOT, env=mine, stdout=out, stderr=out, check=True)
            server = subprocess.Popen(
                granian("127.0.0.1", port), cwd=root, env=mine, stdout=out, stderr=out, start_new_session=True
            )
        try:
            _wait(port, server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-4000:]}")
