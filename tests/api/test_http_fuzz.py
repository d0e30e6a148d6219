"""What the OpenAPI document lets a program send, and what it does not: nothing answers 5xx, and nobody is told another's words."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, assume, given, seed, settings
from hypothesis import strategies as st
from schemathesis.generation import GenerationMode

from tests.api.phone import ORIGIN, api, phone
from tests.services.canaries import Stocked
from tests.services.world import PASSWORD

EXAMPLES = int(os.environ.get("TAPER_HTTP_EXAMPLES", "12"))
SEED = int(os.environ.get("TAPER_SEED", "20261128"))
ROLES = ("patient", "caregiver", "nobody")
# A stream has no end to wait for: tests/api/test_api_changes.py.
OPERATIONS = {
    f"{one.method.upper()} {one.path}": one
    for one in (found.ok() for found in schemathesis.openapi.from_dict(api.openapi()).get_all_operations())
    if not one.path.endswith("/changes")
}
# After a patient's deletion there is nobody left to ask anything: tests/api/test_api_sessions.py.
CALLS = [(name, role) for name in OPERATIONS for role in ROLES if (name, role) != ("DELETE /api/v1/accounts/me", "patient")]
FORMS = ("/auth/sign-in", "/auth/sign-up", "/auth/recover", "/auth/recovery-code", "/auth/sign-out", "/auth/delete")
NAMES = ("login", "password", "new_password", "recovery_code", "display_name", "zone", "invite", "sure", "next", "kind", "_csrf")
few = settings(
    max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # fmt: skip


class World:
    """Ana, whose share is open somewhere, and Bo, who asks."""

    def __init__(self) -> None:
        self.ana, self.bo = Stocked("ana"), Stocked("bo")
        self.cookies = {"patient": f"taper={self.bo.person.token}", "caregiver": f"taper-share={self.ana.openings['wide']}", "nobody": ""}
        self.ids = [*self.ana.ids.values(), *self.bo.ids.values(), "current", "unknown"]

    def client(self, role: str) -> Any:
        """Who asks."""
        cookie = self.cookies[role]
        return phone(**({"cookie": cookie} if cookie else {}))

    def told(self, role: str, path: str) -> list[str]:
        """Whose words this answer must not hold."""
        shared = path.endswith(("/shared/summary", "/shared/care", "/shared/people"))
        mine = {"patient": self.bo, "caregiver": self.ana if shared else None}.get(role)
        return [one.canary for one in (self.ana, self.bo) if one is not mine]


@pytest.fixture
def world() -> World:
    """Two people with everything."""
    return World()


def send(client: Any, method: str, path: str, **more: Any) -> Any:
    """The answer; what cannot be put into a request at all is left out."""
    try:
        request = client.build_request(method, path, **more)
    except (ValueError, TypeError, UnicodeError):
        assume(False)
    return client.send(request)


def judge(answer: Any, role: str, world: World, path: str, sent: bytes = b"") -> None:
    """No 5xx, no word of another's that was not in what was sent, and errors in the one shape they have."""
    assert answer.status_code < 500, answer.text
    for canary in world.told(role, path):
        assert canary.encode() not in answer.content.replace(sent or b"\0", b"")
    if answer.status_code >= 400 and path.startswith("/api/"):
        assert answer.json()["error"]["code"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("name", "role"), CALLS)
@pytest.mark.promise(13)
def test_no_call_breaks_or_tells(world: World, name: str, role: str) -> None:
    """Every operation of the document, with what fits it and what does not, as a patient, a caregiver and nobody."""
    operation = OPERATIONS[name]
    client = world.client(role)
    declared = set(operation.definition.raw["responses"])

    @seed(SEED)
    @few
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        if mode == GenerationMode.NEGATIVE and not (operation.body or operation.query or operation.path_parameters):
            mode = GenerationMode.POSITIVE
        case = data.draw(operation.as_strategy(generation_mode=mode))
        for one in case.path_parameters or {}:
            if data.draw(st.booleans()):
                case.path_parameters[one] = data.draw(st.sampled_from(world.ids))
        given_ = case.as_transport_kwargs(base_url=ORIGIN)
        more = {key: given_[key] for key in ("json", "params") if key in given_}
        if given_.get("data") is not None:
            more["content"] = given_["data"]
        kind = {"content-type": given_["headers"].get("Content-Type", "application/json")}
        answer = send(client, given_["method"], given_["url"], headers=kind, **more)
        judge(answer, role, world, operation.path)
        assert answer.status_code >= 400 or str(answer.status_code) in declared, (answer.status_code, declared)

    ask()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", FORMS)
@pytest.mark.promise(13)
def test_no_form_breaks_or_tells(world: World, path: str, role: str) -> None:
    """The forms of getting in and out take any fields, and bytes that are no form."""
    client = world.client(role)
    values = st.one_of(st.text(max_size=300), st.sampled_from(["ana", "bo", PASSWORD, "UTC", *world.ids]))
    forms = st.dictionaries(st.sampled_from(NAMES), values, max_size=8)

    @seed(SEED)
    @few
    @given(form=forms, raw=st.one_of(st.none(), st.binary(max_size=300)))
    def ask(form: dict[str, str], raw: bytes | None) -> None:
        kind = {"content-type": "application/x-www-form-urlencoded"}
        more: dict[str, Any] = {"data": form} if raw is None else {"content": raw, "headers": kind}
        judge(send(client, "POST", path, **more), role, world, path)
        judge(send(client, "GET", path, params=form), role, world, path)

    ask()


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_or_tells(world: World, role: str) -> None:
    """The calendar and the share's door take any word in their address."""
    client = world.client(role)
    words = st.one_of(st.text(min_size=1, max_size=100), st.sampled_from([*world.ids, world.bo.person.token]))

    @seed(SEED)
    @settings(few, max_examples=EXAMPLES * 4)
    @given(word=words)
    def ask(word: str) -> None:
        from urllib.parse import quote

        safe = quote(word.encode("utf-8", "replace"), safe="")
        for path in (f"/calendar/{safe}.ics", f"/calendar/{safe}", f"/s?{safe}", f"/s/{safe}", f"/api/v1/{safe}", f"/auth/{safe}"):
            judge(send(client, "GET", path), role, world, path)

    ask()
