"""The app on the phone, for pages: a new version that waits, and installing. Works with `PwaPlugin`.

`pwa` carries the hook `usePwa()`, so `pwa.update_ready` works in `rx.cond` in plain Python. Each action is a function for
an event trigger (`on_click=update()`): it runs in the browser at once, with the network off too.
"""

from dataclasses import dataclass
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/pwa/page.js"


@dataclass(frozen=True)
class Pwa:
    """What a page may read. In the prerendered page all of it is false and empty."""

    # A newer version is there and waits for `update()`.
    update_ready: bool
    # Something on this page is half-filled: `update()` would lose it, and does nothing.
    unsaved: bool
    # How: with "prompt" `install()` shows the browser's question, with "ios" the steps have to be told. It is "" when the app is
    # installed, cannot be, or when the hint was on the screen in the last 30 days.
    can_install: str
    # This is the installed app.
    standalone: bool


def _data(name: str, hook: str = "") -> VarData:
    return VarData(imports={_MODULE: [ImportVar(tag=name, install=False)]}, hooks={hook: None} if hook else {})


pwa: Any = Var("pwa", _var_type=Pwa, _var_data=_data("usePwa", "const pwa = usePwa();")).guess_type()


def _call(name: str) -> FunctionVar[Any]:
    return FunctionStringVar.create(f"(() => {name}())", _var_data=_data(name))


def update() -> FunctionVar[Any]:
    """Change over to the version that waits, and load the page anew; nothing while something is half-filled."""
    return _call("update")


def later() -> FunctionVar[Any]:
    """Take `update_ready` away until the next page load."""
    return _call("later")


def install() -> FunctionVar[Any]:
    """Show the browser's own question whether to install."""
    return _call("install")


def hint_shown() -> FunctionVar[Any]:
    """Remember that a hint to install is on the screen (`on_mount`): `can_install` stays "" for 30 days from the next load."""
    return _call("hintShown")


def dismiss_install() -> FunctionVar[Any]:
    """Take the hint away."""
    return _call("dismissInstall")
