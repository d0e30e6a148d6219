"""What Reflex does with an error that nobody caught: a line in the log without a value; the page is told nothing."""

import logging

import reflex as rx

from taper_app.services.traces import kind_of_report, trace_of

_log = logging.getLogger("taper")


def on_the_server(exception: Exception) -> rx.event.EventSpec | None:
    """A handler failed. Reflex's own would log the error's words, and show a toast that our policy forbids."""
    _log.error("An event failed:\n%s", trace_of(exception))
    return None


def in_the_browser(exception: Exception) -> None:
    """A page failed and said so: anybody can send that, and its words can be what a person typed."""
    _log.error("A page failed: %s", kind_of_report(str(exception)))
