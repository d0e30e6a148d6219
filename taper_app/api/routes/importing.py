"""Data that comes in: whole files, read while they stream, judged outside a transaction, kept in one."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from taper_app.api import shapes
from taper_app.api.body import file_body, parse_file
from taper_app.api.context import now_of, patient
from taper_app.api.errors import Door
from taper_app.api.schemas import ImportBody, takes, takes_table
from taper_app.services import importing
from taper_app.services.importing_diary import DiarySent, read_diary, receive_diary

router = APIRouter(prefix="/import", tags=["log"])
# Files are large: one at a time of an account is read, and two at a time of all are taken apart.
_sending: set[str] = set()
_taking_apart = threading.Semaphore(2)


@router.post("", status_code=201, openapi_extra=takes(ImportBody))
async def post_import(request: Request) -> dict[str, Any]:
    """Restore an export (all of it or nothing; twice is the same as once), or read a prescription or a pasted plan into drafts."""
    with _one_file(await run_in_threadpool(_account_of, request)):
        raw = await file_body(request)
        return shapes.imported(await run_in_threadpool(_import, request, raw))


@router.post("/diary", status_code=201, openapi_extra=takes_table())
async def post_diary(request: Request) -> dict[str, Any]:
    """Keep a pain diary (CSV) for an hour, until its owner has said what its columns are."""
    with _one_file(await run_in_threadpool(_account_of, request)):
        raw = await file_body(request, table=True)
        return shapes.diary_sent(await run_in_threadpool(_receive, request, raw))


def _account_of(request: Request) -> str:
    """Before a byte of the file is read it is clear whose it is. Raises NotSignedIn."""
    with patient(request) as asking:
        return asking.actor.account_id


@contextmanager
def _one_file(account_id: str) -> Iterator[None]:
    if account_id in _sending:
        raise Door(429, "too_many_requests", retry_after=10)
    _sending.add(account_id)
    try:
        yield
    finally:
        _sending.discard(account_id)


@contextmanager
def _turn() -> Iterator[None]:
    # Not waited for: a thread that waits would be missing for somebody else's call.
    if not _taking_apart.acquire(blocking=False):
        raise Door(503, "unavailable", retry_after=5)
    try:
        yield
    finally:
        _taking_apart.release()


def _import(request: Request, raw: bytes) -> importing.Imported:
    with _turn():
        found = importing.read_import(parse_file(raw), now_of(request))
        with patient(request, write=True) as asking:
            return importing.keep_import(asking.session, asking.actor, found, asking.now)


def _receive(request: Request, raw: bytes) -> DiarySent:
    with _turn():
        # Read once before it is kept, so what is no table is refused here.
        text = read_diary(raw)
        with patient(request, write=True) as asking:
            return receive_diary(asking.session, asking.actor, text, asking.now)
