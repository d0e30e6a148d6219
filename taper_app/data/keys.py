"""Secrets that stand beside the database: each in a file of its own, made on first start, readable by its owner only."""

import base64
import os
import secrets
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec


class KeyMissing(RuntimeError):
    """The database is there and its key is not: a new key would make the data unreadable for good."""


def load_key(folder: Path, database: Path) -> str:
    """64 hex digits. Makes `taper.key` (0600) when neither key nor database is there.

    Raises KeyMissing when only the database is there, ValueError when the file holds something else.
    """
    path = folder / "taper.key"
    if not path.exists():
        if database.exists():
            raise KeyMissing(f"{database} is encrypted and its key {path} is missing. Restore it from your backup.")
        _write(path, secrets.token_hex(32))
    key = path.read_text().strip()
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise ValueError(f"{path} does not hold a key")
    return key


def load_push_key(folder: Path) -> str:
    """The private key that signs pushes: a number on P-256 as 32 bytes in URL-safe base64, from `push.key` (0600).

    A lost one is made anew; phones then subscribe again when the app is next opened. Raises ValueError for another content.
    """
    path = folder / "push.key"
    if not path.exists():
        number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
        _write(path, base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("="))
    key = path.read_text().strip()
    try:
        number = int.from_bytes(base64.b64decode(f"{key}=", altchars=b"-_", validate=True), "big")
        ec.derive_private_key(number, ec.SECP256R1())
    except ValueError:
        # An error of base64 is one too, and so is a number that is no point's.
        raise ValueError(f"{path} does not hold a key") from None
    return key


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whole or not at all: another process that starts at the same time never reads half a key.
    with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
        try:
            # A temporary file is 0600 from the beginning.
            os.link(file.name, path)
        except FileExistsError:
            # The other process was first: its key counts.
            return
