"""Helpers: asked, confirmed, ended; what they write carries their name, and is all they can correct."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Actor, Helper
from taper_app.domain.errors import Forbidden, Refusal
from taper_app.services import accounts, helpers, helping, ledger, plans, reminders, shares
from taper_app.services.audit import lines_of
from taper_app.services.entries import EntryResult, list_entries
from taper_app.services.export import export_account
from taper_app.services.snapshot import snapshot
from taper_app.services.today import today
from tests.services.world import NOW, Person, active_plan, at, at_once, counts, entry, flare, record, sign_up, uuid


class Two:
    """Ana, with a plan, and Sam with an account of his own."""

    def __init__(self, ana: str = "ana", sam: str = "sam") -> None:
        self.ana, self.sam = sign_up(ana), sign_up(sam)
        self.plan = active_plan(self.ana)
        self.grant = self.code = ""

    def ask(self, **body: Any) -> Two:
        """Ana asks Sam."""
        with session_scope() as session:
            made = helpers.ask_helper(session, self.ana.actor, {"label": "Sam", **body}, NOW, base_url="https://x")
        assert made.url == f"https://x/helping#{made.code}"
        self.grant, self.code = made.helper.id, made.code
        return self

    def take(self, who: Person | None = None, now: Any = NOW) -> Two:
        """Sam takes the code."""
        with session_scope() as session:
            helpers.take_code(session, (who or self.sam).actor, self.code, now)
        return self

    def confirm(self) -> Two:
        """Ana says yes."""
        with session_scope() as session:
            helpers.confirm_helper(session, self.ana.actor, self.grant, NOW)
        return self

    def helping(self, **body: Any) -> Two:
        """All three."""
        return self.ask(**body).take().confirm()

    def end(self) -> None:
        """Ana ends it."""
        with session_scope() as session:
            helpers.end_helper(session, self.ana.actor, self.grant, NOW)

    def stop(self) -> None:
        """Sam ends it."""
        with session_scope() as session:
            helpers.stop_helping(session, self.sam.actor, self.grant, NOW)

    def enters(self, *items: Any) -> list[EntryResult]:
        """Sam sends entries for Ana."""
        with session_scope() as session:
            return helping.record_for(session, self.sam.actor, self.ana.id, list(items), NOW)

    def sees(self) -> dict[str, Any]:
        """What Sam is shown."""
        with session_scope(write=False) as session:
            return helping.helping_today(session, self.sam.actor, self.ana.id, NOW)

    def list(self) -> list[helpers.HelperView]:
        """What Ana is shown."""
        with session_scope(write=False) as session:
            return helpers.list_helpers(session, self.ana.actor, NOW)


@pytest.fixture
def two(world_database: object) -> Two:
    """Both."""
    return Two()


def refused(code: str, call: Any, *args: Any) -> None:
    """The call is refused with this code, and changes nothing."""
    before = counts()
    with pytest.raises(Refusal) as refusal:
        call(*args)
    assert refusal.value.code == code
    assert counts() == before


def dose(two: Two, n: int, **more: Any) -> dict[str, Any]:
    """Today's dose in the morning."""
    due = {"date": "2026-11-23", "at": "morning"}
    return entry(n, "dose", {"plan_id": two.plan, "due": due, "action": "taken", "amount": "60"}, **more)


def test_a_code_alone_opens_nothing(two: Two) -> None:
    """Whoever takes the code waits for the patient, who sees name and login first; until then nothing is seen or taken."""
    two.ask()
    refused("helped_not_found", two.enters, flare())
    two.take()
    refused("helped_not_found", two.enters, flare())
    refused("helped_not_found", two.sees)
    (shown,) = two.list()
    assert (shown.state, shown.name, shown.login, shown.label) == ("waiting", "Sam", "sam", "Sam")
    with session_scope(write=False) as session:
        (seen,) = helpers.list_helped(session, two.sam.actor)
    assert (seen.name, seen.state, seen.account_id) == ("Ana", "waiting", None)
    two.confirm()
    assert [one.status for one in two.enters(flare())] == ["stored"]


