"""The FastAPI app: every call of /api/v1, the sign-in forms, the share door, and what stands before all of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from taper_app.api import auth_pages, calendar_feed, changes, door_pages, errors, leaving, limits, prove_pages, quick_exit, share_door
from taper_app.api.headers import JSON_POLICY, secure
from taper_app.api.origins import may_write
from taper_app.api.routes import accounts, audit, care, doors, export, helpers, importing, log, photos, plans, reminders, report, shares
from taper_app.api.schemas import components
from taper_app.services.cookies import session_token, share_tokens

PREFIX = "/api/v1"
_SAFE = ("GET", "HEAD", "OPTIONS")


def create_api(clock: Callable[[], datetime] | None = None) -> FastAPI:
    """The app. `clock` replaces the time (tests)."""
    api = FastAPI(
        title="Taper",
        version="1",
        description="Errors are {error: {code, message, field}}. Amounts are decimal strings.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state.clock = clock
    errors.install(api)
    for routes in (accounts, doors, plans, photos, log, export, importing, changes, shares, care, helpers, reminders, report, audit):
        api.include_router(routes.router, prefix=PREFIX)
    for pages in (auth_pages, prove_pages, door_pages, leaving, share_door, calendar_feed, quick_exit):
        api.include_router(pages.router, include_in_schema=False)

    @api.get("/healthz", include_in_schema=False)
    def healthz() -> Response:
        """200 when it serves."""
        return PlainTextResponse("ok")

    @api.exception_handler(Exception)
    def failed(_: Request, error: Exception) -> Response:
        """A bug: the server's log has the trace, the caller gets the usual shape."""
        return errors.refused(errors.Door(500, "unavailable"))

    describe(api)
    # Snapshots shrink to a fifth; a stream of events is left alone by it.
    api.add_middleware(GZipMiddleware, minimum_size=1024)
    api.add_middleware(Entrance)
    return api


def describe(api: FastAPI) -> None:
    """Add the shapes of bodies and errors to the OpenAPI document."""
    build = api.openapi

    def openapi() -> dict[str, Any]:
        document = build()
        if "ErrorEnvelope" not in document.setdefault("components", {}).setdefault("schemas", {}):
            document["components"]["schemas"] |= components()
            document["components"]["securitySchemes"] = {
                "session": {"type": "apiKey", "in": "cookie", "name": "taper"},
                "share": {"type": "apiKey", "in": "cookie", "name": "taper-share"},
            }
            envelope = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorEnvelope"}}}
            for path in document["paths"].values():
                for call in path.values():
                    call["responses"].pop("422", None)
                    call["responses"]["default"] = {"description": "refused", "content": envelope}
        return document

    api.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend the document


class Entrance:
    """Before every call: is it too many, is it a write from elsewhere; after it: the headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Plain ASGI, so that streams pass through unbuffered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                secure(headers, JSON_POLICY)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, send_secured)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers = {name.lower(): value for name, value in Headers(scope=scope).items()}
        if scope["method"] not in _SAFE and not may_write(headers):
            return errors.refused(errors.Door(403, "foreign_origin"))
        if scope["path"] == "/healthz":
            return None
        peer = scope["client"][0] if scope.get("client") else ""
        try:
            limits.count_call(limits.address_of(peer, headers.get("x-forwarded-for", "")))
            if session := session_token(headers.get("cookie")):
                limits.count_session(session)
            # Each of them: any may be chosen, and one in front that opens nothing hides none.
            for share in share_tokens(headers.get("cookie")):
                limits.count_share(share)
        except errors.Door as door:
            return errors.refused(door)
        return None
