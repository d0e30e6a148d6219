"""What the patient chose to hand over: days, plan, parts, questions, paper; read from an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from taper_app.domain.reading import Reader

# In the order of the page. Every part can be left out; doses taken are left out unless chosen.
PARTS: Final = (
    "questions", "chart", "steps", "taken", "changes", "patterns", "flares", "allodynia", "peg", "body", "condition",
    "health", "before", "naloxone",
)  # fmt: skip
DEFAULT_PARTS: Final = frozenset(PARTS) - {"taken"}
PAPERS: Final = ("a4", "letter")
MAX_QUESTIONS: Final = 3
MAX_DAYS: Final = 4020  # eleven years


@dataclass(frozen=True)
class Choice:
    """What was chosen; None where nothing was, which stands for the usual."""

    first: date | None = None
    last: date | None = None
    plan: str | None = None
    parts: frozenset[str] = DEFAULT_PARTS
    questions: tuple[str, ...] = ()
    paper: str | None = None


def read_choice(given: Mapping[str, str | None]) -> Choice:
    """The choice in an address: from, to, plan, parts, questions, paper; lists with commas. Raises InvalidMany."""
    reader = Reader()
    first, last = (reader.day(given.get(name) or None, name) for name in ("from", "to"))
    if first and last:
        if last < first:
            reader.wrong("window_backwards", "to")
        elif (last - first).days >= MAX_DAYS:
            reader.wrong("period_too_long", "from")
    parts = given.get("parts")
    named = DEFAULT_PARTS if parts is None else frozenset(one for one in parts.split(",") if one)
    if named - set(PARTS):
        reader.wrong("unknown_part", "parts")
    questions = tuple(dict.fromkeys(one.lower() for one in (given.get("questions") or "").split(",") if one))
    if len(questions) > MAX_QUESTIONS:
        reader.wrong("too_many_questions", "questions")
    paper = reader.choice(given.get("paper") or None, "paper", PAPERS, "unknown_paper", None)
    reader.done()
    return Choice(first, last, given.get("plan") or None, named, questions, paper)


def address_of(choice: Choice) -> str:
    """The choice as the query of an address, the same for the same choice."""
    given = {
        "from": choice.first.isoformat() if choice.first else "",
        "to": choice.last.isoformat() if choice.last else "",
        "plan": choice.plan or "",
        "parts": ",".join(one for one in PARTS if one in choice.parts),
        "questions": ",".join(choice.questions),
        "paper": choice.paper or "",
    }
    # No parts at all is a choice too; every other blank stands for the usual.
    return urlencode({name: one for name, one in given.items() if one or name == "parts"}, safe=",")


def usual_paper(zone: str) -> str:
    """Letter where clocks are American, else A4; the reader can take the other."""
    return "letter" if zone.startswith(("America/", "US/", "Canada/")) else "a4"
