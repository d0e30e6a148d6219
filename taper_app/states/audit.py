"""What happened with the account, newest first, a page at a time."""

from dataclasses import dataclass

import reflex as rx
from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import translate, translate_n
from taper_app.services.accounts import get_account
from taper_app.services.audit import AuditLine, latest_audit
from taper_app.states.base import asking
from taper_app.states.screen import Screen, answering

PAGE = 50


@dataclass(frozen=True)
class AuditRow:
    """One line, as shown."""

    what: str
    who: str
    at: str


class AuditState(Screen, rx.State):
    """One page of the trail."""

    rows: list[AuditRow] = []
    has_newer: bool = False
    has_older: bool = False
    # How many lines are newer than this page; only the server counts.
    _skip: int = 0

    @answering
    async def load(self) -> None:
        """Show the newest."""
        self._begin()
        self._show(0)
        self.loaded = True

    @answering
    async def older(self) -> None:
        """Show the page before this one in time."""
        self._show(self._skip + PAGE if self.has_older else self._skip)

    @answering
    async def newer(self) -> None:
        """Show the page after this one in time."""
        self._show(max(0, self._skip - PAGE))

    def _show(self, skip: int) -> None:
        with asking(self) as call:
            zone = get_timezone(get_account(call.session, call.actor).zone)
            page = latest_audit(call.session, call.actor, skip, PAGE)
        self.rows = [self._row(one, zone) for one in page.lines]
        self._skip, self.has_newer, self.has_older = skip, skip > 0, page.next is not None

    def _row(self, one: AuditLine, zone: object) -> AuditRow:
        lang = self._lang()
        day = format_datetime(one.at, "EEE d MMM y", tzinfo=zone, locale=lang)
        time = format_datetime(one.at, "HH:mm", tzinfo=zone, locale=lang)
        what = translate(lang, f"audit.what.{one.what}")
        if one.tries is not None:
            what = f"{what} ({translate_n(lang, 'audit.tries', one.tries)})"
        return AuditRow(what, translate(lang, f"audit.who.{one.actor}"), translate(lang, "audit.at", day=day, time=time))
