"""What the first visit of a page transfers, file by file, as Chromium counts it (`encodedDataLength`, empty cache).

    python scripts/weight.py          Today, signed in, with the demo's data
    python scripts/weight.py /plan    another page
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import BrowserContext, sync_playwright

from scripts import phones
from scripts.house import CLIENT, running_app

MOST = 170 * 1024


def transferred(context: BrowserContext, path: str) -> dict[str, int]:
    """Bytes over the wire by address, headers too, for the first visit of a page with an empty cache.

    Everything is counted that the page asks for until it is quiet; the stream of changes stays open and counts as far as it came.
    """
    page = context.new_page()
    session = context.new_cdp_session(page)
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}))
    session.on("Network.dataReceived", lambda event: sizes.setdefault(event["requestId"], 0))
    session.on("Network.responseReceived", lambda event: sizes.setdefault(event["requestId"], int(event["response"]["encodedDataLength"])))
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    page.goto(path)
    phones.settle(page)
    # What comes late: idle work of the page, prefetches.
    page.wait_for_timeout(2500)
    page.close()
    found: dict[str, int] = {}
    for request, size in sizes.items():
        url = urlsplit(names.get(request, ""))
        name = url.path or request
        found[name] = found.get(name, 0) + size
    return found


def main() -> None:
    """Print the table."""
    path = sys.argv[1] if len(sys.argv) > 1 else "/"
    with tempfile.TemporaryDirectory(prefix="taper-weight-") as folder, sync_playwright() as playwright:
        demo = phones.fill(Path(folder))
        with running_app(Path(folder)) as base_url:
            browser = phones.launch(playwright)
            context = phones.phone(browser, base_url)
            phones.sign_in(context, base_url, demo.logins[0], demo.password)
            plan, draft = phones.plan_ids(context, base_url)
            found = transferred(context, phones.address(path, plan, draft))
            browser.close()
    for name, size in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{size:9,}  {name}")
    total = sum(found.values())
    print(f"{total:9,}  together = {total / 1024:.1f} KiB (Today may be {MOST / 1024:.0f} KiB)")
    plain, sent = on_the_phone()
    print(f"The worker keeps the app on the phone: {plain / 1e6:.1f} MB, {sent / 1e6:.1f} MB over the line.")


def on_the_phone() -> tuple[int, int]:
    """Bytes of all files that the service worker lists: as they lie on the phone, and as they travel."""
    plain = sent = 0
    for url in set(re.findall(r'url:`([^`]+)`', (CLIENT / "sw.js").read_text())):
        file = next(one for one in (CLIENT / url[1:] / "index.html", CLIENT / url[1:]) if one.is_file())
        packed = file.with_name(f"{file.name}.br")
        plain += file.stat().st_size
        sent += (packed if packed.exists() else file).stat().st_size
    return plain, sent


if __name__ == "__main__":
    main()
