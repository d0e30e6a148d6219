"""The store's own tests, under Node, and its weight."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"
JS = ROOT / "taper_app/pwa/js"


@pytest.mark.parametrize("zone", ["UTC", "America/Chicago", "Pacific/Auckland"])
def test_the_store_passes_its_own_tests(zone: str) -> None:
    """Every test of tests/js passes, wherever the device is."""
    files = sorted((ROOT / "tests/js").glob("*.test.js"))
    run = subprocess.run(
        [NODE, "--test", *files], capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "TZ": zone}
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


# Which modules know a package: what pages read through React, and the database.
READ_BY_PAGES = ("store.js", "ringing.js", "caring_here.js", "pictures.js", "bringing.js", "locking.js")
PACKAGES = {**{name: {"react"} for name in READ_BY_PAGES}, "db.js": {"idb"}}


def test_modules_are_small_and_each_package_has_one_door() -> None:
    """A module has fewer than 250 lines and imports only its neighbours; those that pages read know React, and db.js idb."""
    for file in JS.rglob("*.js"):
        source = file.read_text()
        assert source.count("\n") < 250, file
        foreign = {name for name in re.findall(r'from "([^"]+)"', source) if not name.startswith(".")}
        assert foreign == PACKAGES.get(file.name, set()), file


def test_modules_hold_no_words_for_people() -> None:
    """No string of two words that begins like a sentence: words come from the catalogs."""
    for file in (*JS.rglob("*.js"), *(JS.parent / "web").glob("*.js")):
        code = re.sub(r"//.*|/\*.*?\*/", "", file.read_text(), flags=re.DOTALL | re.MULTILINE)
        assert not re.findall(r'["`][A-Z][a-z]+ [a-z]+', code), file
