"""How long the clinician's page takes: `make bench`. Prints a table; nothing here passes or fails.

    python benchmarks/report.py

The numbers and words of the page for 90 days, a year, and ten years with every part, and the PDF of each: its time, its bytes, and
the memory of the process that sets it.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.core import BATCH, NOW, TODAY, entry, logbook, plan_body, queries, row
from taper_app.data import engine
from taper_app.domain.access import Patient
from taper_app.figures.report import printed
from taper_app.services import accounts, entries, plans
from taper_app.services.report import Report, report
from taper_app.services.report_choice import PARTS, Choice
from taper_app.services.report_pdf import FONT, typeset
from taper_app.services.report_sheet import charts, picture_words, sheet
from taper_app.services.report_words import Writer


def main() -> None:
    """One account with ten years in it, then the page of three periods."""
    with tempfile.TemporaryDirectory() as folder:
        engine.use(engine.open_database("", Path(folder)))
        engine.migrate()
        actor, count = fill(3650)
        print(f"{count:,} entries in ten years")
        for name, days in (("90 days", 90), ("a year", 365), ("ten years", 3650)):
            for parts in (frozenset(PARTS) - {"taken"}, frozenset(PARTS)):
                choice = Choice(TODAY - timedelta(days=days - 1), TODAY, parts=parts)
                measure(f"{name}, {'with' if 'taken' in parts else 'without'} doses", actor, choice)
    print(f"\nmemory of the process that sets a page: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB at most")


def measure(name: str, actor: Patient, choice: Choice) -> None:
    """One page."""

    def read() -> Report:
        with engine.session_scope(write=False) as session:
            return report(session, actor, NOW, choice)

    print(f"\n{name}: {queries(read)} queries")
    found = row("  numbers", read, 7)
    made = row("  words", lambda: sheet(found), 7)
    pictures = row("  charts", lambda: printed(charts(found), Writer().mark, picture_words(Writer()), FONT), 7)
    pdf = row("  PDF", lambda: typeset(made, pictures, "a4", TODAY), 7)
    print(f"    {len(pdf):,} bytes")


def fill(days: int) -> tuple[Patient, int]:
    """An account with a plan of 40 steps in the last year, and so many days of entries."""
    with engine.session_scope() as session:
        made = accounts.create_account(
            session, login=uuid.uuid4().hex, password="three quiet green rivers", display_name="Ana", zone="UTC", now=NOW
        )
        actor = Patient(made.account_id)
        plan = plans.create_plan(session, actor, plan_body(TODAY - timedelta(days=280), 40), NOW)
        plans.activate_plan(session, actor, plan.id, {"confirmed_with_prescriber": True}, NOW)
    log = [*logbook(plan.id, days), *flares(days)]
    for first in range(0, len(log), BATCH):
        with engine.session_scope() as session:
            entries.record_entries(session, actor, log[first : first + BATCH], NOW)
    return actor, len(log)


def flares(days: int) -> Iterator[dict[str, Any]]:
    """A flare every other day, told in full."""
    for ago in range(days, 0, -2):
        at = datetime.combine(TODAY - timedelta(days=ago), datetime.min.time(), UTC)
        times = {"started_at": at.isoformat(), "ended_at": (at + timedelta(hours=ago % 20)).isoformat()}
        told = {"places": ["lower_back", "left_hip"], "allodynia": ["clothing"], "spread": "wider", "helped": ["yoga"]}
        yield entry("flare", at, {**times, **told, "severity_worst": ago % 10})


if __name__ == "__main__":
    main()
