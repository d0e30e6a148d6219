"""Passwords: Argon2id, 15 to 128 characters, the commonest refused. Slow on purpose: never on an event loop."""

import threading
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from taper_app.domain.errors import Invalid

SHORTEST, LONGEST = 15, 128

# The beginnings of the lists that guessers use, for passwords as long as ours: a word repeated, counted up, or padded.
_COMMON = frozenset(
    [
        "password",
        "passwort",
        "contrasena",
        "qwerty",
        "qwertyuiop",
        "qwertyuiopasdfghjklzxcvbnm",
        "asdfghjkl",
        "zxcvbnm",
        "iloveyou",
        "letmein",
        "welcome",
        "admin",
        "administrator",
        "changeme",
        "monkey",
        "dragon",
        "football",
        "baseball",
        "superman",
        "princess",
        "sunshine",
        "master",
        "login",
        "abc123",
        "1q2w3e4r",
        "1qaz2wsx",
        "trustno1",
        "whatever",
        "starwars",
        "pokemon",
        "computer",
        "internet",
        "secret",
        "thisismypassword",
        "correcthorsebatterystaple",
        "mypassword",
        "yourpassword",
        "opioid",
        "taper",
        "medicine",
    ]
)
_RUNS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
)

# Each hash takes 64 MiB: a few at a time.
_at_once = threading.BoundedSemaphore(4)
hasher = PasswordHasher()


def check_password(value: object, login: str, field: str = "password") -> str:
    """The password in its normal form. Raises Invalid, by name, for one that is too short, too long or too easy."""
    if value is None or value == "":
        raise Invalid("missing", field)
    if not isinstance(value, str):
        raise Invalid("wrong_type", field)
    if len(value) > LONGEST * 4:
        raise Invalid("password_too_long", field)
    password = normal(value)
    if len(password) > LONGEST:
        raise Invalid("password_too_long", field)
    if any(unicodedata.category(letter) in ("Cs", "Cc") for letter in password):
        raise Invalid("control_character", field)
    if len(password) < SHORTEST:
        raise Invalid("password_too_short", field)
    folded = "".join(letter for letter in password.casefold() if not letter.isspace())
    name = login.casefold().replace(" ", "")
    if folded == name or (len(name) > 3 and _without(folded, name) == ""):
        raise Invalid("password_is_login", field)
    if len(set(folded)) < 4 or _repeats(folded):
        raise Invalid("password_repeats", field)
    if _is_common(folded):
        raise Invalid("password_common", field)
    return password


def normal(password: str) -> str:
    """Two keyboards may write one letter in two ways."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """What is kept of a password."""
    with _at_once:
        return hasher.hash(password)


def matches(kept: str | None, typed: object) -> bool:
    """Whether the password is the one kept. Takes as long when there is none to compare with."""
    if not isinstance(typed, str) or len(typed) > LONGEST * 4:
        return False
    with _at_once:
        try:
            return hasher.verify(kept or _nobody(), normal(typed)) and kept is not None
        except (Argon2Error, InvalidHashError, UnicodeEncodeError):
            return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    return hasher.hash("a password that belongs to nobody")


def _repeats(text: str) -> bool:
    return any(text == (text[:n] * len(text))[: len(text)] for n in range(1, len(text) // 2 + 1))


def _without(text: str, piece: str) -> str:
    """The text with a piece, and whatever is not a letter, taken out."""
    return "".join(letter for letter in text.replace(piece, "") if letter.isalpha()) if piece and piece in text else text


def _is_common(text: str) -> bool:
    if any(text in run * 3 or text in run[::-1] * 3 for run in _RUNS):
        return True
    letters = text.translate(str.maketrans("0134@$!57", "oieaasist"))
    return any(_without(form, word) == "" for form in {text, letters} for word in _COMMON)
