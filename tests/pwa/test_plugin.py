"""What the plugin makes of a build: the manifest, the finished pages, the list of the worker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from taper_app.app_manifest import GROUND, GROUND_DARK, MANIFEST
from taper_app.pwa import Image, Manifest, PwaPlugin, Shortcut
from taper_app.pwa.edits import ReflexChanged, fewer_chunks, same_origin_socket, without_globals
from taper_app.pwa.finish import finish, head_tags
from taper_app.pwa.worker import entry, precache

ROOT = Path(__file__).parents[2]
TIDES = Manifest(
    name="Tide tables", short_name="Tides", description="High & low water.", theme_color="#fff", background_color="#fff",
    icons=(Image(src="/icon.png", sizes="192x192", purpose="maskable"),), shortcuts=(Shortcut(name="Now", url="/now"),),
)  # fmt: skip


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A small build as Reflex leaves it: pages twice, hashed files, copies for the server."""
    for name in (
        "index.html", "index.html.br", "log.html", "log.html.gz", "log/index.html", "log/more.html", "log/more/index.html",
        "404.html", "__spa-fallback.html", "icon.svg", "sw.js", "assets/a-1234.js", "assets/a-1234.js.map", "assets/plotly-9.js",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"<head></head>{name}")
    return tmp_path


def test_manifest_says_what_is_there_and_nothing_else() -> None:
    """Only fields that were given reach the file, with the type of each picture."""
    written = json.loads(TIDES.to_json())
    assert written["icons"] == [{"src": "/icon.png", "sizes": "192x192", "purpose": "maskable", "type": "image/png"}]
    assert written["shortcuts"] == [{"name": "Now", "url": "/now", "icons": []}]
    assert (written["id"], written["scope"], written["start_url"], written["display"]) == ("/", "/", "/", "standalone")
    assert not {"theme_color_dark", "apple_touch_icon", "orientation", "categories"} & written.keys()


def test_taper_is_installable() -> None:
    """Its manifest has both sizes, maskable ones too, both shortcuts, pictures, and no file that is not there."""
    written = json.loads(MANIFEST.to_json())
    kinds = {(icon["sizes"], icon.get("purpose", "any")) for icon in written["icons"]}
    assert {("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable")} <= kinds
    assert [(one["name"], one["url"]) for one in written["shortcuts"]] == [("Log a flare", "/log"), ("Today", "/")]
    images = [*written["icons"], *written["screenshots"], *(icon for one in written["shortcuts"] for icon in one["icons"])]
    assert len(written["screenshots"]) == 3
    assert [image["src"] for image in images if not (ROOT / "assets" / image["src"].lstrip("/")).is_file()] == []


def test_colours_are_those_of_the_pages() -> None:
    """The bar above the page has the colour of its ground, in the light and in the dark, on the server's own pages too."""
    css = (ROOT / "assets/taper.css").read_text()
    base = (ROOT / "taper_app/api/templates/base.html").read_text()
    assert re.findall(r"--ground: (#\w+)", css) == [GROUND, GROUND_DARK]
    assert re.findall(r'name="theme-color" content="(#\w+)"', base) == [GROUND, GROUND_DARK]


def test_pages_are_finished_once() -> None:
    """A head gets its tags once, however often it is finished, and loses its preload links."""
    tags = head_tags(TIDES)
    once = finish('<head><link rel="modulepreload" href="/a.js"/><title>Tides</title></head><body></body>', tags)
    assert once == f"<head><title>Tides</title>{tags}</head><body></body>"
    assert finish(once, tags) == once
    assert '<meta name="theme-color" content="#fff"/>' in tags
    assert "apple-touch-icon" not in tags


def test_worker_lists_each_file_of_one_version_once(build: Path) -> None:
    """Pages stand under their addresses, hashed files need no revision, and copies, twins and the worker itself are left out."""
    found = precache(build, ["assets/plotly*"])
    assert [one["url"] for one in found] == ["/", "/__spa-fallback.html", "/assets/a-1234.js", "/icon.svg", "/log", "/log/more"]
    assert [one["url"] for one in found if one["revision"] is None] == ["/assets/a-1234.js"]


def test_a_changed_page_is_a_new_version(build: Path) -> None:
    """A page with other words has another revision, and so another worker; the rest keeps its own."""
    before = {one["url"]: one["revision"] for one in precache(build)}
    (build / "log/index.html").write_text("other words")
    after = {one["url"]: one["revision"] for one in precache(build)}
    assert [url for url in after if after[url] != before[url]] == ["/log"]
    assert entry([], [], []) != entry([{"url": "/", "revision": "1"}], [], [])


def test_modules_of_others_go_into_the_worker() -> None:
    """Modules named in rxconfig.py are part of the worker's first module, before it serves."""
    lines = entry([], ["/api"], ["utils/taper/worker/outbox.js"]).splitlines()
    assert lines[1] == 'import "../../utils/taper/worker/outbox.js";'
    assert lines[2] == 'serve({"files": [], "never": ["/api"], "fallback": "/__spa-fallback.html"});'


@pytest.mark.promise(10)
def test_reflexs_own_calls_are_never_answered_by_the_worker() -> None:
    """Whatever an app adds, the socket and Reflex's own calls stay with the network."""
    assert {"/_event", "/_upload", "/api"} <= set(PwaPlugin(TIDES, never=("/api",)).never)


@pytest.mark.parametrize(
    ("edit", "source"), [(same_origin_socket, "other"), (fewer_chunks, "other"), (without_globals, "window.__reflex = other")]
)
def test_an_edit_refuses_what_it_does_not_know(edit: Callable[[str], str], source: str) -> None:
    """When Reflex writes something else than 0.10.1 does, the build stops instead of shipping without the edit."""
    with pytest.raises(ReflexChanged):
        edit(source)


def test_edits_may_be_made_twice() -> None:
    """Reflex keeps some of its files between builds: an edit that is there already changes nothing."""
    state = "    endpoint.hostname = frontend_hostname;\n"
    vite = "groups: [\n  {\n    test: /env.json/,\n    name: \"reflex-env\",\n  },\n],"
    root = (
        "import * as React from 'react';\n\n  useEffect(() => {\n    // Make contexts and state objects available globally for x\n"
        "    window.__reflex = {};\n  }, []);\n  return 1"
    )
    for edit, source in ((same_origin_socket, state), (fewer_chunks, vite), (without_globals, root)):
        once = edit(source)
        assert once != source
        assert edit(once) == once
