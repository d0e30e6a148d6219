"""Taper as a phone's home screen knows it: name, colours, icons, shortcuts."""

from typing import Literal

from taper_app.content.loader import translate
from taper_app.pwa import Image, Manifest, Shortcut

LANG = "en"
GROUND, GROUND_DARK = "#f6f1e8", "#12191a"  # --ground in assets/taper.css


def words(key: str) -> str:
    """A string of the catalog."""
    return translate(LANG, key)


def icon(name: str, purpose: Literal["maskable", "monochrome"] | None = None) -> Image:
    """A picture of assets/icons, drawn by scripts/icons.py; its name ends with its size."""
    size = name.rsplit("-", 1)[-1]
    return Image(src=f"/icons/{name}.png", sizes=f"{size}x{size}", purpose=purpose)


MANIFEST = Manifest(
    name=words("shell.app"),
    short_name=words("shell.app"),
    description=words("shell.description"),
    lang=LANG,
    theme_color=GROUND,
    theme_color_dark=GROUND_DARK,
    background_color=GROUND,
    categories=("health", "medical"),
    icons=(
        icon("192"),
        icon("512"),
        icon("maskable-192", "maskable"),
        icon("maskable-512", "maskable"),
        icon("monochrome-192", "monochrome"),
    ),
    apple_touch_icon="/icons/apple-180.png",
    shortcuts=(
        Shortcut(name=words("install.log"), url="/log", icons=(icon("log-96"),)),
        Shortcut(name=words("today.title"), url="/", icons=(icon("today-96"),)),
    ),
    screenshots=tuple(
        Image(src=f"/screenshots/{name}.png", sizes="390x844", form_factor="narrow", label=words(f"install.shot_{name}"))
        for name in ("today", "log", "safety")
    ),
)
