"""Everything that was logged, as facts: the one reading that the lens, the clinician's page and the exports share."""

import json
from collections.abc import Collection, Sequence

from taper_app.data.engine import Session
from taper_app.data.repositories import entries
from taper_app.domain.entries import KINDS, Entry, Record, Writer, fold
from taper_app.domain.facts import Facts, read_facts

# What facts are read from. Doses are many, and are read only where they are counted beside their plan.
ABOUT_PAIN = ("check_in", "flare", "peg", "option_tried", "condition", "question", "baseline", "health")


def facts_of(session: Session, account_id: str) -> Facts:
    """The facts of an account; whoever asked for them was allowed to."""
    return read_facts(records_of(session, account_id, ABOUT_PAIN))


def records_of(session: Session, account_id: str, kinds: Collection[str]) -> Sequence[Record]:
    """Records of these kinds, by when they were first written; retracted ones among them."""
    lines = entries.lines_of(session, account_id, kinds)
    # One document is parsed several times faster than thousands of small ones.
    data = json.loads(f"[{','.join(one.data for one in lines)}]")
    read = fold(
        Entry(one.id, one.kind, one.at, one.zone, own, one.changes, Writer(one.by_id, one.by_name or "") if one.by_id else None)
        for one, own in zip(lines, data, strict=True)
    )
    return [record for record in read if record.kind in kinds]


def standing(session: Session, account_id: str) -> list[Record]:
    """What the whole log comes to: every record after all its changes, without those that were taken out."""
    return [record for record in records_of(session, account_id, KINDS) if not record.retracted]
