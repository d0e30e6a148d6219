"""The host's key for the commands: its passphrase is asked for where it is needed; trouble with it is one line, no traceback."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def give_passphrase() -> None:
    """Put the passphrase where the settings read it: from TAPER_PASSPHRASE_FILE (/dev/fd/3 too), or asked in a terminal."""
    from taper_app.settings import settings

    file = os.environ.pop("TAPER_PASSPHRASE_FILE", "")
    if file:
        os.environ["TAPER_PASSPHRASE"] = Path(file).read_text("utf-8").rstrip("\r\n")
    elif not os.environ.get("TAPER_PASSPHRASE") and is_locked(settings().host_key) and sys.stdin.isatty():
        os.environ["TAPER_PASSPHRASE"] = getpass.getpass("Passphrase of the key: ")
    settings.cache_clear()


def is_locked(path: Path) -> bool:
    """Whether this key is there and wants a passphrase."""
    return path.exists() and path.read_bytes()[:1] == b"{"


def new_passphrase() -> str:
    """A passphrase that was typed twice, or the first line of what is piped in; at least 15 characters."""
    if sys.stdin.isatty():
        chosen = getpass.getpass("New passphrase (15 characters or more): ")
        if chosen != getpass.getpass("Once more: "):
            raise SystemExit("The two are not the same. Nothing was changed.")
    else:
        chosen = sys.stdin.readline().rstrip("\r\n")
    if len(chosen) < 15:
        raise SystemExit("A passphrase has 15 characters or more. Nothing was changed.")
    return chosen


@contextmanager
def unlocked() -> Iterator[None]:
    """The block may open the database; what is wrong with the host's key ends the command in one line."""
    from taper_app.data.keys import KeyTrouble

    try:
        give_passphrase()
        yield
    except KeyTrouble as trouble:
        raise SystemExit(str(trouble)) from None
    except OSError as trouble:
        raise SystemExit(f"{trouble.filename}: {trouble.strerror}") from None
