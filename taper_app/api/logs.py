"""Log lines without secrets."""

import logging
import re
from typing import Any

from taper_app.services.traces import trace_of

# They write into their warnings what a client sent them: an event with all its arguments and the headers of its handshake.
_REPEAT = ("reflex.app", "reflex.state", "reflex.istate", "reflex_base.event", "engineio", "socketio")


def hide_values_from_logs() -> None:
    """An error that is logged keeps its kind and its trace, and loses its words: they can be what a person typed.

    Of what says what a client sent, only the place in its code stays.
    """
    make = logging.getLogRecordFactory()
    if getattr(make, "hides_values", False):
        return

    def record(*args: Any, **named: Any) -> logging.LogRecord:
        made = make(*args, **named)
        if made.exc_info and made.exc_info[1] is not None:
            # Formatters take the text that is there.
            made.exc_text, made.exc_info = trace_of(made.exc_info[1]), None
        if made.levelno >= logging.WARNING and any(made.name == one or made.name.startswith(f"{one}.") for one in _REPEAT):
            made.msg, made.args = f"{made.name} warns at its line {made.lineno}", None
        return made

    record.hides_values = True  # type: ignore[attr-defined]  # so that it is put in once
    logging.setLogRecordFactory(record)


def hide_cookies_from_logs() -> None:
    """Reflex logs an unknown event with its headers: the cookie in them is taken out."""
    for name in ("", "reflex", "reflex.app", "engineio", "socketio", "engineio.server", "socketio.server"):
        for handler in logging.getLogger(name).handlers:
            if not any(isinstance(one, _NoCookies) for one in handler.filters):
                handler.addFilter(_NoCookies())


class _NoCookies(logging.Filter):
    _COOKIE = re.compile(r"((?:__Host-)?taper(?:-share)?=)[^;,'\"\s]+")

    def filter(self, record: logging.LogRecord) -> bool:
        """Always True: the line stays, without the secret."""
        message = record.getMessage()
        if "taper" in message:
            record.msg, record.args = self._COOKIE.sub(r"\1...", message), None
        return True
