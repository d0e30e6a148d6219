"""Drives the plan's pages the way a person does: by the words on the screen. For Playwright's sync pages with a base_url.

Plans, steps and events are the JSON of tests/scenarios/*.json.
"""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

_FORMS = {"tablet": "Tablet", "capsule": "Capsule", "liquid": "Liquid", "patch": "Patch", "film": "Film"}
_PIECES = {"tablet": "Tablets", "capsule": "Capsules", "patch": "Patches"}
_RELEASE = {"immediate": "Immediate release", "extended": "Extended release (long-acting)", "unknown": "Not sure"}
_SPLIT = {"yes": "Yes", "no": "No", "unknown": "Not sure"}
_PARTS = {"morning": "Morning", "noon": "Noon", "afternoon": "Afternoon", "evening": "Evening", "bedtime": "Bedtime"}
_ENDS = {"stop": "Stop", "stay": "Stay on this dose", "review": "Review: the prescriber decides what follows"}
_DAY_LABEL = {
    "hold": "From which day?",
    "resume": "From which day?",
    "start": "On which day?",
    "close": "From which day is nothing due?",
}
_ACTION = {
    "hold": "My prescriber said to pause here",
    "resume": "My prescriber said to go on",
    "start": "The next step starts",
    "close": "Close this plan",
}


def enter_plan(page: Page, scenario: dict[str, Any]) -> str:
    """Type a whole plan as a draft, from the list of plans to its overview; its id."""
    plan = scenario.get("plan", scenario)
    page.goto("/plans")
    page.get_by_role("link", name="Enter a plan").click()
    enter_medicine(page, plan)
    for n, step in enumerate(plan["steps"], 1):
        page.get_by_role("link", name="Enter the first step" if n == 1 else "Copy the last step and change it").click()
        enter_step(page, step, plan["medication"], n)
    enter_end(page, plan)
    return plan_id(page)


def enter_medicine(page: Page, plan: dict[str, Any]) -> None:
    """Fill the medicine's page and go on to the overview."""
    m = plan["medication"]
    expect(page.get_by_label("Name", exact=True)).to_be_visible()
    page.get_by_label("Name", exact=True).fill(m["name"] or "")
    page.get_by_label("What is it?").select_option(label=_FORMS.get(m["form"], "Something else"))
    page.get_by_label("Unit", exact=True).select_option(label=m["unit"])
    page.get_by_label("Strengths on your labels").fill(", ".join(m["strengths"]))
    page.get_by_label("Concentration").fill(m["concentration"] or "")
    page.get_by_role("group", name="How does it work?").get_by_label(_RELEASE[m["release"]], exact=True).check()
    page.get_by_role("group", name="May it be split?").get_by_label(_SPLIT[m["may_split"]], exact=True).check()
    page.get_by_label("Who wrote the plan?").fill(plan["prescriber"] or "")
    for line in plan["history"][:1]:
        page.get_by_label("What did you take before this plan?").fill(line["text"])
        page.get_by_label("From", exact=True).fill(line["from"] or "")
        page.get_by_label("To", exact=True).fill(line["to"] or "")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your plan so far")


def enter_step(page: Page, step: dict[str, Any], medication: dict[str, Any], n: int) -> None:
    """Make the step's page say exactly this step, whatever stands there, and save it."""
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Step {n}")
    if step["starts_on"]:
        page.get_by_label("On a date", exact=True).check()
        page.get_by_label("Start date").fill(step["starts_on"])
    elif step["starts_when"]:
        page.get_by_label("Not on a date").check()
        page.get_by_label("When does it start, as written?").fill(step["starts_when"])
    page.get_by_label("Until, if it is written").fill(step["until"] or "")
    if step["cycle"]:
        page.get_by_label("Days take turns").check()
        expect(page.get_by_role("heading", name="Day 2", exact=True)).to_be_visible()
    elif step["every_days"] > 1:
        page.get_by_label("Every few days").check()
        page.get_by_label("Every how many days?").fill(str(step["every_days"]))
    else:
        page.get_by_label("The same every day").check()
    form = page.locator("main form")
    days = step["cycle"] or [step["doses"]]
    _match(form, "Day", len(days), "Add another day", heading=True)
    for d, doses in enumerate(days):
        block = form.locator("> div").filter(has=page.get_by_role("button", name="Add another time")).nth(d)
        _match(block, "Dose", len(doses), "Add another time")
        for i, dose in enumerate(doses, 1):
            _dose(block.get_by_role("group", name=f"Dose {i}", exact=True), dose, medication)
    _as_needed(page, form, step["as_needed"], medication["unit"])
    page.get_by_label("Note, as written").fill(step["note"] or "")
    page.get_by_role("button", name="Save this step").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("so far$"))


