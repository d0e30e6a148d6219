"""Everything of an account as one FHIR R4 Bundle of type collection (docs/decisions/0014)."""

from collections.abc import Iterator
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.domain.access import Actor
from taper_app.domain.events import plan_of
from taper_app.domain.schedule import timeline
from taper_app.services.fhir_log import Plans, statements, writers
from taper_app.services.fhir_parts import Json, Names, moment
from taper_app.services.fhir_plans import requests
from taper_app.services.ledgers import load_all
from taper_app.services.logs import standing
from taper_app.services.owning import own_account
from taper_app.services.zones import today_in


def export_fhir(session: Session, actor: Actor, now: datetime, lang: str = "en") -> Json:
    """The bundle; every reference in it leads to something in it."""
    account = own_account(session, actor)
    names, today = Names(account.id), today_in(account.zone, now)
    loaded = sorted(load_all(session, account.id), key=lambda one: one[0].id)

    def resources() -> Iterator[Json]:
        yield {"resourceType": "Patient", "id": names.id("patient"), "name": [{"text": account.display_name}]}
        for row, ledger in loaded:
            yield from requests(row, ledger, names, account.zone, today, lang)
        plans = Plans(
            {row.id: plan_of(ledger).medication for row, ledger in loaded}, {row.id: timeline(ledger) for row, ledger in loaded}
        )
        records = standing(session, account.id)
        yield from writers(records, names)
        yield from statements(records, plans, names, lang)

    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": moment(now, account.zone),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources()],
    }
