"""What the cover of a locked app says (`pwa/js/lock/cover.js`): it is in no page's bundle, so its words go with it as a file."""

from typing import Any

from taper_app.content.loader import data, translate

LANG = "en"
_NAMES = (
    "title", "lead", "pin", "unlock", "flare", "safety", "forgot", "wrong", "one_moment", "gone", "forgot_title", "forgot_words",
    "forgot_go", "back", "flare_title", "flare_words", "logged_words", "not_logged", "not_logged_words",
)  # fmt: skip


def cover_words(lang: str = LANG) -> dict[str, Any]:
    """The words by name, those with gaps as they are for the script to fill, and the numbers of this country."""
    found: dict[str, Any] = {name: translate(lang, f"lock.cover.{name}") for name in _NAMES}
    found |= {
        "wait": translate(lang, "lock.cover.wait", wait="{wait}"),
        "seconds": translate(lang, "lock.cover.seconds", n="{n}"),
        "minutes": translate(lang, "lock.cover.minutes", n="{n}"),
        "logged": translate(lang, "lock.cover.logged", n="{n}"),
    }
    return {**found, "numbers": [one for name in ("emergency", "crisis") for one in _number(lang, name)]}


def _number(lang: str, name: str) -> list[dict[str, str]]:
    number = str(data("numbers")[name]["number"])
    if not number:
        return []
    return [
        {
            "call": translate(lang, f"lock.cover.call_{name}", number=number),
            "tel": "".join(sign for sign in number if sign.isdigit() or sign == "+"),
        }
    ]
