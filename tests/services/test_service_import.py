"""The app's own export comes back to an equal account; what does not fit is refused by its place, and nothing is kept."""

from __future__ import annotations

import copy
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts import demo
from taper_app.data.engine import session_scope
from taper_app.data.repositories import plans as plan_rows
from taper_app.domain.access import Patient
from taper_app.domain.errors import InvalidMany, Refusal
from taper_app.domain.events import Ledger
from taper_app.domain.ledger import is_draft
from taper_app.services import accounts, ledgers, photos, plans, reminders
from taper_app.services.drafting import draft_from_text
from taper_app.services.errors import NotSignedIn, PlanDiffers
from taper_app.services.export import export_account
from taper_app.services.fhir_out import export_fhir
from taper_app.services.importing import Imported, keep_import, read_import
from taper_app.services.pictures import read_picture
from tests.domain.strategies import ledgers as any_ledgers
from tests.services.full import Full
from tests.services.pictures import photo
from tests.services.world import NOW, Person, active_plan, at, counts, draft, empty, entry, flare, plan_body, record, sign_up, uuid

# What an account has for itself.
OWN = ("account", "recorded_at", "exported_at", "audit", "sessions")
Json = dict[str, Any]


def export(person: Person | Patient, now: Any = NOW) -> Json:
    """The whole account, as a file has it."""
    actor = person if isinstance(person, Patient) else person.actor
    with session_scope() as session:
        found: Json = json.loads(json.dumps(export_account(session, actor, now)))
        return found


def bring(person: Person, body: object, now: Any = NOW) -> Imported:
    """Import something."""
    found = read_import(body, now)
    with session_scope() as session:
        return keep_import(session, person.actor, found, now)


def shared(value: Any) -> Any:
    """An export without what belongs to one account alone."""
    if isinstance(value, dict):
        return {name: shared(one) for name, one in value.items() if name not in OWN}
    return [shared(one) for one in value] if isinstance(value, list) else value


def as_text(picture: bytes) -> str:
    """A picture as a file has it."""
    return b64encode(picture).decode()


def errors_of(body: object) -> dict[str, str]:
    """What reading refuses: place to code."""
    with pytest.raises(Refusal) as refusal:
        read_import(body, NOW)
    found = refusal.value.errors if isinstance(refusal.value, InvalidMany) else [refusal.value]
    return {one.field or "": one.code for one in found}


@pytest.fixture
def full() -> Json:
    """The export of an account with a plan that was held, a draft, entries, a change of one, and settings."""
    ana = sign_up("ana")
    plan_id = active_plan(ana)
    draft(ana, plan_body(steps=[], ends=None, review_on=None))
    with session_scope() as session:
        from taper_app.services import ledger

        ledger.hold_plan(session, ana.actor, plan_id, {"from": "2026-11-24", "said_by": "Dr. Osei", "reason": "flu"}, NOW)
        accounts.change_settings(session, ana.actor, {"people": [{"name": "Maria", "phone": "1"}], "after_hours": "2"}, NOW)
        reminders.set_reminders(
            session, ana.actor, {"reminders": [{"kind": "dose", "at": "08:00"}], "quiet": {"from": "22:00", "to": "07:00"}}, NOW
        )
    dose = {"plan_id": plan_id, "due": {"date": "2026-11-22", "at": "morning"}, "action": "taken", "amount": "60"}
    end = entry(3, "flare", {"ended_at": at()}, changes=uuid(2))
    record(ana, entry(1, "dose", dose), flare(2), end, entry(4, "note", {"text": "=1+1"}))
    return export(ana)


@pytest.mark.promise(15)
def test_it_comes_back_to_an_equal_account(full: Json) -> None:
    """Plans with status, ledger and ids, entries, people, reminders, quiet hours and the zone are there again."""
    bea = sign_up("bea", zone="Europe/Paris")
    found = bring(bea, full)
    again = export(bea)
    assert shared(again) == shared(full)
    assert (found.entries, [(one.status, one.new) for one in found.plans]) == (4, [(one["status"], True) for one in full["plans"]])
    for name in ("people", "after_hours", "zone", "quiet"):
        assert again["account"][name] == full["account"][name]
    rings = [{**one, "since": None} for one in again["account"]["reminders"]]
    assert rings == [{**one, "since": None} for one in full["account"]["reminders"]]
    for before, after in zip(full["plans"], again["plans"], strict=True):
        assert (after["recorded_at"], after["events"]) == (before["recorded_at"], before["events"])