def _match(block: Locator, what: str, many: int, add: str, *, heading: bool = False) -> None:
    """Add or take out rows until there are so many."""
    if heading and many == 1:
        return
    name = re.compile(rf"^{what} \d+$")
    rows = block.get_by_role("heading", name=name) if heading else block.get_by_role("group", name=name)
    while rows.count() < max(many, 1):
        before = rows.count()
        block.get_by_role("button", name=add).last.click()
        expect(rows).to_have_count(before + 1)
    while rows.count() > max(many, 1):
        before = rows.count()
        block.get_by_role("button", name="Take out this day" if heading else "Take out this time").last.click()
        expect(rows).to_have_count(before - 1)


def _dose(row: Locator, dose: dict[str, Any], medication: dict[str, Any]) -> None:
    at = dose["at"]
    when = row.get_by_label("When", exact=True)
    if at in _PARTS:
        when.select_option(label=_PARTS[at])
    elif at:
        when.select_option(label="At a clock time")
        row.get_by_label("Clock time").fill(at)
    counts = {part["strength"]: part["count"] for part in dose["parts"]}
    pieces = _PIECES.get(medication["form"], "Pieces")
    for strength in medication["strengths"]:
        row.get_by_label(f"{pieces} of {strength} {medication['unit']}", exact=True).fill(counts.get(strength, ""))
    if medication["form"] == "liquid":
        row.get_by_label("Volume, as the label says").fill(dose["volume"] or "")
    row.get_by_label(f"Amount in {medication['unit']}").fill(dose["amount"] or "")


def _as_needed(page: Page, form: Locator, lines: list[dict[str, Any]], unit: str) -> None:
    rows = form.get_by_role("group", name="As needed", exact=True)
    while rows.count() < len(lines):
        before = rows.count()
        page.get_by_role("button", name="Add an as-needed line").click()
        expect(rows).to_have_count(before + 1)
    for i, line in enumerate(lines):
        fill_needed(rows.nth(i), line, unit)


def fill_needed(row: Page | Locator, line: dict[str, Any], unit: str) -> None:
    """Fill one as-needed line."""
    row.get_by_label("The whole line, as written").fill(line["as_written"] or "")
    row.get_by_label(f"Amount in {unit}").fill(line["amount"] or "")
    row.get_by_label("What is it for?").fill(line["for"] or "")
    row.get_by_label("At most how many?").fill(str(line["at_most"] or ""))
    row.get_by_label("In how many hours?").fill(str(line["per_hours"] or ""))


def enter_end(page: Page, plan: dict[str, Any]) -> None:
    """Answer how it ends, from the overview and back to it."""
    page.get_by_role("main").locator("h2", has_text="After the last step").locator("+ div").get_by_role("link", name="Change").click()
    page.get_by_label(_ENDS[plan["ends"]], exact=True).check()
    if plan["ends"] == "stop" and plan["last_day"]:
        page.get_by_label("Last day with doses").fill(plan["last_day"])
    if plan["ends"] == "review" and plan["review_on"]:
        page.get_by_label("Date of the review").fill(plan["review_on"])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("so far$"))


