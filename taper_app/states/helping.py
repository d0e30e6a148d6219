"""Helping, the side of the one who helps: whom, and for the one chosen what is due, what was logged, and short forms."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from taper_app.domain.access import HELPER_KINDS
from taper_app.domain.errors import Invalid
from taper_app.services.helpers import HelpedMissing, list_helped, stop_helping, take_code
from taper_app.services.helping import helping_today, record_for
from taper_app.services.tokens import new_id
from taper_app.states.base import Call, asking, form_of
from taper_app.states.helping_views import NEEDED, NUMBERS, WORDS, DueRow, HelpedRow, LoggedRow, due_rows, logged_rows
from taper_app.states.screen import Screen, answering

_SCALE = frozenset(str(n) for n in range(11))


class HelpingState(Screen, rx.State):
    """Several people are kept apart: of one that is not chosen nothing but the name is here."""

    people: list[HelpedRow] = []
    # Whose day is shown: their account's id, or "" for the list.
    who: str = ""
    name: str = ""
    may: list[str] = []
    due: list[DueRow] = []
    logged: list[LoggedRow] = []
    # Which form is open (a kind), the id its entry gets, and what is corrected by it (an entry's id, and its answers).
    form: str = ""
    entry_id: str = ""
    corrects: str = ""
    given: dict[str, str] = {}
    # offered, saved, over
    note: str = ""
    # Whom to stop helping is asked about.
    question: str = ""

    @answering
    async def load(self) -> None:
        """Show whom one helps; the only one at once."""
        self._begin()
        with asking(self) as call:
            self._list(call)
            ready = [one.account for one in self.people if one.account]
            if len(self.people) == len(ready) == 1:
                self._open(call, ready[0])
        self.loaded = True

    @answering
    async def refresh(self) -> None:
        """Something changed: they may have said yes, logged something, or ended it."""
        if not self.loaded:
            return
        with asking(self) as call:
            self._list(call)
            self._look_again(call)

    @answering
    async def offer(self, form_data: dict[str, Any]) -> None:
        """Take a code."""
        form = form_of(form_data)
        with asking(self) as call:
            take_code(call.session, call.actor, form.get("code"), call.now)
            self._list(call)
        self._well()
        self.note = "offered"

    @answering
    async def pick(self, account_id: str) -> None:
        """Open the day of one person, or go back to the list with ""."""
        self._close()
        self._well()
        with asking(self) as call:
            if account_id:
                self._open(call, str(account_id))

    @answering
    async def ask(self, grant_id: str) -> None:
        """Open the question whether to stop, or close it."""
        self.question = str(grant_id)[:80] if grant_id else ""

    @answering
    async def stop(self, grant_id: str) -> None:
        """Stop helping, or take an offer back."""
        with asking(self) as call:
            stop_helping(call.session, call.actor, str(grant_id), call.now)
            self._close()
            self._list(call)
        self.question = ""

    @answering
    async def log_dose(self, key: str, action: str) -> None:
        """Log a dose of the list, taken as planned or skipped."""
        row = next((one for one in self.due if one.key == key), None)
        if row is None or action not in ("taken", "skipped"):
            raise Invalid("choose_one")
        if row.state != "open":
            # The second of two quick taps.
            return
        data: dict[str, Any] = {"plan_id": row.plan_id, "due": {"date": row.date, "at": row.at}, "action": action}
        if action == "taken":
            data["amount"] = row.amount or None
        self._send({"id": new_id(), "kind": "dose", "data": data})

    @answering
    async def start(self, kind: str) -> None:
        """Open a blank form, or with "" close the one that is open."""
        self._blank()
        self._well()
        self.form = kind if isinstance(kind, str) and kind in NUMBERS and kind in self.may else ""

    @answering
    async def correct(self, entry_id: str) -> None:
        """Open the form of an entry of one's own, filled with what it says."""
        self._blank()
        self._well()
        with asking(self) as call:
            seen = helping_today(call.session, call.actor, self.who, call.now)
        found = next((one for one in seen["entries"] if one["id"] == entry_id and one["yours"]), None)
        if found is None or found["kind"] not in NUMBERS:
            raise Invalid("not_your_entry")
        names = (*NUMBERS[found["kind"]], *WORDS[found["kind"]])
        self.form, self.corrects = found["kind"], found["id"]
        self.given = {name: str(found["data"].get(name, "")) for name in names}

    @answering
    async def save(self, form_data: dict[str, Any]) -> None:
        """Keep what the open form says."""
        form, kind = form_of(form_data), self.form
        if kind not in NUMBERS:
            # Saved a moment ago, by the first of two quick taps.
            return
        data = _answers(kind, form, blanks=bool(self.corrects))
        item: dict[str, Any] = {"id": self.entry_id, "kind": kind, "data": data}
        if self.corrects:
            item["changes"] = self.corrects
        self._send(item)

    @answering
    async def take_out(self, entry_id: str) -> None:
        """Take an entry of one's own out."""
        row = next((one for one in self.logged if one.id == entry_id and one.yours), None)
        if row is None:
            raise Invalid("not_your_entry")
        self._send({"id": new_id(), "kind": row.kind, "data": {"retracted": True}, "changes": row.id})

    def _send(self, item: dict[str, Any]) -> None:
        """Keep one entry, and show the day anew. Raises Invalid with the field of the form."""
        with asking(self) as call:
            try:
                seen = helping_today(call.session, call.actor, self.who, call.now)
                entry = {**item, "at": call.now.isoformat(), "zone": seen["zone"]}
                if item["kind"] == "flare" and "changes" not in item:
                    entry["data"] = {**item["data"], "started_at": call.now.isoformat()}
                (result,) = record_for(call.session, call.actor, self.who, [entry], call.now, lang=self._lang())
                if result.status == "rejected":
                    raise Invalid(result.code, (result.field or "").removeprefix("data.") or None, result.message)
                self._open(call, self.who)
            except HelpedMissing:
                self._gone(call)
                return
        self._blank()
        self._well()
        self.note = "saved"

    def _look_again(self, call: Call) -> None:
        """The day that is shown, as it is now; a form that is open stays as it is."""
        if not self.who:
            return
        try:
            self._open(call, self.who)
        except HelpedMissing:
            self._gone(call)

    def _gone(self, call: Call) -> None:
        self._close()
        self._well()
        self._list(call)
        self.note = "over"

    def _list(self, call: Call) -> None:
        self.people = [HelpedRow(one.grant_id, one.account_id or "", one.name) for one in list_helped(call.session, call.actor)]

    def _open(self, call: Call, account_id: str) -> None:
        seen = helping_today(call.session, call.actor, account_id, call.now)
        if self.who != account_id:
            self._blank()
        self.who, self.name = seen["account"], seen["name"]
        self.may = [kind for kind in HELPER_KINDS if kind in seen["kinds"]]
        self.due, self.logged = due_rows(seen, self._lang()), logged_rows(seen, self._lang())

    def _close(self) -> None:
        """Nothing of the person is left here."""
        self._blank()
        self.who = self.name = self.note = ""
        self.may, self.due, self.logged = [], [], []

    def _blank(self) -> None:
        self.form = self.corrects = self.note = ""
        self.given = {}
        self.entry_id = new_id()


def _answers(kind: str, form: Mapping[str, Any], *, blanks: bool) -> dict[str, Any]:
    """What a form says; what is blank is left out, or with `blanks` cleared. Raises Invalid when nothing was answered."""
    found: dict[str, Any] = {}
    for name in NUMBERS[kind]:
        text = form.get(name)
        # What is no number of the scale goes on as it came, and is refused by name.
        found[name] = int(text) if isinstance(text, str) and text in _SCALE else text or None
    for name in WORDS[kind]:
        found[name] = form.get(name) or None
    needed = NEEDED.get(kind)
    if needed and found[needed] is None:
        raise Invalid("missing", needed)
    if not any(value is not None for value in found.values()):
        raise Invalid("missing", NUMBERS[kind][0])
    return found if blanks else {name: value for name, value in found.items() if value is not None}
