"""The log: batches in, pages out."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.entries import fold
from taper_app.domain.errors import Invalid
from taper_app.services import entries
from taper_app.services.errors import OtherAccount
from taper_app.services.snapshot import snapshot
from tests.services.world import NOW, active_plan, asking, at, counts, entry, flare, record, sign_up, uuid


@pytest.mark.promise(16)
def test_the_same_id_twice_is_one_entry() -> None:
    """A retry is a duplicate, whatever the second body says, in one batch or in two."""
    ana = sign_up()
    assert [r.status for r in record(ana, flare(1), flare(1, severity_now=2))] == ["stored", "duplicate"]
    rubbish = {"id": uuid(1).upper(), "kind": "nonsense"}
    assert [r.status for r in record(ana, flare(1), rubbish)] == ["duplicate", "duplicate"]
    with asking() as (session, _):
        page = entries.list_entries(session, ana.actor)
    assert [one.data["severity_now"] for one in page.entries] == [6]


def test_ids_are_unique_within_an_account_only() -> None:
    """Two people may have an entry with one id."""
    ana, bea = sign_up("ana"), sign_up("bea")
    assert record(ana, flare(1))[0].status == "stored"
    assert record(bea, flare(1))[0].status == "stored"


def test_one_wrong_entry_does_not_hold_up_the_others() -> None:
    """Each entry has its own answer, in the order sent."""
    ana = sign_up()
    results = record(ana, flare(1), flare(2, severity_now=11), "rubbish", None, {}, flare(3))
    assert [r.status for r in results] == ["stored", "rejected", "rejected", "rejected", "rejected", "stored"]
    assert (results[1].code, results[1].field) == ("out_of_range", "data.severity_now")
    assert all(r.message for r in results if r.status == "rejected")
    assert counts()["entry"] == 2


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("flare", {"started_at": at(-2)}),
    ("flare", {"started_at": "1950-01-01T00:00:00Z", "ended_at": at(), "severity_now": 0, "severity_worst": 10,
               "places": ["lower-back"], "feels": ["burning", "sunburn_skin"], "allodynia": ["thermal", "clothing"],
               "spread": "wider", "triggers": [], "helped": ["yoga"], "note": "two\nlines", "happened_at": at(-3)}),
    ("check_in", {}),
    ("check_in", {"pain": 3, "relief": 4, "sleep": 5, "mood": 6, "body": ["sweating"], "note": ""}),
    ("peg", {"average": 1, "enjoyment": 2, "activity": 3}),
    ("option_tried", {"option": "tai-chi", "before": 5, "after": 4, "minutes": 20, "note": "slow"}),
    ("condition", {"state": "not_sure", "said_by": "Dr. Osei"}),
    ("baseline", {"allodynia": ["tactile"], "pain": 4}),
    ("question", {"text": "Is this normal?"}),
    ("naloxone", {"place": "kitchen drawer", "expires_on": "2028-02-29"}),
    ("note", {"text": "rain"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), GOOD)
def test_every_kind_is_kept_as_written(kind: str, data: dict[str, Any]) -> None:
    """What was written comes back as it was, blanks left out."""
    ana = sign_up()
    assert record(ana, entry(1, kind, data))[0].status == "stored"
    with asking() as (session, _):
        found = entries.list_entries(session, ana.actor).entries[0]
    assert (found.kind, found.at, found.zone) == (kind, at(), "America/New_York")
    assert found.data == {name: value for name, value in data.items() if value != ""}


BAD: list[tuple[str, Any, str, str]] = [
    ("flare", {}, "missing", "data.started_at"),
    ("flare", {"started_at": "2026-11-23T10:00:00"}, "not_an_instant", "data.started_at"),
    ("flare", {"started_at": at(), "ended_at": at(-1)}, "ends_before_start", "data.ended_at"),
    ("flare", {"started_at": at(), "severity_now": "6"}, "wrong_type", "data.severity_now"),
    ("flare", {"started_at": at(), "severity_now": 6.0}, "wrong_type", "data.severity_now"),
    ("flare", {"started_at": at(), "severity_now": True}, "wrong_type", "data.severity_now"),
    ("flare", {"started_at": at(), "severity_worst": -1}, "out_of_range", "data.severity_worst"),
    ("flare", {"started_at": at(), "places": "back"}, "wrong_type", "data.places"),
    ("flare", {"started_at": at(), "places": [None]}, "missing", "data.places.0"),
    ("flare", {"started_at": at(), "places": ["x"] * 61}, "too_many", "data.places"),
    ("flare", {"started_at": at(), "places": ["x" * 101]}, "too_long", "data.places.0"),
    ("flare", {"started_at": at(), "allodynia": ["cold"]}, "unknown_allodynia", "data.allodynia.0"),
    ("flare", {"started_at": at(), "allodynia": [None]}, "unknown_allodynia", "data.allodynia.0"),
    ("flare", {"started_at": at(), "spread": "everywhere"}, "unknown_spread", "data.spread"),
    ("flare", {"started_at": at(), "note": "x" * 4001}, "too_long", "data.note"),
    ("flare", {"started_at": at(), "note": "nul \0"}, "control_character", "data.note"),
    ("flare", {"started_at": at(), "note": "\ud800"}, "control_character", "data.note"),
    ("flare", {"started_at": at(), "pain": 3}, "unknown_key", "data.pain"),
    ("flare", {"started_at": at(), "retracted": True}, "unknown_key", "data.retracted"),
    ("flare", "x", "wrong_type", "data"),
    ("check_in", {"happened_at": 5}, "wrong_type", "data.happened_at"),
    ("peg", {"average": 1, "enjoyment": 2}, "missing", "data.activity"),
    ("option_tried", {"option": "yoga", "minutes": 1441}, "out_of_range", "data.minutes"),
    ("option_tried", {"option": "  "}, "missing", "data.option"),
    ("condition", {"state": "cured"}, "unknown_state", "data.state"),
    ("naloxone", {"expires_on": "2027-02-29"}, "not_a_date", "data.expires_on"),
    ("dose", {"action": "taken"}, "missing", "data.plan_id"),
    ("dose", {"plan_id": "x", "action": "taken"}, "not_an_id", "data.plan_id"),
    ("dose", {"plan_id": uuid(9), "action": "taken"}, "plan_not_found", "data.plan_id"),
    ("dose", {"plan_id": uuid(9), "action": "eaten"}, "unknown_action", "data.action"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "amount": "-5"}, "not_an_amount", "data.amount"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "amount": "NaN"}, "not_an_amount", "data.amount"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "amount": "0"}, "amount_not_above_zero", "data.amount"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "due": {"date": "2026-11-23"}}, "missing", "data.due.at"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "due": {"at": "25:00"}}, "missing", "data.due.date"),
    ("dose", {"plan_id": uuid(9), "action": "taken", "due": "now"}, "wrong_type", "data.due"),
    ("weather", {}, "unknown_kind", "kind"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "code", "field"), BAD)
def test_every_wrong_field_is_named(kind: str, data: Any, code: str, field: str) -> None:
    """A wrong entry is rejected with the code and the field, and leaves nothing."""
    ana = sign_up()
    found = record(ana, entry(1, kind, data))[0]
    assert (found.status, found.code, found.field) == ("rejected", code, field)
    assert counts()["entry"] == 0


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"id": None}, "missing", "id"),
        ({"id": 7}, "wrong_type", "id"),
        ({"id": "not-an-id"}, "not_an_id", "id"),
        ({"id": "x" * 100_000}, "not_an_id", "id"),
        ({"kind": None}, "missing", "kind"),
        ({"kind": ["flare"]}, "wrong_type", "kind"),
        ({"at": None}, "missing", "at"),
        ({"at": "yesterday"}, "not_an_instant", "at"),
        ({"at": "2026-02-29T00:00:00Z"}, "not_an_instant", "at"),
        ({"at": "2026-02-28T00:00:00+01:60"}, "not_an_instant", "at"),
        ({"at": "0001-01-01T00:00:00Z"}, "date_out_of_range", "at"),
        ({"at": at(24.1)}, "from_the_future", "at"),
        ({"zone": None}, "missing", "zone"),
        ({"zone": "../etc/passwd"}, "unknown_zone", "zone"),
        ({"zone": "Factory"}, "unknown_zone", "zone"),
        ({"changes": "x"}, "not_an_id", "changes"),
        ({"changes": uuid(1)}, "changes_itself", "changes"),
        ({"seq": 1}, "unknown_key", "seq"),
    ],
)
def test_every_wrong_frame_is_named(changes: dict[str, Any], code: str, field: str) -> None:
    """The fields around `data` are judged one by one too."""
    ana = sign_up()
    found = record(ana, {**flare(1), **changes})[0]
    assert (found.status, found.code, found.field) == ("rejected", code, field)


def test_a_day_ahead_is_still_taken() -> None:
    """A clock may be 24 hours fast, and the past has no limit."""
    ana = sign_up()
    results = record(ana, entry(1, "note", {}, at=at(24)), entry(2, "note", {}, at="1950-05-05T00:00:00+02:00"))
    assert [r.status for r in results] == ["stored", "stored"]


def test_changes_arrive_in_any_order() -> None:
    """A first entry and its changes fold to one record whatever order they came in."""
    batch = [
        flare(1, note="a"),
        entry(2, "flare", {"severity_worst": 9, "note": None}, at=at(0.1), changes=uuid(1)),
        entry(3, "flare", {"ended_at": at(0.2)}, at=at(0.2), changes=uuid(1)),
        entry(4, "flare", {"retracted": True}, at=at(0.3), changes=uuid(1)),
    ]
    seen = []
    for n, order in enumerate(permutations(batch)):
        person = sign_up(f"person {n}")
        for one in order:
            assert record(person, one)[0].status == "stored"
        with asking() as (session, _):
            page = entries.list_entries(session, person.actor)
        rows = [entries.Entry(e.id, e.kind, NOW + timedelta(seconds=int(e.id[-1])), e.zone, e.data, e.changes) for e in page.entries]
        seen.append([(r.id, r.data, r.retracted) for r in fold(rows)])
    assert all(one == seen[0] for one in seen)
    assert seen[0][0][2] is True


def test_what_a_kind_cannot_do_without_is_not_cleared() -> None:
    """A change may clear a note, and may not clear when a flare began."""
    ana = sign_up()
    cleared = entry(2, "flare", {"note": None}, changes=uuid(1))
    broken = entry(3, "flare", {"started_at": None}, changes=uuid(1))
    results = record(ana, flare(1, note="x"), cleared, broken)
    assert [r.code for r in results] == [None, None, "cannot_clear"]


def test_doses_name_a_plan_of_the_account() -> None:
    """A dose of somebody else's plan is rejected as unknown."""
    ana, bea = sign_up("ana"), sign_up("bea")
    plan_id = active_plan(ana)
    data = {"plan_id": plan_id, "action": "taken", "due": {"date": "2026-11-23", "at": "morning"}, "amount": "7.50"}
    assert record(bea, entry(1, "dose", data))[0].code == "plan_not_found"
    assert record(ana, entry(1, "dose", data))[0].status == "stored"
    with asking() as (session, _):
        assert entries.list_entries(session, ana.actor).entries[0].data["amount"] == "7.5"


