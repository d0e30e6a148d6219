"""GET /report.pdf: one tagged sheet with what was chosen, and refusals with their field."""

from __future__ import annotations

import io
import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from taper_app.data.engine import session_scope
from taper_app.domain.access import Patient
from taper_app.services import report_pdf
from taper_app.services.report import Report, report
from taper_app.services.report_choice import PARTS, Choice
from taper_app.services.report_pdf import page_data
from taper_app.services.report_sheet import Sheet, sheet
from tests.api.phone import signed_up
from tests.services import world
from tests.services.reports import busy_year, check_in, flare
from tests.services.world import NOW, Person, active_plan, entry, plan_body, record, uuid

ALL = ",".join(PARTS)
SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture
def ana() -> Any:
    """A patient's phone."""
    return signed_up("ana")


@pytest.fixture
def person(ana: Any) -> Person:
    """The same patient, for the services."""
    made = Person.__new__(Person)
    made.id, made.actor = ana.account_id, Patient(ana.account_id)
    return made


def pdf(client: Any, **query: str) -> bytes:
    """The page."""
    answer = client.get("/api/v1/report.pdf", params={name.rstrip("_"): one for name, one in query.items()})
    assert answer.status_code == 200, answer.text
    return bytes(answer.content)


def opened(data: bytes) -> PdfReader:
    """The page, ready to be read."""
    return PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    """Its words, in one line."""
    return " ".join(opened(data).pages[0].extract_text().split())


def seen(person: Person, **choice: Any) -> Report:
    """The same page from the service."""
    with session_scope(write=False) as session:
        return report(session, person.actor, NOW, Choice(**choice))


def structure(reader: PdfReader) -> tuple[Counter[str], list[str]]:
    """How many of each tag there are, and the texts that stand for pictures."""
    tags: Counter[str] = Counter()
    instead: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        for one in node if isinstance(node, list) else ():
            walk(one)
        if isinstance(node, dict):
            tags[str(node.get("/S"))] += 1
            instead.extend([str(node["/Alt"])] if "/Alt" in node else [])
            walk(node.get("/K"))

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return tags, instead


