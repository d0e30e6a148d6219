"""What may arrive over the socket: one look at every message before Reflex or a handler of ours sees it.

A client that holds a socket can send anything. Here an event must name a handler that pages use, bring that handler's own
arguments and no others, each of its kind, and not be large or deep. What the client says about where it is, is cut down to an
address; its cookie, its headers and its token are the handshake's alone. What does not fit is dropped with one line that holds no value.
"""

import inspect
import logging
import traceback
import typing
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

import reflex as rx
from reflex.app import EventNamespace
from reflex_base.registry import RegistrationContext

log = logging.getLogger("taper.socket")

# Characters of a whole event: a pasted plan has 20,000 at most, the form of a step with all its rows some 40,000.
LARGEST = 64 * 1024
# Values of a whole event, names and separators aside.
MOST_VALUES = 12_000
LONGEST_ADDRESS = 2000
# Reflex's own form of a form: arguments, argument, entries, entry, text.
DEEPEST = 6
# The largest whole number that JavaScript counts with.
LARGEST_NUMBER = 2**53
# Reflex wraps a form's fields in this name (reflex_base.utils.form).
FORM = "__reflex_form_data__"
# Socket.IO's own packets of text: connect, disconnect, event, answer. Nothing of ours sends bytes.
_PACKETS = "0123"
_KINDS: dict[Any, type | tuple[type, ...]] = {str: str, int: int, bool: bool, float: (int, float), dict: dict, list: list}
# Reflex offers these to every client, and no page of ours asks for them: a setter by name, and what a page keeps in its browser.
_NEVER = ("setvar", "update_vars_internal")
# A page that broke tells its words, which may be anybody's.
_REPORT = "handle_frontend_exception"


class Unwanted(ValueError):
    """This event is dropped. The reason is one of ours and holds nothing that was sent."""


def sift(data: object) -> dict[str, Any]:
    """The event {name, payload, router_data}, made anew from what was sent. Raises Unwanted."""
    if not isinstance(data, Mapping):
        raise Unwanted("no event")
    left = [LARGEST, MOST_VALUES]
    name = data.get("name")
    if not isinstance(name, str) or len(name) > 300:
        raise Unwanted("no name")
    payload = _clean(data.get("payload") or {}, left, DEEPEST)
    if not isinstance(payload, dict):
        raise Unwanted("no arguments")
    return {"name": name, "payload": _arguments(name, payload), "router_data": _address(data.get("router_data"), left)}


def _clean(value: object, left: list[int], depth: int) -> Any:
    """A copy of plain JSON, of text that can be written down. Raises Unwanted."""
    left[1] -= 1
    if left[1] < 0 or depth < 0:
        raise Unwanted("too many values" if depth >= 0 else "too deep")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value, left)
    if isinstance(value, (int, float)):
        # No number that is none, and no endless one, lies between.
        if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            raise Unwanted("no number")
        return value
    if isinstance(value, list):
        return [_clean(one, left, depth - 1) for one in value]
    if isinstance(value, dict):
        return {_name(key, left): _clean(one, left, depth - 1) for key, one in value.items()}
    raise Unwanted("no JSON")


def _name(value: object, left: list[int]) -> str:
    if not isinstance(value, str):
        raise Unwanted("no JSON")
    return _text(value, left)


def _text(value: str, left: list[int]) -> str:
    left[0] -= len(value)
    if left[0] < 0:
        raise Unwanted("too large")
    # Half of an emoji can be typed, and can be sent to nobody.
    return value.encode("utf-8", "replace").decode()


