"""Pictures of every page, to look at: build/shots/<variant>/<page>.png and a contact sheet build/shots/index.html.

    python scripts/shots.py            all of them
    python scripts/shots.py 390 today  one variant, pages with this in their name; `docs` also renews docs/today.png and
                                       the pictures that a phone shows before it installs the app
"""

from __future__ import annotations

import html
import io
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from scripts import lens_people, phones, share_shots
from scripts.house import ROOT, running_app

OUT = ROOT / "build" / "shots"
VARIANTS: dict[str, dict[str, Any]] = {
    "390": {},
    "320": {"width": 320, "height": 640},
    "dark": {"dark": True},
    "text-200": {"twice": True},
}


class Shot(NamedTuple):
    """One picture: a name, who looks (signed-in, signed-out, shared), and the address."""

    name: str
    who: str
    path: str


def shots(plan: str, draft: str) -> Iterator[Shot]:
    """Every page as everybody sees it who may."""
    everything = phones.pages()
    private = set(phones.private(everything))
    for path in everything:
        name = path.strip("/").replace("/", "-") or "today"
        if path != "/shared":
            yield Shot(f"in-{name}", "signed-in", phones.address(path, plan, draft))
        if path not in private:
            yield Shot(f"out-{name}", "signed-out", path)
    for path in phones.FORMS:
        yield Shot(f"form-{path.strip('/').replace('/', '-')}", "signed-out", path)
    for path in phones.SIGNED_IN_FORMS:
        yield Shot(f"form-{path.strip('/').replace('/', '-')}", "signed-in", path)
    yield Shot("in-not-there", "signed-in", "/not-there")
    yield Shot("shared", "shared", "/shared")


def take(browser: Browser, base_url: str, demo: phones.Demo, variant: str, only: str) -> list[Path]:
    """All pictures of one variant."""
    options = dict(VARIANTS[variant])
    twice = options.pop("twice", False)
    people = {who: phones.phone(browser, base_url, **options) for who in ("signed-in", "signed-out", "shared")}
    if twice:
        for context in people.values():
            phones.enlarge(context)
    phones.sign_in(people["signed-in"], base_url, demo.logins[0], demo.password)
    ids = phones.plan_ids(people["signed-in"], base_url)
    _open_share(people["shared"], demo.share_path)
    windows = {who: context.new_page() for who, context in people.items()}
    made = [_shoot(windows[shot.who], shot, OUT / variant / f"{shot.name}.png") for shot in shots(*ids) if only in shot.name]
    if only in "lens-":
        made += _lenses(browser, base_url, demo, variant)
    if only in "in-locked":
        made += _locked(windows["signed-in"], OUT / variant)
    if only in "share-states":
        made += share_shots.share_states(browser, base_url, demo, OUT / variant, twice=twice, **options)
    if only in "without-signal":
        made += _without_signal(windows["signed-in"], OUT / variant)
    if only in "in-report":
        # What the clinician gets, to be opened in a viewer.
        answer = people["signed-in"].request.get("/api/v1/report.pdf")
        (OUT / variant / "report.pdf").write_bytes(answer.body())
    for context in people.values():
        context.close()
    return made


def _lenses(browser: Browser, base_url: str, demo: phones.Demo, variant: str) -> Iterator[Path]:
    """Every chart of the lens with 0, 1, 20 and 2,000 of everything: as it is first seen, and with all of them drawn by plotly."""
    options = dict(VARIANTS[variant])
    twice = options.pop("twice", False)
    for count in lens_people.COUNTS:
        context = phones.phone(browser, base_url, **options)
        if twice:
            phones.enlarge(context)
        phones.sign_in(context, base_url, lens_people.login(count), demo.password)
        page = context.new_page()
        yield _shoot(page, Shot(f"lens-{count}", "", "/lens"), OUT / variant / f"lens-{count}.png")
        offers = page.get_by_role("button", name="Tap to read values")
        for left in range(offers.count(), 0, -1):
            offers.first.tap()
            expect(offers).to_have_count(left - 1)
        # A bar at the foot of the window would lie over the middle of the picture.
        page.screenshot(path=OUT / variant / f"lens-{count}-drawn.png", full_page=True, animations="disabled", style=".bar{display:none}")
        yield OUT / variant / f"lens-{count}-drawn.png"
        context.close()


def _go(page: Page, path: str) -> None:
    page.evaluate("path => window.__reactRouterDataRouter.navigate(path)", path)
    page.wait_for_function("path => location.pathname === path", arg=path)
    phones.settle(page)


def _without_signal(page: Page, folder: Path) -> Iterator[Path]:
    """What a person sees while the line is down: Today with a dose that waits, History, what signing out asks, a plan's page."""
    folder.mkdir(parents=True, exist_ok=True)
    page.goto("/")
    phones.settle(page)
    phones.hydrated(page)
    pages = {"history": "/history", "sign-out": "/sign-out", "plans": "/plans", "today": "/"}
    # Without the worker the pages have to have been there once.
    for path in pages.values():
        _go(page, path)
    # For good: what is logged here must not reach the pictures of the next variant.
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^(Took it|Log one)")).first.tap()
    page.get_by_text("on this phone").first.wait_for()
    for name, path in pages.items():
        _go(page, path)
        page.screenshot(path=folder / f"without-signal-{name}.png", full_page=True, animations="disabled")
        yield folder / f"without-signal-{name}.png"


