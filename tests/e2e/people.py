"""People in front of the app: what they are called, and what they bring along."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from scripts import phones

PASSWORD = "seven quiet lamps burning"
ZONE = "America/New_York"


def next_login(name: str) -> str:
    """A login nobody has."""
    return f"{name.lower()}-{uuid.uuid4().hex[:8]}"


def today() -> date:
    """Today where the people are."""
    return datetime.now(ZoneInfo(ZONE)).date()


def plan_body(**changes: Any) -> dict[str, Any]:
    """A small plan that runs today: 30 mg in the morning and in the evening, half of it from next week on."""
    dose = {"amount": "30", "parts": [{"strength": "15", "count": "2"}]}
    less = {"amount": "15", "parts": [{"strength": "15", "count": "1"}]}
    body: dict[str, Any] = {
        "medication": {
            "name": "morphine sulfate", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "extended", "may_split": "no",
        },
        "prescriber": "Dr. Osei",
        "steps": [
            {
                "starts_on": (today() - timedelta(7)).isoformat(),
                "doses": [{"at": "morning", **dose}, {"at": "evening", **dose}],
                "as_needed": [
                    {"amount": "15", "for": "pain", "at_most": 2, "per_hours": 24, "as_written": "1 tablet if needed, at most 2 a day"},
                ],
            },
            {"starts_on": (today() + timedelta(7)).isoformat(), "doses": [{"at": "morning", **less}, {"at": "evening", **less}]},
        ],
        "ends": "review",
        "review_on": (today() + timedelta(21)).isoformat(),
    }  # fmt: skip
    return body | changes


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and the page on their phone."""

    page: Page
    base_url: str
    login: str
    name: str

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call of the API by this phone; its JSON."""
        headers = {"Origin": self.base_url}
        answer = self.page.request.fetch(f"/api/v1{path}", method=method, data=body, headers=headers)
        assert answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.body() else None

    def has_plan(self, **changes: Any) -> str:
        """An active plan without typing it; its id."""
        plan_id = str(self.call("POST", "/plans", plan_body(**changes))["id"])
        self.call("POST", f"/plans/{plan_id}/activate", {"confirmed_with_prescriber": True})
        return plan_id

    def logged(self, kind: str, **data: Any) -> str:
        """An entry that is there already; its id."""
        entry = {"id": str(uuid.uuid4()), "kind": kind, "at": datetime.now(ZoneInfo(ZONE)).isoformat(), "zone": ZONE, "data": data}
        (result,) = self.call("POST", "/entries", {"entries": [entry]})["results"]
        assert result["status"] == "stored", result
        return str(entry["id"])

    def today(self) -> str:
        """The date where this person is."""
        return today().isoformat()

    def now(self) -> str:
        """This moment, as a phone writes it."""
        return datetime.now(ZoneInfo(ZONE)).isoformat()

    def entries(self, expected: int | None = None) -> list[dict[str, Any]]:
        """Everything this account has written, once there are so many entries: a page says "saved" a moment later."""
        until = time.monotonic() + 15
        while True:
            found = list(self.call("GET", "/entries?limit=500")["entries"])
            if expected is None or len(found) >= expected or time.monotonic() > until:
                assert expected is None or len(found) == expected, found
                return found
            self.page.wait_for_timeout(50)


def open_page(page: Page, path: str, heading: str) -> None:
    """Go to a page and wait for its heading, and for React: before that a tap falls on a page that cannot answer yet."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    phones.hydrated(page)


def pick(page: Page, question: str | re.Pattern[str], number: int) -> None:
    """Tap a number of a 0 to 10 scale."""
    group = page.get_by_role("group", name=question)
    # The number that one sees lies over the radio button: a thumb taps the label.
    group.locator("label", has=page.locator(f"input[value='{number}']")).tap()
    expect(group.locator(f"input[value='{number}']")).to_be_checked()
