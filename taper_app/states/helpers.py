"""Helpers, the patient's side: ask by a link, say yes to who took it, end it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import translate
from taper_app.domain.access import HELPER_KINDS
from taper_app.services.accounts import get_account
from taper_app.services.helpers import HelperView, ask_helper, confirm_helper, end_helper, list_helpers
from taper_app.settings import settings
from taper_app.states.base import Call, asking, form_of
from taper_app.states.proving import Proving
from taper_app.states.screen import answering


@dataclass(frozen=True)
class HelperRow:
    """One helper, as shown. `name` is the account's, or the label before anybody took the code."""

    id: str
    # asked, late, waiting, helping
    state: str
    name: str
    login: str
    kinds: str
    since: str
    until: str


class HelpersState(Proving, rx.State):
    """The account's helpers. The link of a new one is here until it is put away, and nowhere after."""

    helpers: list[HelperRow] = []
    url: str = ""
    code: str = ""
    made_label: str = ""
    # Whose end is asked about, and who is being let in.
    question: str = ""
    confirming: str = ""

    @answering
    async def load(self) -> None:
        """Show the helpers there are."""
        self._begin()
        with asking(self) as call:
            self._show(call)
        self.loaded = True

    @answering
    async def refresh(self) -> None:
        """Something changed: somebody may have taken a code."""
        if self.loaded:
            with asking(self) as call:
                self._show(call)

    @answering
    async def make(self, form_data: dict[str, Any]) -> None:
        """Make a code for what is ticked."""
        form = form_of(form_data)
        with asking(self, fresh=True) as call:
            body = {"label": form.get("label"), "kinds": _ticked(form)}
            made = ask_helper(call.session, call.actor, body, call.now, base_url=self._base())
            self._show(call)
        self._well()
        self.url, self.code, self.made_label = made.url, made.code, made.helper.label

    @rx.event
    def put_away(self) -> None:
        """The link was sent; it is not shown again."""
        self.url = self.code = self.made_label = ""

    @answering
    async def ask(self, grant_id: str) -> None:
        """Open the question whether to end one, or close it."""
        self.question = str(grant_id)[:80] if grant_id else ""

    @answering
    async def confirm(self, grant_id: str) -> None:
        """Say yes to who took the code."""
        self.confirming = str(grant_id)[:64]
        with asking(self, fresh=True) as call:
            confirm_helper(call.session, call.actor, str(grant_id), call.now)
            self._show(call)
        self._well()

    @answering
    async def end(self, grant_id: str) -> None:
        """End one; an open page of theirs closes at once."""
        with asking(self) as call:
            end_helper(call.session, call.actor, str(grant_id), call.now)
            self._show(call)
        self._well()
        self.question = ""

    def _base(self) -> str:
        return settings().public_url.rstrip("/") or self.router.headers.origin

    def _show(self, call: Call) -> None:
        zone = get_account(call.session, call.actor).zone
        self.helpers = [_row(one, zone, self._lang()) for one in list_helpers(call.session, call.actor, call.now)]


def _row(view: HelperView, zone: str, lang: str) -> HelperRow:
    since, until = (format_datetime(at, "EEE d MMM", tzinfo=get_timezone(zone), locale=lang) for at in (view.since, view.expires_at))
    return HelperRow(
        id=view.id,
        state=view.state,
        name=view.name or view.label,
        login=view.login,
        kinds=", ".join(translate(lang, f"helpers.kind.{kind}") for kind in view.kinds),
        since=since,
        until=until,
    )


def _ticked(form: Mapping[str, Any]) -> list[str]:
    return [kind for kind in HELPER_KINDS if form.get(kind)]
