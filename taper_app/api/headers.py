"""Security headers, the same for every answer; the two policies differ only in what a page may load."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders

from taper_app.settings import settings

JSON_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
FILE_POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"
# The worker fetches the app's own files and nothing else; it loads no further script.
WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
FORM_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def page_policy(script_hashes: Iterable[str], host: str) -> str:
    """The policy of Reflex's pages: their own scripts, and inline ones by their hash; no eval."""
    scripts = " ".join(["'self'", *(f"'sha256-{one}'" for one in sorted(script_hashes))])
    # Older Safari does not count the socket as 'self', so it is named.
    sockets = f"wss://{host}" if settings().is_https else f"ws://{host}"
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self' {sockets}; worker-src 'self'; manifest-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )


def secure(headers: MutableHeaders, policy: str) -> None:
    """Put the headers on an answer; a policy that is there already stays.

    A plain file goes without those that only a page gives a meaning to: a first visit brings a dozen files.
    """
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Content-Security-Policy", policy)
    if policy != FILE_POLICY:
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(), browsing-topics=()"
    if settings().is_https:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