def test_a_code_works_once_and_for_seven_days(two: Two) -> None:
    """Used, too old, ended, unknown and one's own code look the same; typed without dashes it is the same code."""
    two.ask()
    refused("helper_code_not_found", two.take, two.ana)
    refused("helper_code_not_found", two.take, two.sam, NOW + timedelta(days=7))
    two.code = two.code.replace("-", " ").lower()
    two.take()
    refused("helper_code_not_found", two.take, sign_up("bea"))
    two.end()
    two.ask()
    two.end()
    refused("helper_code_not_found", two.take)
    for wrong in (None, 7, "", "x" * 5000, "\0", "\ud800", ["a"]):
        two.code = wrong  # type: ignore[assignment]  # what a client may send
        refused("helper_code_not_found", two.take)


def test_nobody_helps_the_same_person_twice(two: Two) -> None:
    """A second code for the same helper is not used up."""
    two.helping().ask()
    refused("helps_already", two.take)


def test_only_the_patient_says_yes_and_ends(two: Two) -> None:
    """Somebody else's id is not there; a yes before anybody asks, or a second one, is refused."""
    two.ask()
    refused("nobody_asks", two.confirm)
    two.take()
    with session_scope() as session:
        for stranger in (two.sam.actor, sign_up("bea").actor):
            for call in (helpers.confirm_helper, helpers.end_helper):
                with pytest.raises(helpers.HelperMissing):
                    call(session, stranger, two.grant, NOW)
    two.confirm()
    refused("nobody_asks", two.confirm)
    for odd in ("", "\0", "\ud800", "x" * 500):
        two.grant = odd
        refused("helper_not_found", two.end)


@pytest.mark.parametrize("by", ["patient", "helper"])
def test_it_ends_at_once(two: Two, by: str) -> None:
    """Ended by either, the next call finds nothing, what was written stays, and both lists are without it."""
    two.helping()
    two.enters(flare())
    if by == "patient":
        two.end()
    else:
        two.stop()
    refused("helped_not_found", two.enters, flare(2))
    refused("helped_not_found", two.sees)
    assert two.list() == []
    with session_scope(write=False) as session:
        assert helpers.list_helped(session, two.sam.actor) == []
        assert [one.by and one.by.name for one in list_entries(session, two.ana.actor).entries] == ["Sam"]


def test_what_a_helper_wrote_carries_the_name_of_that_time(two: Two) -> None:
    """The name stays as it was; the patient's own entries have none; no device can say who wrote an entry."""
    two.helping()
    two.enters(flare(1))
    with session_scope() as session:
        accounts.change_settings(session, two.sam.actor, {"display_name": "Samuel"}, NOW)
    two.enters(flare(2))
    record(two.ana, flare(3))
    (forged,) = record(two.ana, {**flare(4), "by": {"id": two.sam.id, "name": "Sam"}})
    (forging,) = two.enters({**flare(5), "by": {"id": two.ana.id, "name": "Ana"}})
    assert (forged.status, forged.code, forging.status) == ("rejected", "unknown_key", "rejected")
    with session_scope(write=False) as session:
        names = [one.by and (one.by.id, one.by.name) for one in list_entries(session, two.ana.actor).entries]
        shown = snapshot(session, two.ana.actor, NOW)["entries"]
    assert names == [(two.sam.id, "Sam"), (two.sam.id, "Samuel"), None]
    assert [one.get("by", {}).get("name") for one in shown] == ["Sam", "Samuel", None]
    assert "by" not in shown[2]


def test_a_helper_corrects_only_what_they_wrote(two: Two) -> None:
    """Their own entry can be changed and taken out; the patient's, another helper's and an unknown one cannot."""
    two.helping()
    record(two.ana, flare(1))
    other = sign_up("bea")
    bea = Two.__new__(Two)
    bea.ana, bea.sam, bea.plan = two.ana, other, two.plan
    bea.helping().enters(flare(2))
    two.enters(flare(3))
    for n, wanted in ((1, "not_your_entry"), (2, "not_your_entry"), (99, "not_your_entry"), (3, None)):
        (answer,) = two.enters(entry(10 + n, "flare", {"severity_now": 2}, changes=uuid(n)))
        assert answer.code == wanted
        (answer,) = two.enters(entry(30 + n, "flare", {"retracted": True}, changes=uuid(n).upper()))
        assert answer.code == wanted
    for odd in ("\0", "x", 7, "\ud800", None):
        assert two.enters(entry(60, "flare", {"severity_now": 1, "started_at": at()}, changes=odd))[0].status in ("rejected", "stored")


def test_a_helper_corrects_in_the_same_batch(two: Two) -> None:
    """An entry and its correction may come together."""
    two.helping()
    answers = two.enters(flare(1), entry(2, "flare", {"severity_now": 3}, changes=uuid(1)))
    assert [one.status for one in answers] == ["stored", "stored"]


