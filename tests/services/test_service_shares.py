"""Shares: what a caregiver sees, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import SCOPES
from taper_app.domain.errors import InvalidMany
from taper_app.services import accounts, share_door, shares
from taper_app.services.errors import LinkMissing, ShareMissing
from taper_app.services.summary import shared_summary
from tests.services.world import NOW, Person, active_plan, asking, at, dose, draft, entry, flare, plan_body, record, sign_up, uuid

# Words that stand in one field each, and the scopes that it takes, all of them, to show the field.
DRUG, PRESCRIBER, STEP_NOTE, WAITS = "CanaryDrug", "Dr. CanaryPrescriber", "canary-step-note", "canary-starts-when"
SHOWN_BY = {
    DRUG: {"plan"},
    "7.77": {"plan"},
    "canary-flare-place": {"flares"},
    "canary-check-note": {"check_ins", "notes"},
    "canary-option": {"options", "notes"},
    "canary-note": {"notes"},
    "canary-question": {"notes"},
    "canary-kit": {"safety"},
    "CanarySam": {"safety"},
    # Never, whatever the scopes.
    PRESCRIBER: set(),
    STEP_NOTE: set(),
    WAITS: set(),
    "canary-history": set(),
    "canary-flare-note": set(),
    "canary-after-hours": set(),
    "CanaryDraft": set(),
    "canary-condition": set(),
    "canary-risk": set(),
}


def full_account() -> Person:
    """An account with a canary in every field."""
    ana = sign_up()
    medication = {"name": DRUG, "form": "tablet", "unit": "mg", "strengths": ["7.77"]}
    steps: list[dict[str, Any]] = [
        {"starts_on": "2026-11-20", "doses": [dose("08:00", "7.77")], "note": STEP_NOTE},
        {"starts_on": None, "starts_when": WAITS, "doses": [dose("08:00", "1")]},
    ]
    history = [{"from": "2019", "to": "2026", "text": "canary-history"}]
    body = plan_body(medication=medication, prescriber=PRESCRIBER, steps=steps, history=history, ends="stay", review_on=None)
    plan_id = active_plan(ana, body)
    draft(ana, plan_body(medication={"name": "CanaryDraft"}))
    due = {"date": "2026-11-23", "at": "08:00"}
    results = record(
        ana,
        flare(1, places=["canary-flare-place"], note="canary-flare-note"),
        entry(2, "check_in", {"pain": 3, "mood": 1, "note": "canary-check-note"}),
        entry(3, "option_tried", {"option": "yoga", "note": "canary-option"}),
        entry(4, "note", {"text": "canary-note"}),
        entry(5, "question", {"text": "canary-question"}),
        entry(6, "naloxone", {"place": "canary-kit"}),
        entry(8, "health", {"conditions": ["canary-condition"], "risks": ["canary-risk"], "note": "canary-condition"}),
        entry(7, "dose", {"plan_id": plan_id, "action": "taken", "due": due}),
    )
    assert {r.status for r in results} == {"stored"}
    with asking() as (session, now):
        people = [{"name": "CanarySam", "phone": "1"}]
        accounts.change_settings(session, ana.actor, {"people": people, "after_hours": "canary-after-hours"}, now)
    return ana


def look(person: Person, scopes: list[str] | None, now: Any = NOW) -> dict[str, Any]:
    """What a new share with these scopes shows."""
    with asking(now) as (session, _):
        made = shares.create_share(session, person.actor, {"label": "Sam", "scopes": scopes}, now)
        opened = share_door.open_share(session, made.token, now)
        looking = share_door.authenticate_share(session, opened.token, now)
        assert looking is not None
        return shared_summary(session, looking, now)


@pytest.mark.parametrize("scopes", [[one] for one in SCOPES] + [list(SCOPES), None])
@pytest.mark.promise(6)
def test_nothing_out_of_scope_is_in_the_summary(scopes: list[str] | None) -> None:
    """Each canary appears exactly where its scope is shared, and the mood nowhere."""
    text = json.dumps(look(full_account(), scopes))
    assert "mood" not in text
    given = set(scopes or ("plan_dates", "flares"))
    for canary, by in SHOWN_BY.items():
        assert (canary in text) == (bool(by) and by <= given), canary


def test_the_least_is_shared_by_default() -> None:
    """Without scopes a share shows the stairs as shares of the highest, and flares."""
    ana = sign_up()
    active_plan(ana)
    record(ana, flare(1))
    found = look(ana, None)
    plan = found["plans"][0]
    assert [stair["level"] for stair in plan["stairs"]] == ["1", "0.88", "0.75"]
    assert (plan["step"], plan["steps"], plan["day_of_step"], plan["medication"]) == (1, 3, 4, None)
    assert plan["next_change"] == {"on": "2026-11-30", "what": "step", "days": 7}
    assert (len(found["flares"]), found["check_ins"], found["safety"]) == (1, [], None)


def test_freshness_counts_shared_entries_only() -> None:
    """A check-in does not make a share of flares fresher."""
    ana = sign_up()
    record(ana, entry(1, "flare", {"started_at": at(-72)}, at=at(-72)), entry(2, "check_in", {"pain": 1}))
    assert look(ana, ["flares"])["fresh_on"] == "2026-11-20"
    assert look(ana, ["check_ins"])["fresh_on"] == "2026-11-23"
    assert look(ana, ["plan"])["fresh_on"] is None


def test_old_flares_are_shared_while_they_go_on() -> None:
    """A flare of two months ago is shown as long as it has no end, also when it was ended by mistake meanwhile."""
    ana = sign_up()
    long_ago = at(-24 * 60)
    old = [entry(n, "flare", {"started_at": long_ago, "severity_now": n}, at=long_ago) for n in (1, 2)]
    ends = [("2026-11-22T00:00:00Z", at(-3), 3, 1), (None, at(-2), 4, 1), ("2026-11-22T00:00:00Z", at(-3), 5, 2)]
    record(ana, *old, *[entry(n, "flare", {"ended_at": end}, at=when, changes=uuid(of)) for end, when, n, of in ends])
    again = entry(6, "flare", {"ended_at": None}, at=at(-2), changes=uuid(2))
    record(ana, again, entry(7, "flare", {"ended_at": "2026-11-22T00:00:00Z"}, at=at(-1), changes=uuid(2)))
    assert [one["severity_now"] for one in look(ana, ["flares"])["flares"]] == [1]


def test_retracted_entries_are_not_shared() -> None:
    """A flare taken out of view is out of a caregiver's view too."""
    ana = sign_up()
    record(ana, flare(1), entry(2, "flare", {"retracted": True}, changes=flare(1)["id"]))
    assert look(ana, ["flares"])["flares"] == []


