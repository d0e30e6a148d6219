"""A plan pasted as text becomes a draft, by rules that can be read: nothing is computed, guessed or filled in.

words -> clauses -> scanning (amounts, times, dates) -> doses -> reading -> assembling -> finishing. A sentence that speaks of a dose
and holds a word nobody here knows is not read. Whatever two people could read in two ways is a blank and a question.
"""

from __future__ import annotations

from typing import Final

from taper_app.domain.drafting import Drafted, SourceLine
from taper_app.domain.errors import Invalid
from taper_app.domain.plan_text.assembling import Assembly, take
from taper_app.domain.plan_text.clauses import clauses_of
from taper_app.domain.plan_text.finishing import plan_of
from taper_app.domain.plan_text.reading import name_item, names_of, read_clause

__all__ = ["MAX_TEXT", "read_plan_text"]

MAX_TEXT: Final = 20_000


def read_plan_text(text: str) -> Drafted:
    """Read a plan as a clinician writes it. The lines together are the whole text, whether they were read or not.

    Raises Invalid (too_long) and nothing else.
    """
    if len(text) > MAX_TEXT:
        raise Invalid("too_long", "text")
    reads = [read_clause(clause) for clause in clauses_of(text)]
    made = Assembly()
    medicines = names_of(reads)
    if len(medicines) > 1:
        # Whose dose is a dose that names neither? A plan holds one medicine, so nothing is read.
        named = name_item(reads)
        made.ask("two_medicines", None if named is None else named[0] + 1, "medication.name", ", ".join(sorted(medicines)))
    else:
        for line, read in enumerate(reads, 1):
            take(made, read, line)
    plan = plan_of(made)
    asked = {question.line for question in made.questions}
    for line, read in enumerate(reads, 1):
        if not made.paths.get(line) and line not in asked:
            made.ask("not_read", line, None, read.clause.words)
    lines = tuple(SourceLine(n, read.clause.words, tuple(made.paths.get(n, ()))) for n, read in enumerate(reads, 1))
    return Drafted(plan, lines, tuple(made.questions))
