"""The lock of the open app, for pages: one Var that says how it stands on this phone, and what its page does.

The cover itself (`js/lock/cover.js`) is in no page's bundle: `LockPlugin` puts it, the modules it needs and its words into the build as
files, and a line in each head loads it where a lock is set.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_JS = Path(__file__).parent / "js"
_MODULE = "$/utils/taper/locking.js"
_PLACE = Path("public/locked")
_FILES = ("dates.js", "ids.js", "lock/cover.js", "lock/here.js", "lock/pin.js", "lock/safe.js")
# Pages that are readable though the app is locked; `js/lock/cover.js` has the same.
FREE = r"^(\/..)?\/(safety|running-out|very-low|someone-c|after-a-r|naloxone)"


class LockPlugin(Plugin):
    """Brings the cover into the build. words: by language, what it says."""

    def __init__(self, words: Mapping[str, Mapping[str, Any]]) -> None:
        self.words = words

    def get_static_assets(self, **context: Any) -> Sequence[tuple[Path, str | bytes]]:
        """The modules, and a file of words for each language."""
        files: list[tuple[Path, str | bytes]] = [(_PLACE / name, (_JS / name).read_text()) for name in _FILES]
        return files + [(_PLACE / f"{lang}.json", json.dumps(words, ensure_ascii=False)) for lang, words in self.words.items()]


def at_start() -> str:
    """The line for each head: where a lock is set and the app was away, nothing is shown until `cover.js` says so."""
    return (
        "try{const l=JSON.parse(localStorage.getItem('taper-lock'));if(l&&document.cookie.includes('taper-who='+l.who)){"
        "const e=document,o=+sessionStorage.getItem('taper-open');if(!(Math.abs(Date.now()-o)<l.after*6e4+1e4))"
        f"e.documentElement.dataset.locked=/{FREE}/.test(location.pathname)?'part':'';"
        "e.head.append(Object.assign(e.createElement('script'),{type:'module',src:'/locked/lock/cover.js'}))}}catch{}"
    )


@dataclass(frozen=True)
class Locking:
    """How it stands. `problem`: "", "short", "differ", "blocked"; `after`: minutes in the background until it asks; `flare`: whether a
    flare can be logged without the PIN.
    """

    known: bool
    on: bool
    after: int
    flare: bool
    busy: bool
    problem: str
    saved: bool


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


locking: Any = Var(
    "locking",
    _var_type=Locking,
    _var_data=VarData(imports=_imports("useLocking"), hooks={"const locking = useLocking();": None}),
).guess_type()


def look() -> FunctionVar[Any]:
    """See how it stands (for `on_mount`)."""
    return _call("look")


def set_after(minutes: int) -> FunctionVar[Any]:
    """Ask after so many minutes in the background."""
    return _call("setAfter", str(minutes))


def toggle_flare() -> FunctionVar[Any]:
    """Let a flare be logged without the PIN, or no more."""
    return _call("toggleFlare")


def turn_on() -> FunctionVar[Any]:
    """Lock with the PIN that stands in the fields `new-pin` and `same-pin`."""
    return _call("turnOn")


def turn_off() -> FunctionVar[Any]:
    """No lock any more."""
    return _call("turnOff")


def _call(name: str, value: str = "") -> FunctionVar[Any]:
    return FunctionStringVar.create(f"(() => void {name}({value}))", _var_data=VarData(imports=_imports(name)))
