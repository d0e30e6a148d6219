"""Build the app for production, unless the build that is there was made from the same sources.

    python scripts/build.py           build when something changed
    python scripts/build.py --force   build
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.house import BIN, CLIENT, ROOT, WEB, environment

# Beside the server's half of the build, which Vite empties at each build and nobody serves.
STAMP = WEB / "build" / "server" / "taper-build"
LOCK = ROOT / "reflex.lock"
_KINDS = {".py", ".js", ".css", ".toml", ".md", ".html", ".svg", ".png", ".json", ".txt", ".webmanifest"}


def sources() -> list[Path]:
    """Every file that reaches the build."""
    found = [ROOT / "rxconfig.py", ROOT / "requirements.txt", *LOCK.glob("*.json")]
    for folder in ("taper_app", "assets"):
        found += [path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in _KINDS]
    return sorted(set(found))


def fingerprint() -> str:
    """A hash of the names and contents of all sources."""
    made = hashlib.sha256()
    for path in sources():
        made.update(f"{path.relative_to(ROOT)}\0".encode())
        made.update(hashlib.sha256(_content(path)).digest())
    return made.hexdigest()


def _content(path: Path) -> bytes:
    # The build may write the lock files with their keys in another order, which changes nothing.
    if path.parent == LOCK:
        return json.dumps(json.loads(path.read_text()), sort_keys=True).encode()
    return path.read_bytes()


def is_fresh() -> bool:
    """Whether the build that is there was made from these sources."""
    there = (CLIENT / "index.html").exists() and STAMP.exists()
    return there and STAMP.read_text() == fingerprint()


def build(*, force: bool = False) -> bool:
    """Build if needed; one process at a time. True when a build was made."""
    WEB.mkdir(exist_ok=True)
    with (ROOT / ".web" / "taper.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not force and is_fresh():
            return False
        began, made_from = time.monotonic(), fingerprint()
        STAMP.unlink(missing_ok=True)
        locked = {path: path.read_text() for path in LOCK.glob("*.json")}
        print("Building the pages; this takes about half a minute ...", flush=True)
        command = [BIN / "reflex", "export", "--frontend-only", "--no-zip", "--env", "prod", "--loglevel", "warning"]
        run = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
        if run.returncode or not (CLIENT / "index.html").exists():
            print(run.stdout[-8000:], run.stderr[-8000:], sep="\n")
            raise SystemExit("The build failed; what it said is above.")
        for path, text in locked.items():
            # npm may have written the same thing in another order: the folder stays as it was committed.
            if path.exists() and json.loads(path.read_text()) == json.loads(text):
                path.write_text(text)
        # The stamp is of what stood there when the build began: a file saved meanwhile makes the next one.
        STAMP.parent.mkdir(exist_ok=True)
        STAMP.write_text(made_from)
        print(f"Built in {time.monotonic() - began:.0f} s.", flush=True)
        return True


if __name__ == "__main__":
    build(force="--force" in sys.argv[1:])
