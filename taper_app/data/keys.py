"""Secrets that stand beside the database: each in a file of its own, made on first start, readable by its owner only.

The host's key, `taper.key`, is 64 hex digits, or the same sealed with a passphrase. While keys are being changed a second
one waits beside it as `taper.key.next` (data/rotation.py).
"""

import base64
import json
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# Argon2id: 64 MiB, three passes. Written beside the salt, so that another choice later still reads what is there.
_COST: Final = {"m": 65536, "t": 3, "p": 1}
_FORM: Final = "taper key 1"


class KeyTrouble(RuntimeError):
    """The host's key cannot be used as it lies there. Its words are for the host: one line, no secret in it."""


class KeyMissing(KeyTrouble):
    """The database is there and its key is not: a new key would make the data unreadable for good."""


class KeyShown(KeyTrouble):
    """Others on this machine may read the key file."""


class PassphraseNeeded(KeyTrouble):
    """The key is sealed with a passphrase, and none was given."""


class WrongPassphrase(KeyTrouble):
    """The passphrase does not open the key."""


class BadKey(KeyTrouble, ValueError):
    """The file holds something else than a key."""


@dataclass(frozen=True)
class KeyPlace:
    """Where the host's key is, and the passphrase that opens it ("" for none)."""

    path: Path
    passphrase: str = field(default="", repr=False)

    @property
    def waiting(self) -> Path:
        """The key that takes its place when a change of keys is done."""
        return self.path.with_name(f"{self.path.name}.next")


def load_key(place: KeyPlace, *, needed_by: Path | None = None) -> str:
    """64 hex digits. Makes the file (0600) when it is not there, sealed if there is a passphrase.

    `needed_by`: a database that only this key opens: when it is there and the key is not, nothing is made. Raises KeyTrouble.
    """
    if not place.path.exists():
        if needed_by is not None and needed_by.exists():
            raise KeyMissing(f"{needed_by} is encrypted and its key {place.path} is missing. Restore it from your backup.")
        _write(place.path, key_text(secrets.token_hex(32), place.passphrase))
    return read_key(place.path, place.passphrase)


def read_key(path: Path, passphrase: str = "") -> str:
    """The key in this file: 64 hex digits. Raises KeyTrouble."""
    if path.stat().st_mode & 0o077:
        raise KeyShown(f"Others on this machine may read {path}. Run: chmod 600 {path}")
    text = path.read_text("utf-8", "replace").strip()
    return _unsealed(path, text, passphrase) if text.startswith("{") else _checked(path, text)


def key_text(key: str, passphrase: str = "") -> str:
    """What the key's file holds: the key itself, or JSON that only the passphrase opens."""
    if not passphrase:
        return key
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    shut = AESGCM(_derived(passphrase, salt, _COST)).encrypt(nonce, bytes.fromhex(key), _FORM.encode())
    return json.dumps({"form": _FORM, "argon2id": _COST, "salt": salt.hex(), "sealed": (nonce + shut).hex()})


def write_new(path: Path, text: str) -> None:
    """A key file, whole or not at all, 0600, in the place of one that was there."""
    path.unlink(missing_ok=True)
    _write(path, text)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Names in this folder are on the disk."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


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


def _unsealed(path: Path, text: str, passphrase: str) -> str:
    try:
        found = json.loads(text)
        cost, salt, raw = found["argon2id"], bytes.fromhex(found["salt"]), bytes.fromhex(found["sealed"])
        if found["form"] != _FORM:
            raise BadKey(f"{path} was written by another version of Taper")
    except (ValueError, KeyError, TypeError):
        raise BadKey(f"{path} does not hold a key") from None
    if not passphrase:
        raise PassphraseNeeded(f"{path} is locked with a passphrase. Give it in TAPER_PASSPHRASE, or start Taper in a terminal.")
    try:
        return AESGCM(_derived(passphrase, salt, cost)).decrypt(raw[:12], raw[12:], _FORM.encode()).hex()
    except InvalidTag:
        raise WrongPassphrase(f"This passphrase does not open {path}.") from None


def _derived(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    return hash_secret_raw(passphrase.encode("utf-8", "surrogateescape"), salt, cost["t"], cost["m"], cost["p"], 32, Type.ID)


def _checked(path: Path, key: str) -> str:
    if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
        raise BadKey(f"{path} does not hold a key")
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
