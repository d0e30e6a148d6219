"""Signing out of this phone: what waits is sent first; what cannot be sent is the person's to decide about."""

from typing import Any

import reflex as rx

from taper_app.components.phases import when_ready
from taper_app.components.shell import door, link, page
from taper_app.components.sync import save_as_file
from taper_app.components.words import t, tn
from taper_app.pwa.store import refresh, store
from taper_app.pwa.store import sign_out as leave


def sign_out() -> rx.Component:
    """The page behind "Sign out"."""
    unsent = store.waiting + store.rejected.length()
    leaving = rx.cond(unsent > 0, _first(unsent), _ask())
    return page(
        t("auth.sign_out.title"),
        # Also without a line and without a plan to show: whoever hands the phone on must be able to leave.
        rx.cond(
            store.phase == "offline",
            leaving,
            when_ready(rx.el.noscript(door(t("auth.sign_out.here"), path="/auth/sign-out", class_name="btn quiet")), leaving),
        ),
        # What waits goes now, if it can.
        rx.el.div(on_mount=refresh()),
        back=("/more", t("more.title")),
        tab="more",
    )


def _ask() -> rx.Component:
    return rx.fragment(
        rx.el.p(t("auth.sign_out.words")),
        _leave(t("auth.sign_out.here"), everywhere=False, class_name="btn gap"),
        _leave(t("auth.sign_out.everywhere"), everywhere=True, class_name="btn quiet"),
        rx.el.p(t("auth.sign_out.hint"), class_name="soft small gap-s"),
        link(t("auth.sign_out.stay"), path="/", class_name="link gap"),
    )


def _first(unsent: Any) -> rx.Component:
    return rx.fragment(
        rx.el.section(
            rx.el.h2(tn("auth.sign_out.unsent", unsent)),
            rx.el.p(tn("auth.sign_out.unsent_words", unsent)),
            link(t("auth.sign_out.stay"), path="/", class_name="btn gap"),
            rx.el.button(t("auth.sign_out.send"), type="button", class_name="btn quiet", on_click=refresh()),
            save_as_file(),
            class_name="sheet pad",
        ),
        rx.el.p(t("auth.sign_out.delete_words"), class_name="soft small gap-l"),
        _leave(tn("auth.sign_out.delete", unsent), everywhere=False, class_name="btn quiet gap"),
    )


def _leave(words: Any, *, everywhere: bool, class_name: str) -> rx.Component:
    return rx.el.button(words, type="button", class_name=class_name, on_click=leave(everywhere=everywhere))
