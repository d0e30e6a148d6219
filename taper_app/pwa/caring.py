"""A caregiver's words, alerts and people, for the shared page: one Var that says how it stands, and what the buttons do."""

from dataclasses import dataclass
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/taper/caring_here.js"


@dataclass(frozen=True)
class PersonHere:
    """Somebody whose link is open in this browser. `twice`: another one has the same name; `until`: the day the link ends, or ""."""

    id: str
    display_name: str
    label: str
    twice: bool
    until: str


@dataclass(frozen=True)
class Caring:
    """How it stands: see `js/caring.js`. `ok`, `company`: "today", "before" or "". `flare`, `quiet_days`: a number or "" for no alert."""

    phase: str
    share: str
    name: str
    replies: bool
    ok: str
    company: str
    flare: str
    quiet_days: str
    tells_company: bool
    alerts: bool
    ring: str
    people: list[PersonHere]
    busy: bool
    sent: bool
    words: str
    failed: bool


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


caring: Any = Var(
    "caring",
    _var_type=Caring,
    _var_data=VarData(imports=_imports("useCaring"), hooks={"const caring = useCaring();": None}),
).guess_type()


def look() -> FunctionVar[Any]:
    """Ask how it stands (for `on_mount`)."""
    return _call("lookAtCaring", "")


def heart() -> FunctionVar[Any]:
    """Send a heart."""
    return _call("sendHeart", "")


def word(text: str) -> FunctionVar[Any]:
    """Send one of the short words."""
    return _call("sendWord", str(Var.create(text)))


def own_word() -> FunctionVar[Any]:
    """Send what was typed into the form's field "word", also its id; the field is emptied once it was sent."""
    # Reflex hands over what the form holds, not the event.
    body = '({ word }) => void sendWord(word).then((sent) => sent && document.getElementById("word")?.form.reset())'
    return FunctionStringVar.create(body, _var_data=VarData(imports=_imports("sendWord")))


def toggle() -> FunctionVar[Any]:
    """Alerts to this browser, or no more."""
    return _call("toggleAlerts", "")


def close() -> FunctionVar[Any]:
    """This browser forgets the person that is shown."""
    return _call("closeView", "")


def _call(name: str, argument: str) -> FunctionVar[Any]:
    return FunctionStringVar.create(f"(() => void {name}({argument}))", _var_data=VarData(imports=_imports(name)))
