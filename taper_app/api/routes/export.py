"""Everything of the account, as a file."""

import json
from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Request, Response

from taper_app.api.context import Asking, patient
from taper_app.api.noting import noted
from taper_app.domain.errors import Invalid
from taper_app.services.csv_out import export_csv
from taper_app.services.export import export_account
from taper_app.services.fhir_out import export_fhir

router = APIRouter(tags=["export"])


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


# Format -> (how the file's name ends, its type, what makes it).
FORMATS: Final[dict[str, tuple[str, str, Callable[[Asking], bytes]]]] = {
    "json": ("json", "application/json", lambda call: _text(export_account(call.session, call.actor, call.now))),
    "csv": ("zip", "application/zip", lambda call: export_csv(call.session, call.actor, call.now)),
    "fhir": ("fhir.json", "application/fhir+json", lambda call: _text(export_fhir(call.session, call.actor, call.now))),
}


@router.get("/export")
def get_export(request: Request, format: str = "json") -> Response:  # the name is API.md's
    """The account as `json` (all of it), `csv` (a zip of tables) or `fhir` (an R4 Bundle); docs/export.md describes them."""
    with patient(request, fresh=True) as asking:
        if format not in FORMATS:
            raise Invalid("unknown_format", "format")
        ending, media_type, make = FORMATS[format]
        body = make(asking)
    noted(asking.actor, "data_exported", asking.now)
    name = f"taper-{asking.now.date().isoformat()}.{ending}"
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
