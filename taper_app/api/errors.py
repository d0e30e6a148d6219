"""Every error as API.md's envelope: the one place where a refusal becomes a status."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from taper_app.api.detours import detour
from taper_app.data.engine import Clash, Unavailable
from taper_app.domain.errors import InvalidMany, Refusal
from taper_app.services.errors import NotSignedIn
from taper_app.services.words import refusal_words

_STATUS = {"invalid": 422, "conflict": 409, "forbidden": 403, "missing": 404}
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}


class Door(Refusal):
    """Something is wrong with the call itself, before anyone looked at what it says."""

    default_code = "invalid"

    def __init__(
        self, status: int, code: str, retry_after: int | None = None, *, field: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(code, field, params={"line": str(line)} if line else None)
        self.status = status
        self.retry_after = retry_after


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal."""
    if isinstance(refusal, Door):
        return refusal.status
    return 401 if isinstance(refusal, NotSignedIn) else _STATUS[refusal.kind]


def envelope(refusal: Refusal, lang: str = "en") -> dict[str, Any]:
    """The error's JSON; with several things wrong, the first in front and all of them in `errors`."""
    body = _one(refusal, lang)
    if isinstance(refusal, InvalidMany):
        body["errors"] = [_one(error, lang) for error in refusal.errors]
    return {"error": body}


def refused(refusal: Refusal) -> JSONResponse:
    """The answer to a refusal."""
    headers = {}
    if isinstance(refusal, Door) and refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    return JSONResponse(envelope(refusal), status_of(refusal), headers=headers)


def install(app: FastAPI) -> None:
    """Answer every error of the app in the same shape."""

    @app.exception_handler(Refusal)
    def _refusal(request: Request, error: Refusal) -> Response:
        return detour(request, error) or refused(error)

    @app.exception_handler(HTTPException)
    def _http(_: Request, error: HTTPException) -> Response:
        answer = refused(Door(error.status_code, _HTTP_CODES.get(error.status_code, "invalid")))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    def _validation(_: Request, error: RequestValidationError) -> Response:
        # Bodies are read by the domain; only a path or a query can come here.
        return refused(Door(422, "wrong_type"))

    @app.exception_handler(Unavailable)
    def _unavailable(_: Request, error: Unavailable) -> Response:
        return refused(Door(503, "unavailable", retry_after=2))

    @app.exception_handler(Clash)
    def _clash(_: Request, error: Clash) -> Response:
        return refused(Door(409, "conflict"))


def _one(refusal: Refusal, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = {"code": refusal.code, "message": refusal_words(lang, refusal), "field": refusal.field}
    # Of a file that was sent; elsewhere there are no lines.
    return {**found, "line": int(refusal.params["line"])} if "line" in refusal.params else found
