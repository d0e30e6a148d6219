"""What a helper sees and writes in the account that they help: what is due today, what was logged lately, and nothing more."""

import json
from datetime import datetime, timedelta
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts
from taper_app.data.repositories import entries as entry_rows
from taper_app.domain.access import Actor, Helper, require
from taper_app.domain.doses import happened_at
from taper_app.domain.entries import Record, fold
from taper_app.services import shapes
from taper_app.services.entries import EntryResult, domain_entry, record_entries
from taper_app.services.helpers import HelpedMissing, helper_of
from taper_app.services.today import plans_on
from taper_app.services.zones import today_in

Json = dict[str, Any]
# Today, and what was logged since yesterday.
BACK = timedelta(days=2)
# What of a plan a helper needs, to log a dose of it.
_PLAN = ("id", "status", "doses", "logged_in_24h")
# What of somebody else's entry a helper sees: that it is there, so that nothing is logged twice.
_HEADLINE = {
    "dose": ("plan_id", "due", "action", "amount"),
    "flare": ("started_at", "ended_at", "severity_now"),
    "option_tried": ("option",),
}


def helping_today(session: Session, actor: Actor, account_id: str, now: datetime) -> Json:
    """The day of somebody whom the actor helps: {account, name, zone, date, kinds, plans, entries}. Raises HelpedMissing.

    Of their own entries a helper sees all, of others' a line. Prescriber, plan dates, notes and answers are not in it.
    """
    helper = helper_of(session, actor, account_id)
    require(helper, account_id, "enter")
    account = accounts.by_id(session, account_id)
    if account is None:
        raise HelpedMissing()
    rows = entry_rows.in_view(session, account.id, now - BACK, kinds=helper.kinds)
    records = [record for record in fold(map(domain_entry, rows)) if not record.retracted]
    own = entry_rows.only_by(session, account.id, helper.helper_account_id, [record.id for record in records])
    today = today_in(account.zone, now)
    plans = plans_on(session, account.id, today, records, now) if "dose" in helper.kinds else []
    return {
        "account": account.id,
        "name": account.display_name,
        "zone": account.zone,
        "date": today.isoformat(),
        "kinds": sorted(helper.kinds),
        "plans": [_plan(plan) for plan in plans],
        "entries": [_entry(record, own) for record in sorted(records, key=happened_at, reverse=True)],
    }


def record_for(
    session: Session, actor: Actor, account_id: str, items: object, now: datetime, *, lang: str = "en"
) -> list[EntryResult]:
    """Keep entries in the account that the actor helps, under the actor's name. Raises HelpedMissing, Invalid.

    Each has its own answer: `not_for_helpers` and `not_your_entry` among the rejected.
    """
    helper_of(session, actor, account_id)
    # Asked again once nobody else writes there: what was ended a moment ago takes nothing more.
    accounts.lock(session, account_id)
    helper: Helper = helper_of(session, actor, account_id)
    return record_entries(session, helper, items, now, lang=lang)


def _plan(plan: Json) -> Json:
    medication = {name: plan["medication"][name] for name in ("name", "form", "unit")}
    return {**{name: plan[name] for name in _PLAN}, "medication": medication}


def _entry(record: Record, own: set[str]) -> Json:
    """One record for the helper; `yours` when they may correct it, `by` "" for the patient."""
    yours = record.id in own
    data = record.data if yours else {name: record.data[name] for name in _HEADLINE.get(record.kind, ()) if name in record.data}
    return {
        "id": record.id,
        "kind": record.kind,
        "happened_at": shapes.instant(happened_at(record)),
        "zone": record.zone,
        "yours": yours,
        "by": record.by.name if record.by else "",
        # A copy: what a service hands out is not what it holds.
        "data": json.loads(json.dumps(dict(data))),
    }
