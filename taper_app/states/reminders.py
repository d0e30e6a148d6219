"""Reminders: times, quiet hours, and the calendar link. Ringing on this phone is the browser's own matter (`pwa/push.py`)."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.services.calendar import end_feed, make_feed
from taper_app.services.reminders import RemindersView, add_reminders, get_reminders, remove_reminder, set_quiet
from taper_app.settings import settings
from taper_app.states.base import asking, form_of
from taper_app.states.proving import Proving
from taper_app.states.screen import answering


@dataclass(frozen=True)
class ReminderRow:
    """One reminder, as shown."""

    id: str
    kind: str
    at: str
    silent: bool


class RemindersState(Proving, rx.State):
    """What is set. A new calendar link is here until it is put away, and nowhere after."""

    reminders: list[ReminderRow] = []
    # Clock times in the plan that have no reminder yet; taken only when the person says so.
    offered: list[str] = []
    missed: list[str] = []
    quiet_from: str = ""
    quiet_to: str = ""
    place: str = ""
    has_calendar: bool = False
    url: str = ""
    asks_end: bool = False
    # Count what was added and cleared: that form starts blank, and what was typed into the other one stays.
    added: int = 0
    cleared: int = 0
    # What was saved last: "time", "quiet" or nothing.
    saved: str = ""

    @answering
    async def load(self) -> None:
        """Show what is set."""
        self._begin()
        with asking(self) as call:
            self._show(get_reminders(call.session, call.actor, call.now))
        self.loaded = True

    @answering
    async def add(self, form_data: dict[str, Any]) -> None:
        """Add one time."""
        form = form_of(form_data)
        with asking(self) as call:
            self._answer(add_reminders(call.session, call.actor, [(form.get("kind"), form.get("at"))], call.now), "time")
        self.added += 1

    @answering
    async def use_plan(self) -> None:
        """Add every clock time of the plan that is on offer."""
        with asking(self) as call:
            offered = get_reminders(call.session, call.actor, call.now).offered
            self._answer(add_reminders(call.session, call.actor, [("dose", at) for at in offered], call.now), "time")

    @answering
    async def remove(self, reminder_id: str) -> None:
        """Take one out."""
        with asking(self) as call:
            self._answer(remove_reminder(call.session, call.actor, str(reminder_id), call.now))

    @answering
    async def save_quiet(self, form_data: dict[str, Any]) -> None:
        """Set the quiet hours."""
        form = form_of(form_data)
        with asking(self) as call:
            quiet = {"from": form.get("quiet-from"), "to": form.get("quiet-to")}
            self._answer(set_quiet(call.session, call.actor, quiet, call.now), "quiet")

    @answering
    async def no_quiet(self) -> None:
        """Take the quiet hours out."""
        with asking(self) as call:
            self._answer(set_quiet(call.session, call.actor, None, call.now))
        self.cleared += 1

    @answering
    async def make_link(self) -> None:
        """Make a calendar link; the one before stops working. It opens for whoever has it, so the phone alone makes none."""
        with asking(self, fresh=True) as call:
            self.url = make_feed(call.session, call.actor, call.now, base_url=self._base())
        self.has_calendar = True

    @rx.event
    def put_away(self) -> None:
        """The link was copied; it is not shown again."""
        self.url = ""

    @rx.event
    def ask_end(self, open_: bool) -> None:
        """Open the question whether the link is to end, or close it."""
        self.asks_end = open_ is True

    @answering
    async def end_link(self) -> None:
        """The calendar link stops working."""
        with asking(self) as call:
            end_feed(call.session, call.actor, call.now)
        self.has_calendar, self.asks_end, self.url = False, False, ""

    def _base(self) -> str:
        return settings().public_url.rstrip("/") or self.router.headers.origin

    def _answer(self, view: RemindersView, saved: str = "") -> None:
        self._show(view)
        self._well()
        self.saved = saved

    def _show(self, view: RemindersView) -> None:
        self.reminders = [ReminderRow(one.id, one.kind, one.at, one.silent) for one in view.reminders]
        self.offered = list(view.offered)
        zone = get_timezone(view.zone)
        self.missed = [format_datetime(one.at, "EEE d MMM HH:mm", tzinfo=zone, locale=self._lang()) for one in view.missed]
        self.quiet_from, self.quiet_to = (view.quiet.from_, view.quiet.to) if view.quiet else ("", "")
        # "America/New_York" is New York to whoever lives there.
        self.place, self.has_calendar = view.zone.rsplit("/", 1)[-1].replace("_", " "), view.has_calendar
