"""The page of what happened with the account."""

from __future__ import annotations

from datetime import UTC, datetime

from taper_app.data import engine
from taper_app.data.repositories import accounts
from taper_app.services.signing import authenticate
from taper_app.states.audit import PAGE, AuditState
from tests.states.phone import Phone, call, sign_up

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_the_trail_is_read_newest_first(phone: Phone) -> None:
    """Fifty lines a page, in words and in the account's own zone; older and newer lead on and back, and no further."""
    with engine.session_scope() as session:
        actor = authenticate(session, phone.token, NOW)
        assert actor is not None
        for _ in range(PAGE):
            accounts.note(session, actor.account_id, "share_made", NOW)
    state = phone.open(AuditState, "/audit")
    assert state.loaded
    assert (len(state.rows), state.has_newer, state.has_older) == (PAGE, False, True)
    assert (state.rows[0].what, state.rows[0].who) == ("A share was made", "You")
    call(state, "newer")
    assert state.rows[0].what == "A share was made"
    call(state, "older")
    call(state, "older")
    assert [one.what for one in state.rows] == ["Signed in", "The account was made"]
    assert (state.has_newer, state.has_older) == (True, False)
    call(state, "newer")
    assert len(state.rows) == PAGE


def test_nobody_reads_the_trail_of_another(phone: Phone) -> None:
    """Without a session, or with one that ended, nothing is shown; two people see their own."""
    for token in ("", "made-up"):
        state = Phone(token).open(AuditState, "/audit")
        assert (state.signed_out, state.loaded, state.rows) == (True, False, [])
    assert len(Phone(sign_up(NOW)).open(AuditState, "/audit").rows) == len(phone.open(AuditState, "/audit").rows) == 2
