"""What holds for every test: settings of its own, no network but loopback, one order of random numbers a run."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.house import SETTINGS

# Before anything reads the settings: no test sees this machine's data, nor what the developer has set.
for _name in SETTINGS:
    os.environ.pop(_name, None)
_data = tempfile.TemporaryDirectory(prefix="taper-test-")
os.environ["TAPER_DATA"] = _data.name
os.environ["REFLEX_TELEMETRY_ENABLED"] = "false"


class NoInternet(OSError):
    """A test tried to reach something that is not on this machine."""


def _is_here(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    return host in ("", "localhost", "::1", "0.0.0.0", "::") or host.startswith("127.")  # noqa: S104 - compared, not bound


@pytest.fixture(scope="session", autouse=True)
def no_internet() -> Iterator[None]:
    """Connecting to anything but this machine is an error."""
    real = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex", "sendto")}

    def guarded(name: str) -> Any:
        def call(self: socket.socket, *args: Any) -> Any:
            address = args[-1] if name == "sendto" else args[0]
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address):
                raise NoInternet(f"a test tried to reach {address}")
            return real[name](self, *args)

        return call

    patch = pytest.MonkeyPatch()
    for name in real:
        patch.setattr(socket.socket, name, guarded(name))
    yield
    patch.undo()
