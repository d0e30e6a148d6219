"""The Reflex plugin of the store: ships its modules, and keeps the socket on the page's own origin."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin

JS = Path(__file__).parent / "js"
# Where the modules stand in Reflex's web folder; pages import them as "$/utils/taper/...".
PLACE = Path("utils/taper")


class StorePlugin(Plugin):
    """Brings the client store into the bundle."""

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The store's modules, as they stand in `js/`."""
        return [(PLACE / file.relative_to(JS), file.read_text()) for file in sorted(JS.rglob("*.js"))]

    def pre_compile(self, **context: Any) -> None:
        """One build serves any port: the socket's port is the page's, not the one of the build."""
        context["add_modify_task"]("utils/state.js", same_origin_socket)


def same_origin_socket(source: str) -> str:
    """Reflex's state.js with the socket's port taken from the page.

    Reflex 0.10.1 keeps the port of the build over http; it is replaced only over https.
    """
    line = "endpoint.hostname = frontend_hostname;"
    if "endpoint.port = window.location.port;" in source:
        return source
    if line not in source:
        raise ValueError("Reflex's state.js has changed: look at same_origin_socket again")
    return source.replace(line, f"{line}\n    endpoint.port = window.location.port;")
