"""What anybody may read without signing in."""

from taper_app.api.gate import is_public
from taper_app.pages.routes import routes
from taper_app.pages.safety import PAGES


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