def test_the_patients_word_on_it_stands(two: Two) -> None:
    """What the patient changed or took out, a helper changes no more; the patient may change all."""
    two.helping()
    two.enters(flare(1), flare(2))
    record(two.ana, entry(11, "flare", {"severity_now": 1}, changes=uuid(1)))
    record(two.ana, entry(12, "flare", {"retracted": True}, changes=uuid(2)))
    for n in (1, 2):
        (answer,) = two.enters(entry(20 + n, "flare", {"retracted": False}, changes=uuid(n), at=at(1)))
        assert answer.code == "not_your_entry"
    assert [(one["yours"], one["data"]["severity_now"]) for one in two.sees()["entries"]] == [(False, 1)]


@pytest.mark.parametrize(
    "item",
    [
        entry(1, "peg", {"average": 1, "enjoyment": 1, "activity": 1}),
        entry(1, "note", {"text": "x"}),
        entry(1, "question", {"text": "x"}),
        entry(1, "naloxone", {"place": "x"}),
        entry(1, "condition", {"state": "same"}),
        entry(1, "baseline", {"pain": 1}),
        entry(1, "health", {"note": "x"}),
        entry(1, "check_in", {"pain": 3}),
    ],
)
def test_a_helper_enters_only_what_they_may(two: Two, item: dict[str, Any]) -> None:
    """No weekly questions, notes, or safety details; and of the rest what the patient chose."""
    two.helping(kinds=["dose", "flare"])
    (answer,) = two.enters(item)
    assert (answer.status, answer.code) == ("rejected", "not_for_helpers")


def test_a_helper_sees_what_is_needed_to_enter_and_no_more(two: Two) -> None:
    """Today's doses and headlines of what was logged; no note, answer, prescriber, or date of the plan."""
    secret = "CANARY"
    record(
        two.ana,
        dose(two, 1),
        flare(2, note=secret, places=[secret]),
        entry(3, "check_in", {"pain": 7, "mood": 0, "note": secret}),
        entry(4, "note", {"text": secret}),
        entry(5, "question", {"text": secret}),
        entry(6, "naloxone", {"place": secret}),
    )
    two.helping()
    two.enters(entry(7, "check_in", {"pain": 5, "note": "mine"}))
    seen = two.sees()
    assert secret not in str(seen)
    assert "Osei" not in str(seen)
    assert "2026-11-30" not in str(seen)
    (plan,) = seen["plans"]
    assert [(one["at"], one["state"]) for one in plan["doses"]] == [("morning", "taken"), ("evening", "open")]
    assert set(plan) == {"id", "status", "doses", "logged_in_24h", "medication"}
    told = {one["id"]: one for one in seen["entries"]}
    assert (told[uuid(7)]["yours"], told[uuid(7)]["by"], told[uuid(7)]["data"]) == (True, "Sam", {"pain": 5, "note": "mine"})
    assert (told[uuid(3)]["yours"], told[uuid(3)]["by"], told[uuid(3)]["data"]) == (False, "", {})
    assert told[uuid(2)]["data"].keys() == {"started_at", "severity_now"}
    assert uuid(4) not in told


def test_what_the_patient_did_not_choose_is_not_seen(two: Two) -> None:
    """A helper for flares alone sees no plan and no dose."""
    record(two.ana, dose(two, 1), flare(2))
    seen = two.helping(kinds=["flare"]).sees()
    assert seen["plans"] == []
    assert [one["kind"] for one in seen["entries"]] == ["flare"]


def helper_of(two: Two) -> Helper:
    """Sam as the helper of Ana, as services know him."""
    with session_scope(write=False) as session:
        return helpers.helper_of(session, two.sam.actor, two.ana.id)


