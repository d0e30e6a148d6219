"""Deleting everything, as a plain form: the password is asked again, and never travels over the socket."""

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from taper_app.api.body import Form
from taper_app.api.context import clear_session, patient
from taper_app.api.pages import LANG, page, words
from taper_app.api.proving import slowed
from taper_app.domain.errors import Invalid
from taper_app.services.accounts import delete_account
from taper_app.services.errors import NotSignedIn
from taper_app.services.proving import check_own_password
from taper_app.services.words import refusal_words

router = APIRouter(prefix="/auth")


@router.get("/delete")
def delete_form(request: Request) -> Response:
    """What deleting means, and the password."""
    try:
        with patient(request):
            return _form("")
    except NotSignedIn:
        return RedirectResponse("/auth/sign-in", 303)


@router.post("/delete")
async def post_delete(request: Request, form: Form) -> Response:
    """Delete the account and everything of it."""
    try:
        async with slowed(request):
            account_id = await run_in_threadpool(_delete, request, form.get("password", ""))
    except NotSignedIn:
        return RedirectResponse("/auth/sign-in", 303)
    except Invalid as refusal:
        return _form(refusal_words(LANG, refusal))
    response = page("deleted.html")
    clear_session(response, account_id)
    return response


def _delete(request: Request, password: str) -> str:
    with patient(request) as asking:
        # The slow part, while nobody's writes wait for it.
        check_own_password(asking.session, asking.actor, password)
    with patient(request, write=True) as second:
        delete_account(second.session, second.actor, second.now)
        return second.actor.account_id


def _form(error: str) -> Response:
    errors = {"password": error} if error else {}
    summary = [{"id": "password", "message": error}] if error else []
    return page("delete.html", 422 if error else 200, errors=errors, summary=summary, title=words("auth.delete.title"))
