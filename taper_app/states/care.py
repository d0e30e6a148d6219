"""Words and alerts: what people with an open link may send and are told, what came, and "I'm OK"."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import translate
from taper_app.services import care
from taper_app.services.accounts import get_account
from taper_app.states.base import Call, asking, form_of
from taper_app.states.screen import Screen, answering


@dataclass(frozen=True)
class CareRow:
    """What is chosen for one open link, as shown. `flare` and `quiet_days` are "" for none."""

    id: str
    label: str
    sees_flares: bool
    replies: bool
    muted: bool
    flare: str
    quiet_days: str
    company: bool


@dataclass(frozen=True)
class WordRow:
    """One word that came. `text` is "" for a heart."""

    id: str
    label: str
    text: str
    at: str


class CareState(Screen, rx.State):
    """The patient's side of what goes back and forth."""

    rows: list[CareRow] = []
    words: list[WordRow] = []
    # What is said now: "ok", "company".
    says: list[str] = []
    # The link whose choices were saved last.
    saved: str = ""

    @answering
    async def load(self) -> None:
        """Show what is chosen and what came."""
        self._begin()
        with asking(self) as call:
            self._show(call)
        self.loaded = True

    @answering
    async def choose(self, form_data: dict[str, Any]) -> None:
        """Keep what is chosen for one link."""
        form = form_of(form_data)
        share_id = str(form.get("id"))[:64]
        alerts: dict[str, Any] = {"quiet_days": _number(form.get("quiet_days")), "company": bool(form.get("company"))}
        # Where flares are not shared the form does not ask.
        alerts["flare"] = _number(form.get("flare"))
        body = {"replies": bool(form.get("replies")), "muted": bool(form.get("muted")), "alerts": alerts}
        with asking(self) as call:
            care.set_care(call.session, call.actor, share_id, body, call.now)
            self._show(call)
        self._well()
        self.saved = share_id

    @answering
    async def say(self, kind: str) -> None:
        """Say "I'm OK" or "I need company" to everybody with an open link."""
        with asking(self) as call:
            care.say(call.session, call.actor, kind, call.now)
            self._show(call)

    @answering
    async def unsay(self) -> None:
        """Take it back."""
        with asking(self) as call:
            care.unsay(call.session, call.actor, call.now)
            self._show(call)

    @answering
    async def clear(self, reply_id: str) -> None:
        """Take one word out."""
        with asking(self) as call:
            care.clear_reply(call.session, call.actor, str(reply_id)[:64], call.now)
            self._show(call)

    def _show(self, call: Call) -> None:
        lang, zone = self._lang(), get_account(call.session, call.actor).zone
        unnamed = translate(lang, "share.unnamed")
        self.rows = [
            CareRow(
                id=one.share_id,
                label=one.label or unnamed,
                sees_flares=one.sees_flares,
                replies=one.replies,
                muted=one.muted,
                flare=str(one.alerts.flare or ""),
                quiet_days=str(one.alerts.quiet_days or ""),
                company=one.alerts.company,
            )
            for one in care.list_care(call.session, call.actor, call.now)
        ]
        self.words = [
            WordRow(one.id, one.label or unnamed, one.text, format_datetime(one.at, "EEE d MMM HH:mm", get_timezone(zone), locale=lang))
            for one in care.list_replies(call.session, call.actor)
        ]
        self.says = [one.kind for one in care.list_said(call.session, call.actor, call.now)]


def _number(value: object) -> object:
    """A number as typed; the service judges what is none."""
    text = value.strip() if isinstance(value, str) else value
    if not text:
        return None
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 4 else text
