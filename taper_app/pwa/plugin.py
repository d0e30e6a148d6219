"""A Reflex plugin that makes an app installable, and lets it open with the network off.

    from taper_app.pwa import Image, Manifest, PwaPlugin

    config = rx.Config(
        app_name="tides",
        plugins=[
            PwaPlugin(
                Manifest(
                    name="Tide tables", short_name="Tides", description="High and low water.",
                    theme_color="#ffffff", background_color="#ffffff",
                    icons=(Image(src="/icon-192.png", sizes="192x192"), Image(src="/icon-512.png", sizes="512x512")),
                ),
                never=("/api",),
            ),
        ],
    )

What it does, all of it after the build and in production only:

- writes `manifest.webmanifest`, and links it, the theme colours and the touch icon in the head of every page;
- takes the `modulepreload` links out of the pages, which then paint earlier on a slow line;
- writes `sw.js`: a worker that keeps every page and file of this build, serves them cache-first, and nothing else.

Pages and files of one build are **one version**. A newer worker waits; `pwa.update_ready` (module `installed`) tells the
pages, which ask, and `update()` changes over. Set REFLEX_AUTO_RELOAD_COOLDOWN to a hundred years on the server, or
Reflex reloads the page by itself when it meets a newer one.

Serve `/sw.js` with `Cache-Control: no-cache`, and private pages with 200 to requests without `Sec-Fetch-Dest: document`:
the worker keeps their empty shells.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

from taper_app.pwa.finish import MANIFEST, finish_all, head_tags
from taper_app.pwa.manifest import Manifest
from taper_app.pwa.worker import WORKER, bundle, entry, precache

WEB_JS = Path(__file__).parent / "web"
# Where the plugin's modules stand in Reflex's web folder.
PLACE = Path("utils/pwa")
# Reflex's own calls: the socket, uploads, and what asks whether the server is there.
_REFLEX = ("/_event", "/_upload", "/_health", "/ping")
_WORKBOX = "7.4.1"


class PwaPlugin(Plugin):
    """See the module.

    never: paths that the worker leaves to the network, each with everything below it. Only navigations need it: nothing is
        kept but the files of the build.
    skip: files of the build that are not kept, as patterns: what no page needs offline and nobody should wait for.
    worker_modules: paths in Reflex's web folder of modules that add listeners to the worker (push, background sync).
    """

    def __init__(
        self, manifest: Manifest, *, never: Sequence[str] = (), skip: Sequence[str] = (), worker_modules: Sequence[str] = ()
    ) -> None:
        self.manifest = manifest
        self.never = (*_REFLEX, *never)
        self.skip = tuple(skip)
        self.worker_modules = tuple(worker_modules)

    def get_frontend_development_dependencies(self, **context: Any) -> list[str]:
        """Workbox: the two parts that are used."""
        return [f"workbox-{part}@{_WORKBOX}" for part in ("core", "precaching", "routing")]

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The modules of the worker and of the pages."""
        return [(PLACE / file.name, file.read_text()) for file in sorted(WEB_JS.glob("*.js"))]

    def post_build(self, **context: Any) -> None:
        """Finish the pages, then make the worker of what stands there."""
        from reflex.utils.prerequisites import get_web_dir

        self.finish(context["static_dir"], get_web_dir())

    def finish(self, build: Path, web: Path) -> None:
        """The manifest, the pages, the worker: of the build in this folder, with the modules of Reflex's web folder."""
        (build / MANIFEST).write_text(self.manifest.to_json())
        finish_all(build, head_tags(self.manifest))
        first = web / PLACE / "entry.js"
        first.write_text(entry(precache(build, self.skip), self.never, self.worker_modules))
        bundle(web, first, build / WORKER)
