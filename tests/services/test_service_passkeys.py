"""Passkeys, against an authenticator in software that can do everything right, and each thing wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import Caregiver, Stranger
from taper_app.domain.errors import Forbidden, InvalidMany
from taper_app.services import passkeys, tidying
from taper_app.services.errors import (
    NoPasskeysHere,
    NotSignedIn,
    PasskeyFailed,
    PasskeyMissing,
    PasskeyRefused,
    ProveAgain,
    TooManyPasskeys,
)
from taper_app.services.passkeys import Asked, Challenged, Place
from tests.services.authenticator import Authenticator, unb64
from tests.services.test_service_doors import at_once
from tests.services.world import NOW, Person, asking, counts, sign_up

HERE = Place("localhost", "http://localhost:3000")
MINUTE = timedelta(minutes=1)


def take(asked: Asked, purpose: Any, now: datetime = NOW) -> Challenged:
    """The challenge, as the browser that was asked brings it back."""
    with session_scope() as session:
        return passkeys.take_challenge(session, asked.token, purpose, now)


def add(person: Person, phone: Authenticator, name: str = "Phone", **wrong: Any) -> passkeys.PasskeyView:
    """Make a passkey on this phone."""
    with asking() as (session, now):
        asked = passkeys.ask_to_add(session, person.actor, person.token, HERE, now)
    made = phone.make(asked.options, **wrong)
    challenged = take(asked, "add")
    with asking() as (session, now):
        return passkeys.add_passkey(session, person.actor, person.token, challenged, {"name": name, "passkey": made}, HERE, now)


def ask() -> Asked:
    """What a browser is asked before anybody has signed in."""
    with asking() as (session, now):
        return passkeys.ask_to_enter(session, HERE, now)


def enter(phone: Authenticator, asked: Asked | None = None, place: Place = HERE, **wrong: Any) -> str:
    """Answer with this phone; the account it opens."""
    asked = asked or ask()
    answer = phone.answer(asked.options, **wrong)
    challenged = take(asked, "enter")
    with asking() as (session, now):
        return passkeys.enter(session, challenged, answer, place, now)


@pytest.mark.promise(4)
def test_a_passkey_opens_the_account_it_was_made_in() -> None:
    """Made once it opens its own account again and again, without a login; the browser is told to ask for a finger or a face."""
    ana, bea = sign_up("ana"), sign_up("bea")
    hers, other = Authenticator(), Authenticator(counts=False)
    add(ana, hers), add(bea, other)
    assert [enter(hers), enter(hers), enter(other), enter(other)] == [ana.id, ana.id, bea.id, bea.id]
    options = ask().options
    assert (options["userVerification"], options["rpId"], options.get("allowCredentials", [])) == ("required", "localhost", [])
    assert len(unb64(options["challenge"])) >= 32


@pytest.mark.promise(4)
def test_what_a_browser_is_told_to_make() -> None:
    """A key that is found without a login, behind a finger, a face or a code, and not a second one on the same phone."""
    ana = sign_up()
    phone = Authenticator()
    add(ana, phone)
    with asking() as (session, now):
        options = passkeys.ask_to_add(session, ana.actor, ana.token, HERE, now).options
    chosen = options["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert [unb64(one["id"]) for one in options["excludeCredentials"]] == [phone.credential]
    assert options["attestation"] == "none"


def test_a_challenge_is_good_once_in_its_browser_for_five_minutes() -> None:
    """Used, late, from another browser, or for another purpose it is none."""
    ana = sign_up()
    phone = Authenticator()
    add(ana, phone)
    asked = ask()
    assert enter(phone, asked) == ana.id
    late = (ask(), "enter", NOW + 6 * MINUTE)
    for again, purpose, now in ((asked, "enter", NOW), (ask(), "add", NOW), late, (Asked({}, "x"), "enter", NOW)):
        with pytest.raises(PasskeyFailed):
            take(again, purpose, now)
    with pytest.raises(PasskeyFailed):
        passkeys.take_challenge(None, None, "enter", NOW)  # type: ignore[arg-type]  # without a cookie nothing is asked
    # The answer to one challenge is none to another.
    answer, other = phone.answer(ask().options), take(ask(), "enter")
    with pytest.raises(PasskeyRefused), asking() as (session, now):
        passkeys.enter(session, other, answer, HERE, now)


def test_a_challenge_is_taken_by_one_of_many() -> None:
    """Of several answers to one challenge at the same moment one gets it."""
    asked = ask()
    found = at_once(6, lambda: take(asked, "enter"))
    assert sum(isinstance(one, Challenged) for one in found) == 1


def test_answers_that_open_nothing() -> None:
    """Another origin, another host, no finger, a key nobody knows, a signature of another, a count that went back: refused alike."""
    ana = sign_up()
    phone = Authenticator()
    add(ana, phone)
    for wrong in ({"origin": "http://evil.example"}, {"host": "evil.example"}, {"origin": "http://localhost:3001"}):
        with pytest.raises(PasskeyRefused):
            enter(phone, **wrong)
    with pytest.raises(PasskeyRefused):
        enter(Authenticator())
    thief = Authenticator()
    thief.credential, thief.count = phone.credential, 50
    with pytest.raises(PasskeyRefused):
        enter(thief)
    phone.flags &= ~0x04
    with pytest.raises(PasskeyRefused):
        enter(phone)
    phone.flags |= 0x04
    assert enter(phone) == ana.id
    phone.count -= 2
    with pytest.raises(PasskeyRefused):
        enter(phone)


def test_a_copied_key_does_not_open_beside_its_owner() -> None:
    """Two answers with the same count at the same moment, each to a challenge of its own: one opens and the other is refused."""
    ana = sign_up()
    phone = Authenticator()
    add(ana, phone)
    pairs = []
    for _ in range(4):
        asked = ask()
        phone.count = 6
        pairs.append((take(asked, "enter"), phone.answer(asked.options)))
    left = iter(pairs)

    def come() -> str:
        challenged, answer = next(left)
        with asking() as (session, now):
            return passkeys.enter(session, challenged, answer, HERE, now)

    found = at_once(4, come)
    assert sum(one == ana.id for one in found) == 1
    assert sum(isinstance(one, PasskeyRefused) for one in found) == 3


@pytest.mark.parametrize(
    "answer",
    [
        None, 7, "x", [], {}, {"id": 7}, {"id": "x" * 9000}, {"id": "\ud800"}, {"id": "a\0"}, {"id": "KNOWN"},
        {"id": "KNOWN", "rawId": [], "response": {}},
    ],
)  # fmt: skip
def test_what_is_no_answer_opens_nothing(answer: Any) -> None:
    """Whatever a client sends in place of an answer is refused by name."""
    ana = sign_up()
    phone = Authenticator()
    add(ana, phone)
    if isinstance(answer, dict) and answer.get("id") == "KNOWN":
        answer = {**answer, "id": phone.answer(ask().options)["id"]}
    challenged = take(ask(), "enter")
    with pytest.raises(PasskeyRefused), asking() as (session, now):
        passkeys.enter(session, challenged, answer, HERE, now)


def test_passkeys_that_are_not_kept() -> None:
    """Another origin, no finger, somebody else's challenge, one that is there already, and rubbish: nothing is kept."""
    ana, bea = sign_up("ana"), sign_up("bea")
    with pytest.raises(PasskeyFailed):
        add(ana, Authenticator(), origin="http://evil.example")
    with pytest.raises(PasskeyFailed):
        add(ana, Authenticator(verified=False))
    with asking() as (session, now):
        asked = passkeys.ask_to_add(session, bea.actor, bea.token, HERE, now)
    challenged = take(asked, "add")
    made = Authenticator().make(asked.options)
    with pytest.raises(PasskeyFailed), asking() as (session, now):
        passkeys.add_passkey(session, ana.actor, ana.token, challenged, {"passkey": made}, HERE, now)
    for rubbish in (None, 7, "x", {}, {"id": "x"}, {**made, "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}):
        with pytest.raises(PasskeyFailed), asking() as (session, now):
            passkeys.add_passkey(session, bea.actor, bea.token, challenged, {"passkey": rubbish}, HERE, now)
    with pytest.raises(InvalidMany), asking() as (session, now):
        passkeys.add_passkey(session, bea.actor, bea.token, challenged, {"passkey": made, "name": "x" * 61}, HERE, now)
    assert counts()["passkey"] == 0
    phone = Authenticator()
    add(ana, phone)
    with pytest.raises(PasskeyFailed):
        add(bea, phone)


def test_passkeys_are_listed_named_and_taken_away() -> None:
    """Each has a name and when it was used; taken away it opens nothing; nobody else's is there."""
    ana, bea = sign_up("ana"), sign_up("bea")
    phone = Authenticator()
    made = add(ana, phone)
    enter(phone)
    with asking() as (session, now):
        assert passkeys.rename_passkey(session, ana.actor, made.id, {"name": "Old phone"}, now).name == "Old phone"
        (found,) = passkeys.list_passkeys(session, ana.actor)
        assert (found.name, found.last_used_at) == ("Old phone", NOW)
        assert passkeys.list_passkeys(session, bea.actor) == []
        for call in (
            lambda: passkeys.rename_passkey(session, bea.actor, made.id, {"name": "x"}, now),
            lambda: passkeys.remove_passkey(session, bea.actor, bea.token, made.id, now),
        ):
            with pytest.raises(PasskeyMissing):
                call()
        with pytest.raises(InvalidMany):
            passkeys.rename_passkey(session, ana.actor, made.id, {"name": ""}, now)
        passkeys.remove_passkey(session, ana.actor, ana.token, made.id, now)
    with pytest.raises(PasskeyRefused):
        enter(phone)


def test_passkeys_are_the_owners_who_proved_it() -> None:
    """Strangers and caregivers reach none; an old session proves itself before one is made or taken away."""
    ana = sign_up()
    made = add(ana, Authenticator())
    later = NOW + 11 * MINUTE
    for actor, kind in ((Stranger(), NotSignedIn), (Caregiver("s", ana.id, frozenset({"plan"})), Forbidden), (ana.actor, ProveAgain)):
        with asking(later) as (session, now):
            with pytest.raises(kind):
                passkeys.ask_to_add(session, actor, ana.token, HERE, now)
            with pytest.raises(kind):
                passkeys.remove_passkey(session, actor, ana.token, made.id, now)
            if kind is not ProveAgain:
                with pytest.raises(kind):
                    passkeys.list_passkeys(session, actor)
                with pytest.raises(kind):
                    passkeys.rename_passkey(session, actor, made.id, {"name": "x"}, now)


def test_where_there_can_be_none() -> None:
    """At an address of figures nothing is asked; and twenty are enough."""
    ana = sign_up()
    nowhere = Place("", "http://192.168.1.5:3000")
    with asking() as (session, now):
        with pytest.raises(NoPasskeysHere):
            passkeys.ask_to_add(session, ana.actor, ana.token, nowhere, now)
        with pytest.raises(NoPasskeysHere):
            passkeys.ask_to_enter(session, nowhere, now)
    for _ in range(passkeys.MOST):
        add(ana, Authenticator())
    with pytest.raises(TooManyPasskeys):
        add(ana, Authenticator())


def test_challenges_nobody_answered_are_taken_away() -> None:
    """After five minutes they leave the database; deleting an account takes its own at once."""
    ask(), ask()
    with asking(NOW + 6 * MINUTE) as (session, now):
        assert tidying.purge_doors(session, now) == 2
    assert counts()["passkey_challenge"] == 0


def test_a_phone_that_has_counted_very_far_signs_in() -> None:
    """A count takes 32 bits; no database falls over one that uses the last of them."""
    ana, phone = sign_up(), Authenticator()
    phone.count = 2**31 - 1
    add(ana, phone)
    assert [enter(phone), enter(phone)] == [ana.id, ana.id]
    phone.count = 2**32 - 2
    assert enter(phone) == ana.id
