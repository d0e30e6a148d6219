"""What the plan's screens share: which plan, whether it may be shown, and how a refusal gets beside its field."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import reflex as rx

from taper_app.domain.errors import Invalid, InvalidMany, Missing, Refusal
from taper_app.services.errors import NotSignedIn
from taper_app.states.base import FieldError, SignedOut, problems


class PlanScreen(rx.State, mixin=True):
    """One screen about one plan. Nothing of the plan is in it before `load` was allowed, nor after the screen was left."""

    plan_id: str = ""
    loaded: bool = False
    missing: bool = False
    signed_out: bool = False
    errors: list[FieldError] = []
    wrong: dict[str, str] = {}
    tries: int = 0
    focus: str = ""

    @rx.event
    def leave(self) -> None:
        """Forget everything when the screen is left."""
        self.reset()

    def _asked(self, name: str) -> str:
        """One word of the address's query, short; "" when it is not there."""
        return str(self.router.url.query_parameters.get(name, ""))[:80]

    def _asked_number(self, name: str) -> int:
        """A small number of the address's query; 0 when it is none."""
        text = self._asked(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0

    def _begin(self) -> None:
        """Start anew for the plan that the address names."""
        self.reset()
        self.plan_id = self._asked("id")
        self.focus = self._asked("at")

    def _well(self) -> None:
        self.errors, self.wrong = [], {}

    def _to(self, path: str) -> Any:
        """Go to another page in the language of this one."""
        first = self.router.url.path.strip("/").split("/")[0]
        return rx.redirect(f"/{first}{path}" if len(first) == 2 else path)

    def _refuse(self, refusal: Refusal) -> None:
        """Show what was refused: in the summary and, by its id, beside the field."""
        place: Callable[[str], str] = getattr(refusal, "place", lambda path: path.replace(".", "-"))
        found = [(place(one.field or "form"), words.message) for one, words in zip(_each(refusal), problems(refusal), strict=True)]
        self.errors = [FieldError(id=id, message=words) for id, words in dict(reversed(found)).items()][::-1]
        self.wrong = {error.id: error.message for error in self.errors}
        self.tries += 1


def _each(refusal: Refusal) -> list[Any]:
    return list(refusal.errors) if isinstance(refusal, InvalidMany) else [refusal]


def answering(handler: Callable[..., Any]) -> Any:
    """An event handler whose refusals become part of the screen instead of an error in the log."""

    @wraps(handler)
    async def answered(self: PlanScreen, *args: Any, **kwargs: Any) -> Any:
        try:
            return await handler(self, *args, **kwargs)
        except (SignedOut, NotSignedIn):
            self.signed_out = True
        except Missing:
            self.loaded, self.missing = False, True
        except Refusal as refusal:
            self._refuse(refusal)
        return None

    return rx.event(answered)


@contextmanager
def beside(place: Callable[[str], str]) -> Iterator[None]:
    """Let a refusal raised inside know which input each of its fields came from."""
    try:
        yield
    except Refusal as refusal:
        refusal.place = place  # type: ignore[attr-defined]  # a note for the screen, not part of the refusal
        raise


def need(value: Any, code: str, field: str) -> Any:
    """The value; refuses when a question that needs an answer got none."""
    if value is None or value == "":
        raise Invalid(code, field)
    return value
