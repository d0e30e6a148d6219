"""Ask whether a pinned package has a known hole: pip-audit for Python, npm audit for what the pages are built with.

Without a network it says so and ends well: a machine that is not online has learned nothing, and must be able to go on. A finding ends
it with 1, unless scripts/audit_exceptions.toml names it with a reason and a date that has not passed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.house import BIN, environment

PYTHON = ("requirements.txt", "requirements-dev.txt")
PAGES = (".", "reflex.lock", "scripts/lighthouse")
EXCEPTIONS = Path(__file__).with_name("audit_exceptions.toml")
PATIENCE = 300


@dataclass(frozen=True)
class Finding:
    """A known hole in a pinned package."""

    package: str
    id: str
    fixed_in: str

    def __str__(self) -> str:
        return f"{self.package}: {self.id}" + (f" (mended in {self.fixed_in})" if self.fixed_in else " (no mended version)")


@dataclass(frozen=True)
class Answer:
    """What was said about one list of packages: how many were looked up, how many nobody knew, and what was found."""

    name: str
    asked: int
    unknown: int
    findings: tuple[Finding, ...]


def read_pip(name: str, text: str) -> Answer | None:
    """pip-audit's JSON; None when it is none, as where there is no network."""
    found = _json(text)
    packages = found.get("dependencies")
    if not isinstance(packages, list):
        return None
    skipped = sum("skip_reason" in one for one in packages)
    holes = [
        Finding(one["name"], hole["id"], ", ".join(hole.get("fix_versions", []))) for one in packages for hole in one.get("vulns", [])
    ]
    return Answer(name, len(packages) - skipped, skipped, tuple(holes))


def read_npm(name: str, text: str) -> Answer | None:
    """npm audit's JSON; None when it is an error, as where there is no network."""
    found = _json(text)
    if "metadata" not in found:
        return None
    holes = [
        Finding(package, str(via.get("url", via.get("source", ""))).rsplit("/", 1)[-1], "")
        for package, one in found.get("vulnerabilities", {}).items()
        for via in one.get("via", [])
        # A package that is only affected through another is told of with the other.
        if isinstance(via, dict)
    ]
    return Answer(name, found["metadata"].get("dependencies", {}).get("total", 0), 0, tuple(holes))


def read_exceptions(text: str, today: date) -> dict[str, str]:
    """Ids that do not count today, with their reasons. Raises KeyError where a reason or a date is missing."""
    listed = tomllib.loads(text).get("finding", [])
    return {one["id"]: one["reason"] for one in listed if one["reason"].strip() and one["until"] >= today}


def judge(answers: list[Answer | None], names: list[str], excused: dict[str, str]) -> tuple[list[str], int]:
    """What is printed, and how it ends."""
    lines: list[str] = []
    bad = 0
    for name, answer in zip(names, answers, strict=True):
        if answer is None or not answer.asked:
            lines.append(f"{name}: could not ask (no network, or nobody there who knows). Nothing was learned.")
            continue
        counted = [one for one in answer.findings if one.id not in excused]
        bad += len(counted)
        lines += [f"{name}: {one}" for one in counted]
        lines += [f"{name}: {one}, left for now: {excused[one.id]}" for one in answer.findings if one.id in excused]
        unknown = f", {answer.unknown} unknown there" if answer.unknown else ""
        lines.append(f"{name}: {answer.asked} packages asked about{unknown}, {len(counted)} to mend.")
    return lines, 1 if bad else 0


def main() -> int:
    """Ask about each list."""
    excused = read_exceptions(EXCEPTIONS.read_text(), datetime.now(UTC).date())
    answers: list[Answer | None] = []
    for name in PYTHON:
        command = [BIN / "pip-audit", "-r", name, "--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
        answers.append(read_pip(name, _run(command, ROOT)))
    npm = [BIN / "npm", "audit", "--json", "--package-lock-only"]
    answers += [read_npm(f"{folder}/package-lock.json", _run(npm, ROOT / folder)) for folder in PAGES]
    lines, status = judge(answers, [*PYTHON, *(f"{folder}/package-lock.json" for folder in PAGES)], excused)
    print("\n".join(lines))
    return status


def _run(command: list[Any], folder: Path) -> str:
    try:
        run = subprocess.run(
            command,
            cwd=folder,
            env=environment(npm_config_audit="true", npm_config_fetch_retries="0"),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (subprocess.TimeoutExpired, FileNotFoundError):
        return ""
    return run.stdout


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


if __name__ == "__main__":
    sys.exit(main())