def test_twice_is_the_same_as_once(full: Json) -> None:
    """The same file a second time changes nothing, whether in another account or in its own."""
    bea = sign_up("bea")
    bring(bea, full)
    before, once = counts(), export(bea)
    found = bring(bea, full, NOW + timedelta(hours=1))
    assert (found.entries, {one.new for one in found.plans}) == (0, {False})
    assert counts() == before
    assert export(bea) == once


def test_two_accounts_may_hold_the_same_ids(full: Json) -> None:
    """Restoring a file in one account leaves the account that it came from as it was."""
    bea = sign_up("bea")
    with session_scope() as session:
        ana = Patient(str(full["account"]["id"]))
        before = export_account(session, ana, NOW)
    bring(bea, full)
    with session_scope() as session:
        assert export_account(session, ana, NOW) == before


def test_the_demo_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three months of a life are the same after a journey through a file."""
    empty()
    made = demo.fill(NOW)
    with session_scope() as session:
        file = json.loads(json.dumps(export_account(session, Patient(made.account), NOW)))
    bea = sign_up("bea", zone="Asia/Tokyo")
    found = bring(bea, file)
    assert found.entries == len(file["entries"]) > 300
    assert shared(export(bea)) == shared(file)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledger=any_ledgers(), pains=st.lists(st.integers(0, 10), max_size=5))
def test_any_plan_comes_back(ledger: Ledger, pains: list[int]) -> None:
    """Whatever happened to a plan, its export restores the same ledger, and exports the same again."""
    empty()
    ana, bea = sign_up("ana"), sign_up("bea")
    with session_scope() as session:
        row = ledgers.keep_draft(session, ana.id, uuid(99), ledger.plan, NOW)
        for n, event in enumerate(ledger.events):
            ledgers.keep_event(session, row, Ledger(ledger.plan, ledger.events[:n]), event)
        if not is_draft(ledger):
            plan_rows.mark_active(session, row)
    record(ana, *(entry(n, "check_in", {"pain": pain}) for n, pain in enumerate(pains)))
    bring(bea, export(ana))
    assert shared(export(bea)) == shared(export(ana))
    with session_scope() as session:
        assert plans.get_plan(session, bea.actor, uuid(99), NOW).ledger == ledger


def test_settings_that_are_there_stay(full: Json) -> None:
    """People, times and zone of an account in use are not overwritten."""
    bea = sign_up("bea", zone="Europe/Paris")
    record(bea, flare(50))
    with session_scope() as session:
        accounts.change_settings(session, bea.actor, {"people": [{"name": "Sam", "phone": "9"}]}, NOW)
        reminders.set_reminders(session, bea.actor, {"reminders": [{"kind": "check_in", "at": "20:00"}], "quiet": None}, NOW)
    bring(bea, full)
    again = export(bea)["account"]
    assert (again["zone"], again["people"][0]["name"], again["after_hours"]) == ("Europe/Paris", "Sam", "2")
    assert [one["at"] for one in again["reminders"]] == ["20:00"] and again["quiet"] is None


def test_a_plan_that_differs_is_refused(full: Json) -> None:
    """A plan with the same id and other content is named, and nothing of the file is kept."""
    bea = sign_up("bea")
    bring(bea, full)
    other = copy.deepcopy(full)
    number = next(i for i, one in enumerate(other["plans"]) if one["status"] == "active")
    other["plans"][number]["events"].pop()
    other["entries"].append(entry(77, "note", {"text": "new"}))
    before = counts()
    with pytest.raises(PlanDiffers) as refusal:
        bring(bea, other)
    assert refusal.value.field == f"plans.{number}"
    assert counts() == before


def test_an_entry_that_is_there_already_is_a_duplicate(full: Json) -> None:
    """The same entry id is one entry, whatever the file says of it."""
    bea = sign_up("bea")
    bring(bea, full)
    other = copy.deepcopy(full)
    other["entries"][0]["data"] = {**other["entries"][0]["data"], "note": "other"}
    once = export(bea)
    assert bring(bea, other).entries == 0
    assert export(bea) == once


def change(body: Json, path: str, value: Any) -> Json:
    """The file with another value at one place."""
    found = copy.deepcopy(body)
    place: Any = found
    *way, last = path.split(".")
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    place[int(last) if last.isdigit() else last] = value
    return found


def test_errors_name_their_place(full: Json) -> None:
    """Each thing that is wrong is named with its place in the file."""
    active = next(i for i, one in enumerate(full["plans"]) if one["status"] == "active")
    note = next(i for i, one in enumerate(full["entries"]) if one["kind"] == "note")
    plan = f"plans.{active}"
    cases = [
        ("version", 2, "version", "unknown_version"),
        ("version", True, "version", "unknown_version"),
        ("format", "other", "format", "unknown_import"),
        ("surprise", 1, "surprise", "unknown_key"),
        ("plans", {}, "plans", "wrong_type"),
        (f"{plan}.surprise", 1, f"{plan}.surprise", "unknown_key"),
        (f"{plan}.id", "x", f"{plan}.id", "not_an_id"),
        (f"{plan}.status", "draft", f"{plan}.status", "status_differs"),
        (f"{plan}.status", "done", f"{plan}.status", "unknown_status"),
        (f"{plan}.plan.steps.0.doses.1.amount", "-1", f"{plan}.plan.steps.0.doses.1.amount", "not_an_amount"),
        (f"{plan}.plan.steps.0.doses.1.amount", 7.5, f"{plan}.plan.steps.0.doses.1.amount", "wrong_type"),
        (f"{plan}.events.0.type", "begun", f"{plan}.events.0.type", "unknown_event"),
        (f"{plan}.events.1.from", "2025-01-01", f"{plan}.events.1.from", "not_active"),
        (f"{plan}.events.1.recorded_at", "2030-01-01T00:00:00Z", f"{plan}.events.1.recorded_at", "from_the_future"),
        (f"{plan}.events.1.recorded_at", None, f"{plan}.events.1.recorded_at", "missing"),
        (f"{plan}.source", {"kind": "rumour"}, f"{plan}.source.kind", "unknown_source"),
        (f"entries.{note}.data.pain", 3, f"entries.{note}.data.pain", "unknown_key"),
        (f"entries.{note}.at", "2030-01-01T00:00:00Z", f"entries.{note}.at", "from_the_future"),
        (f"entries.{note}", [], f"entries.{note}", "wrong_type"),
        ("account", [], "account", "wrong_type"),
    ]
    for path, value, place, code in cases:
        assert errors_of(change(full, path, value)).get(place) == code, path


def test_a_dose_of_an_unknown_plan_is_refused(full: Json) -> None:
    """A dose names a plan of the file or of the account; else nothing is kept."""
    bea = sign_up("bea")
    before = counts()
    with pytest.raises(InvalidMany) as refusal:
        bring(bea, {**full, "plans": []})
    number = next(i for i, one in enumerate(full["entries"]) if one["kind"] == "dose")
    assert [(one.code, one.field) for one in refusal.value.errors] == [("plan_not_found", f"entries.{number}.data.plan_id")]
    assert counts() == before


@pytest.mark.parametrize(
    ("change_to", "place"),
    [
        ({"people": [{"name": 5, "phone": ""}]}, "account.people.0.name"),
        ({"zone": "Mars/Olympus"}, "account.zone"),
        ({"reminders": [{"kind": "dose", "at": "8"}]}, "account.reminders.0.at"),
        ({"quiet": {"from": "22:00", "to": "22:00"}}, "account.quiet.to"),
    ],
)
def test_wrong_settings_keep_everything_out(full: Json, change_to: Json, place: str) -> None:
    """A setting that cannot be read is named, and no plan or entry of the file is kept."""
    bea = sign_up("bea")
    before = counts()
    with pytest.raises(InvalidMany) as refusal:
        bring(bea, {**full, "account": change_to})
    assert [one.field for one in refusal.value.errors] == [place]
    assert counts() == before


def test_the_words_of_a_draft_come_back(full: Json) -> None:
    """What a draft was read from stands beside it again, with the lines that were ticked."""
    source = {
        "kind": "fhir",
        "lines": [{"line": 1, "words": "30 mg", "paths": ["steps.0"], "pointer": "dosageInstruction[0]"}],
        "questions": [{"code": "no_times", "line": 1, "path": "steps.0.doses.0.at", "words": ""}],
        "confirmed": [1],
    }
    number = next(i for i, one in enumerate(full["plans"]) if one["status"] == "draft")
    bea = sign_up("bea")
    bring(bea, change(full, f"plans.{number}.source", source))
    from taper_app.data.repositories import sources

    with session_scope() as session:
        kept = sources.source_of(session, bea.id, full["plans"][number]["id"])
    assert kept is not None and (kept.kind, json.loads(kept.confirmed)) == ("fhir", [1])
    assert json.loads(kept.body) == {"lines": source["lines"], "questions": source["questions"]}


@pytest.mark.parametrize("text", ["30 mg in the morning. " * 900, "30 mg bid\n" + ".\n" * 9000, "30 mg bid\n" + "x;" * 9000])
def test_the_longest_text_comes_back(text: str) -> None:
    """However many lines and questions a pasted plan has, the export with it can be read again."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with session_scope() as session:
        draft_from_text(session, ana.actor, text, NOW)
    bring(bea, export(ana))
    assert shared(export(bea)) == shared(export(ana))