def _locked(page: Page, folder: Path) -> Iterator[Path]:
    """The cover over the app: the PIN, a flare logged without it, and the way for who forgot it."""
    page.goto("/lock")
    phones.settle(page)
    phones.hydrated(page)
    for label in ("New PIN", "The same PIN again"):
        page.get_by_label(label).fill("4711")
    page.get_by_label("Let me log a flare without the PIN").check()
    page.get_by_role("button", name="Turn the lock on").tap()
    page.get_by_text("The lock is on.").wait_for()
    page.screenshot(path=folder / "in-lock-on.png", full_page=True, animations="disabled")
    yield folder / "in-lock-on.png"
    page.evaluate("() => sessionStorage.setItem('taper-open', 1)")
    fresh = page.context.new_page()
    fresh.goto("/")
    fresh.get_by_role("button", name="Unlock").wait_for()
    fresh.screenshot(path=folder / "in-locked.png", animations="disabled")
    yield folder / "in-locked.png"
    for name, button in (("flare", "Log a flare"), ("forgot", "I forgot my PIN")):
        fresh.get_by_role("button", name=button).tap()
        fresh.get_by_role("button", name="Back").wait_for()
        fresh.screenshot(path=folder / f"in-locked-{name}.png", animations="disabled")
        yield folder / f"in-locked-{name}.png"
        fresh.get_by_role("button", name="Back").tap()
        fresh.get_by_role("button", name="Unlock").wait_for()
    fresh.close()
    page.get_by_role("button", name="Turn the lock off").tap()
    page.get_by_text("The lock is off.").wait_for()


def _open_share(context: BrowserContext, share_path: str) -> None:
    page = context.new_page()
    page.goto(share_path)
    page.wait_for_url("**/shared")
    page.close()


def _shoot(page: Page, shot: Shot, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        page.goto(shot.path)
        phones.settle(page)
    except Error as error:
        print(f"  {shot.name} ({shot.path}) did not settle: {str(error).splitlines()[0]}")
    page.screenshot(path=target, full_page=True, animations="disabled")
    return target


def contact_sheet(pictures: dict[str, list[Path]]) -> None:
    """One page with all of them, a row a page and a column a variant."""
    names = list(dict.fromkeys(path.stem for paths in pictures.values() for path in paths))
    rows = []
    for name in names:
        cells = [
            f'<td><a href="{variant}/{name}.png"><img loading="lazy" src="{variant}/{name}.png" alt=""></a></td>' for variant in pictures
        ]
        rows.append(f"<tr><th>{html.escape(name)}</th>{''.join(cells)}</tr>")
    head = "".join(f"<th>{variant}</th>" for variant in pictures)
    style = "body{font:14px sans-serif}img{width:240px;max-height:640px;object-fit:cover;object-position:top;border:1px solid #999}"
    sheet = f"<!doctype html><meta charset=utf-8><title>Taper</title><style>{style}td,th{{vertical-align:top;padding:6px}}</style>"
    (OUT / "index.html").write_text(f"{sheet}<table><tr><th></th>{head}</tr>{''.join(rows)}</table>")


def main() -> None:
    """Take what was asked for."""
    asked = [word for word in sys.argv[1:] if word != "docs"]
    variants = [word for word in asked if word in VARIANTS] or list(VARIANTS)
    only = next((word for word in asked if word not in VARIANTS), "")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="taper-shots-") as folder, sync_playwright() as playwright:
        demo = phones.fill(Path(folder))
        phones.run_python(Path(folder), "from scripts.lens_people import fill; fill()")
        with running_app(Path(folder)) as base_url:
            browser = phones.launch(playwright)
            pictures = {variant: take(browser, base_url, demo, variant, only) for variant in variants}
            if "docs" in sys.argv[1:]:
                _docs(browser, base_url, demo)
            browser.close()
    contact_sheet(pictures)
    count = sum(map(len, pictures.values()))
    print(f"{count} pictures in {time.monotonic() - began:.0f} s: {OUT.relative_to(ROOT)}/index.html")


def _docs(browser: Browser, base_url: str, demo: phones.Demo) -> None:
    """The picture in the README, and those of the manifest: what fits on one screen."""
    context = phones.phone(browser, base_url, device_scale_factor=2)
    phones.sign_in(context, base_url, demo.logins[0], demo.password)
    page = context.new_page()
    page.goto("/")
    phones.settle(page)
    page.screenshot(path=ROOT / "docs" / "today.png", animations="disabled")
    context.close()
    context = phones.phone(browser, base_url)
    phones.sign_in(context, base_url, demo.logins[0], demo.password)
    page = context.new_page()
    for name, path in (("today", "/"), ("log", "/log"), ("safety", "/safety")):
        page.goto(path)
        phones.settle(page)
        few = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB").quantize(64)
        few.save(ROOT / "assets" / "screenshots" / f"{name}.png", optimize=True)
    context.close()


if __name__ == "__main__":
    main()
