"""The phone's side of the app: a small client store and the Reflex plugin that ships it.

Nothing here knows what Taper is about except `js/views/`; imports nothing of ours.
"""

from taper_app.pwa.plugin import StorePlugin

__all__ = ["StorePlugin"]
