"""Phones for tests and pictures: Chromium at a phone's size, signed in or not, on every page of the app."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from scripts.browser import ARGS, find
from scripts.house import ROOT, SETTINGS, environment

WIDTH, HEIGHT = 390, 844
# The forms that the server makes itself.
FORMS = ("/auth/sign-up", "/auth/sign-in", "/auth/recover", "/auth/sign-out", "/s")
# The same, for somebody who is signed in.
SIGNED_IN_FORMS = (
    "/auth/delete", "/auth/signing-in", "/auth/prove", "/auth/password", "/auth/codes", "/auth/passkeys/new",
)  # fmt: skip
# A root font of 200 %, as a person sets it for the whole phone: before anything else is drawn.
TWICE = "document.documentElement.style.fontSize = '200%';"


def launch(playwright: Playwright) -> Browser:
    """The browser that scripts/browser.py found."""
    return playwright.chromium.launch(executable_path=find(), args=ARGS)


def phone(browser: Browser, base_url: str, **more: Any) -> BrowserContext:
    """A phone of somebody in New York, with nothing on it yet, and without the service worker, which would fetch the whole app."""
    context = browser.new_context(**options(base_url, **({"service_workers": "block"} | more)))
    context.set_default_timeout(10_000)
    return context


def installed(browser: Browser, base_url: str, folder: Path, *flags: str, **more: Any) -> BrowserContext:
    """A phone whose storage is a folder, worker and all: it outlives the browser, and the app can be installed on it."""
    start = browser.browser_type.launch_persistent_context
    made = start(folder, executable_path=find(), args=[*ARGS, *flags], **options(base_url, **more))
    made.set_default_timeout(10_000)
    return made


def options(base_url: str, *, width: int = WIDTH, height: int = HEIGHT, dark: bool = False, **more: Any) -> dict[str, Any]:
    """What makes a browser a phone."""
    usual = {
        "base_url": base_url,
        "viewport": {"width": width, "height": height},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 1,
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "color_scheme": "dark" if dark else "light",
        "reduced_motion": "reduce",
    }
    return usual | more


def sign_in(context: BrowserContext, base_url: str, login: str, password: str) -> None:
    """Sign this phone in through the API, as the form would."""
    answer = context.request.post("/api/v1/sessions", data={"login": login, "password": password}, headers={"Origin": base_url})
    if answer.status != 201:
        raise RuntimeError(f"could not sign in: {answer.status} {answer.text()}")


@dataclass(frozen=True)
class Demo:
    """What scripts/demo.py made."""

    logins: list[str]
    password: str
    share_path: str


def fill(data: Path) -> Demo:
    """The demo, in a folder that holds no database yet."""
    code = (
        "import dataclasses, json; from taper_app.data.engine import migrate; from scripts.demo import fill;"
        " migrate(); print(json.dumps(dataclasses.asdict(fill())))"
    )
    made = json.loads(run_python(data, code).splitlines()[-1])
    return Demo(made["logins"], made["password"], made["share_path"])


def run_python(data: Path, code: str) -> str:
    """What a line of Python prints that works on the database in a folder."""
    mine = {name: value for name, value in environment(TAPER_DATA=str(data)).items() if name not in SETTINGS or name == "TAPER_DATA"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=mine, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(run.stderr[-4000:])
    return run.stdout


def pages() -> list[str]:
    """The path of every page that Reflex builds."""
    # Reading the routes starts nothing; the settings of this machine are of no consequence to them.
    os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")
    from taper_app.components.words import LANGUAGES, language
    from taper_app.pages.routes import routes

    with language(LANGUAGES[0]):
        return [route.path for route in routes()]


def private(paths: list[str]) -> list[str]:
    """Those that ask for a session."""
    from taper_app.api.gate import is_public

    return [path for path in paths if not is_public(path)]


def address(path: str, plan: str, draft: str) -> str:
    """A page's path with the plan it is about, where it is about one."""
    if path in ("/plan", "/plan/revise"):
        return f"{path}?id={plan}"
    if path == "/plan/event":
        return f"{path}?id={plan}&kind=hold"
    if path == "/plan/step":
        return f"{path}?id={draft}&step=1"
    if path.startswith("/plan/") and path not in ("/plan/new", "/plan/paste"):
        return f"{path}?id={draft}"
    return path


def plan_ids(context: BrowserContext, base_url: str) -> tuple[str, str]:
    """An active plan of the account, and a draft half-done (made here where there is none)."""
    found = context.request.get("/api/v1/plans").json()["plans"]
    active = next(plan["id"] for plan in found if plan["status"] != "draft")
    draft = next((plan["id"] for plan in found if plan["status"] == "draft"), None)
    if draft is None:
        dose = {"at": "08:00", "amount": "10", "parts": [{"strength": "10", "count": "1"}]}
        body = {
            "medication": {"name": "oxycodone", "form": "tablet", "unit": "mg", "strengths": ["5", "10"], "release": "immediate"},
            "prescriber": "Dr. Lindqvist",
            "steps": [{"starts_on": "2030-01-07", "doses": [dose]}],
        }
        draft = context.request.post("/api/v1/plans", data=body, headers={"Origin": base_url}).json()["id"]
    return active, draft


def hydrated(page: Page) -> None:
    """Wait until React has taken over the prerendered page: its nodes then know their fibers."""
    page.wait_for_function("() => Object.keys(document.querySelector('main') ?? {}).some(key => key.startsWith('__reactFiber'))")


def settle(page: Page) -> None:
    """Wait until the page shows what it came for: no placeholder is left, and fonts and pictures are there."""
    page.wait_for_function(
        "() => document.readyState === 'complete' && !document.querySelector('.skeleton')"
        " && ![...document.querySelectorAll('[role=status]')].some(e => e.textContent === 'One moment')"
    )
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


def enlarge(context: BrowserContext) -> None:
    """Make this phone's text twice as large, on every page from its first line on."""
    context.add_init_script(
        f"const twice = () => {{ {TWICE} }}; if (document.documentElement) twice();"
        " else new MutationObserver((_, seen) => { twice(); seen.disconnect(); }).observe(document, { childList: true });"
    )
