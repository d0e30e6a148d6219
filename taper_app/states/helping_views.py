"""What a helper sees, as rows that stand ready: doses due, and what was logged, in a few words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime, get_timezone

from taper_app.content.loader import catalog, translate
from taper_app.domain.plan import PARTS_OF_DAY
from taper_app.domain.reading import parse_instant

# What a form may send, by kind: numbers, then words.
NUMBERS = {"flare": ("severity_now",), "check_in": ("pain", "relief", "sleep"), "option_tried": ("before", "after")}
WORDS = {"flare": ("note",), "check_in": ("note",), "option_tried": ("option", "note")}
NEEDED = {"flare": "severity_now", "option_tried": "option"}


@dataclass(frozen=True)
class HelpedRow:
    """Somebody who is helped. `account` is "" while they have not said yes."""

    id: str
    account: str
    name: str


@dataclass(frozen=True)
class DueRow:
    """A dose due today; `key` tells it from the others."""

    key: str
    plan_id: str
    date: str
    at: str
    amount: str
    when: str
    words: str
    medicine: str
    # open, taken, skipped, different, removed, twice
    state: str


@dataclass(frozen=True)
class LoggedRow:
    """One entry, in a few words. `by` is "" for the patient."""

    id: str
    kind: str
    words: str
    time: str
    by: str
    yours: bool


def due_rows(seen: Mapping[str, Any], lang: str) -> list[DueRow]:
    """The doses of the day, plan by plan."""
    return [
        DueRow(
            key=f"{plan['id']} {dose['at'] or ''}",
            plan_id=plan["id"],
            date=seen["date"],
            at=dose["at"] or "",
            amount=dose["amount"] or "",
            when=translate(lang, f"today.at.{dose['at']}") if dose["at"] in PARTS_OF_DAY else dose["at"] or translate(lang, "today.at.any"),
            words=_pieces(dose, plan["medication"]["form"], lang),
            medicine=plan["medication"]["name"] or "",
            state=dose["state"],
        )
        for plan in seen["plans"]
        for dose in plan["doses"]
    ]


def logged_rows(seen: Mapping[str, Any], lang: str) -> list[LoggedRow]:
    """What was logged since yesterday, newest first."""
    units = {plan["id"]: plan["medication"]["unit"] or "" for plan in seen["plans"]}
    zone = get_timezone(seen["zone"])
    return [
        LoggedRow(
            id=one["id"],
            kind=one["kind"],
            words=_words(one["kind"], one["data"], units, lang),
            time=format_datetime(_at(one), "EEE HH:mm", tzinfo=zone, locale=lang),
            by=one["by"],
            yours=one["yours"],
        )
        for one in seen["entries"]
    ]


def _at(one: Mapping[str, Any]) -> datetime:
    return parse_instant(one["data"].get("started_at") or one["happened_at"])


def _pieces(dose: Mapping[str, Any], form: str | None, lang: str) -> str:
    """ "2 tablets (30 mg)", as on the label; the amount alone where the label counts nothing, or two strengths."""
    amount = translate(lang, "today.amount.with_unit", amount=dose["amount"] or "", unit=dose["unit"] or "")
    if dose["volume"]:
        return f"{dose['volume']} ({amount})"
    if len(dose["parts"]) != 1 or not form:
        return amount
    count = dose["parts"][0]["count"]
    noun = catalog(lang).get(f"today.form.{form}.{'one' if count in ('1', '0.5') else 'other'}", form)
    return f"{translate(lang, 'today.amount.pieces', count=count, form=noun)} ({amount})"


def _words(kind: str, data: Mapping[str, Any], units: Mapping[str, str], lang: str) -> str:
    if kind == "dose":
        if data.get("action") in ("skipped", "removed"):
            return translate(lang, f"history.dose.{data['action']}")
        if not data.get("amount"):
            return translate(lang, "history.dose.taken_plain")
        name = "different" if data.get("action") == "different" else "taken"
        return translate(lang, f"history.dose.{name}", amount=data["amount"], unit=units.get(data.get("plan_id", ""), ""))
    if kind == "flare":
        severity = data.get("severity_now")
        return translate(lang, "history.flare_plain") if severity is None else translate(lang, "history.flare", severity=str(severity))
    if kind == "option_tried":
        option = str(data.get("option", ""))
        return translate(lang, "history.tried", option=catalog(lang).get(f"options.{option}", option))
    return translate(lang, "history.check_in")
