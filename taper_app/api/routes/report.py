"""The clinician's page as a PDF."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from taper_app.api.context import patient
from taper_app.api.noting import noted
from taper_app.figures.report import printed
from taper_app.services.report import report
from taper_app.services.report_choice import read_choice
from taper_app.services.report_pdf import FONT, typeset
from taper_app.services.report_sheet import charts, picture_words, sheet
from taper_app.services.report_words import Writer

router = APIRouter(tags=["report"])


@router.get("/report.pdf", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
def get_report(
    request: Request,
    first: Annotated[str | None, Query(alias="from", description="YYYY-MM-DD; without it the last 90 days")] = None,
    to: Annotated[str | None, Query(description="YYYY-MM-DD, today without it")] = None,
    plan: Annotated[str | None, Query(description="a plan's id; without it every plan of these days")] = None,
    parts: Annotated[str | None, Query(description="names with commas; without it all but `taken`")] = None,
    questions: Annotated[str | None, Query(description="up to three ids with commas")] = None,
    paper: Annotated[str | None, Query(description="a4 or letter; without it by the account's zone")] = None,
    save: Annotated[bool, Query(description="to be saved, not shown")] = False,
) -> Response:
    """One page, tagged (PDF/UA-1), with the parts that the patient chose. Doses taken are not among the usual ones."""
    given = {"from": first, "to": to, "plan": plan, "parts": parts, "questions": questions, "paper": paper}
    with patient(request, fresh=True) as asking:
        found = report(asking.session, asking.actor, asking.now, read_choice(given))
    noted(asking.actor, "report_made", asking.now)
    # The page is set after the transaction.
    made = sheet(found)
    w = Writer(made.lang)
    pictures = printed(charts(found), w.mark, picture_words(w), FONT)
    pdf = typeset(made, pictures, found.choice.paper or "a4", found.today)
    name = f"taper-report-{found.today.isoformat()}.pdf"
    how = "attachment" if save else "inline"
    return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": f'{how}; filename="{name}"'})
