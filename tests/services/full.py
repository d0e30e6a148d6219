"""One account with something of every kind in it, and with what is awkward to write down."""

from __future__ import annotations

from typing import Any

from taper_app.services import ledger
from tests.services.world import Person, active_plan, asking, at, dose, draft, entry, plan_body, record, sign_up, uuid

# What a person may type, and a spreadsheet may run.
EVIL = '=HYPERLINK("http://x","y")'
STEPS: list[dict[str, Any]] = [
    {
        "starts_on": "2026-11-20",
        "doses": [
            {"at": "08:00", "amount": "7.5", "parts": [{"strength": "15", "count": "0.5"}], "volume": None},
            {"at": "20:00", "amount": "7.5", "parts": [], "volume": "half a tablet"},
        ],
        "note": "with food",
        "as_needed": [{"amount": "5", "for": "pain", "at_most": 2, "per_hours": 24, "as_written": "1 when needed"}],
    },
    {"starts_on": "2026-11-30", "doses": [dose("morning", "5"), dose("bedtime", "7.5")], "until": "9 Dec"},
    {"starts_on": "2026-12-10", "cycle": [[dose("08:00", "5")], [dose("08:00", "2.5")], []]},
    {"starts_on": "2026-12-20", "doses": [dose("08:00", "2.5"), dose("bedtime", "2.5")], "every_days": 2},
    {"starts_on": None, "starts_when": "when the box is empty", "doses": [dose("08:00", "2.5")]},
]
PATCH = {
    "medication": {"name": "fentanyl", "form": "patch", "unit": "mcg/h", "strengths": ["25"], "release": "extended", "may_split": "no"},
    "steps": [{"starts_on": "2026-11-20", "every_days": 3, "doses": [dose("09:00", "25")]}],
    "ends": "stop",
    "last_day": "2026-12-05",
    "review_on": None,
}


class Full:
    """Ana, with plans in four states and an entry of every kind."""

    def __init__(self, login: str = "ana") -> None:
        self.ana: Person = sign_up(login)
        self.plan = active_plan(self.ana, plan_body(steps=STEPS, ends="stay", review_on=None))
        self.patch = active_plan(self.ana, plan_body(**PATCH))
        self.closed = active_plan(self.ana)
        self.draft = draft(self.ana, {"steps": [{"starts_on": None, "doses": [dose(None, None)]}]})  # type: ignore[arg-type]
        said = {"said_by": "Dr. Osei"}
        revision = {**said, "effective_on": "2026-11-25", "reason": "-slower", "steps": [_step("2026-11-25", "45")], "ends": "stay"}
        with asking() as (session, now):
            ledger.hold_plan(session, self.ana.actor, self.patch, {**said, "from": "2026-11-22"}, now)
            ledger.close_plan(session, self.ana.actor, self.closed, {**said, "on": "2026-11-22", "reason": EVIL}, now)
            ledger.revise_plan(session, self.ana.actor, self.plan, revision, now)
        self.results = record(self.ana, *self._log())
        assert not [one for one in self.results if one.status != "stored"]

    def _log(self) -> list[dict[str, Any]]:
        due = {"date": "2026-11-23", "at": "08:00"}
        return [
            entry(1, "dose", {"plan_id": self.plan, "due": due, "action": "taken", "amount": "7.5"}),
            entry(2, "dose", {"plan_id": self.plan, "due": {**due, "at": "20:00"}, "action": "skipped", "note": "  @home"}),
            entry(3, "dose", {"plan_id": self.plan, "action": "different", "amount": "2.5", "happened_at": at(-30)}),
            entry(4, "dose", {"plan_id": self.patch, "due": {**due, "at": "09:00"}, "action": "removed"}),
            entry(5, "flare", {
                "started_at": at(-3), "ended_at": at(-1), "severity_now": 6, "places": ["lower_back", "-left; knee"],
                "feels": ["burning"], "allodynia": ["clothing"], "spread": "wider", "triggers": ["stress"], "helped": ["yoga"],
                "note": "first\nsecond; -third",
            }),
            entry(6, "flare", {"severity_worst": 8}, changes=uuid(5)),
            # In 1905 clocks in India were 5:21:10 ahead.
            entry(7, "flare", {"started_at": "1905-01-01T00:00:00Z"}, zone="Asia/Kolkata"),
            entry(8, "check_in", {"pain": 4, "relief": 6, "sleep": 0, "mood": 3, "body": ["sweating"], "note": "\uff1d1+1"}),
            entry(9, "check_in", {"sleep": 5}),
            entry(10, "check_in", {"pain": 9}),
            entry(11, "check_in", {"retracted": True}, changes=uuid(10)),
            entry(12, "peg", {"average": 5, "enjoyment": 6, "activity": 7}),
            entry(13, "option_tried", {"option": "tai-chi", "before": 5, "after": 4, "minutes": 20}),
            entry(14, "condition", {"state": "same", "said_by": "Dr. Osei"}),
            entry(15, "baseline", {"allodynia": ["tactile"], "pain": 0}),
            entry(16, "question", {"text": EVIL}),
            entry(17, "naloxone", {"place": "Küche", "expires_on": "2027-05-31"}),
            entry(18, "note", {"text": "'quoted'"}),
            entry(19, "health", {"conditions": ["fibromyalgia", "gout"], "risks": ["long_use"], "note": "x"}),
        ]  # fmt: skip


def _step(starts_on: str, amount: str) -> dict[str, Any]:
    return {"starts_on": starts_on, "doses": [dose("08:00", amount)]}