@pytest.mark.parametrize("place", ["steps.x.doses", "steps.", "steps.-1", "steps.\u0663.doses", "a b", "steps.0.doses.1.at.x", "."])
def test_words_stand_beside_a_place_of_a_plan(full: Json, place: str) -> None:
    """A place that no plan can have is refused where it stands: it would keep the read-back from opening."""
    source = {
        "kind": "text",
        "lines": [{"line": 1, "words": "30 mg", "paths": [place], "pointer": ""}],
        "questions": [{"code": "no_time", "line": 1, "path": place, "words": ""}],
        "confirmed": [],
    }
    found = errors_of(change(full, "plans.0.source", source))
    assert found == {f"plans.0.source.{where}": "wrong_type" for where in ("lines.0.paths.0", "questions.0.path")}


def test_nobody_imports_for_another(full: Json) -> None:
    """Without an account there is nothing to import into."""
    from taper_app.domain.access import Stranger

    with session_scope() as session, pytest.raises(NotSignedIn):
        keep_import(session, Stranger(), read_import(full, NOW), NOW)
    assert errors_of([]) == errors_of({}) == errors_of({"text": "x", "more": 1}) == {"": "unknown_import"}


def test_everything_there_is_comes_back() -> None:
    """Every kind of entry, plans in each state, photos and words beside a plan: the same file comes out again."""
    full = Full()
    with session_scope() as session:
        photos.add_photo(session, full.ana.actor, full.plan, read_picture(photo()), NOW)
        draft_from_text(session, full.ana.actor, "Morphine 30 mg twice a day for 2 weeks", NOW)
    file = export(full.ana)
    assert [one for one in file["plans"] if "photos" in one] and [one for one in file["plans"] if "source" in one]
    bea = sign_up("bea")
    bring(bea, file)
    assert shared(export(bea)) == shared(file)
    before = counts()
    bring(bea, file)
    assert counts() == before


