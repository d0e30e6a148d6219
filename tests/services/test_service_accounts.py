"""Accounts and sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Caregiver, Stranger
from taper_app.domain.errors import Forbidden, Invalid, InvalidMany, Refusal
from taper_app.services import accounts, passwords, share_door, shares
from taper_app.services.errors import (
    InviteNeeded,
    LoginTaken,
    NotSignedIn,
    RecoveryFailed,
    SessionMissing,
    SignInFailed,
    SignUpClosed,
    WrongPassword,
)  # fmt: skip
from tests.services.world import NOW, PASSWORD, active_plan, asking, counts, flare, record, sign_up

DAY = timedelta(days=1)


def test_sign_up_signs_in() -> None:
    """A new account is signed in, and its recovery code is long."""
    ana = sign_up()
    with asking() as (session, now):
        assert accounts.authenticate(session, ana.token, now) == ana.actor
        assert accounts.get_account(session, ana.actor).login == "ana"
    assert len(ana.recovery_code.replace("-", "")) == 30


def test_logins_differ_by_more_than_case() -> None:
    """ "ANA" is taken once "ana" is there."""
    sign_up("ana")
    with pytest.raises(LoginTaken):
        sign_up("  ANA ")


def test_everything_wrong_is_named_at_once() -> None:
    """A sign-up with four mistakes names all four fields, and keeps nothing."""
    with pytest.raises(InvalidMany) as found, session_scope() as session:
        accounts.create_account(session, login="", password="short", display_name=None, zone="Mars/Olympus", now=NOW)
    assert [error.field for error in found.value.errors] == ["login", "password", "display_name", "zone"]
    assert set(counts().values()) == {0}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("fourteen chars", "password_too_short"),
        ("x y" * 43, "password_too_long"),
        ("aaaaaaaaaaaaaaaaaa", "password_repeats"),
        ("abcabcabcabcabcabc", "password_repeats"),
        ("passwordpassword", "password_repeats"),
        ("Password12345678", "password_common"),
        ("123456789012345", "password_common"),
        ("qwertyuiopasdfgh", "password_common"),
        ("i love you ! 123456", "password_common"),
        ("anastasia.miller1", "password_is_login"),
        ("\ud800" * 20, "control_character"),
        (None, "missing"),
        (17, "wrong_type"),
    ],
)
@pytest.mark.promise(4)
def test_easy_passwords_are_refused_by_name(password: object, code: str) -> None:
    """Each kind of bad password has its own code."""
    with pytest.raises(Invalid) as found:
        passwords.check_password(password, "anastasia.miller1")
    assert (found.value.code, found.value.field) == (code, "password")


@pytest.mark.parametrize("password", ["x" + "yz1" * 5 + "!", "ein langer grüner Satz", "8f3kd9s0wmzq1xv"])
def test_other_passwords_pass(password: str) -> None:
    """A password of 15 characters and more that is none of these passes."""
    assert passwords.check_password(password, "ana") == password


@pytest.mark.parametrize(("length", "good"), [(14, False), (15, True), (128, True), (129, False)])
def test_a_password_has_15_to_128_characters(length: int, good: bool) -> None:
    """The ends of the range themselves are in it, whatever alphabet they are typed in."""
    password = " ".join(f"wörd{n}λ" for n in range(40))[:length]
    if good:
        assert passwords.check_password(password, "ana") == password
        return
    with pytest.raises(Invalid, match="password_too"):
        passwords.check_password(password, "ana")


@pytest.mark.promise(2, 4)
def test_only_hashes_are_kept() -> None:
    """Neither password, token nor recovery code stands in any table."""
    from sqlalchemy import text

    from taper_app.data.engine import database

    ana = sign_up()
    with database().reader.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM account")).all())
        kept += str(connection.execute(text("SELECT * FROM login_session")).all())
    assert "$argon2id$" in kept
    for secret in (PASSWORD, ana.token, ana.recovery_code, ana.recovery_code.replace("-", "")):
        assert secret not in kept


@pytest.mark.promise(7)
def test_views_do_not_show_secrets_when_printed() -> None:
    """A token never reaches a log by way of a repr."""
    with asking() as (session, now):
        made = accounts.create_account(session, login="a", password=PASSWORD, display_name="A", zone="UTC", now=now)
    assert made.token not in repr(made)
    assert made.recovery_code not in repr(made)


@pytest.mark.promise(2)
def test_sign_in_gives_a_new_session() -> None:
    """Each sign-in has its own token."""
    ana = sign_up()
    with asking() as (session, now):
        one = accounts.sign_in(session, login="Ana", password=PASSWORD, now=now)
        two = accounts.sign_in(session, login="ana ", password=PASSWORD, now=now)
    assert len({one.token, two.token, ana.token}) == 3


@pytest.mark.parametrize(("login", "password"), [("ana", "not this one at all"), ("bea", PASSWORD), ("ana\0", "x"), ("\ud800", "x")])
@pytest.mark.promise(5)
def test_wrong_sign_ins_look_the_same(login: str, password: str) -> None:
    """A wrong password and an unknown login are one refusal."""
    sign_up()
    with pytest.raises(SignInFailed) as found, asking() as (session, now):
        accounts.sign_in(session, login=login, password=password, now=now)
    assert (found.value.code, found.value.field) == ("wrong_sign_in", None)


@pytest.mark.promise(3)
def test_unused_sessions_end() -> None:
    """A session ends after 30 days without use; use keeps it alive."""
    ana = sign_up()
    with session_scope() as session:
        assert accounts.authenticate(session, ana.token, NOW + 29 * DAY) is not None
    with session_scope() as session:
        assert accounts.authenticate(session, ana.token, NOW + 58 * DAY) is not None
    with session_scope() as session:
        assert accounts.authenticate(session, ana.token, NOW + 89 * DAY) is None


@pytest.mark.promise(3)
def test_no_session_lasts_for_ever() -> None:
    """A session in daily use ends after 180 days."""
    ana = sign_up()
    for day in range(10, 181, 10):
        with session_scope() as session:
            assert accounts.authenticate(session, ana.token, NOW + day * DAY) is not None, day
    with session_scope() as session:
        assert accounts.authenticate(session, ana.token, NOW + 181 * DAY) is None


def test_reading_keeps_a_session_alive_too() -> None:
    """Use is noted also by a transaction that only reads."""
    ana = sign_up()
    with session_scope(write=False) as session:
        assert accounts.authenticate(session, ana.token, NOW + 20 * DAY) is not None
    with session_scope(write=False) as session:
        assert accounts.authenticate(session, ana.token, NOW + 45 * DAY) is not None


def test_sessions_are_listed_and_ended() -> None:
    """Another browser can be signed out; a stranger's session is not there."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with asking() as (session, now):
        other = accounts.sign_in(session, login="ana", password=PASSWORD, now=now, label="Firefox, Linux")
        found = accounts.list_sessions(session, ana.actor, now, ana.token)
        assert {(one.label, one.current) for one in found} == {("Firefox, Linux", False), ("", True)}
        with pytest.raises(SessionMissing):
            accounts.end_session(session, bea.actor, other.session_id)
        accounts.end_session(session, ana.actor, other.session_id)
        assert accounts.authenticate(session, other.token, now) is None
        assert accounts.authenticate(session, ana.token, now) is not None


