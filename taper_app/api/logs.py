"""Log lines without secrets."""

import logging
import re


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
