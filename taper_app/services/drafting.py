"""Plans read from other people's words or files: kept as drafts, with the words beside them, and read back line by line."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import sources
from taper_app.data.tables import PlanSource
from taper_app.domain.access import Actor
from taper_app.domain.drafting import Drafted, Question, SourceLine, from_json, steps_of, to_json, without_step
from taper_app.domain.errors import Invalid
from taper_app.domain.ledger import require_draft
from taper_app.domain.plan_text import MAX_TEXT, read_plan_text
from taper_app.domain.reading import Reader
from taper_app.services.errors import NothingRead
from taper_app.services.ledgers import load
from taper_app.services.owning import own_account
from taper_app.services.plans import create_plan

_QUOTED = re.compile(r"^[ \t]*>[> \t]*", re.MULTILINE)


@dataclass(frozen=True)
class SourceView:
    """The words a draft was read from: its lines, what was not clear, and the lines that were ticked. `kind`: text or fhir."""

    kind: str
    lines: tuple[SourceLine, ...]
    questions: tuple[Question, ...]
    confirmed: frozenset[int]

    @property
    def left(self) -> int:
        """How many lines are not ticked yet."""
        return len({one.line for one in self.lines} - self.confirmed)


def draft_from_text(session: Session, actor: Actor, text: object, now: datetime) -> tuple[str, Drafted]:
    """A pasted plan becomes a draft: its id, and what was read.

    Raises Invalid (missing, too_long, control_character); NothingRead, and keeps nothing, when no dose could be read.
    """
    own_account(session, actor, "write")
    reader = Reader()
    pasted = reader.text(_plain(text), "text", MAX_TEXT, lines=True, need=True) or ""
    reader.done()
    drafted = read_plan_text(pasted)
    if not any(step["doses"] or step["as_needed"] for step in drafted.plan["steps"]):
        two = any(question.code == "two_medicines" for question in drafted.questions)
        raise NothingRead("two_medicines_read" if two else None, "text")
    return draft_of(session, actor, drafted, "text", now), drafted


def draft_of(session: Session, actor: Actor, drafted: Drafted, kind: str, now: datetime) -> str:
    """Keep what was read as a draft, with its words beside it; the plan's id. `kind` is text or fhir. Raises InvalidMany."""
    account = own_account(session, actor, "write")
    plan_id = create_plan(session, actor, drafted.plan, now).id
    body = json.dumps(to_json(drafted), ensure_ascii=False)
    row = PlanSource(account_id=account.id, plan_id=plan_id, kind=kind, body=body, confirmed="[]", created_at=now)
    sources.add(session, row)
    return plan_id


def source_of_plan(session: Session, actor: Actor, plan_id: str) -> SourceView | None:
    """The words a plan was read from; None for one that was typed. Raises PlanMissing."""
    account = own_account(session, actor)
    row, _ = load(session, account.id, plan_id)
    return _view(sources.source_of(session, account.id, row.id))


def confirm_line(session: Session, actor: Actor, plan_id: str, line: int, yes: bool) -> None:
    """Tick a line of the source, or take the tick back. Changing the draft takes all of them back (services/plans.py).

    Raises PlanMissing, NotDraft, Invalid (out_of_range).
    """
    account = own_account(session, actor, "write")
    row, ledger = load(session, account.id, plan_id)
    require_draft(ledger)
    source = _view(sources.source_of(session, account.id, row.id))
    if source is None or line not in {one.line for one in source.lines}:
        raise Invalid("out_of_range")
    confirmed = source.confirmed | {line} if yes else source.confirmed - {line}
    sources.confirm(session, account.id, row.id, json.dumps(sorted(confirmed)))


def take_out_step(session: Session, actor: Actor, plan_id: str, n: int) -> None:
    """Step n was taken out of a draft: the words of the later ones move with them. Raises PlanMissing, NotDraft."""
    account = own_account(session, actor, "write")
    row, ledger = load(session, account.id, plan_id)
    require_draft(ledger)
    source = _view(sources.source_of(session, account.id, row.id))
    # Where steps were put in since, the words stand with none of them any more (states/plan_sources.py).
    if source is not None and steps_of(source.lines, source.questions) == len(ledger.plan.steps) + 1:
        drafted = Drafted({}, *without_step(source.lines, source.questions, n))
        sources.rewrite(session, account.id, row.id, json.dumps(to_json(drafted), ensure_ascii=False))


def _plain(text: object) -> object:
    """The text as a browser or a mail may bring it: every kind of line end as one, without the signs that a reply puts before lines."""
    if not isinstance(text, str):
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")
    return _QUOTED.sub("", lines.removeprefix("\ufeff"))


def _view(row: PlanSource | None) -> SourceView | None:
    if row is None:
        return None
    lines, questions = from_json(json.loads(row.body))
    return SourceView(row.kind, lines, questions, frozenset(json.loads(row.confirmed)))
