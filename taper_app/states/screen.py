"""What screens with a State share: loaded or not, and refusals that become words beside a field."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import reflex as rx

from taper_app.content.loader import languages
from taper_app.domain.errors import Refusal
from taper_app.services.errors import NotSignedIn, ProveAgain
from taper_app.states.base import FieldError, SignedOut, problems


class Screen(rx.State, mixin=True):
    """One screen. Nothing of the person is in it before `load` was allowed, nor after the screen was left."""

    loaded: bool = False
    signed_out: bool = False
    errors: list[FieldError] = []
    wrong: dict[str, str] = {}
    # Counts openings: a form is made anew for each, or a browser's reload would keep what an older one was filled with.
    opened: int = 0
    # Counts refusals, so that the summary comes into view each time.
    tries: int = 0

    @rx.event
    def leave(self) -> None:
        """Forget everything when the screen is left."""
        self.reset()

    def _begin(self) -> None:
        """Start anew."""
        opened = self.opened
        self.reset()
        self.opened = opened + 1

    def _lang(self) -> str:
        """The language of the page this came from: its first part when that is one. A client may claim any page."""
        first = self.router.url.path.strip("/").split("/")[0]
        return first if first in languages() else "en"

    def _to(self, path: str) -> Any:
        """Go to another page in the language of this one."""
        lang = self._lang()
        return rx.redirect(path if lang == "en" else f"/{lang}{path}")

    def _well(self) -> None:
        self.errors, self.wrong = [], {}

    def _prove_first(self, refusal: Refusal, handler: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """What was asked wants a proof first: `Proving` asks for one."""
        self._refuse(refusal)

    def _refuse(self, refusal: Refusal) -> None:
        self.errors = problems(refusal, self._lang())
        self.wrong = {error.id: error.message for error in self.errors}
        self.tries += 1


def answering(handler: Callable[..., Any]) -> Any:
    """An event handler whose refusals become part of the screen instead of an error in the log."""

    @wraps(handler)
    async def answered(self: Screen, *args: Any, **kwargs: Any) -> Any:
        try:
            return await handler(self, *args, **kwargs)
        except (SignedOut, NotSignedIn):
            self.signed_out = True
        except ProveAgain as refusal:
            self._prove_first(refusal, handler.__name__, args, kwargs)
        except Refusal as refusal:
            self._refuse(refusal)
        return None

    return rx.event(answered)
