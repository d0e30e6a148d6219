"""Pin requirements.txt and requirements-dev.txt again, with hashes and without the address of any registry."""

from __future__ import annotations

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
            print(f"{name}.txt is written.")


if __name__ == "__main__":
    main()
