"""Words on a page: catalog strings in the language being built, with plain values or Reflex vars in their gaps."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from string import Formatter
from typing import Any

import reflex as rx

from taper_app.content.loader import catalog

LANGUAGES = ("en",)
_language: ContextVar[str] = ContextVar("language", default="en")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@contextmanager
def language(lang: str) -> Iterator[None]:
    """Build everything inside in this language."""
    token = _language.set(lang)
    try:
        yield
    finally:
        _language.reset(token)


def in_language(lang: str, build: Callable[[], rx.Component]) -> Callable[[], rx.Component]:
    """A page's function that builds it in this language, whenever Reflex calls it.

    It keeps the function's module: Reflex makes one chunk of JavaScript a module, so each page loads its own only.
    """

    @wraps(build)
    def built() -> rx.Component:
        with language(lang):
            return build()

    return built


def lang() -> str:
    """The language being built."""
    return _language.get()


def href(path: str) -> str:
    """A path of the app in the language being built; the first language has no prefix."""
    return path if lang() == LANGUAGES[0] else f"/{lang()}{path}".rstrip("/")


def t(key: str, **values: Any) -> Any:
    """The catalog's string with its gaps filled.

    Returns a str, or a string Var when one of the values is a Var. Raises KeyError for an unknown key and for a
    gap without a value, so a mistake stops the build instead of reaching a person.
    """
    return _fill(catalog(lang())[key], values)


def tn(key: str, n: Any, **values: Any) -> Any:
    """`t` in the plural form that the language uses for n (a number or a Var): `key.one`, `key.other`, ..."""
    strings = catalog(lang())
    forms = {form: strings[f"{key}.{form}"] for form in ("zero", "one", "two", "few", "many", "other") if f"{key}.{form}" in strings}
    values = {"n": n, **values}
    if not isinstance(n, rx.Var):
        import babel

        form = babel.Locale.parse(lang()).plural_form(n)
        return _fill(forms.get(form, forms["other"]), values)
    chosen = rx.Var(f"(new Intl.PluralRules('{lang()}')).select({n!s})", _var_type=str, _var_data=n._get_all_var_data())
    cases = [(form, _fill(text, values)) for form, text in forms.items() if form != "other"]
    return rx.match(chosen, *cases, _fill(forms["other"], values))


def choose(key: str, value: rx.Var, options: list[str], default: str = "") -> rx.Var:
    """The string `key.<value>` for a Var that holds one of `options`; unknown values show `default`."""
    strings = catalog(lang())
    return rx.match(value, *[(option, strings[f"{key}.{option}"]) for option in options], default)


def rich(key: str, **values: Any) -> list[Any]:
    """`t` with **bold** parts as <strong>: the children of a paragraph."""
    parts = _BOLD.split(catalog(lang())[key])
    return [
        rx.el.strong(_fill(part, values)) if index % 2 else _fill(part, values)
        for index, part in enumerate(parts)
        if part
    ]


def _fill(template: str, values: dict[str, Any]) -> Any:
    pieces: list[Any] = []
    for text, name, _, _ in Formatter().parse(template):
        if text:
            pieces.append(text)
        if name is not None:
            pieces.append(values[name])
    if not any(isinstance(piece, rx.Var) for piece in pieces):
        return "".join(str(piece) for piece in pieces)
    whole: Any = rx.Var.create("")
    for piece in pieces:
        whole = whole + (piece.to(str) if isinstance(piece, rx.Var) else rx.Var.create(str(piece)))
    return whole
