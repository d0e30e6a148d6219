"""Plans read from other people's words or files: kept as drafts, with the words beside them, and read back line by line."""

import json
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import sources
from taper_app.data.tables import PlanSource
from taper_app.domain.access import Actor
from taper_app.domain.drafting import Drafted, to_json
from taper_app.services.owning import own_account
from taper_app.services.plans import create_plan


def draft_of(session: Session, actor: Actor, drafted: Drafted, kind: str, now: datetime) -> str:
    """Keep what was read as a draft, with its words beside it; the plan's id. `kind` is text or fhir. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    plan_id = create_plan(session, actor, drafted.plan, now).id
    body = json.dumps(to_json(drafted), ensure_ascii=False)
    sources.add(
        session, PlanSource(account_id=account.id, plan_id=plan_id, kind=kind, body=body, confirmed="[]", created_at=now)
    )
    return plan_id
