"""What a page shows once its form is saved: where the entry is now, and the way on."""

from typing import Any

import reflex as rx
from reflex_base.vars.function import FunctionStringVar, FunctionVar

from taper_app.components.words import t


def saved_title(form: Any) -> rx.Var[str]:
    """ "Saved" only once the server says so."""
    return rx.match(
        form.sync,
        ("saved", t("log.saved.saved")),
        ("rejected", t("log.saved.rejected")),
        ("waiting", t("log.saved.waiting")),
        t("log.saved.writing"),
    )


def saved_state(form: Any, *, titled: bool = False) -> rx.Component:
    """The same for the eye and, spoken, for the ear. `titled`: the page's title says it already."""
    return rx.el.p(
        rx.match(
            form.sync,
            ("saved", rx.el.span(t("log.saved.saved"), class_name="hide" if titled else "tag saved")),
            ("rejected", rx.el.span(t("log.saved.rejected_words"), class_name="tag wrong")),
            (
                "waiting",
                rx.fragment(
                    rx.el.span(t("log.saved.waiting"), class_name="hide" if titled else "tag wait"),
                    rx.el.span(" ", t("log.saved.waiting_words"), class_name="soft small"),
                ),
            ),
            rx.fragment(),
        ),
        role="status",
        class_name="settle state",
    )


def focus_main() -> FunctionVar:
    """Put the reading place at the top of what is new on the page."""
    return FunctionStringVar.create("(() => { scrollTo(0, 0); document.getElementById('main')?.focus({ preventScroll: true }); })")