def test_a_store_of_another_account_is_refused() -> None:
    """Entries of another account's phone are not mixed in."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with pytest.raises(OtherAccount), session_scope() as session:
        entries.record_entries(session, ana.actor, [flare(1)], NOW, expected_account=bea.id)
    assert counts()["entry"] == 0


@pytest.mark.parametrize(("items", "code"), [(None, "missing"), ("x", "wrong_type"), ([{}] * 501, "too_many")])
def test_a_batch_that_is_none(items: Any, code: str) -> None:
    """A batch has at most 500 entries and is a list."""
    ana = sign_up()
    with pytest.raises(Invalid) as found, session_scope() as session:
        entries.record_entries(session, ana.actor, items, NOW)
    assert found.value.code == code


def test_pages_follow_the_order_of_arrival() -> None:
    """A cursor goes on where the page ended, also later, when there is more."""
    ana = sign_up()
    record(ana, *[entry(n, "note", {"text": str(n)}, at=at(-n)) for n in range(1, 8)])
    seen: list[str] = []
    cursor: str | None = None
    with asking() as (session, _):
        while True:
            page = entries.list_entries(session, ana.actor, cursor, 3)
            seen += [one.data["text"] for one in page.entries]
            cursor = page.cursor
            if page.next is None:
                break
    assert seen == list("1234567")
    record(ana, entry(8, "note", {"text": "8"}))
    with asking() as (session, _):
        assert [one.data["text"] for one in entries.list_entries(session, ana.actor, cursor).entries] == ["8"]


@pytest.mark.parametrize("cursor", ["x", "é", "Mjox", "MToteA", "====", "A" * 3000])
def test_made_up_cursors(cursor: str) -> None:
    """A cursor that is none is refused by name."""
    ana = sign_up()
    with asking() as (session, _), pytest.raises(Invalid) as found:
        entries.list_entries(session, ana.actor, cursor)
    assert (found.value.code, found.value.field) == ("bad_cursor", "after")


def test_the_snapshot_shows_what_is_going_on() -> None:
    """Open flares, questions and naloxone stay in the snapshot however old; an ended old flare does not."""
    ana = sign_up()
    long_ago = at(-24 * 60)
    record(
        ana,
        entry(1, "flare", {"started_at": long_ago}, at=long_ago),
        entry(2, "flare", {"started_at": long_ago, "ended_at": long_ago}, at=long_ago),
        entry(3, "flare", {"started_at": long_ago}, at=long_ago),
        entry(4, "flare", {"ended_at": at()}, changes=uuid(3)),
        entry(5, "flare", {"started_at": long_ago, "ended_at": long_ago}, at=long_ago),
        entry(6, "flare", {"ended_at": None}, changes=uuid(5)),
        entry(7, "question", {"text": "?"}, at=long_ago),
        entry(8, "check_in", {"pain": 1}, at=long_ago),
        entry(9, "check_in", {"pain": 2}),
    )
    with asking() as (session, now):
        shown = {one["id"] for one in snapshot(session, ana.actor, now)["entries"]}
    assert shown == {uuid(n) for n in (1, 5, 6, 7, 9)}
