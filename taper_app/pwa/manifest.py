"""The web app manifest as plain data: what a phone needs to know to install an app.

Field names and meanings are those of https://www.w3.org/TR/appmanifest/. A field left None does not reach the file.
"""

import json
from collections.abc import Set
from dataclasses import asdict, dataclass
from mimetypes import guess_type
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture under `assets/`. `sizes` is "512x512"; an SVG may say "any"."""

    src: str
    sizes: str
    purpose: Literal["any", "maskable", "monochrome"] | None = None
    # Of a screenshot: what is to be seen, for those who do not see it, and on which kind of screen.
    label: str | None = None
    form_factor: Literal["narrow", "wide"] | None = None


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """What a long press on the icon offers."""

    name: str
    url: str
    icons: tuple[Image, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """An installable app. `theme_color_dark` is for the pages' own metas: a manifest knows one colour."""

    name: str
    short_name: str
    description: str
    theme_color: str
    background_color: str
    icons: tuple[Image, ...]
    theme_color_dark: str | None = None
    # None: the file for iOS is left out, and the phone takes a picture of the page.
    apple_touch_icon: str | None = None
    id: str = "/"
    start_url: str = "/"
    scope: str = "/"
    lang: str = "en"
    dir: Literal["ltr", "rtl", "auto"] = "ltr"
    display: Literal["standalone", "fullscreen", "minimal-ui", "browser"] = "standalone"
    orientation: str | None = None
    categories: tuple[str, ...] | None = None
    shortcuts: tuple[Shortcut, ...] = ()
    screenshots: tuple[Image, ...] = ()

    def to_json(self) -> str:
        """The text of `manifest.webmanifest`."""
        return json.dumps(_written(asdict(self), leave_out={"theme_color_dark", "apple_touch_icon"}), ensure_ascii=False)


def _written(value: Any, leave_out: Set[str] = frozenset()) -> Any:
    if isinstance(value, dict):
        kept = {name: _written(one) for name, one in value.items() if one is not None and name not in leave_out}
        kind = guess_type(kept["src"])[0] if "src" in kept else None
        return kept | ({"type": kind} if kind else {})
    return [_written(one) for one in value] if isinstance(value, list | tuple) else value
