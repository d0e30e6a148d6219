"""Whose page a write came from. Other sites get nothing: no CORS, no writes, no socket."""

import ipaddress
from urllib.parse import urlsplit

from taper_app.settings import settings


def is_ours(origin: str, host: str) -> bool:
    """Whether an Origin is this app's own.

    Without PUBLIC_URL also where a plain address is used as it is (http://192.168.1.5:3000): no other site can have
    that origin, for only names can be pointed at somebody else's machine.
    """
    if origin in settings().origins:
        return True
    if settings().public_url or origin != f"http://{host}":
        return False
    try:
        name = urlsplit(origin).hostname or ""
        return name == "localhost" or bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def may_write(headers: dict[str, str]) -> bool:
    """Whether a write may come from where these headers say (names in lower case)."""
    origin = headers.get("origin")
    site = headers.get("sec-fetch-site", "same-origin")
    if origin is None or origin == "null":
        # A program sends neither; a browser sends at least one. "null" is what a form sends under `no-referrer`:
        # then only the browser's own word counts, and it has to be there.
        return site == "same-origin" and (origin is None or "sec-fetch-site" in headers)
    return is_ours(origin, headers.get("host", "")) and site in ("same-origin", "none")


def may_open_socket(headers: dict[str, str]) -> bool:
    """Whether a page may open the socket: always a browser, so the Origin has to be there and ours."""
    return is_ours(headers.get("origin", ""), headers.get("host", ""))
