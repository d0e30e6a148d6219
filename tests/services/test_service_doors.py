"""Proving again, printed codes, another password, invitations, and what of the doors is over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from taper_app.data.engine import Session, session_scope
from taper_app.domain.access import Caregiver, Patient, Stranger
from taper_app.domain.errors import Forbidden, Invalid
from taper_app.services import accounts, proving, recovery, shares, signing, tidying
from taper_app.services.errors import InviteNeeded, NotSignedIn, ProveAgain, RecoveryFailed, SignInFailed, WrongPassword
from tests.services.world import NOW, PASSWORD, Person, asking, at_once, counts, sign_up

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NEW = "nine new lanterns at dusk"


def prove(person: Person, password: object = PASSWORD, now: datetime = NOW) -> None:
    """Prove a person's session again."""
    with session_scope() as session:
        prove_both(session, person.actor, person.token, password, now)


def prove_both(session: Session, actor: Any, token: str | None, password: object, now: datetime) -> None:
    """Both halves of a proof, as the doors do them one after the other."""
    proving.check_own_password(session, actor, password)
    proving.note_proof(session, actor, token, now)


def is_fresh(token: str, now: datetime) -> bool:
    """Whether a session may do what matters most at this moment."""
    with session_scope() as session:
        return proving.is_fresh(session, token, now)


def test_a_proof_lasts_ten_minutes_in_its_own_session() -> None:
    """Signing in is a proof, the password is another, and neither helps a second browser or outlasts ten minutes."""
    ana = sign_up()
    with asking() as (session, now):
        other = accounts.sign_in(session, login="ana", password=PASSWORD, now=now).token
    assert is_fresh(ana.token, NOW + 10 * MINUTE)
    assert not is_fresh(ana.token, NOW + 11 * MINUTE)
    prove(ana, now=NOW + 30 * MINUTE)
    assert is_fresh(ana.token, NOW + 39 * MINUTE)
    assert not is_fresh(other, NOW + 39 * MINUTE)
    assert not is_fresh(ana.token, NOW + 29 * MINUTE), "a clock set back proves nothing"


def test_a_wrong_proof_is_none() -> None:
    """A wrong password, a blank, and what is no password prove nothing; nor does a session that is over or another's."""
    ana, bea = sign_up("ana"), sign_up("bea")
    later = NOW + 60 * MINUTE
    for typed, kind in (("not this one at all", WrongPassword), ("", Invalid), (None, Invalid), (7, Invalid), (["x"], Invalid)):
        with pytest.raises(kind):
            prove(ana, typed, later)
    with pytest.raises(NotSignedIn), session_scope() as session:
        prove_both(session, bea.actor, ana.token, PASSWORD, later)
    with pytest.raises(NotSignedIn), session_scope() as session:
        prove_both(session, ana.actor, "no token", PASSWORD, later)
    assert not is_fresh(ana.token, later)


def test_doors_are_the_owners_alone() -> None:
    """A stranger has to sign in and a caregiver is refused, for codes, password and proof."""
    ana = sign_up()
    for actor, kind in ((Stranger(), NotSignedIn), (Caregiver("s", ana.id, frozenset({"plan"})), Forbidden)):
        with asking() as (session, now):
            with pytest.raises(kind):
                recovery.make_codes(session, actor, ana.token, now)
            with pytest.raises(kind):
                recovery.count_codes(session, actor)
            with pytest.raises(kind):
                recovery.change_password(session, actor, ana.token, "x", now)
            with pytest.raises(kind):
                recovery.end_other_sessions(session, actor, ana.token, now)
            with pytest.raises(kind):
                prove_both(session, actor, ana.token, PASSWORD, now)


def test_eight_codes_are_printed_and_end_the_ones_before() -> None:
    """Eight codes of 78 bits, only hashes kept; a new sheet ends the old one, and the code of the sign-up too."""
    ana = sign_up()
    with asking() as (session, now):
        assert recovery.count_codes(session, ana.actor).left == 1, "the one of the sign-up counts"
        first = recovery.make_codes(session, ana.actor, ana.token, now)
        second = recovery.make_codes(session, ana.actor, ana.token, now)
    assert len(set(first + second)) == 16
    assert {len(code.replace("-", "")) for code in second} == {16}
    for code in (ana.recovery_code, *first):
        with pytest.raises(RecoveryFailed), asking() as (session, now):
            accounts.recover_with_code(session, login="ana", recovery_code=code, new_password=NEW, now=now)
    with asking() as (session, now):
        found = recovery.count_codes(session, ana.actor)
        assert (found.left, found.made_at) == (8, NOW)
    with session_scope() as session:
        kept = str(session.connection().exec_driver_sql("SELECT * FROM recovery_code").all())
    assert not [code for code in second if code in kept or code.replace("-", "") in kept]


