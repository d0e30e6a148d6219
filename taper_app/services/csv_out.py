"""Everything of an account as CSV: a zip with one file a kind, and a README that says what is what.

The same data gives the same bytes. What was taken out is left out; the JSON has it.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from textwrap import fill
from typing import Any

from taper_app.content.loader import translate
from taper_app.data.engine import Session
from taper_app.domain.access import Actor
from taper_app.domain.events import plan_of
from taper_app.services import csv_log, csv_plans
from taper_app.services.csv_cells import cell
from taper_app.services.ledgers import load_all
from taper_app.services.logs import standing
from taper_app.services.owning import own_account
from taper_app.services.zones import today_in

# The earliest time a zip can name: when it was made is in the file's name, not in its bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def export_csv(session: Session, actor: Actor, now: datetime, lang: str = "en") -> bytes:
    """The zip."""
    account = own_account(session, actor)
    loaded = sorted(load_all(session, account.id), key=lambda one: one[0].id)
    records = standing(session, account.id)
    medicines = {plan.id: plan_of(ledger).medication for plan, ledger in loaded}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        with pack.open(_named("README.txt"), "w") as raw:
            raw.write(_readme(lang).encode("utf-8-sig"))
        for file in csv_log.TABLES:
            _write(pack, file, csv_log.columns(file), csv_log.rows(file, records, medicines))
        _write(pack, "plans", csv_plans.PLANS, csv_plans.plan_rows(loaded, today_in(account.zone, now)))
        _write(pack, "plan_events", csv_plans.EVENTS, csv_plans.event_rows(loaded, account.zone))
    return out.getvalue()


def _readme(lang: str) -> str:
    files = [f"{f'{file}.csv':<18} {translate(lang, f'export.file.{file}')}" for file in (*csv_log.TABLES, "plans", "plan_events")]
    before, after = ("title", "lead"), ("now", "time", "list", "formula", "verdict", "care")
    said = {name: fill(translate(lang, f"export.readme.{name}"), 90) for name in (*before, *after)}
    parts = [*(said[name] for name in before), "\n".join(files), *(said[name] for name in after)]
    return "\n\n".join(parts).replace("\n", "\r\n") + "\r\n"


def _write(pack: zipfile.ZipFile, file: str, columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    # With a byte order mark: without one Excel takes UTF-8 for the letters of 1990. Lines end as RFC 4180 says.
    with pack.open(_named(f"{file}.csv"), "w") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        table = csv.writer(text, lineterminator="\r\n")
        table.writerow(columns)
        table.writerows([cell(row.get(name)) for name in columns] for row in rows)


def _named(name: str) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _NO_TIME)
    found.compress_type = zipfile.ZIP_DEFLATED
    return found
