"""The phone's side of the app: a Reflex plugin that makes an app installable, and Taper's small client store.

`plugin`, `manifest`, `finish`, `worker`, `installed` and `web/` know nothing of Taper and may be lifted out as they stand; the store
is `store`, `store_plugin`, `views/` and `js/`. Nothing here imports anything of ours.
"""

from taper_app.pwa.manifest import Image, Manifest, Shortcut
from taper_app.pwa.plugin import PwaPlugin
from taper_app.pwa.store_plugin import StorePlugin

__all__ = ["Image", "Manifest", "PwaPlugin", "Shortcut", "StorePlugin"]
