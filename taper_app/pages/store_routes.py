"""The addresses of the screens that read the store: (path, page, title, event of a State when it opens: none)."""

from collections.abc import Callable

import reflex as rx

from taper_app.components.history_item import KINDS
from taper_app.pages import after_log, check_in, entry, history, log, peg, shared, sign_out, today

ROUTES: list[tuple[str, Callable[[], rx.Component], str, None]] = [
    ("/", today.today, "today.title", None),
    ("/log", log.log, "log.title", None),
    ("/log/saved", after_log.after_log, "log.saved.saved", None),
    ("/log/more", log.log_more, "log.more.title", None),
    ("/check-in", check_in.check_in, "check_in.title", None),
    ("/peg", peg.peg, "peg.title", None),
    ("/history", history.history, "history.title", None),
    *[(f"/entry/{kind}", entry.entry(kind), f"entry.{kind}", None) for kind in KINDS],
    ("/sign-out", sign_out.sign_out, "auth.sign_out.title", None),
    ("/shared", shared.shared, "shared.page", None),
]
