"""Write the table of promises in docs/security.md from the tests: each names its rows with `@pytest.mark.promise(7)`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOC = ROOT / "docs/security.md"
BEGIN, END = "<!-- made by scripts/security_table.py -->", "<!-- end of what is made -->"

# Row -> (the promise, how it is proved).
PROMISES = {
    1: ("No anonymous client reaches the socket or any data", "no cookie, bad cookie, foreign or missing Origin: 403"),
    2: (
        "A session is 256 random bits, hash kept, new at each sign-in; cookie HttpOnly, SameSite, Secure and `__Host-` on https (7.2)",
        "the cookie is parsed; the old one is refused",
    ),
    3: ("Sessions end unused and at an age; they are listed and can be ended (NIST 800-63B)", "a fixed clock; two browsers"),
    4: (
        "Argon2id, off the event loop; passwords of 15 to 128 letters, common ones refused; passkeys (ASVS 6.2, 11.4)",
        "the store is looked at; an authenticator in software",
    ),
    5: ("Guessing is slowed down without locking the owner out (6.3.1)", "200 bad tries, then a good one"),
    6: (
        "Every handler and call checks who asks: nobody, another user, helper, caregiver in and out of scope, revoked (8.2)",
        "a matrix made from what is registered: a new one without a row fails",
    ),
    7: ("No secret in an address, a log line, `.states`, a cache, an error (14.2, 16.2)", "marked words, then a search of all output"),
    8: ("CORS closed, CSRF closed (3.4, 3.5)", "foreign Origin, form content types: refused"),
    9: (
        "CSP without unsafe-eval, nosniff, no referrer, no frames, HSTS on https (3.4)",
        "headers on every route; no violation in Chromium over every page",
    ),
    10: ("Health answers are no-store; the worker keeps `/api`, `/auth`, `/s` out of its caches", "headers; the caches are dumped"),
    11: (
        "On the phone entries lie encrypted, their key beside them. Sign-out sends first; if it cannot, it asks",
        "a search in the profile folder; sign-out offline",
    ),
    12: ("At rest: SQLCipher by default, the key outside the database, backups encrypted too", "no marked word in any file"),
    13: ("Limits of input: bodies, entries, length of each text, arguments of events (2.2, 2.4)", "fuzz, no 5xx"),
    14: ("Reads of shared data are recorded, and the patient sees them", "a share is opened, a row appears"),
    15: ("Export of everything, deletion of everything, said plainly with how backups age out", "there and back; a search after deletion"),
    16: ("An acknowledged entry survives kill -9, a full disk, restart, a changed clock, and appears once", "faults, model-based tests"),
    17: ("Migrations go up and down over every released schema with data", "frozen databases"),
    18: ("Dependencies are pinned with hashes, and audited", "one command"),
}


def by_row() -> dict[int, list[str]]:
    """Row -> the tests that name it, as `tests/api/test_gate.py::test_x`."""
    found: dict[int, list[str]] = {row: [] for row in PROMISES}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for row in _rows(node):
                    found.setdefault(row, []).append(f"{path.relative_to(ROOT).as_posix()}::{node.name}")
    return found


def _rows(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[int]:
    for one in node.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pytest.mark.promise":
            yield from (ast.literal_eval(row) for row in one.args)


def table() -> str:
    """The table as Markdown."""
    lines = ["| # | Promise | How it is proved | Tests |", "| --- | --- | --- | --- |"]
    found = by_row()
    for row, (promise, proof) in PROMISES.items():
        by_file: dict[str, list[str]] = {}
        for one in found[row]:
            path, name = one.split("::")
            by_file.setdefault(path.removeprefix("tests/"), []).append(f"`{name}`")
        tests = "; ".join(f"{path}: {', '.join(names)}" for path, names in by_file.items())
        lines.append(f"| {row} | {promise} | {proof} | {tests} |")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """The document with the table in its place."""
    return re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: f"{BEGIN}\n{table()}\n{END}", text, flags=re.DOTALL)


def main() -> int:
    """Write it, and say which rows no test names."""
    DOC.write_text(with_table(DOC.read_text("utf-8")), "utf-8")
    bare = [row for row, tests in by_row().items() if not tests]
    print(f"{DOC.relative_to(ROOT)} is written." + (f" No test names row {', '.join(map(str, bare))}." if bare else ""))
    return 1 if bare else 0


if __name__ == "__main__":
    sys.exit(main())
