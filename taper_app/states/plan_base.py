"""What the plan's screens share beside `Screen`: which plan, and which input a refusal came from."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from taper_app.domain.errors import Invalid, InvalidMany, Missing, Refusal
from taper_app.states.base import FieldError
from taper_app.states.screen import Screen, answering

__all__ = ["PlanScreen", "answering", "beside"]


class PlanScreen(Screen, mixin=True):
    """One screen about one plan, named by the address."""

    plan_id: str = ""
    missing: bool = False
    focus: str = ""

    def _asked(self, name: str) -> str:
        """One word of the address's query, short; "" when it is not there."""
        return str(self.router.url.query_parameters.get(name, ""))[:80]

    def _asked_number(self, name: str) -> int:
        """A small number of the address's query; 0 when it is none."""
        text = self._asked(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

    def _begin(self) -> None:
        """Start anew for the plan that the address names."""
        super()._begin()
        self.plan_id = self._asked("id")
        self.focus = self._asked("at")

    def _refuse(self, refusal: Refusal) -> None:
        """Show what was refused, each in words beside the input it came from; a plan that is not there ends the screen."""
        if isinstance(refusal, Missing):
            self.loaded, self.missing = False, True
            return
        super()._refuse(refusal)
        place: Callable[[str], str] = getattr(refusal, "place", lambda path: path.replace(".", "-"))
        fields = [one.field or "form" for one in getattr(refusal, "errors", [refusal])]
        found = {place(path): error.message for path, error in reversed(list(zip(fields, self.errors, strict=True)))}
        self.wrong = dict(reversed(found.items()))
        self.errors = [FieldError(id=id, message=words) for id, words in self.wrong.items()]


@contextmanager
def beside(place: Callable[[str], str]) -> Iterator[None]:
    """Let a refusal raised inside know which input each of its fields came from."""
    try:
        yield
    except Refusal as refusal:
        refusal.place = place  # type: ignore[attr-defined]  # a note for the screen, not part of the refusal
        if isinstance(refusal, InvalidMany):
            refusal.errors = [_plainer(one) for one in refusal.errors]
        raise


def _plainer(one: Invalid) -> Invalid:
    """Words typed where a whole number belongs are said to be just that."""
    name = (one.field or "").rsplit(".", 1)[-1]
    if one.code == "wrong_type" and name in ("every_days", "at_most", "per_hours"):
        return Invalid("not_a_whole_number", one.field)
    return one
