"""The phones of phones.js: one Node process, a line of JSON for each command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NODE = Path(sys.executable).parent / "node"
SCRIPT = Path(__file__).with_name("phones.js")


class Phones:
    """Use as a context manager."""

    def __enter__(self) -> Phones:
        self._node = subprocess.Popen([NODE, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        return self

    def __exit__(self, *_: object) -> None:
        # It ends when nobody speaks to it any more.
        self._node.communicate(timeout=10)

    def tell(self, do: str, **command: Any) -> dict[str, Any]:
        """What the phones look like, and ask of the network, when nothing moves any more."""
        assert self._node.stdin and self._node.stdout
        self._node.stdin.write(json.dumps({"do": do, **command}) + "\n")
        answer = self._node.stdout.readline()
        assert answer, "the phones' process ended: its reason is above"
        found: dict[str, Any] = json.loads(answer)
        return found
