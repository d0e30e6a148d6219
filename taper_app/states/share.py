"""Share: make a link, change what it shows, end it, see who looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import translate
from taper_app.domain.access import SCOPES
from taper_app.domain.errors import Invalid
from taper_app.services.accounts import get_account
from taper_app.services.proving import widens
from taper_app.services.shares import change_share, create_share, get_share, list_shares, list_views, revoke_share
from taper_app.services.views import ShareView
from taper_app.settings import settings
from taper_app.states.base import Call, asking, form_of
from taper_app.states.proving import Proving
from taper_app.states.screen import answering

# How long a link may last, in days; the first is what the form starts with.
DAYS = (7, 30, 90, 365)


@dataclass(frozen=True)
class ShareRow:
    """One share, as shown."""

    id: str
    label: str
    scopes: list[str]
    scopes_words: str
    until: str
    open: bool
    seen: str
    views: list[str]


class ShareState(Proving, rx.State):
    """The account's shares. The link of a new one is here until it is put away, and nowhere after."""

    shares: list[ShareRow] = []
    url: str = ""
    made_label: str = ""
    # Which question is open: "<id>:end", "<id>:change", or none.
    question: str = ""

    @answering
    async def load(self) -> None:
        """Show the shares there are."""
        self._begin()
        with asking(self) as call:
            self._show(call)
        self.loaded = True

    @answering
    async def make(self, form_data: dict[str, Any]) -> None:
        """Make a link with the scopes that are ticked."""
        form = form_of(form_data)
        with asking(self, fresh=True) as call:
            body = {
                "label": form.get("label"),
                "scopes": _ticked(form),
                "expires_at": (call.now + timedelta(days=_days(form.get("days")))).isoformat(),
            }
            made = create_share(call.session, call.actor, body, call.now, base_url=self._base())
            self._show(call)
        self._well()
        self.url, self.made_label = made.url, made.share.label

    @rx.event
    def put_away(self) -> None:
        """The link was sent; it is not shown again."""
        self.url = self.made_label = ""

    @rx.event
    def ask(self, share_id: str, what: str) -> None:
        """Open one question about a share, or close it."""
        self.question = f"{share_id}:{what}" if share_id else ""

    @answering
    async def change(self, form_data: dict[str, Any]) -> None:
        """Change what a share shows; an open page follows at once."""
        form = form_of(form_data)
        share_id, body = str(form.get("id")), {"scopes": _ticked(form)}
        with asking(self) as call:
            wider = widens(get_share(call.session, call.actor, share_id, call.now), body)
        # What makes it narrower is never held up.
        with asking(self, fresh=wider) as call:
            change_share(call.session, call.actor, share_id, body, call.now)
            self._show(call)
        self.question = ""

    @answering
    async def end(self, share_id: str) -> None:
        """End a share; an open page closes at once."""
        with asking(self) as call:
            revoke_share(call.session, call.actor, str(share_id), call.now)
            self._show(call)
        self.question = ""

    def _base(self) -> str:
        return settings().public_url.rstrip("/") or self.router.headers.origin

    def _show(self, call: Call) -> None:
        zone = get_account(call.session, call.actor).zone
        self.shares = [_row(call, share, zone, self._lang()) for share in list_shares(call.session, call.actor, call.now)]


def _row(call: Call, share: ShareView, zone: str, lang: str) -> ShareRow:
    def show(instant: datetime, pattern: str = "EEE d MMM") -> str:
        return format_datetime(instant, pattern, tzinfo=get_timezone(zone), locale=lang)

    return ShareRow(
        id=share.id,
        label=share.label or translate(lang, "share.unnamed"),
        scopes=list(share.scopes),
        scopes_words=", ".join(translate(lang, f"scopes.{scope}") for scope in share.scopes),
        until=show(share.expires_at),
        open=share.state == "open",
        seen=show(share.last_viewed_at) if share.last_viewed_at else "",
        views=[show(view.at, "EEE d MMM HH:mm") for view in list_views(call.session, call.actor, share.id)],
    )


def _ticked(form_data: Mapping[str, Any]) -> list[str]:
    return [scope for scope in SCOPES if form_data.get(scope)]


def _days(value: Any) -> int:
    if str(value) not in {str(days) for days in DAYS}:
        raise Invalid("choose_one", "days")
    return int(value)
