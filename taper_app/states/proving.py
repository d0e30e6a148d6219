"""Asking for the password again in passing: what was typed stays, and what was asked is done once it is proved."""

from typing import Any

import reflex as rx

from taper_app.domain.errors import Refusal
from taper_app.states.screen import Screen


class Proving(Screen, mixin=True):
    """A screen with handlers that want a proof (`asking(self, fresh=True)`). The password itself never comes here.

    `proving` names the handler that waits, "" for none: `components/proving.py` shows its question where that says so. The browser
    proves it over HTTP, then calls `go_on`; whoever calls that without a proof is asked again.
    """

    proving: str = ""
    # What the waiting handler was called with.
    _waiting: dict[str, Any] = {}

    @rx.event
    async def go_on(self) -> Any:
        """Do what waits."""
        name, waiting = self.proving, self._waiting
        self.proving, self._waiting = "", {}
        if not name or not waiting:
            return None
        handler = type(self).event_handlers[name]
        return await handler.fn(self, *waiting["args"], **waiting["kwargs"])

    @rx.event
    def stop_proving(self) -> None:
        """Leave it: nothing is done."""
        self.proving, self._waiting = "", {}

    def _prove_first(self, refusal: Refusal, handler: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._well()
        self.proving, self._waiting = handler, {"args": list(args), "kwargs": dict(kwargs)}
