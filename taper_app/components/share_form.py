"""The pieces of the share pages: what may be seen, how far back, until when, and the link that was made."""

from typing import Any

import reflex as rx

from taper_app.components.device import copy, share_sheet
from taper_app.components.forms import checkbox, field, radios, wrong
from taper_app.components.shell import link
from taper_app.components.words import t
from taper_app.domain.access import DEFAULT_SCOPES, SCOPES
from taper_app.states.share import DAYS


def scope_choices(legend: Any, chosen: Any = DEFAULT_SCOPES, error: Any = "") -> rx.Component:
    """Each scope in words, the chosen ones ticked."""
    return rx.el.fieldset(
        rx.el.legend(legend),
        rx.cond(error != "", rx.el.span(error, class_name="error", id="scopes-error"), rx.fragment())
        if isinstance(error, rx.Var)
        else rx.fragment(),
        *[
            checkbox(
                scope,
                t(f"scopes.{scope}"),
                hint=t(f"scopes.{scope}_hint"),
                checked=chosen.contains(scope) if isinstance(chosen, rx.Var) else scope in chosen,
            )
            for scope in SCOPES
        ],
        class_name="field",
        id="scopes",
    )


def back_choices(chosen: Any = "30_days") -> rx.Component:
    """How far back the log goes."""
    return radios(
        "back",
        t("share.back"),
        [(key, rx.fragment(t(f"share.back_{key}"), rx.el.span(t(f"share.back_{key}_hint"), class_name="hint"))) for key in _BACK],
        value=chosen,
        hint=t("share.back_hint"),
    )


def hour_choice(checked: Any = False) -> rx.Component:
    """Whether the hour of the last entry is told."""
    return checkbox("by_hour", t("share.by_hour"), hint=t("share.by_hour_hint"), checked=checked)


def day_choices(state: Any) -> rx.Component:
    """Until when; a long one wants a tick of its own."""
    return rx.fragment(
        radios("days", t("share.days"), [(str(days), t(f"share.days_{days}")) for days in DAYS], value=str(DAYS[0])),
        rx.cond(wrong(state, "sure") != "", rx.el.p(wrong(state, "sure"), class_name="error", id="sure-error"), rx.fragment()),
        checkbox("sure", t("share.sure"), hint=t("share.sure_hint")),
    )


def made_link(state: Any) -> rx.Component:
    """The link that was just made: to send, to show to a camera, and to look at as they will."""
    return rx.el.section(
        rx.el.h2(t("share.made", label=state.made_label)),
        rx.el.p(t("share.made_hint")),
        rx.el.button(t("share.send"), type="button", class_name="btn", on_click=share_sheet(state.url)),
        rx.el.button(t("share.copy"), type="button", class_name="btn quiet", on_click=copy(state.url)),
        field(t("share.link"), rx.el.input(id="link", value=state.url, read_only=True, class_name="input"), id="link"),
        rx.el.img(src=state.qr, alt=t("share.qr"), class_name="qr"),
        link(t("share.preview", label=state.made_label), path="/shared?as=" + state.made_id, class_name="btn quiet"),
        rx.el.button(t("share.done"), type="button", class_name="btn quiet", on_click=state.put_away),
        class_name="sheet pad gap",
        role="status",
    )


_BACK = ("now", "30_days", "all")
