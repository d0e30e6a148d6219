"""A stream of bytes, encrypted into a file: backups of a server's database. Read in order, it is whole or it is refused.

The file: `HEAD`, a salt (16 bytes), then pieces: their length (4 bytes, big-endian), then AES-256-GCM of at most 1 MiB.
The nonce is the piece's number (11 bytes) and 1 for the last one, 0 for the others.
"""

import secrets
from collections.abc import Iterator
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HEAD: Final = b"taper backup 1\n"
_PIECE: Final = 1 << 20


class NotWhole(ValueError):
    """The file is no backup, was cut or changed, or another key made it."""


def shut(source: IO[bytes], target: IO[bytes], host_key: str) -> None:
    """Encrypt all of `source` into `target`. `host_key`: 64 hex digits."""
    salt = secrets.token_bytes(16)
    target.write(HEAD + salt)
    box, piece, n = _box(host_key, salt), _full(source), 0
    while True:
        after = _full(source)
        sealed = box.encrypt(_nonce(n, last=not after), piece, HEAD)
        target.write(len(sealed).to_bytes(4, "big") + sealed)
        if not after:
            return
        piece, n = after, n + 1


def pieces(source: IO[bytes], host_key: str) -> Iterator[bytes]:
    """What was encrypted, piece by piece. Raises NotWhole, at the latest at the end: believe nothing before."""
    if source.read(len(HEAD)) != HEAD:
        raise NotWhole("This file is no backup.")
    box, n, last = _box(host_key, source.read(16)), 0, False
    while not last:
        sealed = source.read(int.from_bytes(source.read(4), "big"))
        last = not source.read(1)
        if not last:
            source.seek(-1, 1)
        try:
            yield box.decrypt(_nonce(n, last=last), sealed, HEAD)
        except (InvalidTag, ValueError):
            raise NotWhole("This backup is not whole, or it was made under another key.") from None
        n += 1


def _full(source: IO[bytes]) -> bytes:
    # A pipe gives less than was asked for.
    found = bytearray()
    while len(found) < _PIECE and (more := source.read(_PIECE - len(found))):
        found += more
    return bytes(found)


def _nonce(n: int, *, last: bool) -> bytes:
    return n.to_bytes(11, "big") + bytes([last])


def _box(host_key: str, salt: bytes) -> AESGCM:
    # A key for this file alone, so that numbers are good nonces.
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"taper: backups").derive(bytes.fromhex(host_key)))