def test_sign_out_everywhere() -> None:
    """Every session of the account ends, and nobody else's."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with asking() as (session, now):
        accounts.end_all_sessions(session, ana.actor, now)
        assert accounts.authenticate(session, ana.token, now) is None
        assert accounts.authenticate(session, bea.token, now) is not None


def test_recovery_sets_password_and_code() -> None:
    """The code works once: it sets a new password, ends every session and gives a new code."""
    ana = sign_up()
    typed = ana.recovery_code.lower().replace("-", " ")
    with asking() as (session, now):
        made = accounts.recover_with_code(session, login="ana", recovery_code=typed, new_password="another row of words", now=now)
        assert accounts.authenticate(session, ana.token, now) is None
        assert accounts.sign_in(session, login="ana", password="another row of words", now=now)
        for code in (ana.recovery_code, "", "no code", None):
            with pytest.raises(Refusal):
                accounts.recover_with_code(session, login="ana", recovery_code=code, new_password=PASSWORD, now=now)
        with pytest.raises(RecoveryFailed):
            accounts.recover_with_code(session, login="bea", recovery_code=made.recovery_code, new_password=PASSWORD, now=now)
        with pytest.raises(SignInFailed):
            accounts.sign_in(session, login="ana", password=PASSWORD, now=now)


def test_closed_and_invited_sign_up() -> None:
    """A closed server takes nobody; an inviting one takes each code once."""
    with pytest.raises(SignUpClosed):
        sign_up("ana", signup="closed")
    with pytest.raises(InviteNeeded):
        sign_up("ana", signup="invite")
    with asking() as (session, now):
        code = accounts.invite(session, now)
    sign_up("ana", signup="invite", invite_code=code)
    with pytest.raises(InviteNeeded):
        sign_up("bea", signup="invite", invite_code=code)


def test_who_is_not_invited_hears_of_no_login() -> None:
    """Where an invitation is needed a taken login looks like a free one to whoever has none; and an invitation outlives that mistake."""
    sign_up("ana")
    with asking() as (session, now):
        code = accounts.invite(session, now)
    for login in ("ana", "bea"):
        for wrong in (None, "", "no code"):
            with pytest.raises(InviteNeeded) as found:
                sign_up(login, signup="invite", invite_code=wrong)
            assert found.value.field == "invite"
    with pytest.raises(LoginTaken):
        sign_up("ana", signup="invite", invite_code=code)
    sign_up("bea", signup="invite", invite_code=code)


def test_settings_change_what_is_named() -> None:
    """Only the named settings change, and a refusal changes none."""
    ana = sign_up()
    with asking() as (session, now):
        people = [{"name": "Sam", "phone": "555 0100"}, {"name": "", "phone": None}]
        view = accounts.change_settings(session, ana.actor, {"people": people, "after_hours": "555 0111"}, now)
        assert [one.name for one in view.people] == ["Sam"]
        assert (view.after_hours, view.zone) == ("555 0111", "America/New_York")
        with pytest.raises(InvalidMany) as found:
            accounts.change_settings(session, ana.actor, {"display_name": "X", "zone": "Nowhere", "wrong": 1}, now)
        assert {error.code for error in found.value.errors} == {"unknown_zone", "unknown_key"}
        assert accounts.get_account(session, ana.actor).display_name == "Ana"


@pytest.mark.promise(15)
def test_deletion_takes_everything() -> None:
    """Nothing of a deleted account stays in any table; another account stays whole."""
    ana, bea = sign_up("ana"), sign_up("bea")
    active_plan(ana), active_plan(bea)
    record(ana, flare(1)), record(bea, flare(2))
    with asking() as (session, now):
        made = shares.create_share(session, ana.actor, {"label": "Sam"}, now)
        opened = share_door.open_share(session, made.token, now)
    with asking() as (session, now):
        with pytest.raises(WrongPassword):
            accounts.delete_account(session, ana.actor, now, password="not this one")
        accounts.delete_account(session, ana.actor, now, password=PASSWORD)
    with asking() as (session, now):
        assert accounts.authenticate(session, ana.token, now) is None
        assert share_door.authenticate_share(session, opened.token, now) is None
        with pytest.raises(NotSignedIn):
            accounts.get_account(session, ana.actor)
    left = counts()
    assert {left[name] for name in ("account", "login_session", "plan", "plan_event", "entry")} == {1}
    assert {left[name] for name in ("share", "share_opening", "share_view")} == {0}


def test_strangers_and_caregivers_own_nothing() -> None:
    """A stranger has to sign in, and a caregiver is refused."""
    ana = sign_up()
    with asking() as (session, now):
        with pytest.raises(NotSignedIn):
            accounts.get_account(session, Stranger())
        with pytest.raises(Forbidden):
            accounts.change_settings(session, Caregiver("s", ana.id, frozenset({"plan"})), {}, now)
