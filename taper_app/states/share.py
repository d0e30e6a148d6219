"""Share: the links there are, and a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
import segno
from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import translate
from taper_app.domain.access import SCOPES
from taper_app.domain.errors import Invalid
from taper_app.services.accounts import get_account
from taper_app.services.shares import create_share, hash_pin, list_shares
from taper_app.services.views import NewShare, ShareView
from taper_app.services.zones import day_ends
from taper_app.settings import settings
from taper_app.states.base import Call, asking, form_of
from taper_app.states.proving import Proving
from taper_app.states.screen import Screen, answering

# How long a link may last, in days; the first is what the form starts with. More than 30 has to be meant.
DAYS = (7, 30, 90, 365)
KNOWINGLY = 30


@dataclass(frozen=True)
class ShareRow:
    """One share, as shown in the list."""

    id: str
    label: str
    scopes_words: str
    state: str
    until: str
    seen: str


class LinkMixin(rx.State, mixin=True):
    """A link that was just made. It is here until it is put away, and nowhere after."""

    url: str = ""
    qr: str = ""
    made_id: str = ""
    made_label: str = ""

    @rx.event
    def put_away(self) -> None:
        """The link was sent; it is not shown again."""
        self.url = self.qr = self.made_id = self.made_label = ""

    def _show_link(self, made: NewShare) -> None:
        self.url, self.qr = made.url, qr_code(made.url)
        self.made_id, self.made_label = made.share.id, made.share.label or translate(self._lang(), "share.unnamed")

    def _base(self) -> str:
        return settings().public_url.rstrip("/") or self.router.headers.origin


class ShareState(Screen, rx.State):
    """The account's shares, in a list."""

    shares: list[ShareRow] = []

    @answering
    async def load(self) -> None:
        """Show the shares there are."""
        self._begin()
        with asking(self) as call:
            zone = get_account(call.session, call.actor).zone
            self.shares = [_row(share, zone, self._lang()) for share in list_shares(call.session, call.actor, call.now)]
        self.loaded = True


class NewShareState(LinkMixin, Proving, rx.State):
    """The form for a new share, and its link."""

    @answering
    async def load(self) -> None:
        """An empty form, for whoever is signed in."""
        self._begin()
        with asking(self):
            self.loaded = True

    @answering
    async def make(self, form_data: dict[str, Any]) -> None:
        """Make a link with what is ticked."""
        form = form_of(form_data)
        body = new_body(form)
        days = days_of(form)
        with asking(self, fresh=True):
            # Who asks, before anything slow; and nothing slow inside the transaction that follows.
            pass
        pin_hash = hash_pin(body)
        with asking(self, fresh=True) as call:
            body["expires_at"] = end_in(call, days)
            made = create_share(call.session, call.actor, body, call.now, base_url=self._base(), pin_hash=pin_hash)
        self._well()
        self._show_link(made)


def new_body(form: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says, for the service that judges it."""
    return {
        "label": form.get("label"),
        "scopes": ticked(form),
        "back": form.get("back") or None,
        "by_hour": bool(form.get("by_hour")),
        "pin": form.get("pin") or None,
    }


def ticked(form: Mapping[str, Any]) -> list[str]:
    """The scopes that are ticked."""
    return [scope for scope in SCOPES if form.get(scope)]


def days_of(form: Mapping[str, Any]) -> int:
    """How many days; long ones only with the tick that says they are meant. Raises Invalid."""
    value = form.get("days")
    if str(value) not in {str(days) for days in DAYS}:
        raise Invalid("choose_one", "days")
    days = int(str(value))
    if days > KNOWINGLY and not form.get("sure"):
        raise Invalid("long_share", "sure")
    return days


def end_in(call: Call, days: int) -> str:
    """The end of a link: that of its day, so that nobody reads from it when the phone was used to make or renew it."""
    return day_ends(get_account(call.session, call.actor).zone, call.now, days).isoformat()


def qr_code(url: str) -> str:
    """The link as a picture for another phone's camera: black on white in either mode, with the quiet edge that cameras need."""
    return segno.make(url, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def shown_at(instant: datetime, zone: str, lang: str, pattern: str = "EEE d MMM") -> str:
    """An instant as the patient's clock says it."""
    return format_datetime(instant, pattern, tzinfo=get_timezone(zone), locale=lang)


def scopes_words(share: ShareView, lang: str) -> str:
    """What a share shows, in words."""
    return " · ".join(translate(lang, f"scopes.{scope}") for scope in share.scopes)


def _row(share: ShareView, zone: str, lang: str) -> ShareRow:
    return ShareRow(
        id=share.id,
        label=share.label or translate(lang, "share.unnamed"),
        scopes_words=scopes_words(share, lang),
        state="frozen" if share.frozen_at and share.state == "open" else share.state,
        until=shown_at(share.expires_at, zone, lang),
        seen=shown_at(share.last_viewed_at, zone, lang) if share.last_viewed_at else "",
    )
