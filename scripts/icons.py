"""Draw the icons of the installed app from assets/icon.svg: assets/icons/*.png. They are committed; run this when the icon changes.

    python scripts/icons.py
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import sync_playwright

from scripts import phones
from scripts.house import ROOT

OUT = ROOT / "assets" / "icons"
TEAL, PAPER, PLUM = "#0f5c57", "#f6f1e8", "#6a2f5e"
# Of a maskable icon only a circle of 80 % is sure to be seen.
_SAFE = '<g transform="translate(32 32) scale(.86) translate(-32 -32)">{inside}</g>'


def drawings() -> dict[str, tuple[str, int]]:
    """Each file: its SVG, and its size."""
    icon = (ROOT / "assets" / "icon.svg").read_text()
    head, inside = icon.split("<rect", 1)[0], icon.split("/>", 1)[1].removesuffix("</svg>\n").removesuffix("</svg>")
    square = f'{head}<rect width="64" height="64" fill="{TEAL}"/>{_SAFE.format(inside=inside)}</svg>'
    # The flare of the log's charts, in its own colour.
    pen = f'stroke="{PAPER}" stroke-width="5" stroke-linecap="round"'
    mark = '<path d="M32 14v14m0 8v14M14 32h14m8 0h14M19.3 19.3l9.9 9.9m5.6 5.6 9.9 9.9m0-25.4-9.9 9.9m-5.6 5.6-9.9 9.9"'
    log = f'{head}<rect width="64" height="64" rx="14" fill="{PLUM}"/>{mark} {pen}/></svg>'
    return {
        "192": (icon, 192), "512": (icon, 512), "maskable-192": (square, 192), "maskable-512": (square, 512),
        "apple-180": (square, 180), "monochrome-192": (f"{head}{inside.replace(PAPER, '#fff')}</svg>", 192),
        "today-96": (icon, 96), "log-96": (log, 96),
    }  # fmt: skip


def main() -> None:
    """Draw all of them, each with as few colours as its edges need."""
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = phones.launch(playwright)
        page = browser.new_page(viewport={"width": 512, "height": 512})
        for name, (svg, size) in drawings().items():
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
            picture = page.screenshot(clip={"x": 0, "y": 0, "width": size, "height": size}, omit_background=True)
            few = Image.open(io.BytesIO(picture)).convert("RGBA").quantize(48, Image.Quantize.FASTOCTREE)
            few.save(OUT / f"{name}.png", optimize=True)
            print(f"{(OUT / f'{name}.png').stat().st_size:7,}  {name}.png")
        browser.close()


if __name__ == "__main__":
    main()
