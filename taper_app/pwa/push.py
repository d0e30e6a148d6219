"""Ringing on this phone, for pages: one Var that says how it stands, and what the switch and the test button do."""

from dataclasses import dataclass
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/taper/ringing.js"


@dataclass(frozen=True)
class Ringing:
    """How it stands. `phase`: "loading", "unsupported", "install" (an iPhone without the app on its home screen), "blocked", "off", "on".

    `failed`: the last tap did not work, `words` say why where the server knows; `sent`: the test reminder is on its way.
    """

    phase: str
    busy: bool
    failed: bool
    words: str
    sent: bool


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


ringing: Any = Var(
    "ringing",
    _var_type=Ringing,
    _var_data=VarData(imports=_imports("useRinging"), hooks={"const ringing = useRinging();": None}),
).guess_type()


def look() -> FunctionVar[Any]:
    """See how it stands on this phone, without asking anybody anything (for `on_mount`)."""
    return _call("lookAtRinging")


def toggle() -> FunctionVar[Any]:
    """Ring on this phone, or no more. The phone asks for leave only now."""
    return _call("toggleRinging")


def ring_now() -> FunctionVar[Any]:
    """Send one reminder to this phone, now."""
    return _call("ringNow")


def _call(name: str) -> FunctionVar[Any]:
    return FunctionStringVar.create(f"(() => void {name}())", _var_data=VarData(imports=_imports(name)))