def read_back(page: Page) -> str:
    """From the overview to the read-back; all its words."""
    page.get_by_role("link", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Is this what "))
    expect(page.get_by_text("Read each line against the paper")).to_be_visible()
    return page.get_by_role("main").inner_text()


def activate(page: Page) -> str:
    """From the overview: read back, then confirm; the plan's page is open then. Returns what was read back."""
    words = read_back(page)
    page.get_by_role("button", name="Yes, this is what my prescriber wrote").click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    return words


def hold(page: Page, id: str, *, on: str, said_by: str = "Dr. Osei", reason: str | None = None) -> str:
    """Pause, from the plan's page; the 14 days that were read back."""
    return _event(page, id, "hold", on, said_by, reason)


def resume(page: Page, id: str, *, on: str, shift: bool, said_by: str = "Dr. Osei", reason: str | None = None) -> str:
    """Go on after a pause."""
    return _event(page, id, "resume", on, said_by, reason, shift)


def start_step(page: Page, id: str, *, on: str, said_by: str = "Dr. Osei", reason: str | None = None) -> str:
    """The next step without a date starts."""
    return _event(page, id, "start", on, said_by, reason)


def close(page: Page, id: str, *, on: str, said_by: str = "Dr. Osei", reason: str | None = None) -> str:
    """The plan is over."""
    return _event(page, id, "close", on, said_by, reason)


def revise(page: Page, id: str, event: dict[str, Any], medication: dict[str, Any]) -> str:
    """Type a revision (the stored event's JSON) on the draft's pages, read it back and record it; what was read back."""
    open_plan(page, id)
    page.get_by_role("link", name="The plan changed").click()
    page.get_by_label("From which day?").fill(event["effective_on"])
    page.get_by_label("Who said so?").fill(event["said_by"])
    page.get_by_label("Why?").fill(event["reason"] or "")
    if event["strengths"]:
        page.get_by_label("New strengths on your labels").fill(", ".join(event["strengths"]))
    page.get_by_role("button", name="Go on to the steps").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The new plan so far")
    for n, step in enumerate(event["steps"], 1):
        words = "Copy the step in force and change it" if n == 1 else "Copy the last step and change it"
        page.get_by_role("link", name=words).click()
        enter_step(page, step, medication, n)
    enter_end(page, event)
    return activate(page)


def play(page: Page, id: str, event: dict[str, Any], medication: dict[str, Any]) -> str:
    """Record one stored event of a scenario through the screens."""
    said = {"said_by": event["said_by"], "reason": event["reason"]}
    match event["type"]:
        case "held":
            return hold(page, id, on=event["from"], **said)
        case "resumed":
            return resume(page, id, on=event["on"], shift=event["shift_later_dates"], **said)
        case "step_started":
            return start_step(page, id, on=event["on"], **said)
        case "closed":
            return close(page, id, on=event["on"], **said)
        case "revised":
            return revise(page, id, event, medication)
    raise ValueError(event["type"])


def open_plan(page: Page, id: str) -> None:
    """Open an active plan's page."""
    page.goto(f"/plan?id={id}")
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()


def plan_id(page: Page) -> str:
    """The id in the address of a plan's page."""
    return parse_qs(urlsplit(page.url).query)["id"][0]


def _event(page: Page, id: str, kind: str, on: str, said_by: str, reason: str | None, shift: bool | None = None) -> str:
    open_plan(page, id)
    page.get_by_role("link", name=_ACTION[kind]).click()
    page.get_by_label(_DAY_LABEL[kind]).fill(on)
    page.get_by_label("Who said so?").fill(said_by)
    page.get_by_label("Why?").fill(reason or "")
    if shift is not None:
        page.get_by_label("Yes, they move" if shift else "No, they stay as written").check()
    page.get_by_role("button", name="Read the next 14 days").click()
    expect(page.get_by_text("Nothing is recorded yet.")).to_be_visible()
    words = page.get_by_role("main").inner_text()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    return words
