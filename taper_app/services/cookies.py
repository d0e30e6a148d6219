"""Names of the two cookies, and how to find them in a cookie header."""

from taper_app.settings import settings

BACKEND = "backend-enabled"
_MAX_HEADER = 16_384


def session_cookie() -> str:
    """The patient's cookie. On https its `__Host-` prefix keeps other hosts from setting it."""
    return "__Host-taper" if settings().is_https else "taper"


def share_cookie() -> str:
    """The caregiver's cookie."""
    return "__Host-taper-share" if settings().is_https else "taper-share"


def session_token(cookie_header: str | None) -> str | None:
    """The token of the login session in a `Cookie` header."""
    return _find(cookie_header, session_cookie())


def share_token(cookie_header: str | None) -> str | None:
    """The token of the opened share in a `Cookie` header."""
    return _find(cookie_header, share_cookie())


def _find(header: str | None, name: str) -> str | None:
    if not header or len(header) > _MAX_HEADER:
        return None
    for piece in header.split(";"):
        key, _, value = piece.strip().partition("=")
        if key == name:
            return value.strip('"') or None
    return None
