"""The clinician's page in the browser: looked over, a part taken off, a question picked, saved and printed."""

from __future__ import annotations

import io

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.people import Person, open_page, today


def pages(data: bytes) -> list[str]:
    """The words of each page of a PDF."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def test_a_page_is_looked_over_trimmed_saved_and_printed(ana: Person) -> None:
    """What is unticked goes from the screen and from the PDF, a question picked stands on both, and each is one sheet."""
    ana.has_plan()
    ana.logged("check_in", pain=4, body=["yawning"])
    ana.logged("flare", started_at=f"{today().isoformat()}T00:10:00-05:00", severity_now=7, helped=["yoga"])
    ana.logged("question", text="Why does a shirt hurt?")
    page = ana.page
    open_page(page, "/more", "More")
    page.get_by_role("link", name="For your clinician").tap()
    sheet = page.get_by_role("article", name=f"Pain log of {ana.name}")
    expect(sheet.get_by_role("heading", name="Flares")).to_be_visible()
    expect(sheet.get_by_role("heading", name="Body check")).to_be_visible()
    expect(sheet.get_by_role("table")).to_contain_text("30 + 30 mg")
    expect(page.get_by_label("Which doses you took")).not_to_be_checked()

    page.get_by_label("How your body is").uncheck()
    expect(sheet.get_by_role("heading", name="Body check")).to_have_count(0)
    page.get_by_label("Why does a shirt hurt?").click()
    expect(sheet.get_by_role("list")).to_contain_text("Why does a shirt hurt?")

    page.get_by_role("button", name="A4").tap()
    expect(page.get_by_role("button", name="A4")).to_have_attribute("aria-pressed", "true")
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save as PDF").tap()
    assert saving.value.suggested_filename == f"taper-report-{today().isoformat()}.pdf"
    (saved,) = pages(saving.value.path().read_bytes())
    assert "Why does a shirt hurt?" in saved and "Yoga 1" in saved and "30 + 30 mg" in saved
    assert "Body check" not in saved and "Yawning" not in saved and "Doses taken" not in saved

    (printed,) = pages(page.pdf(format="A4"))
    assert "Why does a shirt hurt?" in printed and "30 + 30 mg" in printed
    assert "What may be on it?" not in printed and "Save as PDF" not in printed and "Log pain" not in printed


def test_days_of_ones_own_and_a_wrong_one(ana: Person) -> None:
    """A day that is after the last is said beside its field, and the page stays."""
    page = ana.page
    open_page(page, "/report", "For your clinician")
    page.get_by_role("button", name="Other days").tap()
    page.get_by_label("From", exact=True).fill(today().isoformat())
    page.get_by_label("To", exact=True).fill("2020-01-01")
    page.get_by_role("button", name="Show the page").tap()
    expect(page.get_by_role("alert")).to_contain_text("The last day is before the first.")
    page.get_by_label("To", exact=True).fill(today().isoformat())
    page.get_by_role("button", name="Show the page").tap()
    expect(page.get_by_role("article")).to_contain_text("1 day")
    expect(page.get_by_role("alert")).to_have_count(0)
