"""Every page has an address, a title and a place of its own."""

from __future__ import annotations

from collections import Counter

from taper_app.components.words import LANGUAGES, language
from taper_app.pages.routes import routes


def test_every_route_has_a_title() -> None:
    """Each page says in the browser's tab what it is."""
    for lang in LANGUAGES:
        with language(lang):
            nameless = [route.path for route in routes() if not route.title.strip()]
    assert nameless == []


def test_no_address_is_given_twice() -> None:
    """Two pages never stand at one address."""
    twice = {path: n for path, n in Counter(route.path for route in routes()).items() if n > 1}
    assert twice == {}


def test_addresses_read_well() -> None:
    """An address is small letters and hyphens."""
    import re

    odd = [route.path for route in routes() if not re.fullmatch(r"/(?:[a-z0-9-]+(?:/[a-z0-9_-]+)*)?", route.path)]
    assert odd == []
