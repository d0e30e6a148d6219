"""The browser's store for pages: one Var that holds what to show, and functions that record.

`store` carries the hook `useStore()`, so `store.today.plans` works in `rx.foreach` and `rx.cond` in plain Python. Each
action returns a function for an event trigger (`on_click=take(due)`): it runs in the browser at once, with the network
off too, and never through the socket. Fields of the store are described in `views/`.
"""

from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from taper_app.pwa.views import Store

_MODULE = "$/utils/taper/store.js"


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


store: Any = Var(
    "store",
    _var_type=Store,
    _var_data=VarData(imports=_imports("useStore"), hooks={"const store = useStore();": None}),
).guess_type()


def call(name: str, *args: Any, takes_value: bool = False) -> FunctionVar[Any]:
    """A call of an action that `js/store.js` exports, for an event trigger.

    With `takes_value` the value of the event (of `on_change`: what stands in the field) comes last.
    """
    values = [Var.create(arg) for arg in args]
    given = [str(value) for value in values] + (["value"] if takes_value else [])
    data = VarData.merge(VarData(imports=_imports(name)), *[value._get_all_var_data() for value in values])
    head = "(value)" if takes_value else "()"
    return FunctionStringVar.create(f"({head} => {name}({', '.join(given)}))", _var_data=data)


# Doses. `due` is a `Due` of `store.today.plans[].due`.


def take(due: Any) -> FunctionVar[Any]:
    """Log this dose as taken, now, in the planned amount."""
    return call("take", due)


def skip(due: Any) -> FunctionVar[Any]:
    """Log this dose as skipped."""
    return call("skip", due)


def different(due: Any, amount: Any) -> FunctionVar[Any]:
    """Log this dose in another amount (text)."""
    return call("different", due, amount)


def open_different(due: Any) -> FunctionVar[Any]:
    """Fill the form `dose` for this dose with the action "different": the amount stays blank."""
    return call("openDifferent", due)


def remove_patch(due: Any) -> FunctionVar[Any]:
    """Log that the old patch was taken off."""
    return call("removePatch", due)


def log_as_needed(plan_id: Any, amount: Any = "") -> FunctionVar[Any]:
    """Log a dose that was not due, now. An amount that is "" is left out."""
    return call("logAsNeeded", plan_id, amount)


def undo(record_id: Any) -> FunctionVar[Any]:
    """Take a record out of view; its history stays."""
    return call("retract", record_id)


retract = undo


def restore(record_id: Any) -> FunctionVar[Any]:
    """Bring a record back that was taken out."""
    return call("restore", record_id)


# Forms. `form` is a name in `views.Forms`.


def set_field(form: str, name: str, value: Any = None) -> FunctionVar[Any]:
    """Set a field of a form: to `value`, or without one to what stands in the input (`on_change=set_field("flare", "note")`)."""
    if value is None:
        return call("setField", form, name, takes_value=True)
    return call("setField", form, name, value)


def toggle_chip(form: str, name: str, chip: Any) -> FunctionVar[Any]:
    """Put a chip into a list field, or take it out."""
    return call("toggleChip", form, name, chip)


def same_places() -> FunctionVar[Any]:
    """Fill the flare's places with those of the last flare."""
    return call("samePlaces")


def begin(form: str, **fields: Any) -> FunctionVar[Any]:
    """Open a form (`on_mount=begin("flare")`): what was typed and not saved stays, a form saved before starts blank.

    `fields` are set when they differ from what stands there, in a blank form: `begin("option_tried", option="yoga")`.
    """
    return call("begin", form, fields)


def clear(form: str) -> FunctionVar[Any]:
    """Empty a form."""
    return call("clear", form)


def save_form(form: str, then: str = "") -> FunctionVar[Any]:
    """Record what stands in a form, and go to the page `then` if that went well.

    Saved once, the form goes on as a change of the same record: only changed fields are sent.
    """
    return call("saveForm", form, then)


def start_edit(record_id: Any, then: str = "") -> FunctionVar[Any]:
    """Fill the form of this record's kind with it, to be corrected, and go to the page `then`."""
    return call("startEdit", record_id, then)


def end_flare(record_id: Any) -> FunctionVar[Any]:
    """The flare ended now."""
    return call("endFlare", record_id)


# One-tap records.


def ask(text: Any) -> FunctionVar[Any]:
    """Keep a question for the next visit; the same text twice is one question."""
    return call("ask", text)


def tried(option: Any) -> FunctionVar[Any]:
    """Log that an option was tried, now, with nothing else."""
    return call("tried", option)


def discard(entry_id: Any) -> FunctionVar[Any]:
    """Let go of an entry that the server refused."""
    return call("discard", entry_id)


def discard_damaged() -> FunctionVar[Any]:
    """Let go of what lies on this phone and cannot be read."""
    return call("discardDamaged")


def export_entries() -> FunctionVar[Any]:
    """A file with every entry that the server does not have."""
    return call("exportEntries")


# The rest.


def sign_out(*, everywhere: bool = False) -> FunctionVar[Any]:
    """Leave nothing of the account on this phone, sent or not, and end its session (or all of them)."""
    return call("signOut", everywhere)


def refresh() -> FunctionVar[Any]:
    """Fetch again now, and send what waits."""
    return call("refresh")


def go(path: Any) -> FunctionVar[Any]:
    """Go to another page without loading."""
    return call("go", path)


