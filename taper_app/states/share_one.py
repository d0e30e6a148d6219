"""One share: what it shows, who looked, and everything that can be done with it."""

from typing import Any

import reflex as rx

from taper_app.content.loader import translate
from taper_app.domain.errors import Missing
from taper_app.services.accounts import get_account
from taper_app.services.proving import require_fresh_to_widen
from taper_app.services.shares import change_share, hash_pin, is_opened, list_shares, list_views, revoke_share, rotate_share
from taper_app.services.views import ShareView
from taper_app.states.base import Call, asking, form_of
from taper_app.states.proving import Proving
from taper_app.states.screen import answering
from taper_app.states.share import LinkMixin, days_of, end_in, scopes_words, shown_at, ticked

QUESTIONS = ("change", "days", "pin", "rotate", "end")


class OneShareState(LinkMixin, Proving, rx.State):
    """The share that the address names."""

    share_id: str = ""
    missing: bool = False
    label: str = ""
    typed_label: str = ""
    scopes: list[str] = []
    scopes_words: str = ""
    status: str = ""
    back: str = ""
    by_hour: bool = False
    has_pin: bool = False
    in_use: bool = False
    until: str = ""
    frozen: str = ""
    views: list[str] = []
    wrong_pins: int = 0
    # Which question is open, or none; and what was done last, to be said once.
    question: str = ""
    done: str = ""

    @answering
    async def load(self) -> None:
        """Show the share."""
        self._begin()
        self.share_id = str(self.router.url.query_parameters.get("id", ""))[:80]
        await self._again()

    @rx.event
    def ask(self, what: str) -> None:
        """Open one question, or close it."""
        self.question = what if what in QUESTIONS else ""
        self.done = ""
        self._well()

    @answering
    async def change(self, form_data: dict[str, Any]) -> None:
        """Change the name, what is shown and how far back; an open page follows at once."""
        form = form_of(form_data)
        body = {"label": form.get("label"), "scopes": ticked(form), "by_hour": bool(form.get("by_hour"))}
        if form.get("back"):
            body["back"] = form["back"]
        await self._change(body, "changed")

    @answering
    async def renew(self, form_data: dict[str, Any]) -> None:
        """Another end."""
        days = days_of(form_of(form_data))
        with asking(self) as call:
            until = end_in(call, days)
        await self._change({"expires_at": until}, "changed")

    @answering
    async def keep_pin(self, form_data: dict[str, Any]) -> None:
        """A PIN, another one, or none."""
        await self._change({"pin": form_of(form_data).get("pin") or None}, "changed")

    @answering
    async def pause(self) -> None:
        """Show nothing for a while; or go on."""
        await self._change({"paused": self.status != "paused"}, "changed")

    @answering
    async def freeze(self) -> None:
        """Stay at this hour; or go on."""
        await self._change({"frozen": self.frozen == ""}, "changed")

    @answering
    async def rotate(self) -> None:
        """A new link in place of the old one."""
        with asking(self, fresh=True) as call:
            made = rotate_share(call.session, call.actor, self.share_id, call.now, base_url=self._base())
            self._show(call)
        self._said("")
        self._show_link(made)

    @answering
    async def end(self) -> Any:
        """End it now; an open page closes at once."""
        with asking(self) as call:
            revoke_share(call.session, call.actor, self.share_id, call.now)
        return self._to("/share")

    async def _change(self, body: dict[str, Any], said: str) -> None:
        with asking(self) as call:
            # Who asks, before the PIN's slow hash; and what makes it narrower is never held up.
            self._prove_to_widen(call, body)
        pin_hash = hash_pin(body)
        with asking(self) as call:
            # Once more: another browser may have narrowed it meanwhile.
            self._prove_to_widen(call, body)
            change_share(call.session, call.actor, self.share_id, body, call.now, pin_hash=pin_hash)
            self._show(call)
        self._said(said)

    def _prove_to_widen(self, call: Call, body: dict[str, Any]) -> None:
        require_fresh_to_widen(call.session, call.actor, call.token, self.share_id, body, call.now)

    async def _again(self) -> None:
        with asking(self) as call:
            self._show(call)

    def _said(self, what: str) -> None:
        self._well()
        self.question, self.done = "", what

    def _refuse(self, refusal: Any) -> None:
        if isinstance(refusal, Missing):
            self.loaded, self.missing = False, True
            return
        super()._refuse(refusal)

    def _show(self, call: Call) -> None:
        found = [one for one in list_shares(call.session, call.actor, call.now) if one.id == self.share_id]
        if not found:
            self.loaded, self.missing = False, True
            return
        self._fill(call, found[0], get_account(call.session, call.actor).zone)
        self.loaded, self.missing = True, False

    def _fill(self, call: Call, share: ShareView, zone: str) -> None:
        lang = self._lang()
        looks = list_views(call.session, call.actor, share.id)
        self.typed_label, self.label = share.label, share.label or translate(lang, "share.unnamed")
        self.scopes, self.scopes_words = list(share.scopes), scopes_words(share, lang)
        self.status, self.back, self.by_hour = share.state, share.back, share.by_hour
        self.has_pin = share.has_pin
        self.in_use = is_opened(call.session, call.actor, share.id)
        self.until = shown_at(share.expires_at, zone, lang, "EEEE d MMMM")
        self.frozen = shown_at(share.frozen_at, zone, lang, "EEE d MMM HH:mm") if share.frozen_at else ""
        self.views = [shown_at(one.at, zone, lang, "EEE d MMM HH:mm") for one in looks if one.what != "wrong_pin"][:100]
        self.wrong_pins = sum(one.what == "wrong_pin" for one in looks)