@pytest.mark.parametrize(
    ("change_to", "place", "code"),
    [
        ({"base64": "AAAA"}, "base64", "not_a_picture"),
        ({"base64": "not base64!"}, "base64", "not_a_picture"),
        ({"base64": None}, "base64", "not_a_picture"),
        ({"base64": "\u00e9"}, "base64", "not_a_picture"),
        ({"id": "x"}, "id", "not_an_id"),
        ({"script": "x"}, "script", "unknown_key"),
    ],
)
def test_a_photo_is_looked_at(full: Json, change_to: Json, place: str, code: str) -> None:
    """A photo that is no picture is refused with its place."""
    line = {"id": uuid(9), "media_type": "image/jpeg", "width": 1, "height": 1, "base64": as_text(photo()), "at": at(), **change_to}
    assert errors_of(change(full, "plans.0.photos", [line])) == {f"plans.0.photos.0.{place}": code}


def test_a_photo_of_another_making_is_written_anew(full: Json) -> None:
    """What else was in a picture does not come in with it."""
    line = {"id": uuid(9), "media_type": "text/html", "width": 1, "height": 1, "base64": as_text(photo()), "at": at()}
    bea = sign_up("bea")
    bring(bea, change(full, "plans.0.photos", [line]))
    (kept,) = export(bea)["plans"][0]["photos"]
    assert kept["media_type"] == "image/jpeg" and kept["base64"] != line["base64"]


def test_the_fhir_that_goes_out_is_a_draft_when_it_comes_in() -> None:
    """A copy for a clinic comes back as a draft to be read, never as an active plan."""
    ana, bea = sign_up("ana"), sign_up("bea")
    active_plan(ana)
    with session_scope() as session:
        out = json.loads(json.dumps(export_fhir(session, ana.actor, NOW)))
    found = bring(bea, out)
    assert {one.status for one in found.plans} == {"draft"}
    with session_scope() as session:
        plan = plans.get_plan(session, bea.actor, found.plans[0].id, NOW).plan
    assert [step.starts_on.isoformat() for step in plan.steps if step.starts_on] == ["2026-11-20", "2026-11-30", "2026-12-10"]
    assert "intent_not_order" in {one.question.code for one in found.questions}


def test_a_pasted_plan_is_a_draft() -> None:
    """Text goes the way of the page where it is pasted."""
    bea = sign_up("bea")
    found = bring(bea, {"text": "Morphine 30 mg twice a day for 2 weeks, then 15 mg twice a day"})
    assert [one.status for one in found.plans] == ["draft"]
    assert {one.kind for one in found.questions} == {"text"}
    before = counts()
    for text in ("hello", "", None, 5, "\0"):
        with pytest.raises(Refusal):
            bring(bea, {"text": text})
    assert counts() == before
