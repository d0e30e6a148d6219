"""The gate: an ASGI wrapper before Reflex. No session, no socket; its own calls to FastAPI; headers on every page."""

import base64
import hashlib
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taper_app.api.app import create_api
from taper_app.api.headers import FILE_POLICY, JSON_POLICY, WORKER_POLICY, page_policy, secure
from taper_app.api.live import is_signed_in, while_signed_in
from taper_app.api.logs import hide_cookies_from_logs, hide_values_from_logs
from taper_app.api.origins import may_open_socket
from taper_app.api.socket_bounds import within_bounds
from taper_app.services.cookies import backend_cookie, session_token

SOCKET = "/_event"
WELCOME = "/welcome"
WORKER = "/sw.js"
BUILD = Path(".web/build/client")
# Pages that anybody may read. Everything else without a dot in its name is private.
PUBLIC = (
    "/welcome", "/safety", "/running-out", "/very-low", "/someone-controls-my-medicine", "/after-a-reduction", "/naloxone",
    "/options", "/learn", "/about", "/privacy", "/before-you-share", "/how-to-help", "/shared", "/assets", "/404",
)  # fmt: skip
_OWN = ("/api/", "/auth/", "/calendar/", "/healthz", "/s", "/leave")
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
_LANG = re.compile(r"/[a-z]{2}(?=/|$)")


def make_gate(reflex: ASGIApp, *, build: Path = BUILD, api: FastAPI | None = None) -> ASGIApp:
    """Reflex's `api_transformer`: everything goes through here first."""
    hide_cookies_from_logs()
    hide_values_from_logs()
    return Gate(reflex, api or create_api(), script_hashes(build))


def script_hashes(build: Path) -> dict[str, frozenset[str]]:
    """The SHA-256 of the inline scripts of each built page, by its path; "" is what an unknown address is answered with."""
    found: dict[str, frozenset[str]] = {}
    for file in build.rglob("*.html") if build.is_dir() else ():
        inside = file.relative_to(build)
        hashes = frozenset(_inline(file.read_text()))
        if inside.name == "index.html":
            found["/" if inside.parent == Path() else f"/{inside.parent.as_posix()}"] = hashes
        elif inside.name in ("404.html", "__spa-fallback.html"):
            found[""] = found.get("", frozenset()) | hashes
        found[f"/{inside.as_posix()}"] = hashes
    return found


def _inline(html: str) -> Iterator[str]:
    for script in _SCRIPT.finditer(html):
        if not re.search(r"\ssrc\s*=", script["attributes"]):
            yield base64.b64encode(hashlib.sha256(script["body"].encode()).digest()).decode()


