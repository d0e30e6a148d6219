"""When a build is made again, and what the server is started with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts import build, dev, house
from tests.house.files import ROOT


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small app of its own."""
    for name in ("taper_app/page.py", "assets/look.css", "rxconfig.py", "requirements.txt", "reflex.lock/package.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"a": 1, "b": 2}' if name.endswith(".json") else name)
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "LOCK", tmp_path / "reflex.lock")
    return tmp_path


@pytest.mark.parametrize("name", ["taper_app/page.py", "assets/look.css", "rxconfig.py", "requirements.txt", "taper_app/new.toml"])
def test_a_changed_source_asks_for_a_build(tree: Path, name: str) -> None:
    """Each file that reaches the build changes its fingerprint."""
    before = build.fingerprint()
    (tree / name).write_text("changed")
    assert build.fingerprint() != before


def test_what_does_not_reach_the_build_asks_for_none(tree: Path) -> None:
    """A test, a note, a compiled module, and a lock file written in another order change nothing."""
    before = build.fingerprint()
    (tree / "README.md").write_text("a note")
    (tree / "taper_app/page.pyc").write_text("compiled")
    (tree / "reflex.lock/package.json").write_text('{"b": 2,\n "a": 1}')
    assert build.fingerprint() == before


def test_the_lock_file_names_no_registry() -> None:
    """npm is told to leave download addresses out, and none is in the committed file."""
    assert house.environment()["npm_config_omit_lockfile_registry_resolved"] == "true"
    assert '"resolved"' not in (ROOT / "reflex.lock/package-lock.json").read_text()


def test_reflex_is_pinned_to_the_version_whose_inner_settings_are_used() -> None:
    """Starting without a build leans on internal settings: docs/decisions/0002."""
    assert re.search(r"^reflex==\d+\.\d+\.\d+ ", (ROOT / "requirements.in").read_text(), re.MULTILINE)
    assert {name for name in house.serving() if name.startswith("__REFLEX")} == {
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP", "__REFLEX_SKIP_COMPILE",
    }  # fmt: skip


def test_the_development_server_hands_on_all_that_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vite gets a proxy for the API, the forms, the share door and the socket, once."""
    monkeypatch.setenv(dev.BEHIND, "3001")
    source = "export default {\n  server: {\n    port: 1,\n  },\n}"
    made = dev.with_proxy(source)
    assert all(f'"{path}": {{ target: "http://127.0.0.1:3001", ws: true }}' in made for path in dev.OWN)
    assert dev.with_proxy(made) == made
    with pytest.raises(ValueError, match="changed"):
        dev.with_proxy("nothing known")


def test_the_readme_names_every_command() -> None:
    """What `make` offers is in the README, and the other way round."""
    offered = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"help", "build", "clean"}
    readme = (ROOT / "README.md").read_text()
    assert {name for name in offered if f"`{name}`" not in readme and f"make {name}" not in readme} == set()


def test_the_readme_names_every_setting() -> None:
    """What a host can set is in the README's table."""
    readme = (ROOT / "README.md").read_text()
    assert [name for name in house.SETTINGS if f"`{name}`" not in readme] == []