def test_unknown_expired_and_revoked_look_the_same() -> None:
    """The door gives one answer to every link that does not work."""
    ana = sign_up()
    with asking() as (session, now):
        gone = shares.create_share(session, ana.actor, {"label": "gone"}, now)
        short = shares.create_share(session, ana.actor, {"expires_at": at(1)}, now)
        shares.revoke_share(session, ana.actor, gone.share.id, now)
    later = NOW + timedelta(hours=2)
    seen = set()
    for token in (gone.token, short.token, "unknown", "", None, 5, "x" * 5000, "\ud800"):
        with pytest.raises(LinkMissing) as found, session_scope() as session:
            share_door.open_share(session, token, later)
        seen.add((found.value.code, found.value.field, found.value.message))
    assert len(seen) == 1


def test_an_open_share_ends_with_its_link() -> None:
    """Revoking and running out both end what is open."""
    ana = sign_up()
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {"expires_at": at(5)}, now)
        opened = share_door.open_share(session, made.token, now)
        assert share_door.authenticate_share(session, opened.token, now) is not None
        assert share_door.authenticate_share(session, made.token, now) is None
        assert share_door.authenticate_share(session, opened.token, NOW + timedelta(hours=5)) is None
        shares.revoke_share(session, ana.actor, made.share.id, now)
        assert share_door.authenticate_share(session, opened.token, now) is None
        with pytest.raises(ShareMissing):
            shares.revoke_share(session, ana.actor, made.share.id, now)


