"""A file that is brought in, for pages: one Var that says how it stands, and what the button does."""

from dataclasses import dataclass
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/taper/bringing.js"


@dataclass(frozen=True)
class Plan:
    """A plan that came."""

    id: str
    name: str
    draft: bool


@dataclass(frozen=True)
class Bringing:
    """How it stands. `phase`: "idle", "sending", "failed", "done".

    `code` is "no_file", "too_large" or "no_answer" where the server said nothing, else `words` are the server's. `place` and
    `line` (0: none) say where in the file, `more` how many more things are wrong. `logged`: how many entries are new;
    `known`: all of it was there already.
    """

    phase: str
    code: str
    words: str
    place: str
    line: int
    more: int
    plans: list[Plan]
    logged: int
    questions: int
    known: bool


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


bringing: Any = Var(
    "bringing",
    _var_type=Bringing,
    _var_data=VarData(imports=_imports("useBringing"), hooks={"const bringing = useBringing();": None}),
).guess_type()


def send(input_id: str, next_page: str) -> FunctionVar[Any]:
    """Send the file chosen in this input; a table goes on to `next_page`, with `?id=`."""
    data = VarData(imports=_imports("bringFile"))
    return FunctionStringVar.create(f"(() => bringFile({Var.create(input_id)}, {Var.create(next_page)}))", _var_data=data)


def forget() -> FunctionVar[Any]:
    """Start anew (for `on_mount`)."""
    return FunctionStringVar.create("(() => forgetFile())", _var_data=VarData(imports=_imports("forgetFile")))
