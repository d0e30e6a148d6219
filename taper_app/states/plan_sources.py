"""The words a draft was read from, sorted to the places of the read-back where they belong."""

from taper_app.domain.drafting import Question, SourceLine, steps_of
from taper_app.services.drafting import SourceView
from taper_app.services.words import question_words
from taper_app.states.plan_views import WordsView

# Blanks that the read-back names beside their fields already.
_BLANKS = frozenset({"no_time", "no_start", "no_name", "no_unit", "no_end", "no_last_day", "no_review_on", "no_doses"})


def words_by_place(source: SourceView | None, steps: int, lang: str) -> dict[str, list[WordsView]]:
    """The lines by place: "medicine", "end", the number of a step, or "rest" for those that belong nowhere.

    A line can speak of several places; it is ticked, and asked about, at its home alone. Once there are more or fewer than the
    `steps` that were read, nobody knows which words belong to which, so they stand with none of them.
    """
    found: dict[str, list[WordsView]] = {}
    if source is None:
        return found
    same = steps_of(source.lines, source.questions) == steps
    for line in source.lines:
        asked = [question for question in source.questions if question.line == line.line]
        words = dict.fromkeys(question_words(lang, one, source.kind) for one in asked if one.code not in _BLANKS)
        places = _places(line, asked, same)
        for place in places:
            home = place == places[0]
            view = WordsView(line.line, line.words, bool(line.paths), home, line.line in source.confirmed, list(words) if home else [])
            found.setdefault(place, []).append(view)
    return found


def _places(line: SourceLine, asked: list[Question], same: bool) -> list[str]:
    """Steps first: what is taken matters most."""
    paths = [*line.paths, *(question.path for question in asked if question.path)]
    steps = sorted({int(path.split(".")[1]) + 1 for path in paths if path.startswith("steps.")})
    places = [str(n) for n in steps] if same else ["rest"] * bool(steps)
    places += ["medicine"] if any(path.startswith(("medication", "prescriber", "history")) for path in paths) else []
    places += ["end"] if any(path in ("ends", "last_day", "review_on") for path in paths) else []
    return places or ["rest"]
