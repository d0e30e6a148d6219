"""The clinician's page as a tagged PDF of one sheet, set by Typst from `report.typ`. The same data give the same bytes."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from taper_app.content.loader import translate
from taper_app.services.errors import PageFailed
from taper_app.services.report_sheet import Sheet

FONT = "Libertinus Serif"
TEMPLATE = Path(__file__).with_name("report.typ")
WORKER = Path(__file__).with_name("report_worker.py")
SECONDS = 20
_PAPERS = {"a4": "a4", "letter": "us-letter"}
# What Typst's own fonts can surely write: Latin, Greek, Cyrillic, and common signs. Everything else becomes a box.
_BEYOND = re.compile(r"[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u0391-\u03a1\u03a3-\u03c9\u0400-\u045f\u2010-\u2027\u2030-\u203a\u20ac]+")
BOX = "\u25a1"
# Each is a process of 100 MB for a fifth of a second.
_at_once = threading.BoundedSemaphore(2)


def typeset(sheet: Sheet, pictures: Sequence[str], paper: str, on: date) -> bytes:
    """The PDF. `pictures` are SVG files, one for each plan of the sheet, "" where it has none. Raises PageFailed."""
    boxed = replace(sheet, foot=f"{sheet.foot} {translate(sheet.lang, 'sheet.box')}")
    given = {
        "template": str(TEMPLATE),
        "data": page_data(sheet, pictures, paper),
        "boxed": _BEYOND.sub(BOX, page_data(boxed, pictures, paper)),
        "on": on.isoformat(),
    }
    command = [sys.executable, "-I", str(WORKER)]
    try:
        with _at_once:
            given_json = json.dumps(given).encode()
            # Our own worker; what a person wrote goes in as data, never into the command.
            run = subprocess.run(command, input=given_json, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603 - see above
    except (subprocess.SubprocessError, OSError):
        # What it says may hold words of the patient's, so it is not passed on.
        raise PageFailed() from None
    return run.stdout


def page_data(sheet: Sheet, pictures: Sequence[str], paper: str) -> str:
    """What the template is given: data and nothing else."""
    return json.dumps({**asdict(sheet), "pictures": list(pictures), "paper": _PAPERS[paper]}, ensure_ascii=False)