def test_a_helper_is_turned_away_everywhere_else(two: Two) -> None:
    """No plan is changed, no share, export, session, setting or reminder read or written with a helper's rights."""
    actor: Actor = helper_of(two.helping())
    said = {"said_by": "x"}
    calls: list[Any] = [
        lambda s: plans.list_plans(s, actor, NOW),
        lambda s: plans.create_plan(s, actor, {}, NOW),
        lambda s: plans.activate_plan(s, actor, two.plan, {"confirmed_with_prescriber": True}, NOW),
        lambda s: ledger.hold_plan(s, actor, two.plan, {**said, "from": "2026-11-24"}, NOW),
        lambda s: ledger.resume_plan(s, actor, two.plan, {**said, "on": "2026-11-24"}, NOW),
        lambda s: ledger.revise_plan(s, actor, two.plan, {**said, "effective_on": "2026-11-24"}, NOW),
        lambda s: ledger.close_plan(s, actor, two.plan, {**said, "on": "2026-11-24"}, NOW),
        lambda s: shares.create_share(s, actor, {"label": "x"}, NOW),
        lambda s: shares.list_shares(s, actor, NOW),
        lambda s: accounts.list_sessions(s, actor, NOW),
        lambda s: accounts.get_account(s, actor),
        lambda s: accounts.change_settings(s, actor, {"display_name": "x"}, NOW),
        lambda s: accounts.delete_account(s, actor, NOW),
        lambda s: accounts.end_all_sessions(s, actor, NOW),
        lambda s: reminders.get_reminders(s, actor, NOW),
        lambda s: helpers.list_helpers(s, actor, NOW),
        lambda s: helpers.ask_helper(s, actor, {"label": "x"}, NOW),
        lambda s: helpers.end_helper(s, actor, two.grant, NOW),
        lambda s: export_account(s, actor, NOW),
        lambda s: snapshot(s, actor, NOW),
        lambda s: today(s, actor, NOW),
        lambda s: list_entries(s, actor),
    ]
    before = counts()
    for call in calls:
        with session_scope() as session, pytest.raises(Forbidden):
            call(session)
    assert counts() == before


def test_a_deleted_helper_leaves_their_name(two: Two) -> None:
    """Without the helper's account the grant is gone, and what they wrote is still theirs by name."""
    two.helping().enters(flare())
    with session_scope() as session:
        accounts.delete_account(session, two.sam.actor, NOW)
    assert two.list() == []
    with session_scope(write=False) as session:
        assert [one.by and one.by.name for one in list_entries(session, two.ana.actor).entries] == ["Sam"]


def test_a_deleted_patient_takes_the_grant_along(two: Two) -> None:
    """The helper's list is empty, and nothing of the patient is left."""
    two.helping().enters(flare())
    with session_scope() as session:
        accounts.delete_account(session, two.ana.actor, NOW)
        assert helpers.list_helped(session, two.sam.actor) == []
    assert counts()["helper_grant"] == counts()["entry"] == 0


@pytest.mark.parametrize("by", ["self", "helper"])
def test_the_trail_says_what_was_done_and_by_whom(two: Two, by: str) -> None:
    """Asked, offered, confirmed and ended stand in the patient's audit, without a name or code; what the helper did is not "You"."""
    two.helping()
    if by == "self":
        two.end()
    else:
        two.stop()
    with session_scope(write=False) as session:
        said = [(one.what, one.actor) for one in lines_of(session, two.ana.id, 0, 50) if one.what.startswith("helper")]
    assert said == [("helper_asked", "self"), ("helper_offered", "helper"), ("helper_confirmed", "self"), ("helper_ended", by)]


def test_both_end_it_at_once() -> None:
    """The patient ends it while the helper does: neither is told to try again, and it is ended."""
    for n in range(12):
        two = Two(f"ana{n}", f"sam{n}").helping()
        left = [two.end, two.stop]
        found = at_once(2, lambda left=left: left.pop()())
        assert len(found) == 2
        assert {type(one) for one in found} <= {type(None), helpers.HelperMissing, helpers.HelpedMissing}
        with pytest.raises(Refusal):
            two.end()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (None, None),
        ({}, "label"),
        ({"label": "x" * 81}, "label"),
        ({"label": "x", "kinds": []}, "kinds"),
        ({"label": "x", "kinds": ["peg"]}, "kinds.0"),
        ({"label": "x", "kinds": [None]}, "kinds.0"),
        ({"label": "x", "scopes": []}, "scopes"),
    ],
)
def test_a_helper_who_cannot_be_asked_is_refused(two: Two, body: Any, field: str | None) -> None:
    """Each refusal names its field, and no code is made."""
    with session_scope() as session, pytest.raises(Refusal) as refusal:
        helpers.ask_helper(session, two.ana.actor, body, NOW)
    assert refusal.value.field in (field, "")
    assert counts()["helper_grant"] == 0


def test_there_are_not_too_many(two: Two) -> None:
    """Ten helpers at most; one that ended makes room."""
    for _ in range(helpers.MOST_HELPERS):
        two.ask()
    refused("too_many_helpers", two.ask)
    two.end()
    two.ask()
