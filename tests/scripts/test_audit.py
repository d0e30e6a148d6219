"""`make audit`, and what makes it mean something: everything is pinned, with its hash."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scripts.audit import EXCEPTIONS, PAGES, PYTHON, ROOT, Finding, judge, read_exceptions, read_npm, read_pip

PIP = {
    "dependencies": [
        {"name": "fine", "version": "1", "vulns": []},
        {"name": "holed", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]},
        {"name": "odd", "skip_reason": "not found"},
    ]
}
NPM = {
    "metadata": {"dependencies": {"total": 9}},
    "vulnerabilities": {
        "deep": {"via": [{"source": 1, "url": "https://github.com/advisories/GHSA-1"}]},
        "above": {"via": ["deep"]},
    },
}


@pytest.mark.promise(18)
def test_with_the_network_closed_it_says_so_and_ends_well(tmp_path: Path) -> None:
    """Nobody can be asked: a plain line for each list, and no failure."""
    closed = dict.fromkeys(("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9")
    env = {**os.environ, **closed, "NO_PROXY": "", "no_proxy": "", "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, ROOT / "scripts/audit.py"], env=env, capture_output=True, text=True, check=False, timeout=240, cwd=ROOT
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert [line.split(":")[0] for line in lines] == [*PYTHON, *(f"{folder}/package-lock.json" for folder in PAGES)]
    assert all("could not ask" in line and "Nothing was learned" in line for line in lines)


@pytest.mark.promise(18)
def test_a_finding_fails_unless_it_is_excused() -> None:
    """A hole that is known ends with 1 and says what mends it; one with a reason is told and passes."""
    answers = [read_pip("p", json.dumps(PIP)), read_npm("n", json.dumps(NPM))]
    lines, status = judge(answers, ["p", "n"], {})
    assert status == 1
    assert "p: holed: PYSEC-1 (mended in 2)" in lines
    assert "p: 2 packages asked about, 1 unknown there, 1 to mend." in lines
    assert [one.findings for one in answers if one][1] == (Finding("deep", "GHSA-1", ""),)
    lines, status = judge(answers, ["p", "n"], {"PYSEC-1": "not called", "GHSA-1": "built with, not shipped"})
    assert status == 0
    assert any("left for now: not called" in line for line in lines)


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"message": "refused"}'])
def test_an_answer_that_is_none_is_not_taken_for_a_good_one(text: str) -> None:
    """What cannot be read counts as not asked, never as nothing found."""
    assert read_pip("p", text) is None
    assert read_npm("n", text) is None


def test_when_nobody_knew_a_single_package_nothing_was_learned() -> None:
    """A mirror that knows no package is no answer either."""
    skipped: dict[str, Any] = {"dependencies": [{"name": "odd", "skip_reason": "not found"}]}
    assert "could not ask" in judge([read_pip("p", json.dumps(skipped))], ["p"], {})[0][0]


def test_an_excuse_needs_a_reason_and_runs_out() -> None:
    """Each exception in the file says why and until when; after its date it counts no more."""
    text = '[[finding]]\nid = "A"\nreason = "because"\nuntil = 2026-12-01\n'
    assert read_exceptions(text, date(2026, 12, 1)) == {"A": "because"}
    assert read_exceptions(text, date(2026, 12, 2)) == {}
    with pytest.raises(KeyError):
        read_exceptions('[[finding]]\nid = "A"\nuntil = 2026-12-01\n', date(2026, 12, 1))
    read_exceptions(EXCEPTIONS.read_text(), date(2026, 1, 1))


@pytest.mark.parametrize("name", PYTHON)
@pytest.mark.promise(18)
def test_every_python_package_is_pinned_with_a_hash(name: str) -> None:
    """No line asks for a range, an address or a package without a SHA-256."""
    text = re.sub(r"\\\n", " ", (ROOT / name).read_text())
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) > 10
    pinned = re.compile(r"[a-z0-9._-]+(\[[a-z,]+\])?==[\w.!+-]+( ; [^@]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [line[:60] for line in lines if not pinned.fullmatch(line)] == []


@pytest.mark.parametrize("folder", PAGES)
@pytest.mark.promise(18)
def test_every_npm_package_is_pinned_with_a_hash(folder: str) -> None:
    """Each package of a lock file has its version and a SHA-512."""
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    named = {path: one for path, one in packages.items() if path}
    assert named
    loose = [path for path, one in named.items() if not one.get("version") or not one.get("integrity", "").startswith("sha512-")]
    assert loose == []
