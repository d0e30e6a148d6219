"""Pin requirements.txt and requirements-dev.txt again, with hashes and without the address of any registry."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = [
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--strip-extras", "--allow-unsafe",
    "--quiet",
]  # fmt: skip


def main() -> None:
    """pip-compile in an environment of its own, so that it never stands beside the app."""
    with tempfile.TemporaryDirectory(prefix="taper-lock-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pip-tools"], check=True)
        for name in ("requirements", "requirements-dev"):
            command = [python, "-m", "piptools", "compile", *OPTIONS, *sys.argv[1:], "-o", f"{name}.txt", f"{name}.in"]
            subprocess.run(command, cwd=ROOT, check=True)
        _put_extras_back()
        print("requirements.txt and requirements-dev.txt are written.")


def _put_extras_back() -> None:
    """A constraint may hold no extras, so both are written without; but pip takes the newest release of a package that is asked for
    with an extra somewhere, unless it is pinned with that extra.
    """
    path = ROOT / "requirements.txt"
    pinned = path.read_text()
    for name, extra in re.findall(r"^([a-z0-9-]+)(\[[a-z,]+\])", (ROOT / "requirements.in").read_text(), re.MULTILINE):
        pinned = re.sub(rf"^{name}==", f"{name}{extra}==", pinned, flags=re.MULTILINE)
    path.write_text(pinned)


if __name__ == "__main__":
    main()
