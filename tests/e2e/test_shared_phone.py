"""One phone, two people: nothing of the first is there for the second."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import PASSWORD, Person, next_login, open_page, plan_body


@pytest.mark.promise(11)
def test_the_next_person_in_the_same_tab_sees_nothing_of_the_last(phone: Page, sign_up: Callable[..., Person]) -> None:
    """Ana looks at her plan and signs out; Ben signs in in the same tab, and no frame, call or page holds a word of hers."""
    seen: list[str] = []
    phone.on("websocket", lambda socket: socket.on("framereceived", lambda frame: seen.append(str(frame))))
    ana = sign_up(phone, "QuokkaAna")
    medication = {"name": "QuokkaMorphine", "form": "tablet", "unit": "mg", "strengths": ["15"], "release": "unknown", "may_split": "no"}
    plan_id = ana.has_plan(**plan_body(medication=medication))
    phone.goto(f"/plan?id={plan_id}")
    expect(phone.get_by_role("heading", level=1, name="QuokkaMorphine")).to_be_visible()
    assert any("QuokkaMorphine" in frame for frame in seen), "the socket brought the plan"
    # Away by a full page load, so that no page has the time to forget.
    phone.goto("/auth/sign-out")
    phone.get_by_role("button", name="Sign out on this phone").click()
    seen.clear()
    phone.goto("/auth/sign-up")
    phone.get_by_label("Login").fill(next_login("ben"))
    phone.get_by_label("Password").fill(PASSWORD)
    phone.get_by_label("What should we call you?").fill("Ben")
    phone.get_by_role("button", name="Make my account").click()
    phone.get_by_role("button", name="I have written it down").click()
    for path, heading in (("/", "Today"), ("/plans", "My plans"), ("/settings", "Settings")):
        open_page(phone, path, heading)
    expect(phone.get_by_label("What should we call you?")).to_have_value("Ben")
    phone.goto(f"/plan?id={plan_id}")
    expect(phone.get_by_role("heading", name="QuokkaMorphine")).to_have_count(0)
    expect(phone.get_by_role("link", name="All plans").first).to_be_visible()
    assert seen, "Ben's pages use the socket too"
    assert [frame for frame in seen if "Quokka" in frame] == []
