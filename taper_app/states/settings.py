"""Settings: name, zone, and where the account is signed in."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.services.accounts import change_settings, get_account
from taper_app.services.cookies import session_token
from taper_app.services.signing import end_session, list_sessions
from taper_app.services.zones import zone_names
from taper_app.states.base import Call, asking, form_of
from taper_app.states.screen import Screen, answering


@dataclass(frozen=True)
class OpenSession:
    """One signed-in browser, as shown."""

    id: str
    seen: str
    current: bool


class SettingsState(Screen, rx.State):
    """The account's own settings; what is chosen for one phone never comes here."""

    display_name: str = ""
    zone: str = ""
    zones: list[str] = []
    sessions: list[OpenSession] = []
    saved: bool = False

    @answering
    async def load(self) -> None:
        """Show what is set."""
        self._begin()
        with asking(self) as call:
            self._show(call)
        self.zones = sorted(zone_names())
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> None:
        """Change name and zone."""
        self.saved = False
        with asking(self) as call:
            change_settings(call.session, call.actor, _only(form_data, "display_name", "zone"), call.now)
            self._show(call)
        self._well()
        self.saved = True

    @answering
    async def end_session(self, session_id: str) -> None:
        """Sign another browser out."""
        with asking(self) as call:
            end_session(call.session, call.actor, str(session_id), now=call.now)
            self._show(call)

    def _show(self, call: Call) -> None:
        account = get_account(call.session, call.actor)
        self.display_name, self.zone = account.display_name, account.zone
        zone = get_timezone(account.zone)
        token = session_token(self.router.headers.cookie)
        self.sessions = [
            OpenSession(
                id=one.id,
                seen=format_datetime(one.last_seen_at, "EEE d MMM", tzinfo=zone, locale=self._lang()),
                current=one.current,
            )
            for one in list_sessions(call.session, call.actor, call.now, token)
        ]


def _only(form_data: dict[str, Any], *names: str) -> dict[str, Any]:
    form = form_of(form_data)
    return {name: form.get(name) for name in names}
