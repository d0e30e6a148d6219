"""Alerts to caregivers: each once, whatever restarts, and however many processes look. The twin of `ringing.py`.

A tick notes what has come (a row with a unique key: that is the claim), takes each open row by moving its next try ahead, looks
again whether it still holds, sends it outside any transaction, and notes what became of it. A process that dies in between leaves
an open row, which is taken again when its lease is over: at least once, and shown once by its topic and its tag.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import NamedTuple

from taper_app.content.loader import translate
from taper_app.data.engine import Clash, Session, session_scope
from taper_app.data.repositories import accounts, care
from taper_app.data.repositories import entries as entry_rows
from taper_app.data.tables import Account, CareSending, Share, ShareCare
from taper_app.domain.access import kinds_for
from taper_app.domain.doses import happened_on
from taper_app.domain.entries import Record, fold
from taper_app.services.care import STANDS, is_live
from taper_app.services.entries import domain_entry
from taper_app.services.pushing import LEASE, Push, Send, Taken, tell
from taper_app.services.summary import began
from taper_app.services.tokens import new_id
from taper_app.services.zones import today_in, wall

# A flare that was written, or a silence that began to count, longer ago rings nobody; nor is an alert tried longer.
LATE = timedelta(hours=6)
# A silence is told by day, on the patient's clock: nobody is woken by midnight.
MORNING = 9
LANG = "en"
_SEVERITY = {"severity_now", "severity_worst"}


class _Alert(NamedTuple):
    kind: str
    ref: str


def send_due_alerts(clock: Callable[[], datetime], send: Send, threads: int = 4) -> None:
    """One tick: note what has come, and send what is open. `clock` is asked again for each, since sending takes time."""
    now = clock()
    with session_scope(write=False) as session:
        found = [
            (share.id, account.id, alert)
            for row, share, account in care.with_alerts(session)
            for alert in _holding(session, row, share, account, now)
            if not care.is_noted(session, share.id, alert.kind, alert.ref)
        ]
    for share_id, account_id, alert in found:
        _note(share_id, account_id, alert, now)
    with session_scope(write=False) as session:
        ready = care.ready(session, now)
    if ready:
        with ThreadPoolExecutor(min(threads, len(ready))) as pool:
            list(pool.map(lambda one: _ring(one[0], one[1], clock, send), ready))


def _holding(session: Session, row: ShareCare, share: Share, account: Account, now: datetime) -> Iterator[_Alert]:
    """What the patient chose to be told about and holds now; nothing of a share that shows nothing new."""
    if not is_live(share, now):
        return
    scopes = frozenset(json.loads(share.scopes))
    # Nobody is told of what was before their browser asked to be.
    since = max(row.since, min((one.created_at for one in care.pushes(session, share.id)), default=now))
    if row.flare is not None and "flares" in scopes:
        for record in _records(session, account.id, now - LATE, frozenset({"flare"})):
            is_shown = share.since is None or began(record) >= share.since
            if is_shown and _is_new(record, since, now) and _severity(record) >= row.flare:
                yield _Alert("flare", record.id)
    if row.quiet_days is not None and wall(now, account.zone).hour >= MORNING:
        last = _last_day(session, account, kinds_for(scopes), row, now)
        if last is not None:
            yield _Alert("quiet", last.isoformat())
    if row.company:
        for message in care.said(session, account.id, now - STANDS):
            if message.kind == "company" and message.at >= since:
                yield _Alert("company", message.id)


def _records(session: Session, account_id: str, since: datetime, kinds: frozenset[str]) -> list[Record]:
    found = entry_rows.in_view(session, account_id, since, (), kinds)
    return [record for record in fold(map(domain_entry, found)) if not record.retracted and record.kind in kinds]


def _is_new(record: Record, since: datetime, now: datetime) -> bool:
    """Whether how bad it is was written lately, and after the alert was chosen: what an old diary brings in is not."""
    told = [entry for entry in record.history if entry.changes is None or _SEVERITY & set(entry.data)]
    return any(max(since, now - LATE) <= entry.at for entry in told)


def _severity(record: Record) -> int:
    found = [record.data.get(name) for name in _SEVERITY]
    return max((one for one in found if isinstance(one, int)), default=-1)


def _last_day(session: Session, account: Account, kinds: frozenset[str], row: ShareCare, now: datetime) -> date | None:
    """The last day before a silence of so many days, or None when there is none. Only what is shared counts."""
    if not kinds or row.quiet_days is None:
        return None
    today = today_in(account.zone, now)
    days = [happened_on(one) for one in _records(session, account.id, now - timedelta(days=row.quiet_days + 2), kinds)]
    if not days:
        latest = entry_rows.latest(session, account.id, kinds)
        days = [happened_on(fold([domain_entry(latest)])[0])] if latest else []
    # The days count from when the alert was chosen, so that choosing it does not ring at once.
    last = max([min(day, today) for day in days] + [today_in(account.zone, row.since)])
    return last if (today - last).days >= row.quiet_days else None


def _note(share_id: str, account_id: str, alert: _Alert, now: datetime) -> None:
    """Claim it. Another process may do so at the same moment: one of the two writes it."""
    try:
        with session_scope() as session:
            if accounts.lock(session, account_id) is None or care.is_noted(session, share_id, alert.kind, alert.ref):
                return
            row = CareSending(
                id=new_id(), share_id=share_id, kind=alert.kind, ref=alert.ref, due_at=now, again_at=now, state="open"
            )
            care.add_sending(session, row)
    except Clash:
        return


def _ring(share_id: str, sending_id: str, clock: Callable[[], datetime], send: Send) -> None:
    """Take one, send it, note what became of it."""
    with session_scope() as session:
        taken = _take(session, share_id, sending_id, clock())
    if taken is None:
        return
    told = tell(taken, send)
    with session_scope() as session:
        for token in told.gone:
            care.unsubscribe(session, token, taken.pushes[token].endpoint)
        state = "open" if told.waiting else "sent" if told.rang else "missed"
        care.settle(session, sending_id, waiting=json.dumps(told.waiting), again_at=clock() + told.wait, rang=told.rang, state=state)


def _take(session: Session, share_id: str, sending_id: str, now: datetime) -> Taken | None:
    row = care.take(session, sending_id, now, now + LEASE)
    if row is None:
        return None
    # At the moment of sending everything is looked at again: the share, what was chosen, and whether it still holds.
    chosen = care.with_alerts(session, share_id)
    alert = _Alert(row.kind, row.ref)
    left = row.due_at + LATE - now
    holds = [found for found in chosen if alert in _holding(session, *found, now)]
    if not holds or left <= timedelta():
        care.settle(session, row.id, state="sent" if row.rang else "missed" if holds else "dropped")
        return None
    reached = None if row.waiting is None else set(json.loads(row.waiting))
    to = [one for one in care.pushes(session, share_id) if reached is None or one.token_hash in reached]
    account = holds[0][2]
    # One for a share and its cause: a push that comes twice takes the place of the first. It names no cause.
    tag = hashlib.sha256(f"{share_id} {row.kind} {row.ref}".encode()).hexdigest()[:32]
    payload = {
        "title": "Taper",
        "body": translate(LANG, f"care.push_{row.kind}", name=account.display_name),
        "tag": tag,
        "url": f"/shared?share={share_id}",
        "again": False,
        "actions": [],
    }
    pushes = {one.token_hash: Push(one.endpoint, one.p256dh, one.auth, payload, tag, int(left.total_seconds())) for one in to}
    return Taken(row.tries, row.rang, pushes)
