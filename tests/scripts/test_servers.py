"""`make test` brings PostgreSQL and Redis where it can, and says what it will leave out where it cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts import postgres, servers

# An apt-get that writes down how it was called, and "installs" Redis only. PATH is empty, so its tools have their whole path.
APT = """#!/bin/sh
echo "$@" >> "$0.log"
if [ "$1" = install ]; then /bin/cp "$0" "${0%/*}/redis-server"; fi
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with apt and none of the servers, and we are root on it."""
    (tmp_path / "apt-get").write_text(APT)
    (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "DEBIAN", tmp_path / "nowhere")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return tmp_path


def test_what_is_missing_is_installed_and_what_still_is_named(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One call to apt for both; what it could not bring is said, what it brought is not."""
    assert servers.missing() == ["postgresql", "redis-server"]
    servers.bring()
    assert (bare / "apt-get.log").read_text().splitlines()[-1].endswith("postgresql redis-server")
    said = capsys.readouterr().out
    assert "No postgresql here: its tests will be skipped" in said
    assert "No redis-server" not in said


def test_nobody_but_root_installs(bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without the right to install nothing is tried, and both are named."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    servers.bring()
    assert not (bare / "apt-get.log").exists()
    assert capsys.readouterr().out.count("will be skipped") == 2


def test_what_is_there_is_left_alone(bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Redis on PATH and PostgreSQL where Debian puts it: nothing is called and nothing said."""
    folder = bare / "15" / "bin"
    folder.mkdir(parents=True)
    for path in (folder / "initdb", folder / "postgres", bare / "redis-server"):
        path.write_text(APT)
        path.chmod(0o755)
    monkeypatch.setattr(postgres, "DEBIAN", bare)
    servers.bring()
    assert not (bare / "apt-get.log").exists()
    assert capsys.readouterr().out == ""
