"""Opaque secrets: 32 random bytes go out, only the SHA-256 is kept."""

import hashlib
import secrets
from uuid import uuid4

# Without letters and digits that look alike on paper.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS, _GROUP = 6, 5
_PRINTED_GROUPS, _PRINTED_GROUP = 4, 4


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """A new UUID."""
    return str(uuid4())


def hash_token(token: str) -> str:
    """What is kept of a secret that has its own 78 bits and more: none is ever guessed, so none has to be slow."""
    # "surrogatepass": a cookie or body may hold anything, and a hash of rubbish is simply not found.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_recovery_code() -> str:
    """The code of a sign-up: six groups of five, about 147 bits."""
    return _code(_GROUPS, _GROUP)


def new_printed_code() -> str:
    """One code of a printed sheet: four groups of four, about 78 bits, so that eight of them can be typed without tears."""
    return _code(_PRINTED_GROUPS, _PRINTED_GROUP)


def fold_recovery_code(typed: str) -> str:
    """The code as typed by hand: case, spaces and dashes do not count."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def _code(groups: int, each: int) -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(each)) for _ in range(groups))
