"""Codes to sentences: the questions about a plan, and refusals. The words stand in `locales/<lang>/`."""

from datetime import date
from decimal import Decimal

from babel.dates import format_date

from taper_app.content.loader import catalog, translate
from taper_app.domain.checks import Check
from taper_app.domain.drafting import Question
from taper_app.domain.errors import Refusal

# Where the questions about what was read stand.
_TABLES = {"text": "import_text.", "fhir": "import_fhir."}
# Params of checks that hold a date.
_DAYS = ("day", "until", "next")


def check_words(lang: str, check: Check) -> str:
    """A question about a plan in words; it never suggests the answer."""
    params = {name: _day(lang, value) if name in _DAYS else value for name, value in check.params.items()}
    if "from" in params and "to" in params:
        # A patch's level is a rate, and no day's total.
        per = "rate" if params.get("unit", "").endswith("/h") else "day"
        params["range"] = translate(lang, f"checks.range.{per}", **params)
    return translate(lang, _key(lang, check), **params)


def refusal_words(lang: str, refusal: Refusal) -> str:
    """A refusal in words; codes without words of their own fall back to the English that came with them."""
    key = f"errors.{refusal.code}"
    if key not in catalog(lang):
        return refusal.message
    return translate(lang, key, **refusal.params)


def question_words(lang: str, question: Question, kind: str = "fhir") -> str:
    """A question about a plan that was read from words (kind text) or from a file (fhir)."""
    key = _TABLES[kind] + question.code
    return translate(lang, key, words=question.words) if key in catalog(lang) else question.code


def _key(lang: str, check: Check) -> str:
    """The question in its fitting form: `checks.code` or `checks.code.form`."""
    key, params = f"checks.{check.code}", check.params
    form = "other"
    if check.code == "parts_differ":
        form = "volume" if "volume" in params else "parts"
    elif check.code == "patch_interval":
        form = "one" if params["days"] == "1" else "other"
    elif check.code in ("big_change", "largest_fall") and params["to"] == "0":
        form = "to_nothing"
    elif check.code in ("big_change", "higher", "less_than_half") and not _shows(check):
        form = "rhythm"
    return f"{key}.{form}" if f"{key}.{form}" in catalog(lang) else key


def _shows(check: Check) -> bool:
    """Whether the two levels show what is asked; else it is the days between doses that have changed."""
    before, after = Decimal(check.params["from"]), Decimal(check.params["to"])
    if check.code == "higher":
        return after > before
    return after * 2 < before if check.code == "less_than_half" else after != before


def _day(lang: str, value: str) -> str:
    try:
        return format_date(date.fromisoformat(value), "EEE d MMM", locale=lang)
    except ValueError:
        return value