@pytest.mark.promise(6)
def test_narrowing_takes_effect_at_once() -> None:
    """The scopes are those of this moment, not of the opening."""
    ana = full_account()
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {"scopes": list(SCOPES)}, now)
        opened = share_door.open_share(session, made.token, now)
        shares.change_share(session, ana.actor, made.share.id, {"scopes": ["plan_dates"]}, now)
        looking = share_door.authenticate_share(session, opened.token, now)
        assert looking is not None
        text = json.dumps(shared_summary(session, looking, now))
    assert not [canary for canary in SHOWN_BY if canary in text]


@pytest.mark.promise(14)
def test_looks_are_recorded() -> None:
    """Opening is a line in the list of views, and looking again within half an hour is none."""
    ana = sign_up()
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {}, now)
    with asking() as (session, now):
        opened = share_door.open_share(session, made.token, now)
    for minutes in (5, 31, 40, 70):
        with session_scope(write=False) as session:
            share_door.note_look(session, opened.token, NOW + timedelta(minutes=minutes))
    with asking() as (session, _):
        views = shares.list_views(session, ana.actor, made.share.id)
    assert [(one.what, one.at - NOW) for one in views] == [
        ("looked", timedelta(minutes=70)),
        ("looked", timedelta(minutes=31)),
        ("opened", timedelta(0)),
    ]


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"scopes": ["everything"]}, "unknown_scope", "scopes.0"),
        ({"scopes": [None]}, "unknown_scope", "scopes.0"),
        ({"scopes": []}, "missing", "scopes"),
        ({"scopes": "plan"}, "wrong_type", "scopes"),
        ({"expires_at": at(-1)}, "already_over", "expires_at"),
        ({"expires_at": "soon"}, "not_an_instant", "expires_at"),
        ({"label": "x" * 81}, "too_long", "label"),
        ({"token": "mine"}, "unknown_key", "token"),
        ([], "wrong_type", None),
    ],
)
def test_wrong_shares_are_refused_by_name(body: Any, code: str, field: str | None) -> None:
    """Each wrong field of a share is named."""
    ana = sign_up()
    with pytest.raises(InvalidMany) as found, asking() as (session, now):
        shares.create_share(session, ana.actor, body, now)
    assert (found.value.code, found.value.field) == (code, field)


def test_shares_of_others_are_not_there() -> None:
    """Another account's share cannot be listed, changed, revoked or looked into."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {}, now).share
        assert shares.list_shares(session, bea.actor, now) == []
        for deed in (
            lambda: shares.change_share(session, bea.actor, made.id, {"label": "x"}, now),
            lambda: shares.revoke_share(session, bea.actor, made.id, now),
            lambda: shares.list_views(session, bea.actor, made.id),
        ):
            with pytest.raises(ShareMissing):
                deed()
        assert [one.state for one in shares.list_shares(session, ana.actor, now)] == ["open"]


def test_that_somebody_wears_a_patch_is_told_with_the_plan_only() -> None:
    """The form of the medicine is the plan's: no other scope names it, so the caregiver's page never speaks of warmth to anybody."""
    ana = sign_up()
    medication = {"name": "fentanyl", "form": "patch", "unit": "mcg/h"}
    steps = [{"starts_on": "2026-11-20", "every_days": 3, "doses": [dose("08:00", "50")]}]
    active_plan(ana, plan_body(medication=medication, steps=steps))
    for scope in SCOPES:
        assert ("patch" in json.dumps(look(ana, [scope]))) is (scope == "plan"), scope
