"""No secret is in the repository: not a key, not a token, not the password of anybody who exists."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.files import ROOT, ours, short

# What a secret looks like, whoever made it.
SHAPES = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY",
    "a key of AWS": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a token of GitHub": r"\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_\w{22,}",
    "a token of GitLab": r"\bglpat-[\w-]{20,}",
    "a token of Slack": r"\bxox[abprs]-[\w-]{10,}",
    "a key of Google": r"\bAIza[\w-]{35}",
    "a token of PyPI or npm": r"\bpypi-AgE[\w-]{20,}|\bnpm_[A-Za-z0-9]{36}",
    "a login of npm": r"_auth(?:Token)?\s*=\s*\S+",
    "a JSON Web Token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a password in an address": r"\b[a-z][a-z0-9+]{2,}://[^\s/:@\"'<>{}$]+:[^\s/:@\"'<>{}$]+@[\w.-]+",
}
# A name that says "secret", with something written out in its place.
NAMED = re.compile(
    r"""\b\w*(?:password|passwd|secret|api_?key|token|passphrase)\w*["']?\s*(?::\s*\w+\s*)?[=:]\s*["']([^"'\s{}]{8,})["']""", re.IGNORECASE
)
# Letters as chance throws them: a key or token of 128 bits or more.
RANDOM = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w+/=-])")
BITS_EACH = 4.3
HEX = re.compile(r"(?<![\w])[0-9a-f]{64}(?![\w])")

# Files whose long strings are hashes of what is installed.
LOCKS = {"requirements.txt", "requirements-dev.txt", *(f"{at}package-lock.json" for at in ("", "reflex.lock/", "scripts/lighthouse/"))}
# File -> the strings that look like a secret there and are none, each with the reason.
ALLOWED: dict[str, dict[str, str]] = {
    "tests/api/test_api_matrix.py": {
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4": "a public key of RFC 8291",
    },
    "tests/services/canaries.py": {
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4": "a public key of RFC 8291",
    },
}
TEXT = {".py", ".js", ".json", ".toml", ".md", ".txt", ".in", ".html", ".css", ".svg", ".sql", ".typ", ".mako", ".cfg", ""}
# A password of nobody may stand in what is never run for anybody: tests, the demo, and benchmarks.
PLAY = ("tests/", "benchmarks/", "scripts/demo")


def bits(text: str) -> float:
    """How surprising a letter of the text is, in bits."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def suspects(name: str, text: str) -> set[str]:
    """What looks like a secret in a file."""
    found = {match[0] for shape in SHAPES.values() for match in re.finditer(shape, text)}
    if not name.startswith(PLAY):
        found |= {match[1] for match in NAMED.finditer(text) if not match[1].isidentifier()}
    if name not in LOCKS:
        found |= {match[0] for match in HEX.finditer(text)}
        found |= {match[0] for match in RANDOM.finditer(text) if _is_random(match[0])}
    return found


def _is_random(text: str) -> bool:
    kinds = sum(any(test(letter) for letter in text) for test in (str.isdigit, str.islower, str.isupper))
    return kinds == 3 and bits(text) >= BITS_EACH and "/" not in text.strip("/")[1:-1].replace("+", "")


@pytest.mark.promise(7)
def test_no_secret_is_in_the_repository() -> None:
    """Every text that git keeps is looked through; what looks like a secret and is none is listed with its reason."""
    found = {
        short(path): left
        for path in ours()
        if path.suffix in TEXT and path != Path(__file__)
        if (left := suspects(short(path), path.read_text("utf-8", "ignore")) - set(ALLOWED.get(short(path), {})))
    }
    assert found == {}


def test_every_exception_is_needed() -> None:
    """The list of what is allowed names nothing that is not there any more, and says why."""
    for name, strings in ALLOWED.items():
        there = suspects(name, (ROOT / name).read_text("utf-8"))
        assert set(strings) <= there
        assert all(strings.values())


def test_no_file_that_holds_secrets_is_kept() -> None:
    """No key, certificate, database or environment file is among the files of the project."""
    kinds = re.compile(r"(?:^|/)(?:\.env(?:\..*)?|\.pypirc|\.netrc|id_(?:rsa|ed25519)|.*\.(?:key|pem|p12|pfx|db|sqlite3?|jks))$")
    assert [short(path) for path in ours() if kinds.search(short(path))] == []


# Put together here, so that this file holds none of them itself.
@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN " + "EC PRIVATE KEY-----",
        "token = 'gh" + "p_" + "a1B2" * 9 + "'",
        "DATABASE_URL=postgresql://taper:" + "hunter2hunter2@db.example",
        "key: " + "q7Zp0WmX4Lr8TnVb2KyJ6HsDfG9aUe3C",
        "key = '" + "0f1e2d3c" * 8 + "'",
        "SECRET_KEY = '" + "hunter2-hunter2'",
        '{"password": "' + 'hunter2!hunter2"}',
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    """The search sees what it is for."""
    assert suspects("taper_app/x.py", text)
