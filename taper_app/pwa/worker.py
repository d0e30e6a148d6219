"""Making the service worker after the build, from the files that are there.

A worker is one version of the app: the list of its files with the hash of each. Workbox fetches them when the worker is
installed, serves them cache-first, and throws away those of older versions when it takes over.
"""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from pathlib import Path

WORKER = "sw.js"
FALLBACK = "__spa-fallback.html"
# Copies for the server's own use, the worker itself, and what only a developer reads.
_NEVER = ("*.br", "*.gz", "*.zst", "*.map", WORKER, "404.html", "robots.txt", "sitemap.xml")


def precache(build: Path, skip: Iterable[str] = ()) -> list[dict[str, str | None]]:
    """Every file of a build as Workbox lists it, sorted: {url, revision}.

    A page stands under its address ("/log" for log/index.html), so that a navigation finds it; its twin log.html is left
    out. Files under assets/ are named by their content and need no revision; of any other it is the
    SHA-256, which the worker checks. `skip` are patterns like "assets/plotly*".
    """
    left_out = [*_NEVER, *skip]
    listed = {}
    for file in build.rglob("*"):
        name = file.relative_to(build).as_posix()
        if not file.is_file() or any(fnmatch(name, pattern) for pattern in left_out):
            continue
        if file.suffix == ".html" and (file.with_suffix("") / "index.html").exists():
            continue
        hashed = name.startswith("assets/")
        listed[_url(name)] = None if hashed else base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
    return [{"url": url, "revision": listed[url]} for url in sorted(listed)]


def _url(name: str) -> str:
    if name == "index.html":
        return "/"
    return f"/{name.removesuffix('/index.html')}"


def entry(files: Sequence[dict[str, str | None]], never: Sequence[str], modules: Sequence[str]) -> str:
    """The worker's first module. `modules` are paths in Reflex's web folder; they add listeners of their own."""
    lines = ['import { serve } from "./worker.js";', *[f'import "../../{module}";' for module in modules]]
    given = {"files": list(files), "never": list(never), "fallback": f"/{FALLBACK}"}
    return "\n".join([*lines, f"serve({json.dumps(given)});", ""])


def bundle(web: Path, source: Path, target: Path) -> None:
    """Bundle the worker with the bundler that built the pages, in Reflex's web folder, into one classic script."""
    from reflex.utils.path_ops import get_node_path

    command = [
        str(get_node_path() or "node"), str((web / "node_modules/rolldown/bin/cli.mjs").resolve()), str(source.resolve()),
        "--file", str(target.resolve()), "--format", "iife", "--minify", "--platform", "browser", "--logLevel", "warn",
        "--transform.define", 'process.env.NODE_ENV:"production"',
    ]  # fmt: skip
    run = subprocess.run(command, cwd=web, capture_output=True, text=True, check=False)  # noqa: S603 - the bundler, on our files
    if run.returncode or not target.exists():
        raise RuntimeError(f"the service worker could not be bundled:\n{run.stdout[-4000:]}{run.stderr[-4000:]}")
