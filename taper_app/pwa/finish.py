"""Finishing the built pages: the tags of an installable app into each head, and out with what slows the first paint."""

import re
from html import escape
from pathlib import Path

from taper_app.pwa.manifest import Manifest

MANIFEST = "manifest.webmanifest"
# From the phone's own cache a page is there so fast that the browser's offer to install can come before the page's modules.
_PROMPT = (
    '<script>addEventListener("beforeinstallprompt",(e)=>{e.preventDefault();window.pwaPrompt=e;dispatchEvent(new Event("pwa:prompt"))})'
    "</script>"
)
_PRELOAD = re.compile(r'<link rel="modulepreload"[^>]*/?>')


def finish(page: str, tags: str) -> str:
    """A page with the tags at the end of its head. Finishing it once more changes nothing.

    The links that preload modules go: they compete with the page's own text for a slow line. React minds neither: it
    looks for its own metas and links by what they say, not by where they stand.
    """
    page = _PRELOAD.sub("", page)
    return page if tags in page else page.replace("</head>", f"{tags}</head>", 1)


def head_tags(manifest: Manifest) -> str:
    """The manifest, the colours of the bar above the page, what iOS wants by names of its own, and a script that keeps the offer
    to install for `page.js`: a policy without 'unsafe-inline' has to name its hash.
    """
    light, dark = manifest.theme_color, manifest.theme_color_dark
    tags = [f'<link rel="manifest" href="/{MANIFEST}"/>']
    if dark:
        tags += [_color(light, ' media="(prefers-color-scheme: light)"'), _color(dark, ' media="(prefers-color-scheme: dark)"')]
    else:
        tags.append(_color(light))
    tags.append(f'<meta name="apple-mobile-web-app-title" content="{escape(manifest.short_name)}"/>')
    if manifest.apple_touch_icon:
        tags.append(f'<link rel="apple-touch-icon" href="{escape(manifest.apple_touch_icon)}"/>')
    return "".join([*tags, _PROMPT])


def finish_all(build: Path, tags: str) -> None:
    """Every page of a build."""
    for page in build.rglob("*.html"):
        page.write_text(finish(page.read_text(), tags))


def _color(color: str, media: str = "") -> str:
    return f'<meta name="theme-color" content="{escape(color)}"{media}/>'
