"""The Reflex plugin of the store: ships its modules, and keeps the socket on the page's own origin."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

from taper_app.pwa.edits import fewer_chunks, for_older_browsers, same_origin_socket, with_stand_ins, without_globals

JS = Path(__file__).parent / "js"
# Where the modules stand in Reflex's web folder; pages import them as "$/utils/taper/...".
PLACE = Path("utils/taper")


class StorePlugin(Plugin):
    """Brings the client store into the bundle."""

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The store's modules, as they stand in `js/`."""
        return [(PLACE / file.relative_to(JS), file.read_text()) for file in sorted(JS.rglob("*.js"))]

    def get_frontend_dependencies(self, **context: Any) -> Sequence[str]:
        """What `js/db.js` opens the phone's database with."""
        return ["idb@8.0.4"]

    def pre_compile(self, **context: Any) -> None:
        """What Reflex writes, with one build for any port and a lighter first visit."""
        modify = context["add_modify_task"]
        modify("utils/state.js", same_origin_socket)
        modify("vite.config.js", fewer_chunks)
        modify("vite.config.js", with_stand_ins)
        modify("vite.config.js", for_older_browsers)
        modify("app/root.jsx", without_globals)
