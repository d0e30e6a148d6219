"""What anybody may read without signing in."""

import re

from taper_app.api.gate import is_public
from taper_app.pages.routes import routes
from taper_app.pages.safety import PAGES, safety, safety_page
from taper_app.pages.shared import shared


def test_every_page_for_a_hard_moment_opens_signed_out() -> None:
    """The safety card and all pages under it are public."""
    assert [path for path in ("/safety", *PAGES) if not is_public(path)] == []


def test_every_page_to_read_opens_signed_out() -> None:
    """Options and Learn are public, each with all of its pages."""
    paths = [route.path for route in routes() if route.path.startswith(("/options", "/learn"))]
    assert len(paths) > 20
    assert [path for path in paths if not is_public(path)] == []


def test_every_page_with_a_state_or_a_log_is_private() -> None:
    """A page that shows what belongs to an account is not served to somebody who is signed out."""
    private = {"/", "/log", "/history", "/check-in", "/settings", "/share", "/people", "/questions", "/plans", "/plan", "/plan/check"}
    assert {path for path in private if is_public(path)} == set()
    assert [route.path for route in routes() if route.on_load is not None and is_public(route.path)] == []


def test_in_danger_of_life_the_number_comes_before_the_way_out() -> None:
    """On the card and on the page for a dark moment the call is the first thing to tap; who is controlled finds the way out first."""
    for shown, call_is_first in (
        (safety(), True),
        (safety_page("safety/very-low")(), True),
        (safety_page("safety/someone-controls-my-medicine")(), False),
    ):
        page = str(shown)
        assert (page.index("tel:") < page.index("data-leave")) is call_is_first


def test_nothing_on_a_caregivers_page_suggests_warmth() -> None:
    """Heat makes a patch give off too much, and the page does not know who wears one: CLINICAL.md, "Patches"."""
    assert re.findall(r"\b(?:warm|warmth|heat|heating|hot (?:bath|bottle|pack|water))\b", str(shared()), re.IGNORECASE) == []
