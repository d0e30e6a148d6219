"""The numbers on the safety card: people, and the prescriber's after-hours line."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from taper_app.services.accounts import change_settings, get_account
from taper_app.states.base import Call, asking, form_of
from taper_app.states.screen import Screen, answering

PEOPLE = 3


@dataclass(frozen=True)
class PersonRow:
    """Somebody to call, as typed."""

    name: str = ""
    phone: str = ""


class PeopleState(Screen, rx.State):
    """Up to three people, and one number."""

    after_hours: str = ""
    people: list[PersonRow] = []
    saved: bool = False

    @answering
    async def load(self) -> None:
        """Show what is noted."""
        self._begin()
        with asking(self) as call:
            self._show(call)
        self.loaded = True

    @answering
    async def save(self, form_data: dict[str, Any]) -> None:
        """Note the numbers; rows left blank are no one."""
        self.saved = False
        form = form_of(form_data)
        rows = [{"name": form.get(f"name_{n}"), "phone": form.get(f"phone_{n}")} for n in range(PEOPLE)]
        body = {"people": [row for row in rows if row["name"] or row["phone"]], "after_hours": form.get("after_hours")}
        with asking(self) as call:
            change_settings(call.session, call.actor, body, call.now)
            self._show(call)
        self._well()
        self.saved = True

    def _show(self, call: Call) -> None:
        account = get_account(call.session, call.actor)
        rows = [PersonRow(one.name, one.phone) for one in account.people][:PEOPLE]
        self.people = rows + [PersonRow()] * (PEOPLE - len(rows))
        self.after_hours = account.after_hours
