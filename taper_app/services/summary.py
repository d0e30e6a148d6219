"""What a caregiver sees: built from nothing, scope by scope, so that nothing can be forgotten in it."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts
from taper_app.data.repositories import entries as entry_rows
from taper_app.domain.access import Caregiver, kinds_for
from taper_app.domain.doses import day_doses, happened_at, happened_on
from taper_app.domain.entries import Record, fold
from taper_app.domain.events import Ledger, is_draft, plan_of
from taper_app.domain.ledger import status
from taper_app.domain.reading import parse_instant
from taper_app.domain.schedule import Day, schedule, segments
from taper_app.domain.stairs import Stair, next_change, stairs
from taper_app.domain.timeline import Segment
from taper_app.services import shapes
from taper_app.services.accounts import account_view
from taper_app.services.entries import domain_entry
from taper_app.services.errors import LinkMissing
from taper_app.services.ledgers import load_all
from taper_app.services.share_door import Looking
from taper_app.services.zones import today_in

BACK = timedelta(days=31)
# Of ten years shared, the newest; a page on a phone holds no more.
MOST = 400
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)
Json = dict[str, Any]


def shared_summary(session: Session, looking: Looking, now: datetime) -> Json:
    """Exactly what the scopes allow, as JSON values. Raises LinkMissing when the account is gone."""
    actor = looking.actor
    row = accounts.by_id(session, actor.account_id)
    if row is None:
        raise LinkMissing()
    if looking.frozen is not None:
        left = cut(json.loads(looking.frozen), actor.scopes, by_hour=looking.by_hour)
        return {**left, "label": looking.label, "frozen_at": _at(looking.frozen_at), "expires_at": shapes.instant(looking.expires_at)}
    account = account_view(row)
    today = today_in(account.zone, now)
    kinds = kinds_for(actor.scopes)
    since = _since(looking, now)
    found = entry_rows.in_view(session, account.id, since, ("naloxone",), kinds) if kinds else []
    records = [record for record in fold(map(domain_entry, found)) if not record.retracted and record.kind in kinds]
    # Where the naloxone lies is no matter of when it was written down.
    logged = [one for one in records if one.kind != "naloxone" and (looking.back != "now" or began(one) >= since)]
    active = [
        (plan.id, ledger) for plan, ledger in load_all(session, account.id) if not is_draft(ledger) and status(ledger, today) == "active"
    ]
    fresh = _fresh(session, account.id, records, kinds, looking)
    return {
        "display_name": account.display_name,
        "label": looking.label,
        "scopes": sorted(actor.scopes),
        "date": today.isoformat(),
        "fresh_on": shapes.day_or_none(min(happened_on(fresh), today) if fresh else None),
        "fresh_at": shapes.instant(happened_at(fresh)) if fresh and looking.by_hour else None,
        "frozen_at": None,
        "expires_at": shapes.instant(looking.expires_at),
        "plans": _plans(actor, active, today),
        "flares": _of(looking, "flares", [one for one in logged if _in_view(one, since)], "flare", _flare),
        "doses": _doses(actor, active, records, today, _whole_days(looking, account.zone)),
        "check_ins": [
            *_of(looking, "check_ins", logged, "check_in", _check_in),
            *_of(looking, "check_ins", logged, "peg", _peg),
        ],
        "options": _of(looking, "options", logged, "option_tried", _option),
        "notes": [one for kind in ("note", "question", "condition", "baseline") for one in _of(looking, "notes", logged, kind, _note)],
        "safety": _safety(account.people, records) if "safety" in actor.scopes else None,
    }


def cut(view: Json, scopes: frozenset[str], *, by_hour: bool = True) -> Json:
    """A view that was kept, less what is not shared any more, hours among it; it never shows more than it did."""
    had = frozenset(view["scopes"])
    gone = had - scopes
    left = {**view, "scopes": sorted(had & scopes)}
    for scope in gone & {"flares", "doses", "check_ins", "options", "notes"}:
        left[scope] = []
    if "plan" in gone or not scopes & {"plan", "plan_dates"}:
        # Its levels were amounts.
        left["plans"] = []
    if "notes" in gone:
        for part in ("check_ins", "options"):
            left[part] = [{name: value for name, value in one.items() if name != "note"} for one in left[part]]
    if "safety" in gone:
        left["safety"] = None
    if gone:
        # The day of the last entry could be of what is gone.
        left["fresh_on"] = left["fresh_at"] = None
    if not by_hour:
        left["fresh_at"] = None
        for part in ("check_ins", "options", "notes"):
            left[part] = [{name: value for name, value in one.items() if name != "at"} for one in left[part]]
    return left


def _since(looking: Looking, now: datetime) -> datetime:
    """How far back the log is shown. The plan is one picture, and shown whole."""
    if looking.back == "all":
        return BEGINNING
    return now - BACK if looking.back == "30_days" else max(looking.since or now, now - BACK)


def began(record: Record) -> datetime:
    """When it was: a flare from its beginning."""
    started = record.data.get("started_at") if record.kind == "flare" else None
    return parse_instant(started) if isinstance(started, str) else happened_at(record)


def _at(instant: datetime | None) -> str | None:
    return None if instant is None else shapes.instant(instant)


def _whole_days(looking: Looking, zone: str) -> date | None:
    """The first day whose doses may be counted: part of a day would look like doses left out."""
    if looking.back != "now" or looking.since is None:
        return None
    return looking.since.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)


def _fresh(session: Session, account_id: str, records: list[Record], kinds: frozenset[str], looking: Looking) -> Record | None:
    """The last shared entry: never one of what is not shared, nor from before what is."""
    if not kinds:
        return None
    found = records
    if not found and looking.back != "now":
        latest = entry_rows.latest(session, account_id, kinds)
        found = fold([domain_entry(latest)]) if latest else []
    if looking.back == "now":
        found = [one for one in found if looking.since is not None and began(one) >= looking.since]
    return max(found, key=happened_at, default=None)


def _plans(actor: Caregiver, active: list[tuple[str, Ledger]], today: date) -> list[Json]:
    if not actor.scopes & {"plan", "plan_dates"}:
        return []
    return [_plan(plan_id, ledger, today, in_full="plan" in actor.scopes) for plan_id, ledger in active]


def _plan(plan_id: str, ledger: Ledger, today: date, *, in_full: bool) -> Json:
    plan = plan_of(ledger)
    laid = stairs(ledger)
    shown = [shapes.stair(one) if in_full else {**shapes.stair(one), "level": _share(one, laid)} for one in laid]
    day = schedule(ledger, today, today)[0]
    coming = next_change(ledger, today)
    days = [_day(one) for one in schedule(ledger, today, today + timedelta(days=1))] if in_full else []
    return {
        "id": plan_id,
        "status": day.status,
        "stairs": shown,
        "steps": len(plan.steps),
        "step": day.step,
        "day_of_step": _day_of_step(ledger, today),
        # Without `starts_when`: what the prescriber wrote there can name the drug or the prescriber.
        "next_change": None
        if coming is None
        else {
            "on": shapes.day_or_none(coming.on),
            "what": "step" if coming.what == "resume" else coming.what,
            "days": (coming.on - today).days if coming.on else None,
        },
        "medication": shapes.medication(plan) if in_full else None,
        "days": days,
    }


def _day(day: Day) -> Json:
    return shapes.day(day)


def _share(one: Stair, laid: list[Stair]) -> str | None:
    """The level as a share of the highest: a picture without a dose."""
    highest = max((stair.level for stair in laid if stair.level is not None), default=Decimal(0))
    if one.level is None or highest == 0:
        return None if one.level is None else "0"
    part = (one.level / highest).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return format(part.normalize(), "f")


def _day_of_step(ledger: Ledger, today: date) -> int | None:
    """Which day of its step today is, a hold among them: the step begins where its number first stands."""
    line: list[Segment] = segments(ledger)
    began: date | None = None
    key: tuple[int, int | None] | None = None
    for segment in line:
        if segment.first > today:
            break
        here = (segment.revision, segment.step_no)
        if here != key:
            began, key = segment.first, here
    if began is None or key is None or key[1] is None:
        return None
    return (today - began).days + 1


def _of(looking: Looking, scope: str, records: list[Record], kind: str, shape: Any) -> list[Json]:
    scopes = looking.actor.scopes
    if scope not in scopes:
        return []
    found = [record for record in records if record.kind == kind]
    shown: list[Json] = [shape(record) for record in sorted(found, key=happened_at, reverse=True)[:MOST]]
    if not looking.by_hour and kind != "flare":
        # The hour of an entry is the hour of the phone. When a flare began is what the flare says.
        for one in shown:
            one.pop("at", None)
    if "notes" not in scopes:
        # A person's own words are shared with `notes` only, wherever they stand.
        for one in shown:
            one.pop("note", None)
    return shown


def _in_view(record: Record, since: datetime) -> bool:
    """An older flare is shown while it goes on; the query cannot know that, for only the fold says what its end is."""
    return record.data.get("ended_at") is None or record.at >= since


def _flare(record: Record) -> Json:
    data = record.data
    return {
        "started_at": data.get("started_at"),
        "ended_at": data.get("ended_at"),
        "severity_now": data.get("severity_now"),
        "severity_worst": data.get("severity_worst"),
        "places": data.get("places") or [],
        "zone": record.zone,
    }


def _when(record: Record) -> Json:
    return {
        "at": shapes.instant(happened_at(record)),
        "date": happened_on(record).isoformat(),
        "zone": record.zone,
    }


def _check_in(record: Record) -> Json:
    # Without the mood: a very low answer is never shared, whatever the scopes, and a gap would say as much.
    names = ("pain", "relief", "sleep", "body", "note")
    return {**_when(record), "kind": "check_in", **{name: record.data.get(name) for name in names}}


def _peg(record: Record) -> Json:
    names = ("average", "enjoyment", "activity")
    return {**_when(record), "kind": "peg", **{name: record.data.get(name) for name in names}}


def _option(record: Record) -> Json:
    names = ("option", "before", "after", "minutes", "note")
    return {**_when(record), **{name: record.data.get(name) for name in names}}


def _note(record: Record) -> Json:
    names = ("text", "note", "state", "said_by", "allodynia", "pain")
    return {
        **_when(record),
        "kind": record.kind,
        **{name: record.data[name] for name in names if name in record.data},
    }


def _doses(
    actor: Caregiver, active: list[tuple[str, Ledger]], records: list[Record], today: date, first: date | None
) -> list[Json]:
    """How many of a day's doses were logged as taken: 14 days, newest first; never which, and never how much."""
    if "doses" not in actor.scopes:
        return []
    found: list[Json] = []
    for plan_id, ledger in active:
        for day in reversed(schedule(ledger, today - timedelta(days=13), today)):
            due = day_doses(day, records, plan_id)
            if due and (first is None or day.date >= first):
                taken = sum(one.state in ("taken", "different", "twice") for one in due)
                found.append({"plan_id": plan_id, "date": day.date.isoformat(), "taken": taken, "due": len(due)})
    return found


def _safety(people: Any, records: list[Record]) -> Json:
    kits = sorted((one for one in records if one.kind == "naloxone"), key=lambda one: one.at)
    kit = kits[-1].data if kits else None
    return {
        "naloxone": None if kit is None else {"place": kit.get("place"), "expires_on": kit.get("expires_on")},
        "people": [{"name": one.name, "phone": one.phone} for one in people],
    }