def test_a_printed_code_opens_once() -> None:
    """Typed small and with spaces it sets a new password, once; the others of the sheet stay good; nobody else's opens."""
    ana = sign_up()
    sign_up("bea")
    with asking() as (session, now):
        codes = recovery.make_codes(session, ana.actor, ana.token, now)
    for code in codes[:2]:
        with asking() as (session, now):
            made = accounts.recover_with_code(
                session, login="ana", recovery_code=code.lower().replace("-", " "), new_password=NEW, now=now
            )
            assert made.recovery_code
        with pytest.raises(RecoveryFailed), asking() as (session, now):
            accounts.recover_with_code(session, login="ana", recovery_code=code, new_password=NEW, now=now)
    with pytest.raises(RecoveryFailed), asking() as (session, now):
        accounts.recover_with_code(session, login="bea", recovery_code=codes[2], new_password=NEW, now=now)
    with asking() as (session, now):
        assert recovery.count_codes(session, ana.actor).left == 7, "six of the sheet, and the new one"


@pytest.mark.parametrize("printed", [True, False])
def test_two_who_use_one_code_at_once(printed: bool) -> None:
    """Of several calls with one code at the same moment exactly one gets in, whether it was printed or of the sign-up."""
    ana = sign_up()
    code = ana.recovery_code
    if printed:
        with asking() as (session, now):
            code = recovery.make_codes(session, ana.actor, ana.token, now)[3]

    def use() -> Any:
        with asking() as (session, now):
            return accounts.recover_with_code(session, login="ana", recovery_code=code, new_password=NEW, now=now)

    found = at_once(5, use)
    assert sum(isinstance(one, RecoveryFailed) for one in found) == 4


def recover_and_print(login: str) -> list[Any]:
    """What came of recovering with a code of a sheet while a new one was made."""
    person = sign_up(login)
    with asking() as (session, now):
        code = recovery.make_codes(session, person.actor, person.token, now)[0]

    def recover() -> str:
        with asking() as (session, now):
            accounts.recover_with_code(session, login=login, recovery_code=code, new_password=NEW, now=now)
        return "recovered"

    def print_more() -> str:
        with asking() as (session, now):
            recovery.make_codes(session, person.actor, person.token, now)
        return "printed"

    left = [recover, print_more]

    def do() -> str:
        return left.pop()()

    return at_once(2, do)


def test_a_code_that_is_used_while_its_sheet_ends() -> None:
    """Recovery and a new sheet at the same moment come one after the other: the second is told what is wrong, and not to try again."""
    for n in range(12):
        found = recover_and_print(f"ana{n}")
        assert len(found) == 2, "neither waited for the other for ever"
        assert sum(one in ("recovered", "printed") for one in found) == 1
        assert sum(isinstance(one, RecoveryFailed | NotSignedIn) for one in found) == 1


@pytest.mark.parametrize("how", ["recovered", "changed", "deleted"])
def test_an_old_password_on_its_way_in_stays_out(how: str) -> None:
    """Held against the old password before it was replaced, a sign-in that ends after that starts no session."""
    ana = sign_up()
    with session_scope(write=False) as session:
        proved = signing.prove(session, login="ana", password=PASSWORD)
    with asking() as (session, now):
        if how == "recovered":
            accounts.recover_with_code(session, login="ana", recovery_code=ana.recovery_code, new_password=NEW, now=now)
        elif how == "changed":
            recovery.change_password(session, ana.actor, ana.token, recovery.new_hash("ana", NEW), now)
        else:
            accounts.delete_account(session, ana.actor, now)
    with pytest.raises(SignInFailed), asking() as (session, now):
        signing.let_in(session, proved, now, "")
    assert counts()["login_session"] == (0 if how == "deleted" else 1)


def test_a_code_that_failed_its_password_is_not_used_up() -> None:
    """A new password that is too easy is refused before the code is spent."""
    ana = sign_up()
    with pytest.raises(Invalid), asking() as (session, now):
        accounts.recover_with_code(session, login="ana", recovery_code=ana.recovery_code, new_password="short", now=now)
    with asking() as (session, now):
        assert accounts.recover_with_code(session, login="ana", recovery_code=ana.recovery_code, new_password=NEW, now=now)


def test_another_password() -> None:
    """The new one signs in and the old one does not; every other browser is signed out; codes stay; easy ones are refused."""
    ana = sign_up()
    with asking() as (session, now):
        other = accounts.sign_in(session, login="ana", password=PASSWORD, now=now).token
        recovery.change_password(session, ana.actor, ana.token, recovery.new_hash("ana", NEW), now)
    with asking() as (session, now):
        assert accounts.authenticate(session, ana.token, now) == ana.actor
        assert accounts.authenticate(session, other, now) is None
        assert signing.prove(session, login="ana", password=NEW).account_id == ana.id
        assert recovery.count_codes(session, ana.actor).left == 1
        with pytest.raises(SignInFailed):
            signing.prove(session, login="ana", password=PASSWORD)
    for easy in ("short", "x" * 200, "passwordpassword1", "", None):
        with pytest.raises(Invalid) as found:
            recovery.new_hash("ana", easy)
        assert found.value.field == "new_password"


