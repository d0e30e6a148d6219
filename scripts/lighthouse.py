"""What Lighthouse says of the pages on a phone with a slow line, and how soon Today is there on a second visit.

    python scripts/lighthouse.py          all pages
    python scripts/lighthouse.py log      pages with this in their name

Ends with an error unless accessibility and best practices are 100 everywhere. A second visit should take less than a second.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, sync_playwright

from scripts import phones
from scripts.house import BIN, ROOT, environment, free_port, running_app

PACKAGE = Path(__file__).parent / "lighthouse"
# Out of the sources' way: a hundred packages that nobody here wrote.
INSTALLED = ROOT / "build" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices")
PERFECT = ("accessibility", "best-practices")
VISITS = 5
PAGES = {
    "welcome": ("/welcome", ""),
    "sign-in": ("/auth/sign-in", ""),
    "today": ("/", "signed-in"),
    "log": ("/log", "signed-in"),
    "safety": ("/safety", ""),
    "option": ("/options/yoga", ""),
    "shared": ("/shared", "shared"),
}
# When the heading and today's doses stand on the page, in milliseconds since the navigation began.
WATCH = """
  const look = () => {
    if (!document.querySelector("h1") || !document.querySelector("[aria-labelledby=due] li")) return;
    window.shown ??= performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
"""
# A tap on the button of a dose (its name begins with one of two words), until the row says something else and the next frame is drawn.
TAP = """() => new Promise((done) => {
  const row = [...document.querySelectorAll("[aria-labelledby=due] li")].at(-1);
  const button = [...row.querySelectorAll("button")].find((one) => /^(Took it|Undo)/.test(one.textContent));
  const began = performance.now();
  new MutationObserver((_, seen) => {
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  }).observe(row, { childList: true, subtree: true, characterData: true, attributes: true });
  button.click();
})"""


class Report(NamedTuple):
    """What is printed of a page."""

    name: str
    scores: dict[str, int]
    first_paint: float
    largest_paint: float
    bytes: int
    faults: list[str]


def install() -> None:
    """Lighthouse as its lock file says, unless it is there."""
    names = ("package.json", "package-lock.json")
    if all((INSTALLED / name).exists() and (INSTALLED / name).read_bytes() == (PACKAGE / name).read_bytes() for name in names):
        return
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copy(PACKAGE / name, INSTALLED / name)
    subprocess.run([BIN / "npm", "ci", "--silent"], cwd=INSTALLED, env=environment(), check=True)


def measure(browser: Browser, name: str, base_url: str, demo: phones.Demo, folder: Path) -> Report:
    """One page, first visit, on Lighthouse's phone, in a browser that holds a cookie and nothing else."""
    path, who = PAGES[name]
    port = free_port()
    context = phones.installed(browser, base_url, folder / f"phone-{name}", f"--remote-debugging-port={port}")
    if who == "signed-in":
        phones.sign_in(context, base_url, demo.logins[0], demo.password)
    elif who == "shared":
        token = demo.share_path.split("#")[1]
        answer = context.request.post("/api/v1/shares/open", data={"token": token}, headers={"Origin": base_url})
        if not answer.ok:
            raise RuntimeError(f"the share did not open: {answer.text()}")
    out = folder / f"{name}.json"
    command = [
        str(BIN / "node"), str(INSTALLED / "node_modules/lighthouse/cli/index.js"), base_url + path, "--quiet", f"--port={port}",
        "--disable-storage-reset", "--output=json", f"--output-path={out}", f"--only-categories={','.join(CATEGORIES)}",
    ]  # fmt: skip
    subprocess.run(command, env=environment(HOME=str(folder)), check=True, capture_output=True)
    context.close()
    return read(name, json.loads(out.read_text()))


def read(name: str, found: dict[str, Any]) -> Report:
    """The few figures, and what costs a point in a category that must be perfect, each with where it was seen first."""
    audits = found["audits"]
    scores = {one: round(found["categories"][one]["score"] * 100) for one in CATEGORIES}
    asked = [ref["id"] for one in PERFECT for ref in found["categories"][one]["auditRefs"] if ref["weight"]]
    counted = [audits[id] for id in asked if audits[id]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")]
    faults = [f"{one['title']}: {_first(one)}" for one in counted if (one["score"] or 0) < 1]
    paints = (audits[f"{which}-contentful-paint"]["numericValue"] / 1000 for which in ("first", "largest"))
    return Report(name, scores, *paints, round(audits["total-byte-weight"]["numericValue"]), faults)


def _first(audit: dict[str, Any]) -> str:
    items = audit.get("details", {}).get("items") or [{}]
    return json.dumps(items[0], ensure_ascii=False)[:400]


class Speed(NamedTuple):
    """In milliseconds, pages from the worker: until Today shows its heading and the doses due with a processor four times slower;
    from a tap on a dose until the page shows it as logged, so and with the processor as it is.
    """

    visits: list[float]
    slow_taps: list[float]
    taps: list[float]


def second_visits(browser: Browser, base_url: str, demo: phones.Demo, folder: Path) -> Speed:
    """Measured one after the other on one phone."""
    context = phones.installed(browser, base_url, folder)
    context.add_init_script(WATCH)
    phones.sign_in(context, base_url, demo.logins[0], demo.password)
    page = context.pages[0]
    page.goto("/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => {})")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")
    session = context.new_cdp_session(page)
    speed = Speed([], [], [])
    for _ in range(VISITS):
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto("/")
        speed.visits.append(float(page.wait_for_function("() => window.shown").json_value()))
        phones.settle(page)
        speed.slow_taps.append(float(page.evaluate(TAP)))
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        phones.settle(page)
        speed.taps.append(float(page.evaluate(TAP)))
    context.close()
    return speed


def _median(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms ({', '.join(f'{one:.0f}' for one in times)})"


def main() -> None:
    """Print the table."""
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    install()
    with tempfile.TemporaryDirectory(prefix="taper-lighthouse-") as made, sync_playwright() as playwright:
        folder = Path(made)
        demo = phones.fill(folder / "data")
        with running_app(folder / "data") as base_url:
            browser = phones.launch(playwright)
            speed = second_visits(browser, base_url, demo, folder / "phone")
            reports = [measure(browser, name, base_url, demo, folder) for name in PAGES if only in name]
            browser.close()
    print(f"{'page':10}{'perf':>6}{'a11y':>6}{'best':>6}{'FCP':>8}{'LCP':>8}{'KiB':>8}")
    for one in reports:
        scores = "".join(f"{one.scores[which]:6}" for which in CATEGORIES)
        print(f"{one.name:10}{scores}{one.first_paint:6.1f} s{one.largest_paint:6.1f} s{one.bytes / 1024:8.0f}")
        print(*[f"    {fault}\n" for fault in one.faults], sep="", end="")
    print(f"second visit, processor four times slower: Today and its doses after {_median(speed.visits)}")
    print(f"a tap on a dose: shown after {_median(speed.taps)}; processor four times slower: {_median(speed.slow_taps)}")
    # A busy machine is slow, so the figures of speed are printed and only the others decide.
    sys.exit(0 if all(one.scores[which] == 100 for one in reports for which in PERFECT) else 1)


if __name__ == "__main__":
    main()
