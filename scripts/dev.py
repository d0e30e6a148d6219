"""Develop with hot reload: Vite serves the pages, and hands everything that is not a page to the app behind it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from reflex.plugins import Plugin

from scripts.house import ROOT, environment

# Set by this command: the port of the app behind Vite. rxconfig.py adds OneOrigin where it is set.
BEHIND = "TAPER_DEV_PORT"
# What the app answers itself (api/gate.py); the rest are pages. "/s" alone is the share door.
OWN = ("/api/", "/auth/", "/calendar/", "/healthz", "/_event", "^/s$")


class OneOrigin(Plugin):
    """The browser sees one origin, as in production: cookies, the socket and the store work alike."""

    def pre_compile(self, **context: Any) -> None:
        """Adds the proxy to Vite's configuration, at every compilation."""
        context["add_modify_task"]("vite.config.js", with_proxy)


def with_proxy(source: str) -> str:
    """Vite's configuration with our own paths handed on, the socket among them."""
    if "proxy: {" in source:
        return source
    if "  server: {\n" not in source:
        raise ValueError("Reflex's vite.config.js has changed: look at with_proxy again")
    target = f"http://127.0.0.1:{os.environ[BEHIND]}"
    rules = ", ".join(f'"{path}": {{ target: "{target}", ws: true }}' for path in OWN)
    return source.replace("  server: {\n", f"  server: {{\n    proxy: {{ {rules} }},\n", 1)


def main() -> None:
    """`reflex run` with the page's port in front and the app on the one after it."""
    os.chdir(ROOT)
    from scripts.keys import unlocked
    from taper_app.data.engine import migrate
    from taper_app.settings import settings

    front, behind = settings().port, settings().port + 1
    os.environ |= environment(**{BEHIND: str(behind)})
    from reflex.reflex import cli

    with unlocked():
        migrate()
    ports = ["--frontend-port", str(front), "--backend-port", str(behind), "--backend-host", "127.0.0.1"]
    cli(["run", "--env", "dev", *ports])


if __name__ == "__main__":
    main()
