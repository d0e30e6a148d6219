"""A copy of the app with a build of its own, of which a test makes a newer version while it is being served."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.house import CLIENT, ROOT, WEB

OLD, NEW = "Your prescriber", "The second version. Your prescriber"


def copy_app(folder: Path) -> Path:
    """The sources by link, the build and the modules that go into the worker by copy."""
    web = folder / ".web"
    web.mkdir(parents=True)
    for path in ROOT.iterdir():
        if path.name in ("rxconfig.py", "taper_app", "scripts", "assets"):
            (folder / path.name).symlink_to(path)
    for path in WEB.iterdir():
        if path.name not in ("build", "utils"):
            (web / path.name).symlink_to(path)
    shutil.copytree(WEB / "utils", web / "utils")
    shutil.copytree(CLIENT, web / "build" / "client")
    return folder


def new_version(app: Path) -> None:
    """What a new build changes: a page, and with it the worker."""
    edit(app, "index.html", OLD, NEW)
    make_worker(app)


def make_worker(app: Path) -> None:
    """Finish the build as it stands there now, with the plugin of rxconfig.py."""
    from rxconfig import plugins
    from taper_app.pwa import PwaPlugin

    (plugin,) = [one for one in plugins if isinstance(one, PwaPlugin)]
    build = app / ".web" / "build" / "client"
    plugin.finish(build, app / ".web")
    _only_plain(build / "sw.js")


def edit(app: Path, name: str, old: str, new: str) -> None:
    """Change a file of the build."""
    file = app / ".web" / "build" / "client" / name
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    _only_plain(file)


def _only_plain(file: Path) -> None:
    # The server prefers the compressed copies.
    for ending in (".br", ".gz"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
