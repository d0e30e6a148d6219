"""What may arrive over the socket, case by case; tests/states/test_socket_fuzz.py sends thousands by chance."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
import reflex as rx

from taper_app.states.arriving import LARGEST, Unwanted, failed, sift
from tests.services import world
from tests.states.phone import sign_up
from tests.states.sockets import build, event_of, heard, open_line

NOW = world.NOW
STATE = "reflex___state____state"
SAVE = f"{STATE}.taper_app___states___people____people_state.save"
DRAW = f"{STATE}.taper_app___states___lens____lens_state.draw"
TICK = f"{STATE}.taper_app___states___plan_check____plan_check_state.tick"
HYDRATE = f"{STATE}.hydrate_and_load"


@pytest.fixture(autouse=True)
def _built() -> Any:
    """Every State is registered."""
    app = build()
    with app.set_contexts():
        yield


def deep(levels: int) -> Any:
    """Lists in lists."""
    made: Any = "end"
    for _ in range(levels):
        made = [made]
    return made


def test_what_our_pages_send_passes_unchanged() -> None:
    """A form as Reflex wraps it, a choice, a tick and an address come through as they were."""
    form = {"__reflex_form_data__": [["name_0", "Sam"], ["phone_0", "555 0100"], ["plan_dates", "on"]]}
    assert sift(event_of(SAVE, at="/people", form_data=form))["payload"] == {"form_data": form}
    assert sift(event_of(TICK, line=3, yes=True))["payload"] == {"line": 3, "yes": True}
    assert sift(event_of(DRAW, query={"id": "x"}, name="main"))["router_data"] == {
        "pathname": "/plan", "asPath": "/plan?id=x", "query": {"id": "x"},
    }  # fmt: skip


def test_a_pasted_plan_of_the_longest_kind_passes() -> None:
    """20,000 characters are one plan, in any script."""
    save = f"{STATE}.taper_app___states___plan_paste____plan_paste_state.save"
    assert len(sift(event_of(save, form_data={"text": "é" * 20_000}))["payload"]["form_data"]["text"]) == 20_000


@pytest.mark.parametrize(
    "data",
    [
        None, 7, "event", [], {}, {"name": 7}, {"name": "x" * 400}, {"name": "load"}, {"name": f"{STATE}.nothing"},
        {"name": f"{STATE}.setvar", "payload": {"var_name": "x", "value": 1}},
        {"name": f"{STATE}.reflex___state____update_vars_internal_state.update_vars_internal", "payload": {"vars": {}}},
        {"name": SAVE.replace("save", "_show"), "payload": {}},
        {"name": SAVE, "payload": []}, {"name": SAVE, "payload": {}}, {"name": SAVE, "payload": {"form_data": "x"}},
        {"name": SAVE, "payload": {"form_data": {}, "self": 1}}, {"name": SAVE, "payload": {"form_data": {"x": deep(10)}}},
        {"name": SAVE, "payload": {"form_data": {"x": "y" * (LARGEST + 1)}}},
        {"name": SAVE, "payload": {"form_data": {str(n): "" for n in range(20_000)}}},
        {"name": SAVE, "payload": {"form_data": {"__reflex_form_data__": "x"}}},
        {"name": SAVE, "payload": {"form_data": {"__reflex_form_data__": [["a"]]}}},
        {"name": SAVE, "payload": {"form_data": {"__reflex_form_data__": [], "b": 1}}},
        {"name": TICK, "payload": {"line": True, "yes": True}}, {"name": TICK, "payload": {"line": "3", "yes": True}},
        {"name": TICK, "payload": {"line": 1, "yes": 1}}, {"name": TICK, "payload": {"line": float("nan"), "yes": True}},
        {"name": TICK, "payload": {"line": 10**400, "yes": True}}, {"name": DRAW, "payload": {"name": b"main"}},
        {"name": DRAW, "payload": {"name": "main"}, "router_data": {"asPath": "//evil.example"}},
        {"name": DRAW, "payload": {"name": "main"}, "router_data": {"asPath": "http://evil.example"}},
        {"name": DRAW, "payload": {"name": "main"}, "router_data": {"pathname": 7}},
        {"name": DRAW, "payload": {"name": "main"}, "router_data": {"asPath": "/" * 3000}},
        {"name": DRAW, "payload": {"name": "main"}, "router_data": {"query": {"id": ["x"]}}},
        {"name": HYDRATE, "payload": {"hashes": [7]}},
    ],
)  # fmt: skip
def test_everything_else_is_dropped(data: Any) -> None:
    """A wrong name, kind, size, depth or address, an argument too many or too few: it is no event."""
    with pytest.raises(Unwanted):
        sift(data)


def test_only_the_handshake_says_who_asks() -> None:
    """Cookies, headers, tokens and addresses in a client's event are not in what is handed on; nor is what stands behind "#"."""
    forged = {
        "pathname": "/plan", "asPath": "/plan?id=1#SECRET", "headers": {"cookie": "taper=stolen"}, "token": "t", "ip": "6.6.6.6",
    }  # fmt: skip
    found = sift({"name": DRAW, "payload": {"name": "main"}, "router_data": forged, "token": "x", "substates": ["y"]})
    assert found == {"name": DRAW, "payload": {"name": "main"}, "router_data": {"pathname": "/plan", "asPath": "/plan?id=1"}}


def test_half_an_emoji_is_written_as_a_question_mark() -> None:
    """Text that cannot be written down as UTF-8 does not go further as it is."""
    found = sift(event_of(SAVE, form_data={"name_0": "a\ud83d"}))
    assert found["payload"]["form_data"]["name_0"] == "a?"


def test_no_state_keeps_anything_in_the_browser() -> None:
    """That is why `vars`, by which a client sets such values, is left out of every event."""

    def states(of: type[rx.State]) -> list[type[rx.State]]:
        return [of, *(deeper for one in of.get_substates() for deeper in states(one))]

    kept = [(one, name) for one in states(rx.State) for name in one.base_vars if one._is_client_storage(name)]
    assert kept == []
    assert sift(event_of(HYDRATE, vars={"x": 1}, hashes=[]))["payload"] == {"hashes": []}


def test_a_line_in_the_log_holds_nothing_that_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    """A failing handler is logged with its kind and place, not with its words, and the browser gets no message."""
    try:
        int("canary oxycodone")
    except ValueError as error:
        with caplog.at_level(logging.ERROR):
            failed(error)
    assert "a handler failed: ValueError at test_arriving.py" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.usefixtures("database", "clock")
def test_other_socket_events_and_reports_of_pages_say_nothing() -> None:
    """An unknown kind of event is dropped; a page that broke is noted a few times, without the page's words."""

    async def story() -> None:
        async with open_line() as line:
            tab = await line.tab(f"taper={sign_up(NOW)}")
            for event in ("on_event", "__init__", "", "emit", 7, None):
                await tab.say({"x": "canary"}, event)
            for _ in range(50):
                await tab.say({"error_type": "canary", "message": "canary"}, "client_error")
            report = f"{STATE}.reflex___state____frontend_event_exception_state.handle_frontend_exception"
            await tab.say(event_of(report, info="canary TypeError: Cannot read properties of null", component_stack="canary"))
            await line.done()
            assert "canary" not in "".join(tab.sent)

    with heard() as log:
        asyncio.run(story())
    lines = [text for _, text in log.lines]
    assert not [one for one in lines if "canary" in one]
    assert 1 <= lines.count("a page reported an error") <= 6
