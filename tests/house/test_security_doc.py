"""docs/security.md is held to the tests: what it promises is proved by what it names."""

from __future__ import annotations

import ast
import re

import pytest

from scripts.security_table import DOC, PROMISES, by_row, with_table
from tests.house.files import named, tree

TEXT = DOC.read_text("utf-8")


def every_test() -> set[str]:
    """The name of each test function, in Python and in JavaScript's files by the file."""
    return {
        node.name
        for path in named(".py", under="tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("row", PROMISES)
def test_every_promise_has_a_test(row: int) -> None:
    """No row of the table stands there without a test that names it."""
    assert by_row()[row]


def test_no_test_names_a_row_that_is_not_there() -> None:
    """A test that says it proves row 99 is a slip of the pen."""
    assert set(by_row()) == set(PROMISES)


def test_the_table_is_what_the_tests_say() -> None:
    """After a test was added or renamed, `python scripts/security_table.py` writes the table anew."""
    assert with_table(TEXT) == TEXT


def test_every_test_that_the_page_names_is_there() -> None:
    """Each `test_...` in the threat model exists, and each threat names at least one."""
    assert set(re.findall(r"`(test_\w+)`", TEXT)) - every_test() == set()
    threats = re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]
    assert len(threats) == 8
    for threat in threats:
        assert "**Not defended.**" in threat, threat.splitlines()[0]
        assert re.search(r"`test_\w+`", threat), threat.splitlines()[0]