def _arguments(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """The arguments that the handler takes, each of its kind. Raises Unwanted."""
    registered = RegistrationContext.get().event_handlers.get(name)
    if registered is None or name.rpartition(".")[2] in _NEVER:
        raise Unwanted("unknown handler")
    takes = _takes(registered.handler.fn)
    if not takes.keys() >= payload.keys():
        raise Unwanted("unknown argument")
    if any(needed and argument not in payload for argument, (_, needed) in takes.items()):
        raise Unwanted("missing argument")
    # `vars`: what a State keeps in the browser, by name. No State of ours does.
    return {argument: _of_kind(takes[argument][0], value) for argument, value in payload.items() if argument != "vars"}


@lru_cache(maxsize=1000)
def _takes(handler: Any) -> dict[str, tuple[Any, bool]]:
    """The arguments of a handler after `self`: what kind each is, and whether it has to be there."""
    hints = typing.get_type_hints(handler)
    names = list(inspect.signature(handler).parameters.values())[1:]
    return {one.name: (hints.get(one.name, Any), one.default is inspect.Parameter.empty) for one in names}


def _of_kind(hint: Any, value: Any) -> Any:
    """The value as it is. Raises Unwanted when it is of another kind than the handler says it takes."""
    if typing.get_origin(hint) not in (None, dict, list):
        # "or None": only Reflex's own have it.
        hints = [one for one in typing.get_args(hint) if one is not type(None)]
        return value if value is None or len(hints) != 1 else _of_kind(hints[0], value)
    kind = _KINDS.get(typing.get_origin(hint) or hint)
    if kind is None:
        return value
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Unwanted("wrong kind")
    if isinstance(value, list) and typing.get_args(hint) == (str,) and not all(isinstance(one, str) for one in value):
        raise Unwanted("wrong kind")
    if isinstance(value, dict) and FORM in value:
        entries = value[FORM]
        if len(value) > 1 or not isinstance(entries, list) or not all(_is_entry(one) for one in entries):
            raise Unwanted("no form")
    return value


def _is_entry(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)


def _address(given: object, left: list[int]) -> dict[str, Any]:
    """Where the page is: its path, its address without what stands behind "#", its query. Raises Unwanted."""
    if not isinstance(given, Mapping):
        return {}
    found: dict[str, Any] = {}
    for name in ("pathname", "asPath"):
        value = given.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
            raise Unwanted("no address")
        # A link's secret stands behind the "#": it is no business of a server.
        found[name] = _local(_text(value, left).split("#")[0])
    query = given.get("query")
    if query is not None:
        if not isinstance(query, Mapping) or len(query) > 50:
            raise Unwanted("no address")
        found["query"] = {_name(key, left): _name(value, left) for key, value in query.items()}
    return found


def _local(path: str) -> str:
    """The path, once it is sure that it can be read as one of this app. Raises Unwanted."""
    if not path.startswith("/") or path.startswith("//") or "\\" in path:
        raise Unwanted("no address")
    try:
        parse_qsl(urlsplit(f"http://localhost{path}").query, max_num_fields=50)
    except ValueError:
        raise Unwanted("no address") from None
    return path


class Arriving(EventNamespace):
    """Reflex's namespace behind `sift`."""

    async def trigger_event(self, event: Any, *args: Any) -> Any:
        """Only what Reflex's client sends, with as much of it as belongs to it."""
        sid, rest = args[0], args[1:]
        if event == "event":
            return await self.on_event(sid, rest[0] if len(rest) == 1 else None)
        if event == "client_error":
            return await self.on_client_error(sid)
        if event == "ping":
            return await self.on_ping(sid)
        if event in ("connect", "disconnect"):
            return await super().trigger_event(event, *args)
        return log.warning("a socket event was dropped: unknown")

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """The packet that connects may bring the first event, which `on_event` looks at, and the hash of the page's State tree."""
        given = auth if isinstance(auth, dict) else {}
        schema = given.get("state_schema")
        known = {"state_schema": schema} if isinstance(schema, str) and len(schema) <= 64 else {}
        await super().on_connect(sid, environ, {**known, **({"event": given["event"]} if "event" in given else {})})

    async def on_event(self, sid: str, data: Any) -> None:
        """Hand on what is left of the event."""
        try:
            if sid not in self.sid_to_token:
                raise Unwanted("no tab")
            event = sift(data)
        except Unwanted as reason:
            log.warning("a socket event was dropped: %s", reason)
            return
        if event["name"].rpartition(".")[2] == _REPORT:
            await self.on_client_error(sid)
            return
        await super().on_event(sid, event)

    async def on_client_error(self, sid: str, data: Any = None) -> None:
        """Note that a page broke, a few times a minute at most; the page's own words stay where they are."""
        await super().on_client_error(sid, {"error_type": "page", "message": "a page broke"})


def failed(error: Exception) -> None:
    """A handler has a bug: what kind and where, without what was typed into it, and no message to the browser."""
    steps = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__, -8)]
    log.error("a handler failed: %s at %s", type(error).__name__, " < ".join(reversed(steps)))


def page_failed(_: Exception) -> None:
    """A page broke in somebody's browser."""
    log.warning("a page reported an error")


def guard(app: rx.App) -> rx.App:
    """Put `sift` before everything the app hears over its socket, and keep what people typed out of its log."""
    app.backend_exception_handler = failed
    app.frontend_exception_handler = page_failed
    sio = app.sio
    if sio is None or app.event_namespace is None:
        return app
    arriving = Arriving(app.event_namespace.namespace, app)
    app._event_namespace = arriving
    sio.register_namespace(arriving)

    async def message(eio_sid: str, data: Any) -> None:
        try:
            if not isinstance(data, str) or data[:1] not in _PACKETS:
                _refuse_packet()
            await sio._handle_eio_message(eio_sid, data)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
            log.warning("a socket message was dropped: %s", type(error).__name__)

    sio.eio.on("message", message)
    return app


def _refuse_packet() -> NoReturn:
    raise Unwanted("no packet")
