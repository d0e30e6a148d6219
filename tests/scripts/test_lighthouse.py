"""`make lighthouse`: what is read out of a report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scripts.lighthouse import PACKAGE, PAGES, read
from scripts.phones import pages


def report(**audits: dict[str, Any]) -> dict[str, Any]:
    """A report of Lighthouse, as far as it is read."""
    paint = {"numericValue": 800, "scoreDisplayMode": "numeric", "score": 1}
    usual = {"first-contentful-paint": paint, "largest-contentful-paint": paint, "total-byte-weight": {**paint, "numericValue": 2048}}
    refs = [{"id": id, "weight": 1} for id in audits]
    categories = {"performance": {"score": 0.94, "auditRefs": []}, "accessibility": {"score": 1, "auditRefs": refs}}
    return {"audits": usual | audits, "categories": categories | {"best-practices": {"score": 0.96, "auditRefs": []}}}


def test_a_report_is_read() -> None:
    """Scores are of a hundred, times in seconds, and each fault says where it was seen first."""
    fault = {"title": "Names", "score": 0, "scoreDisplayMode": "binary", "details": {"items": [{"node": "button"}]}}
    found = read("today", report(names=fault, manual={"title": "By hand", "score": None, "scoreDisplayMode": "manual"}))
    assert found.scores == {"performance": 94, "accessibility": 100, "best-practices": 96}
    assert (found.first_paint, found.largest_paint, found.bytes) == (0.8, 0.8, 2048)
    assert found.faults == ['Names: {"node": "button"}']


def test_the_pages_are_there() -> None:
    """Every page that is measured has an address of the app or is a form of the server."""
    assert {path for path, _ in PAGES.values()} <= {*pages(), "/auth/sign-in"}


def test_lighthouse_is_pinned() -> None:
    """The lock file holds the version that package.json names."""
    wanted = json.loads((PACKAGE / "package.json").read_text())["dependencies"]["lighthouse"]
    locked = json.loads(Path(PACKAGE / "package-lock.json").read_text())["packages"]["node_modules/lighthouse"]["version"]
    assert wanted == locked
