"""Proving it again, for pages: what the buttons of the question do. `js/proving.js` has the rest."""

import json
from collections.abc import Mapping
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/taper/proof.js"


def with_password(words: Mapping[str, str]) -> FunctionVar[Any]:
    """Prove it by what stands in the field; words: {wrong, offline, stopped}."""
    return _call("withPassword", f"() => withPassword({json.dumps(dict(words))})")


def with_password_at_enter(words: Mapping[str, str]) -> FunctionVar[Any]:
    """The same for `on_key_down` of the field: the Enter key must not send the form around it."""
    run = f"{{ window.event.preventDefault(); withPassword({json.dumps(dict(words))}); }}"
    return _call("withPassword", f"() => {{ if (window.event?.key === 'Enter') {run} }}")


def with_passkey(words: Mapping[str, str]) -> FunctionVar[Any]:
    """Prove it by a passkey."""
    return _call("withPasskey", f"() => withPasskey({json.dumps(dict(words))})")


def asked() -> FunctionVar[Any]:
    """The question has appeared (for `on_mount`)."""
    return _call("asked", "() => void asked()")


def _call(name: str, function: str) -> FunctionVar[Any]:
    data = VarData(imports={_MODULE: [ImportVar(tag=name, install=False)]})
    return FunctionStringVar.create(f"({function})", _var_data=data)
