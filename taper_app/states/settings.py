"""Settings: name and zone."""

from typing import Any

import reflex as rx

from taper_app.services.accounts import change_settings, get_account
from taper_app.services.zones import zone_names
from taper_app.states.base import Call, asking, form_of
from taper_app.states.screen import Screen, answering


class SettingsState(Screen, rx.State):
    """The account's own settings; what is chosen for one phone never comes here."""

    display_name: str = ""
    zone: str = ""
    zones: list[str] = []
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

    def _show(self, call: Call) -> None:
        account = get_account(call.session, call.actor)
        self.display_name, self.zone = account.display_name, account.zone


def _only(form_data: dict[str, Any], *names: str) -> dict[str, Any]:
    form = form_of(form_data)
    return {name: form.get(name) for name in names}
