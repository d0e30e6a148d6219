"""What somebody sends who wants to break a socket or to see what is not theirs: events made by chance from a seed."""

from __future__ import annotations

import random
from typing import Any

from taper_app.states.arriving import _takes
from tests.states.sockets import event_of, handlers

PATHS = (
    "/plans", "/plan", "/plan/new", "/plan/medicine", "/plan/draft", "/plan/step", "/plan/as-needed", "/plan/end", "/plan/check",
    "/plan/event", "/plan/revise", "/plan/paste", "/lens", "/people", "/reminders", "/import/diary", "/report", "/settings", "/share",
    "/today", "/", "/nowhere", "/404", "/en/plan",
)  # fmt: skip
WORDS = (
    "", "0", "-1", "1e999", "NaN", "null", "true", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --", "\0", "\ud800",
    "\u202e", "{{7*7}}", "${x}", "%00", "2026-11-25", "9999-12-31", "0001-01-01", "08:00", "25:61", "stop", "review", "every", "cycle",
    "taken", "all", "week", "main", "most", "a4", "letter", "dose", "x" * 300, "é" * 5000, "tablet", "mg", "30", "7.5", "7,5", "½",
    "Dr. Osei", "on", "yes", "extended", "morning", "__class__", "_copies", "mro", "Asia/Kolkata", "day,pain", "2026-11-02,4",
)  # fmt: skip
FIELDS = (
    "id", "label", "days", "plan_dates", "plan", "flares", "name", "form", "unit", "strengths", "release", "may_split", "prescriber",
    "on", "said_by", "reason", "shift_later_dates", "ends", "last_day", "review_on", "starts_by", "starts_on", "rhythm", "every_days",
    "doses-0-at", "doses-0-time", "doses-0-amount", "doses-99-amount", "cycle-0-0-amount", "as_needed-0-amount", "step-1", "step-x",
    "text", "display_name", "zone", "kind", "at", "quiet-from", "quiet-to", "name_0", "phone_0", "after_hours", "from", "to", "date",
    "pain", "date_format", "amount", "at_most", "per_hours", "as_written", "__class__", "__reflex_form_data__",
)  # fmt: skip
FORGED = {
    "headers": {"cookie": "taper=stolen", "origin": "https://evil.example", "x-forwarded-for": "1.1.1.1"},
    "token": "00000000-0000-4000-8000-000000000000", "sid": "another", "ip": "6.6.6.6", "cookie": "taper=stolen", "client_token": "x",
}  # fmt: skip


class Hostile:
    """An endless supply. `ids` are everybody's; `tokens` are session tokens of other people."""

    def __init__(self, seed: int, ids: list[str], tokens: list[str]) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same again for the same seed
        self.ids = ids
        self.tokens = tokens
        self.names = sorted(handlers())
        self.own = [name for name in self.names if "taper_app" in name]

    def word(self) -> str:
        """An id of anybody's, or a word."""
        return self.chance.choice(self.ids if self.chance.random() < 0.4 else WORDS)

    def value(self, depth: int = 3) -> Any:
        """Any JSON, and what is no JSON."""
        pick = self.chance.random()
        if pick < 0.4:
            return self.word()
        if pick < 0.6:
            return self.chance.choice([0, 1, -1, 3, 90, 2**31, 2**63, -(10**400), 1.5, float("nan"), float("inf"), True, False, None])
        if depth == 0 or pick < 0.65:
            return b"bytes"
        if pick < 0.8:
            return [self.value(depth - 1) for _ in range(self.chance.randrange(4))]
        return {self.word(): self.value(depth - 1) for _ in range(self.chance.randrange(4))}

    def form(self) -> Any:
        """A form's fields, as an object or as Reflex wraps them, with strange ones among them."""
        some = [self.chance.choice(FIELDS) for _ in range(self.chance.randrange(1, 12))]
        fields = {name: self.word() if self.chance.random() < 0.85 else self.value() for name in some}
        pick = self.chance.random()
        if pick < 0.4:
            return {"__reflex_form_data__": [[name, value] for name, value in fields.items()]}
        return fields if pick < 0.9 else {"__reflex_form_data__": self.value()}

    def fitting(self, hint: Any) -> Any:
        """A value of the kind that a handler says it takes."""
        if hint is int:
            return self.chance.choice([-(2**40), -1, 0, 1, 2, 3, 30, 90, 365, 2**52])
        if hint is bool:
            return self.chance.random() < 0.5
        return self.word() if hint is str else self.form()

    def where(self) -> dict[str, Any]:
        """An address of anybody's things; now and then with what only the handshake may say."""
        query = {name: self.word() for name in ("id", "rev", "new", "n", "at", "copy", "kind", "self") if self.chance.random() < 0.4}
        if self.chance.random() < 0.6:
            query["id"] = self.chance.choice(self.ids)
        if self.chance.random() < 0.3:
            query["kind"] = self.chance.choice(["hold", "resume", "start", "close"])
        try:
            made = event_of("", at=self.chance.choice(PATHS), query=query)["router_data"]
        except UnicodeEncodeError:
            made = event_of("", at="/plan")["router_data"]
        pick = self.chance.random()
        if pick < 0.2:
            stolen = {"headers": {"cookie": f"taper={self.chance.choice(self.tokens)}"}}
            return {**made, **FORGED, **(stolen if pick < 0.1 else {})}
        if pick < 0.3:
            bad = ["//[evil", "http://[", "/plan#" + "x" * 90, "x", "/" * 3000, "/plan?self=1&cls=2&/=3", 7, ["/plan"], "\\\\evil", "/%"]
            return {**made, self.chance.choice(["pathname", "asPath", "query"]): self.chance.choice(bad)}
        return made

    def event(self) -> Any:
        """The next one."""
        pick = self.chance.random()
        if pick < 0.55:
            name = self.chance.choice(self.own if self.chance.random() < 0.8 else self.names)
            takes = _takes(handlers()[name].handler.fn)
            payload: Any = {one: self.fitting(hint) for one, (hint, _) in takes.items()}
            if pick < 0.05:
                payload["extra"] = self.value()
            return {"name": name, "payload": payload, "router_data": self.where()}
        if pick < 0.7:
            name = self.chance.choice(self.names)
            takes = _takes(handlers()[name].handler.fn)
            return {"name": name, "payload": {one: self.value() for one in takes}, "router_data": self.where()}
        if pick < 0.8:
            return {"name": self.wrong_name(), "payload": self.value(), "router_data": self.where()}
        if pick < 0.9:
            made = "reflex___state____state.hydrate_and_load"
            return {"name": made, "payload": {"vars": self.value(), "hashes": self.value()}, "router_data": self.where()}
        if pick < 0.93:
            return {"name": self.chance.choice(self.own), "payload": {"form_data": {"x": "y" * 70_000}}, "router_data": {}}
        if pick < 0.95:
            deep: Any = "end"
            for _ in range(500):
                deep = [deep]
            return {"name": self.chance.choice(self.own), "payload": {"form_data": deep}}
        return self.value()

    def wrong_name(self) -> Any:
        """A name that is no handler's: of a private method, a var, another State, or no text at all."""
        state = self.chance.choice(self.own).rpartition(".")[0]
        inside = ["_show", "_refuse", "_begin", "reset", "get_state", "__init__", "setvar", "_copies", "set_loaded", "dict", "parent_state"]
        odd = [f"{state}.{state}.load", "load", "", "x" * 5000, 7, None, ["load"]]
        return f"{state}.{self.chance.choice(inside)}" if self.chance.random() < 0.5 else self.chance.choice(odd)
