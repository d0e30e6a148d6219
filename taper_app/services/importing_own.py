"""The app's own export, read back: plans with their ledgers, entries, and the settings of an account that has none.

Reading knows no database, so a long file holds nobody up; keeping is one transaction. What is there already stays as
it is: the same file twice is the same as once.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from taper_app.domain.entries import Entry, Writer
from taper_app.domain.errors import Invalid, InvalidMany, Refusal
from taper_app.domain.events import Ledger
from taper_app.domain.ledger import append, is_draft
from taper_app.domain.reading import MAX_ERRORS, Reader, join
from taper_app.domain.wire import event_from_wire, plan_from_wire
from taper_app.services.entry_reading import AHEAD, read_entry, read_id
from taper_app.services.export import FORMAT, VERSION
from taper_app.services.importing_beside import Json, OwnPhoto, read_photos, read_source

MOST_PLANS, MOST_EVENTS, MOST_ENTRIES = 200, 1000, 200_000
_KEYS = ("format", "version", "exported_at", "account", "plans", "entries", "audit", "sessions")
_PLAN = ("id", "status", "plan", "events", "recorded_at", "source", "photos")
_STATUS = ("draft", "active", "ended")
# Restored where the account has none; what else stands under `account` belongs to the account it came from.
_SETTINGS = ("people", "after_hours", "zone", "reminders", "quiet")


@dataclass(frozen=True)
class OwnPlan:
    """A plan of the file, with the words it was read from and its photos."""

    id: str
    ledger: Ledger
    created_at: datetime
    source: Json | None
    photos: tuple[OwnPhoto, ...]


@dataclass(frozen=True)
class OwnFile:
    """A whole export. Each entry stands with its `at` as it was written."""

    settings: Json
    plans: tuple[OwnPlan, ...]
    entries: tuple[tuple[Entry, str], ...]


def read_own(value: Json, now: datetime) -> OwnFile:
    """Read an export. Raises InvalidMany with every error, each with its place in the file ("entries.12.data.pain")."""
    reader = Reader()
    body = reader.mapping(value, _KEYS, "")
    if body.get("format") != FORMAT:
        reader.wrong("unknown_import", "format")
    version = body.get("version")
    if version != VERSION or isinstance(version, bool):
        reader.wrong("unknown_version", "version")
    reader.done()
    budget = [MOST_EVENTS]
    plans = reader.items(body.get("plans"), "plans", MOST_PLANS, lambda item, path: _plan(reader, item, path, now, budget))
    seen: set[str] = set()
    for i, plan in enumerate(plans):
        if plan is not None and plan.id in seen:
            reader.wrong("same_id_twice", f"plans.{i}.id")
        seen |= {plan.id} if plan else set()
    entries = reader.items(body.get("entries"), "entries", MOST_ENTRIES, lambda item, path: _entry(reader, item, path, now))
    account = body.get("account")
    if account is not None and not isinstance(account, dict):
        reader.wrong("wrong_type", "account")
    reader.done()
    settings = {name: account[name] for name in _SETTINGS if name in account} if isinstance(account, dict) else {}
    return OwnFile(settings, tuple(one for one in plans if one), tuple(one for one in entries if one))


class placed:  # noqa: N801  # reads like contextlib's own
    """What is refused inside is noted with its place in the file, and the reading goes on after it."""

    def __init__(self, reader: Reader, path: str) -> None:
        self._reader, self._path = reader, path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, refusal: BaseException | None, __: object) -> bool:
        if not isinstance(refusal, Refusal):
            return False
        for one in refusal.errors if isinstance(refusal, InvalidMany) else [refusal]:
            if len(self._reader.errors) < MAX_ERRORS:
                place = join(self._path, one.field) if one.field else self._path
                self._reader.errors.append(Invalid(one.code, place, one.message, one.params))
        return True


def _plan(reader: Reader, value: object, path: str, now: datetime, budget: list[int]) -> OwnPlan | None:
    body = reader.mapping(value, _PLAN, path)
    status = reader.choice(body.get("status"), f"{path}.status", _STATUS, "unknown_status", None)
    created_at = _past(reader, body.get("recorded_at"), f"{path}.recorded_at", now) or now
    source = None if body.get("source") is None else read_source(reader, body["source"], f"{path}.source")
    photos = read_photos(reader, body.get("photos"), f"{path}.photos", now)
    with placed(reader, path):
        id_ = read_id(body.get("id"))
        with placed(reader, f"{path}.plan"):
            ledger = _ledger(reader, Ledger(plan_from_wire(body.get("plan"))), body.get("events"), path, now, budget)
            if status is not None and (status == "draft") != is_draft(ledger):
                reader.wrong("status_differs", f"{path}.status")
            return OwnPlan(id_, ledger, created_at, source, photos)
    return None


def _ledger(reader: Reader, ledger: Ledger, events: object, path: str, now: datetime, budget: list[int]) -> Ledger:
    """The ledger with each event appended by the same rules that held when it was recorded."""
    listed = reader.items(events, f"{path}.events", budget[0], lambda item, at: (item, at))
    budget[0] -= len(listed)
    for item, at in listed:
        before = len(reader.errors)
        with placed(reader, at):
            event = event_from_wire(item)
            if event.recorded_at > now + AHEAD:
                raise Invalid("from_the_future", "recorded_at")
            ledger = append(ledger, event)
        if len(reader.errors) > before:
            # What comes after a broken line cannot be judged.
            break
    return ledger


def _entry(reader: Reader, value: object, path: str, now: datetime) -> tuple[Entry, str] | None:
    if not isinstance(value, dict):
        reader.wrong("wrong_type", path)
        return None
    rest: Any = {name: one for name, one in value.items() if name not in ("recorded_at", "by")}
    by = None if value.get("by") is None else _writer(reader, value["by"], f"{path}.by")
    with placed(reader, path):
        return replace(read_entry(rest, now), by=by), rest["at"]
    return None


def _writer(reader: Reader, value: object, path: str) -> Writer | None:
    """The helper who wrote an entry, as the export names them."""
    body = reader.mapping(value, ("id", "name"), path)
    name = reader.text(body.get("name"), f"{path}.name", 80, need=True)
    with placed(reader, path):
        return Writer(read_id(body.get("id")), name or "")
    return None


def _past(reader: Reader, value: object, path: str, now: datetime) -> datetime | None:
    found = reader.instant(value, path)
    if found is not None and found > now + AHEAD:
        reader.wrong("from_the_future", path)
    return found
