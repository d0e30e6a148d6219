"""How soon the first chart of the lens is there on a slow phone: the sketch, and plotly in its place. Part of `make lighthouse`.

    python scripts/first_chart.py

A processor four times slower, and the line that Lighthouse calls slow 4G (150 ms, 1.6 Mbit/s). Cold: nothing on the phone.
Installed: pages and plotly come from the service worker, the log over the line.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import phones
from scripts.house import running_app

VISITS = 5
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
# When the sketch and when plotly's own dots stand on the page, in milliseconds since the navigation began.
WATCH = """
  new MutationObserver(() => {
    if (document.querySelector(".sketch path")) window.sketched ??= performance.now();
    if (document.querySelector(".over-chart .points path")) window.drawn ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
"""


def measure(browser: Browser, base_url: str, demo: phones.Demo, folder: Path) -> dict[str, list[tuple[float, float]]]:
    """(sketch, plotly) in milliseconds for each visit, cold and installed."""
    found: dict[str, list[tuple[float, float]]] = {"cold": [], "installed": []}
    for _ in range(VISITS):
        context = phones.phone(browser, base_url)
        found["cold"].append(_visit(_slow(context, context.new_page(), base_url, demo)))
        context.close()
    context = phones.installed(browser, base_url, folder)
    page = _slow(context, context.pages[0], base_url, demo, slow=False)
    page.goto("/lens")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => {})")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    _throttle(context, page)
    found["installed"] += [_visit(page) for _ in range(VISITS)]
    context.close()
    return found


def _slow(context: BrowserContext, page: Page, base_url: str, demo: phones.Demo, *, slow: bool = True) -> Page:
    context.add_init_script(WATCH)
    phones.sign_in(context, base_url, demo.logins[0], demo.password)
    if slow:
        _throttle(context, page)
    return page


def _throttle(context: BrowserContext, page: Page) -> None:
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _visit(page: Page) -> tuple[float, float]:
    page.goto("/lens", timeout=60_000)

    def when(name: str) -> float:
        found: Any = page.wait_for_function(f"() => window.{name}", timeout=60_000).json_value()
        return float(found)

    return when("sketched"), when("drawn")


def main() -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory(prefix="taper-chart-") as made, sync_playwright() as playwright:
        folder = Path(made)
        demo = phones.fill(folder / "data")
        with running_app(folder / "data") as base_url:
            browser = phones.launch(playwright)
            found = measure(browser, base_url, demo, folder / "phone")
            browser.close()
    for name, visits in found.items():
        sketched, drawn = (statistics.median(one) for one in zip(*visits, strict=True))
        print(f"the lens on a slow phone, {name}: a sketch after {sketched:.0f} ms, the chart after {drawn:.0f} ms")


if __name__ == "__main__":
    main()
