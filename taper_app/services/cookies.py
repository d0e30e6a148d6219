"""Names of the cookies, and how to find them in a cookie header."""

from taper_app.settings import settings

_BACKEND = "backend-enabled"
_WHO = "taper-who"
_GONE = "taper-gone"
_MAX_HEADER = 16_384
# No letter of a token, and one that a cookie may hold.
_BETWEEN = "."
MOST_SHARES_HERE = 8


def session_cookie() -> str:
    """The patient's cookie. On https its `__Host-` prefix keeps other hosts from setting it."""
    return "__Host-taper" if settings().is_https else "taper"


def share_cookie() -> str:
    """The caregiver's cookie."""
    return "__Host-taper-share" if settings().is_https else "taper-share"


def door_cookie() -> str:
    """The cookie that binds a passkey's challenge to one browser, for five minutes."""
    return "__Host-taper-door" if settings().is_https else "taper-door"


def door_token(cookie_header: str | None) -> str | None:
    """The token of a passkey's challenge in a `Cookie` header."""
    return _find(cookie_header, door_cookie())


def session_token(cookie_header: str | None) -> str | None:
    """The token of the login session in a `Cookie` header."""
    return _find(cookie_header, session_cookie())


def share_tokens(cookie_header: str | None) -> list[str]:
    """The tokens of the opened shares in a `Cookie` header, the one opened last first: a caregiver may have several people."""
    found = (_find(cookie_header, share_cookie()) or "").split(_BETWEEN)
    return list(dict.fromkeys(one for one in found if one))[:MOST_SHARES_HERE]


def share_value(tokens: list[str]) -> str:
    """What the share cookie holds."""
    return _BETWEEN.join(tokens[:MOST_SHARES_HERE])


def backend_cookie(*, enabled: bool) -> str:
    """The line of the cookie by which the pages know that nobody is signed in and they need not ask; readable, and no secret.

    Pages come from the phone's own cache, so each answer that begins or ends a session carries it.
    """
    secure_ = "; Secure" if settings().is_https else ""
    if enabled:
        return f"{_BACKEND}=; Path=/; Max-Age=0; SameSite=Lax{secure_}"
    return f"{_BACKEND}=false; Path=/; Max-Age=31536000; SameSite=Lax{secure_}"


def who_cookies(account_id: str) -> list[str]:
    """The lines of the two readable cookies that tell a page whose phone this is, "" for nobody; neither is a secret.

    Pages come from the phone's own cache, so each answer that begins or ends a session carries them. The store shows what it
    kept for this account only (`pwa/js/browser.js`).
    """
    end = f"Path=/; SameSite=Lax{'; Secure' if settings().is_https else ''}"
    age = 31536000 if account_id else 0
    return [f"{_WHO}={account_id}; Max-Age={age}; {end}", backend_cookie(enabled=bool(account_id))]


def gone_cookie(account_id: str) -> str:
    """The line of the readable cookie that tells the pages of an account that was deleted: nothing of it is to stay on the phone."""
    return f"{_GONE}={account_id}; Max-Age=31536000; Path=/; SameSite=Lax{'; Secure' if settings().is_https else ''}"


def _find(header: str | None, name: str) -> str | None:
    if not header or len(header) > _MAX_HEADER:
        return None
    for piece in header.split(";"):
        # Only what may stand there: browsers let other hosts set a name that has another kind of space before `__Host-`.
        key, _, value = piece.strip(" \t").partition("=")
        if key == name:
            return value.strip('"') or None
    return None
