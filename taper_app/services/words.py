"""Codes to sentences: the questions about a plan, and refusals. The words stand in `locales/<lang>/`."""

from datetime import date

from babel import Locale
from babel.dates import format_date

from taper_app.content.loader import catalog, translate
from taper_app.domain.checks import Check
from taper_app.domain.errors import Refusal

# Params of checks that hold a date.
_DAYS = ("day", "until", "next")


def check_words(lang: str, check: Check) -> str:
    """A question about a plan in words; it never suggests the answer."""
    params = {name: _day(lang, value) if name in _DAYS else value for name, value in check.params.items()}
    return translate(lang, _check_key(lang, check), **params)


def refusal_words(lang: str, refusal: Refusal) -> str:
    """A refusal in words; codes without words of their own fall back to the English that came with them."""
    key = f"errors.{refusal.code}"
    if key not in catalog(lang):
        return refusal.message
    return translate(lang, key, **refusal.params)


def _check_key(lang: str, check: Check) -> str:
    key = f"checks.{check.code}"
    if check.code == "parts_differ":
        return f"{key}.volume" if "volume" in check.params else f"{key}.parts"
    if check.code == "big_change" and check.params.get("to") == "0":
        return f"{key}.to_nothing"
    if check.code == "big_change" and check.params.get("from") == check.params.get("to"):
        return f"{key}.rhythm"
    if check.code in ("higher", "less_than_half") and _same(check):
        return f"{key}.rhythm"
    if check.code == "largest_fall" and check.params.get("to") == "0":
        return f"{key}.to_nothing"
    if check.code == "patch_interval":
        return f"{key}.{Locale.parse(lang).plural_form(int(check.params['days']))}"
    return key if key in catalog(lang) else f"{key}.other"


def _same(check: Check) -> bool:
    # Alike on its largest day, and different over time: the days between doses have changed.
    low, high = check.params.get("from"), check.params.get("to")
    return (
        low == high
        if check.code == "higher"
        else low is not None and high is not None and float(high) * 2 >= float(low)
    )


def _day(lang: str, value: str) -> str:
    try:
        return format_date(date.fromisoformat(value), "EEE d MMM", locale=lang)
    except ValueError:
        return value
