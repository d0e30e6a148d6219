"""Codes have words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import taper_app
from taper_app.content.loader import catalog
from taper_app.domain.checks import CODES, Check
from taper_app.services.words import check_words

ROOT = Path(taper_app.__file__).parent
PARAMS = {
    "from": "165", "to": "135", "unit": "mg", "day": "2026-12-07", "until": "2026-12-01", "next": "2026-12-09", "days": "2",
    "usual": "3", "count": "7", "amount": "45", "parts": "30",
}  # fmt: skip


@pytest.fixture(autouse=True)
def world_database() -> None:
    """These tests need no database."""


@pytest.mark.parametrize("code", CODES)
def test_every_check_has_words(code: str) -> None:
    """Each question can be asked, and is a question."""
    words = check_words("en", Check(code, 1, PARAMS))
    assert "?" in words
    assert "{" not in words


def test_checks_say_it_as_clinical_md_does() -> None:
    """The two sentences that CLINICAL.md quotes with numbers read as they stand there."""
    assert check_words("en", Check("big_change", 2, PARAMS)).startswith("This goes from 165 to 135 mg a day at once.")
    one = Check("patch_interval", 2, {"days": "1", "usual": "3", "day": "2026-12-07"})
    assert check_words("en", one) == "The patch on Mon 7 Dec falls 1 day after the last. Is that what your prescriber said?"
    # A patch's level is a rate: it is not "a day".
    rate = Check("higher", 2, {"from": "25", "to": "37", "unit": "mcg/h"})
    assert "25 to 37 mcg/h" in check_words("en", rate)


def test_a_longer_interval_is_asked_about_without_equal_numbers() -> None:
    """Where the days between doses change, the question does not say "from 10 to 10"."""
    same = {"from": "10", "to": "10", "unit": "mg"}
    for code in ("higher", "big_change", "less_than_half"):
        assert "days between" in check_words("en", Check(code, 2, same))


def test_every_code_has_words() -> None:
    """Each code that the domain, the services and the API refuse with is in errors.toml."""
    known = catalog("en")
    missing = sorted({code for code in _codes() if f"errors.{code}" not in known})
    assert missing == []


def _codes() -> set[str]:
    """Codes as they stand in the source: default_code, and the arguments of what notes or raises."""
    found: set[str] = set()
    for folder in ("domain", "services", "api"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "default_code":
                    found |= _text(node.value)
                elif isinstance(node, ast.Call):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    place = {"wrong": 0, "Invalid": 0, "Missing": 0, "Blank": 1, "Door": 1}.get(name)
                    if place is not None and len(node.args) > place:
                        found |= _text(node.args[place])
    return found - {"refused"}


def _text(node: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