def test_it_is_a_pdf_that_nobody_keeps(ana: Any) -> None:
    """The answer is a PDF with a name and the date, and no cache may hold it."""
    answer = ana.get("/api/v1/report.pdf")
    assert answer.headers["content-type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer.headers["content-disposition"] == 'inline; filename="taper-report-2026-11-23.pdf"'
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_tagged_for_who_cannot_see_it(ana: Any, person: Person) -> None:
    """PDF/UA: title, language, headings, a table with headers, and the chart as a figure with words for it."""
    active_plan(person)
    record(person, check_in(1, 1, pain=4), check_in(2, 2, pain=7))
    reader = opened(pdf(ana))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en"
    assert reader.metadata is not None and reader.metadata.title == "Pain log of Ana"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tags, instead = structure(reader)
    assert tags["/H1"] == 1 and tags["/H2"] > 4 and tags["/Table"] == 1 and tags["/TH"] == 6 and tags["/Caption"] == 1
    assert tags["/Figure"] == 1 and len(instead) == 1
    assert instead[0].startswith("Chart: pain on 2 of 4 days") and "from 120 to 120 mg" in instead[0]


def test_fonts_are_inside_and_are_the_same_everywhere(ana: Any, person: Person) -> None:
    """Every font is embedded, and the same data on the same date give the same bytes."""
    active_plan(person)
    made = pdf(ana)
    fonts = [font.get_object() for font in opened(made).pages[0]["/Resources"]["/Font"].values()]  # type: ignore[index]
    below = [font["/DescendantFonts"][0].get_object() for font in fonts]
    assert below and all("/FontFile3" in one["/FontDescriptor"] or "/FontFile2" in one["/FontDescriptor"] for one in below)
    assert {one["/BaseFont"].split("+")[1].split("-")[0] for one in below} == {"LibertinusSerif"}
    assert pdf(ana) == made


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize(("plans", "words"), [(1, ""), (1, "Wordiness "), (3, ""), (3, "Wordiness ")])
@pytest.mark.parametrize("first", ["2025-11-24", "2026-08-26"])
def test_a_year_of_everything_is_one_sheet(ana: Any, person: Person, paper: str, plans: int, words: str, first: str) -> None:
    """A year or 90 days, 40 steps, one plan or three, short words or the longest: one sheet of the paper asked for, under 300 KB."""
    questions = busy_year(person, plans, words * 30)
    made = pdf(ana, paper=paper, from_=first, parts=ALL, questions=",".join(questions))
    (only,) = opened(made).pages
    assert (round(only.mediabox.width), round(only.mediabox.height)) == SIZES[paper]
    assert len(made) < 300_000


def test_paper_is_the_regions_unless_chosen(ana: Any) -> None:
    """New York gets Letter, Berlin A4."""
    assert round(opened(pdf(ana)).pages[0].mediabox.width) == 612
    assert ana.patch("/api/v1/accounts/me", json={"zone": "Europe/Berlin"}).status_code == 200
    assert round(opened(pdf(ana)).pages[0].mediabox.width) == 595


def test_it_says_what_the_screen_says(ana: Any, person: Person) -> None:
    """Each text of the page on the screen stands in the PDF, numbers and all."""
    active_plan(person)
    record(person, *[check_in(n, n / 2, pain=n % 8, body=["sweating"]) for n in range(1, 9)])
    record(person, flare(20, 1, 7, severity_now=5, helped=["yoga"]), entry(21, "peg", {"average": 7, "enjoyment": 6, "activity": 7}))
    record(person, entry(22, "question", {"text": "Why at night?"}))
    found = sheet(seen(person, parts=frozenset(PARTS), questions=(uuid(22),)))
    made = text(pdf(ana, parts=ALL, questions=uuid(22)))
    told = [one.value for one in found.stats] + found.questions + [line.text for block in found.blocks for line in block.lines]
    told += [cell for row in found.plans[0].table.rows for cell in row]
    assert [one for one in told if " ".join(one.split()) not in made] == []


def test_nothing_of_an_unticked_part_is_in_it(ana: Any, person: Person) -> None:
    """Neither its words nor its picture reach the file; doses taken stay out unless they are asked for."""
    plan_id = active_plan(person)
    record(person, entry(1, "dose", {"plan_id": plan_id, "action": "skipped", "due": {"date": "2026-11-20", "at": "morning"}}))
    record(person, check_in(2, 1, pain=4, body=["yawning"], mood=0, note="DARK"), flare(3, 1, severity_now=9, note="DARK"))
    usual, without = text(pdf(ana)), pdf(ana, parts="steps,peg")
    assert "Yawning 1" in usual and "skipped" not in usual and "DARK" not in usual
    assert "1 skipped" in text(pdf(ana, parts="taken"))
    assert "Yawning" not in text(without) and "worst" not in text(without)
    tags, instead = structure(opened(without))
    assert tags["/Figure"] == 0 and instead == []
    head = text(pdf(ana, parts=""))
    assert "Pain logged" in head and "morphine sulfate" in head and "PEG" not in head and "Dates" not in head


@pytest.mark.parametrize(
    "attack",
    ["#panic()", "*bold* _x_ `raw`", '#read("/etc/passwd")', "= H $x^2$ @ref <l> // c", '"}], #let x = 1 \\u{41}', "</text><script>"],
)
def test_what_was_typed_stays_text(ana: Any, person: Person, attack: str) -> None:
    """Markup in a name, a medicine or a question is printed as it was typed and does nothing."""
    assert ana.patch("/api/v1/accounts/me", json={"display_name": attack}).status_code == 200
    body = plan_body()
    body["medication"]["name"] = attack
    active_plan(person, body)
    record(person, entry(1, "question", {"text": attack}))
    made = text(pdf(ana, questions=uuid(1)))
    assert made.count(" ".join(attack.split())) >= 3


@pytest.mark.parametrize("name", ["安娜", "أنا", "😀 Ana 👩🏽‍⚕️", "a\u00ad\u200bb\ufeff", "\U0001d538\U000e0041", "Zoë Łukasz Ωμέγα Анна"])
def test_letters_that_the_type_lacks_do_not_break_it(ana: Any, name: str) -> None:
    """Any name makes a page; a letter that cannot be written is a box, and the page says so."""
    assert ana.patch("/api/v1/accounts/me", json={"display_name": name}).status_code == 200
    made = text(pdf(ana))
    assert name in made or "A box stands for" in made or name == "أنا"  # pypdf reads Arabic from its other end


def test_every_letter_that_is_taken_for_safe_can_be_written() -> None:
    """What is not replaced by a box is in the type."""
    safe = "".join(chr(n) for n in range(0x20, 0x2100) if not report_pdf._BEYOND.match(chr(n)))
    made = report_pdf.typeset(Sheet("en", "t", "", [], "x", [safe, report_pdf.BOX], [], "", "", [], ""), [], "a4", date(2026, 1, 1))
    assert "A box stands for" not in text(made)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "to"),
        ({"from": "1950-01-01"}, "from"),
        ({"to": "2027-01-01"}, "to"),
        ({"parts": "everything"}, "parts"),
        ({"questions": "1,2,3,4"}, "questions"),
        ({"questions": "no-such-question"}, "questions"),
        ({"paper": "A3"}, "paper"),
    ],
)
def test_bad_input_is_named(ana: Any, query: dict[str, str], field: str) -> None:
    """Each value that cannot be is 422 with its field, in words."""
    answer = ana.get("/api/v1/report.pdf", params=query)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    assert answer.json()["error"]["message"]


def test_a_page_that_takes_too_long_is_given_up(ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When setting the page does not end in time the patient is asked to try again, and nothing of the page is in the answer."""
    monkeypatch.setattr(report_pdf, "SECONDS", 0.001)
    answer = ana.get("/api/v1/report.pdf")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "page_failed")


def test_a_plan_of_somebody_else_is_404(ana: Any) -> None:
    """Another person's plan looks like one that is not there."""
    theirs = active_plan(world.sign_up("bea"))
    for plan_id in (theirs, "x" * 500, "../.."):
        answer = ana.get("/api/v1/report.pdf", params={"plan": plan_id})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "plan_not_found")


def test_what_the_template_gets_is_data(person: Person) -> None:
    """The page reaches Typst as JSON and comes out of it unchanged."""
    found = sheet(seen(person))
    assert json.loads(page_data(found, [], "a4"))["title"] == found.title