def test_what_matters_most_is_refused_to_an_old_session() -> None:
    """Codes and password want a proof in the service itself, whoever calls it."""
    ana = sign_up()
    later = NOW + 11 * MINUTE
    with asking(later) as (session, now):
        for call in (
            lambda: recovery.make_codes(session, ana.actor, ana.token, now),
            lambda: recovery.change_password(session, ana.actor, ana.token, "hash", now),
        ):
            with pytest.raises(ProveAgain):
                call()


def test_every_other_browser_is_signed_out() -> None:
    """Here one stays signed in, and nobody else's session ends."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with asking() as (session, now):
        others = [accounts.sign_in(session, login="ana", password=PASSWORD, now=now).token for _ in range(3)]
        recovery.end_other_sessions(session, ana.actor, ana.token, now)
    with asking() as (session, now):
        assert [accounts.authenticate(session, one, now) for one in others] == [None] * 3
        assert accounts.authenticate(session, ana.token, now) == Patient(ana.id)
        assert accounts.authenticate(session, bea.token, now) == Patient(bea.id)


def sign_out_twice(login: str) -> list[Any]:
    """What came of one browser signing out while another signed it out, and whether it is out."""
    person = sign_up(login)
    with asking() as (session, now):
        other = accounts.sign_in(session, login=login, password=PASSWORD, now=now).token

    def there() -> None:
        with asking() as (session, now):
            accounts.sign_out(session, other, now)

    def here() -> None:
        with asking() as (session, now):
            recovery.end_other_sessions(session, person.actor, person.token, now)

    left = [there, here]

    def do() -> None:
        left.pop()()

    found = at_once(2, do)
    with asking() as (session, now):
        return [*found, accounts.authenticate(session, other, now)]


def test_signing_the_others_out_while_one_of_them_signs_out() -> None:
    """Neither is told to try again, and the other browser is out."""
    for n in range(12):
        assert sign_out_twice(f"ana{n}") == [None, None, None]


def test_one_invitation_makes_one_account_however_many_come_at_once() -> None:
    """Of several sign-ups with one invitation at the same moment one wins and the others are told so."""
    with asking() as (session, now):
        code = accounts.invite(session, now)
    logins = iter([f"p{n}" for n in range(5)])
    found = at_once(5, lambda: sign_up(next(logins), signup="invite", invite_code=code))
    assert sum(isinstance(one, Person) for one in found) == 1
    assert sum(isinstance(one, InviteNeeded) for one in found) == 4
    assert counts()["account"] == 1


def test_the_dates_alone_are_less_than_the_plan() -> None:
    """Who shares the plan shows its dates already: leaving only those is narrower, and the plan for the dates is wider."""
    ana = sign_up()
    with asking() as (session, now):
        for scopes, others, wider in ((["plan"], ["plan_dates"], False), (["plan_dates"], ["plan"], True)):
            made = shares.create_share(session, ana.actor, {"scopes": scopes}, now)
            assert proving.widens(shares.get_share(session, ana.actor, made.share.id, now), {"scopes": others}) is wider


@pytest.mark.parametrize(
    ("body", "wider"),
    [
        ({}, False),
        ({"label": "Aunt"}, False),
        ({"scopes": ["flares"]}, False),
        ({"scopes": []}, False),
        ({"scopes": ["flares", "doses"]}, True),
        ({"scopes": ["flares", "no scope"]}, True),
        ({"scopes": "plan"}, False),
        ({"expires_at": (NOW + DAY).isoformat()}, False),
        ({"expires_at": (NOW + 8 * DAY).isoformat()}, True),
        ({"expires_at": "rubbish"}, False),
        ({"expires_at": None}, False),
        ({"paused": True}, False),
        ({"paused": False}, True),
        ({"paused": True, "scopes": ["plan"]}, True),
        ({"anything": "new"}, True),
        (None, False),
        ([], False),
    ],
)
def test_only_a_wider_share_wants_a_proof(body: Any, wider: bool) -> None:
    """Narrower, shorter and paused never do; whatever is new and unknown does."""
    ana = sign_up()
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {"scopes": ["plan_dates", "flares"]}, now)
        assert proving.widens(shares.get_share(session, ana.actor, made.share.id, now), body) is wider


def test_what_is_over_is_taken_away() -> None:
    """Sessions past their limits leave the database, and those alive stay."""
    ana = sign_up()
    with asking(NOW + 20 * DAY) as (session, now):
        accounts.sign_in(session, login="ana", password=PASSWORD, now=now)
    with asking(NOW + 31 * DAY) as (session, now):
        assert tidying.purge_doors(session, now) == 1
    assert counts()["login_session"] == 1
    with asking(NOW + 31 * DAY) as (session, now):
        assert accounts.authenticate(session, ana.token, now) is None
    with asking(NOW + 300 * DAY) as (session, now):
        tidying.purge_doors(session, now)
    assert counts()["login_session"] == 0
