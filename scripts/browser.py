"""Find the browser for tests and pictures, and bring one where there is none.

In this order: BROWSER_PATH, a Chromium or Chrome that is installed, the one Playwright keeps, Debian's package when we
are root, Playwright's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.house import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def find() -> str | None:
    """The browser's program, or None."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def bring() -> str:
    """The browser's program; installs one where there is none."""
    found = find()
    if found is None:
        install("chromium")
        found = find()
    if found is None:
        print("No Chromium here: downloading Playwright's ...", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
        found = find()
    if found is None:
        raise SystemExit("No browser could be found. Install Chromium, or name one in BROWSER_PATH.")
    return found


if __name__ == "__main__":
    bring()
