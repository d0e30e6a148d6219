"""The key of the encrypted database: one file beside it, made on first start, readable by its owner only."""

import os
import secrets
from pathlib import Path


class KeyMissing(RuntimeError):
    """The database is there and its key is not: a new key would make the data unreadable for good."""


def load_key(folder: Path, database: Path) -> str:
    """64 hex digits. Makes `taper.key` (0600) when neither key nor database is there.

    Raises KeyMissing when only the database is there, ValueError when the file holds something else.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "taper.key"
    if not path.exists():
        if database.exists():
            raise KeyMissing(f"{database} is encrypted and its key {path} is missing. Restore it from your backup.")
        _write(path)
    key = path.read_text().strip()
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise ValueError(f"{path} does not hold a key")
    return key


def _write(path: Path) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        # Another process starts at the same time: its key counts.
        return
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
