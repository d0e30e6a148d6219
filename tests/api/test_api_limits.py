"""How much one address, session, share and link may ask; SECURITY.md rows 5 and 13."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter

from taper_app.api import limits
from taper_app.api.counting import counts
from tests.api.phone import caregiver, phone, signed_up


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test reaches."""
    for name in ("PER_SESSION", "PER_SHARE", "PER_LINK"):
        monkeypatch.setattr(limits, name, 5)


def test_no_limit_bites_below_what_one_address_may_ask() -> None:
    """600 calls a minute always pass, whichever limit counts them."""
    assert min(limits.PER_SESSION, limits.PER_SHARE, limits.PER_LINK) >= 600
    ana = signed_up()
    assert {ana.get("/api/v1/sessions").status_code for _ in range(600)} == {200}


def test_one_session_cannot_flood_from_many_addresses(few: None) -> None:
    """The sixth call of one cookie is refused from any address, says when to come again, and harms no other session."""
    ana, ben = signed_up("ana"), signed_up("ben")
    answers = [ana.get("/api/v1/sessions", headers={"x-forwarded-for": f"203.0.113.{n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert (answers[-1].headers["retry-after"], answers[-1].json()["error"]["code"]) == ("10", "too_many_requests")
    assert ben.get("/api/v1/sessions").status_code == 200


def test_one_share_cookie_cannot_flood(few: None) -> None:
    """A caregiver's cookie has a count of its own; the patient's calls go on."""
    ana = signed_up()
    sam, _ = caregiver(ana)
    assert [sam.get("/api/v1/shared/summary").status_code for _ in range(6)] == [200] * 5 + [429]
    assert ana.get("/api/v1/shares").status_code == 200


def test_one_link_cannot_be_opened_without_end(few: None) -> None:
    """The same token, right or wrong, is looked at so many times a minute and no more; another link still opens."""
    ana = signed_up()
    tokens = [ana.post("/api/v1/shares", json={"label": "Sam"}).json()["url"].split("#")[1] for _ in range(2)]
    codes = [phone().post("/api/v1/shares/open", json={"token": tokens[0]}).status_code for _ in range(6)]
    assert codes == [204] * 5 + [429]
    assert phone().post("/api/v1/shares/open", json={"token": tokens[1]}).status_code == 204
    odd = [phone().post("/api/v1/shares/open", json={"token": [{"a": 1}]}).status_code for _ in range(6)]
    assert odd[-1] == 429
    assert set(odd[:5]) <= {404, 422}


def test_no_secret_is_a_name_among_the_counts() -> None:
    """What is counted is named by a hash: the counts may lie in another program's memory."""
    ana = signed_up()
    token = next(one.value for one in ana.cookies.jar if one.name == "taper")
    ana.get("/api/v1/sessions")
    assert token
    assert token not in repr(vars(limits._storage))


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Redis on a free port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert run.stdout is not None
    for line in run.stdout:
        if b"Ready to accept connections" in line:
            break
    yield f"redis://127.0.0.1:{port}"
    run.terminate()
    run.wait()


def test_two_processes_count_together_in_redis(redis: str) -> None:
    """What one process counted the other knows, for both kinds of counting."""
    one, other = counts(redis), counts(redis)
    item = RateLimitItemPerMinute(3)
    for kind in (SlidingWindowCounterRateLimiter, FixedWindowRateLimiter):
        hits = [kind(store).hit(item, kind.__name__, "ana") for store in (one, other, one, other)]
        assert hits == [True, True, True, False]


def test_a_redis_that_is_gone_stops_nobody() -> None:
    """While Redis does not answer, everybody is let in: a limit is no reason to keep a person from their plan."""
    gone = counts("redis://127.0.0.1:1")
    assert SlidingWindowCounterRateLimiter(gone).hit(RateLimitItemPerMinute(1), "call", "ana")
    tries = FixedWindowRateLimiter(gone)
    assert tries.hit(RateLimitItemPerMinute(1), "call", "ana")
    assert tries.get_window_stats(RateLimitItemPerMinute(1), "call", "ana").remaining == 1
