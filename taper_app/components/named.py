"""Words for the codes that the store holds: one table a group, once on a page, looked up in the browser."""

import json
import re
from typing import Any

import reflex as rx
from reflex_base.vars.base import VarData

from taper_app.components.words import lang
from taper_app.content.loader import catalog, data


def group(area: str) -> dict[str, str]:
    """Code and words of everything under `area.` in the catalog; in the order of `content/data/` where that has one."""
    prefix = f"{area}."
    found = {key.removeprefix(prefix): words for key, words in catalog(lang()).items() if key.startswith(prefix)}
    if not found:
        raise KeyError(area)
    order = data("chips").get(area) or data("regions").get(area)
    return {code: found[code] for code in order} if order else found


def named(area: str, code: Any) -> rx.Var[str]:
    """The words of one code; a code without words shows as itself."""
    table, known = _table(area)
    code = rx.Var.create(code)
    both = VarData.merge(known, code._get_all_var_data())
    return rx.Var(f"({table}[{code!s}] ?? {code!s})", _var_type=str, _var_data=both).guess_type()


def named_list(area: str | dict[str, str], codes: Any, *, inside: bool = False) -> rx.Var[str]:
    """The words of several codes in one line: "Lower back, left hip"; all small `inside` a sentence.

    `area` may be a table of its own.
    """
    table, known = _table(area)
    both = VarData.merge(known, codes._get_all_var_data())
    small = "true" if inside else "i"
    line = (
        f"({codes!s} ?? []).map((code, i) => {{ const w = {table}[code] ?? code; "
        f"return {small} ? w.slice(0, 1).toLowerCase() + w.slice(1) : w; }}).join(', ')"
    )
    return rx.Var(line, _var_type=str, _var_data=both).guess_type()


def _table(area: str | dict[str, str]) -> tuple[str, VarData]:
    words = group(area) if isinstance(area, str) else area
    name = "words_" + (re.sub(r"\W", "_", area) if isinstance(area, str) else "all")
    text = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return name, VarData(hooks={f"const {name} = {text};": None})
