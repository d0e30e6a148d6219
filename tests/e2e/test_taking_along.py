"""Files to take along, photos of the paper, and own conditions, as a person meets them."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.people import Person, open_page, plan_body
from tests.services.pictures import photo, with_gps

AXE = Axe()


def chosen(raw: bytes, kind: str = "image/jpeg") -> dict[str, object]:
    """A file as the phone hands it over."""
    return {"name": "IMG_0001.JPG", "mimeType": kind, "buffer": raw}


def saved(page: Page, name: str) -> tuple[str, bytes]:
    """The file that a link gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).tap()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_three_files_are_one_tap_each(ana: Person) -> None:
    """From More: the whole, tables for a spreadsheet, and a bundle for a clinic, each with what was logged."""
    ana.has_plan()
    ana.logged("note", text="For the file")
    page = ana.page
    open_page(page, "/more", "More")
    page.get_by_role("link", name="Take your data with you").tap()
    expect(page.get_by_role("heading", level=1, name="Take your data with you")).to_be_visible()
    expect(page.get_by_text("Anyone who has the file can read it.")).to_be_visible()
    name, whole = saved(page, "Save as JSON")
    assert name.endswith(".json") and "For the file" in whole.decode()
    name, tables = saved(page, "Save as CSV")
    with zipfile.ZipFile(io.BytesIO(tables)) as pack:
        assert name.endswith(".zip") and "For the file" in pack.read("notes.csv").decode("utf-8-sig")
    name, bundle = saved(page, "Save as FHIR")
    assert name.endswith(".fhir.json") and json.loads(bundle)["resourceType"] == "Bundle"


def test_a_photo_of_the_paper_stands_beside_the_plan(ana: Person) -> None:
    """Added on the draft, seen large, still there once the plan counts, and taken away after being asked."""
    page = ana.page
    plan_id = ana.call("POST", "/plans", plan_body())["id"]
    open_page(page, f"/plan/draft?id={plan_id}", "Your plan so far")
    shown = page.locator(".photos img")
    page.get_by_label("Add a photo").set_input_files(chosen(with_gps()))
    expect(shown).to_have_count(1)
    page.get_by_label("Add a photo").set_input_files(chosen(b"<svg/>"))
    expect(page.get_by_text("This file is not a photo that we can read.")).to_be_visible()
    page.get_by_label("Add a photo").set_input_files(chosen(photo((80, 60)), "image/png"))
    expect(shown).to_have_count(2)
    expect(page.get_by_text("This file is not a photo that we can read.")).to_have_count(0)
    ana.call("POST", f"/plans/{plan_id}/activate", {"confirmed_with_prescriber": True})
    page.goto(f"/plan?id={plan_id}")
    small = page.get_by_role("button", name="Photo 1", exact=True)
    small.tap()
    expect(small).to_have_attribute("aria-expanded", "true")
    assert shown.first.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]") == [40, 60]
    page.get_by_role("button", name="Take away Photo 1").tap()
    found = AXE.run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    page.get_by_role("button", name="Keep it").tap()
    expect(shown).to_have_count(2)
    page.get_by_role("button", name="Take away Photo 1").tap()
    page.get_by_role("button", name="Take it away").tap()
    expect(shown).to_have_count(1)
    assert len(ana.call("GET", f"/plans/{plan_id}/photos")["photos"]) == 1


def test_a_cameras_photo_is_made_smaller_before_it_is_sent(ana: Person) -> None:
    """A picture of more than the eight megabytes that the server takes arrives all the same."""
    noise = Image.frombytes("RGB", (2600, 2600), random.Random(1).randbytes(2600 * 2600 * 3))  # noqa: S311 - a picture, no secret
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=97)
    assert len(out.getvalue()) > 8 * 1024 * 1024
    plan_id = ana.call("POST", "/plans", plan_body())["id"]
    open_page(ana.page, f"/plan/draft?id={plan_id}", "Your plan so far")
    ana.page.get_by_label("Add a photo").set_input_files(chosen(out.getvalue()))
    expect(ana.page.locator(".photos img")).to_have_count(1)


def test_own_conditions_are_noted_and_found_again(ana: Person) -> None:
    """Tapped and typed once, they stand there the next time, as one record."""
    page = ana.page
    open_page(page, "/background", "About my pain")
    page.get_by_role("button", name="Migraine").tap()
    page.get_by_role("button", name="Close family have had this").tap()
    page.get_by_label("Anything else?").fill("Gout")
    page.get_by_role("button", name="Save", exact=True).last.tap()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    open_page(page, "/background", "About my pain")
    expect(page.get_by_role("button", name="Migraine")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Migraine").tap()
    page.get_by_role("button", name="Save", exact=True).last.tap()
    first, change = ana.entries(2)
    assert (first["kind"], first["data"]) == ("health", {"conditions": ["migraine"], "risks": ["family"], "note": "Gout"})
    assert (change["changes"], change["data"]) == (first["id"], {"conditions": None})