class Gate:
    """See the module."""

    def __init__(self, reflex: ASGIApp, api: ASGIApp, hashes: dict[str, frozenset[str]]) -> None:
        self.reflex = reflex
        self.api = api
        self.hashes = hashes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self.reflex(scope, receive, send)
            return
        path = scope["path"]
        if path == SOCKET or path.startswith(f"{SOCKET}/"):
            await self._socket(scope, receive, send)
        elif scope["type"] == "websocket":
            await _refuse_socket(scope, receive, send)
        elif is_own(path):
            await self.api(scope, receive, send)
        else:
            await self._page(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        token = session_token(headers.get("cookie"))
        if token is None or not may_open_socket(headers) or not await is_signed_in(token):
            await _refuse_socket(scope, receive, send)
            return
        scope = {**scope, "query_string": own_state(scope.get("query_string", b""), token)}
        receive, send = within_bounds(receive, send)
        if scope["type"] == "websocket":
            await while_signed_in(self.reflex, scope, receive, send, token)
        else:
            # Long polling: each request of it is looked at by itself.
            await self.reflex(scope, receive, _with_headers(send, FILE_POLICY, {}))

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        path = scope["path"]
        extra: dict[str, str] = {}
        if wants_document(headers, path) and scope["method"] in ("GET", "HEAD"):
            token = session_token(headers.get("cookie"))
            signed_in = token is not None and await is_signed_in(token)
            extra["set-cookie"] = backend_cookie(enabled=signed_in)
            if not signed_in and not is_public(path):
                away = RedirectResponse((path[:3] if _lang(path) else "") + WELCOME, 303)
                extra["cache-control"] = "no-store"
                await away(scope, receive, _with_headers(send, FILE_POLICY, extra))
                return
        policy = self._policy(path, headers)
        if path in self.hashes and not path.endswith(("/", ".html")):
            # The file server would first send the browser on to the same address with a slash: a round trip for nothing.
            scope = {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()}
        await self.reflex(scope, receive, _with_headers(send, policy, extra, path))

    def _policy(self, path: str, headers: dict[str, str]) -> str:
        """A page may run its own inline scripts and no others; a file that is no page gets by with a line."""
        if path == WORKER:
            return WORKER_POLICY
        if path not in self.hashes and "." in path.rsplit("/", 1)[-1]:
            return FILE_POLICY
        own = self.hashes.get(path.rstrip("/") or "/", self.hashes.get("", frozenset()))
        return page_policy(own, _plain_host(headers.get("host", "")))


def own_state(query: bytes, token: str) -> bytes:
    """The socket's query with its `token` bound to the session.

    Reflex keeps a tab's State under a random token that the tab remembers past signing out. Bound to the session, the next
    person to sign in there starts with an empty State, and a token seen elsewhere opens nobody else's.
    """
    pairs = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    bound = [(name, _bound(value, token) if name == "token" else value) for name, value in pairs]
    return urlencode(bound).encode()


def _bound(tab: str, token: str) -> str:
    return str(uuid.UUID(bytes=hashlib.sha256(f"{tab}\n{token}".encode("utf-8", "replace")).digest()[:16]))


def is_own(path: str) -> bool:
    """Whether FastAPI answers here, and not Reflex."""
    return any(path == own.rstrip("/") or (own.endswith("/") and path.startswith(own)) for own in _OWN)


def is_public(path: str) -> bool:
    """Whether a page is for everybody: the list above, in any language, and plain files."""
    path = path[3:] or "/" if _lang(path) else path
    if any(path == page or path.startswith(f"{page}/") for page in PUBLIC):
        return True
    last = path.rsplit("/", 1)[-1]
    return "." in last and not last.endswith(".html")


def wants_document(headers: dict[str, str], path: str) -> bool:
    """Whether a browser wants to show this as a page; a service worker that keeps the shell does not."""
    kind = headers.get("sec-fetch-dest")
    if kind is not None:
        return kind == "document"
    return "text/html" in headers.get("accept", "")


async def _refuse_socket(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        refusal = PlainTextResponse("Please sign in.", 403)
        await refusal(scope, receive, _with_headers(send, JSON_POLICY, {"cache-control": "no-store"}))
        return
    await receive()
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 403, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        # Closing before accepting is answered with 403 by the server.
        await send({"type": "websocket.close", "code": 4403})


def _with_headers(send: Send, policy: str, extra: dict[str, str], path: str = "") -> Send:
    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            secure(headers, policy)
            for name, value in extra.items():
                headers.append(name, value)
            if path.startswith("/assets/") and message["status"] in (200, 206):
                headers["Cache-Control"] = "public, max-age=31536000, immutable"
                # Nobody asks again for what never changes; and a first visit brings a dozen of these.
                for name in ("etag", "last-modified"):
                    del headers[name]
            headers.setdefault("Cache-Control", "no-cache")
        await send(message)

    return send_with


def _headers(scope: Scope) -> dict[str, str]:
    return {name.lower(): value for name, value in Headers(scope=scope).items()}


def _plain_host(host: str) -> str:
    """The Host as it may stand in a header; anything odd stands for nothing."""
    return host if re.fullmatch(r"[A-Za-z0-9.\-\[\]:]{1,255}", host) else "localhost"


def _lang(path: str) -> bool:
    return _LANG.match(path) is not None
