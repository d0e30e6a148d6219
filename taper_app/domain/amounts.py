"""Amounts as the prescriber wrote them: exact decimals, never a float, never rounded."""

from __future__ import annotations

import re
from decimal import Decimal

from taper_app.domain.errors import Invalid

# Plain ASCII digits only: Decimal() itself would take exponents, NaN, signs, underscores and other
# alphabets' digits.
_PLAIN = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
MAX_BEFORE = 6
MAX_AFTER = 4


def parse_amount(text: str, field: str | None = None) -> Decimal:
    """Read a plain decimal string such as "7.5": above 0, at most 6 digits before and 4 after the point.

    Raises Invalid: wrong_type, not_an_amount, amount_too_long, amount_not_above_zero.
    """
    if not isinstance(text, str):
        raise Invalid("wrong_type", field, 'An amount is text, such as "7.5".')
    # The length is looked at first, so that a megabyte of digits costs nothing.
    found = _PLAIN.fullmatch(text.strip()) if len(text) <= 40 else None
    if found is None:
        raise Invalid("not_an_amount", field, "Please type an amount such as 7.5.")
    before, after = found.group(1).lstrip("0"), found.group(2) or ""
    if len(before) > MAX_BEFORE or len(after.rstrip("0")) > MAX_AFTER:
        raise Invalid("amount_too_long", field, "Please check this amount. It has too many digits.")
    amount = Decimal(f"{before or '0'}.{after or '0'}")
    if amount <= 0:
        raise Invalid("amount_not_above_zero", field, "Please type an amount above 0.")
    return amount


def show_amount(amount: Decimal) -> str:
    """Write an amount without trailing zeros and never with an exponent: 7.50 -> "7.5", 30.0 -> "30"."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
