"""Photos of the paper beside a plan: small, large at a tap, added, taken away. Nothing is read from them."""

from typing import Any

import reflex as rx

from taper_app.components.words import t
from taper_app.pwa.photos import FIELD, add, ask, enlarge, look, photos, remove

# Without "image/*": an iPhone then hands over a JPEG and not a format of its own.
ACCEPT = "image/jpeg,image/png,image/webp"
MOST = 6


def paper(plan_id: Any) -> rx.Component:
    """The section, on the page of a plan or a draft."""
    return rx.el.section(
        rx.el.h2(t("paper.title")),
        rx.el.p(t("paper.lead"), class_name="soft small"),
        rx.cond(
            photos.photos.length() > 0,
            rx.el.ul(rx.foreach(photos.photos, _photo), class_name="photos plain"),
            rx.fragment(),
        ),
        rx.cond(photos.photos.length() < MOST, _add(), rx.el.p(t("paper.full"), class_name="soft small")),
        rx.el.p(
            rx.cond(photos.busy & photos.ready, t("paper.busy"), rx.cond(photos.failed, _why(), "")),
            role="status",
            class_name=rx.cond(photos.failed, "error gap-s", "soft small gap-s"),
        ),
        on_mount=look(plan_id),
    )


def _why() -> Any:
    return rx.cond(photos.words != "", photos.words, t("paper.failed"))


def _add() -> rx.Component:
    # The field is there for the keyboard and for screen readers; the label is the button one sees.
    return rx.fragment(
        rx.el.input(id=FIELD, type="file", accept=ACCEPT, class_name="hide pick", on_change=add(), disabled=photos.busy),
        rx.el.label(t("paper.add"), html_for=FIELD, class_name="btn quiet"),
    )


def _photo(photo: Any) -> rx.Component:
    name = t("paper.photo", n=photo.number)
    return rx.el.li(
        rx.el.button(
            rx.el.img(src=photo.src, alt=name, loading="lazy"),
            type="button",
            aria_expanded=rx.cond(photo.large, "true", "false"),
            on_click=enlarge(photo.id),
        ),
        rx.cond(
            photo.asked,
            rx.el.div(
                rx.el.p(t("paper.ask", n=photo.number)),
                rx.el.button(t("paper.yes"), type="button", class_name="btn gap", on_click=remove()),
                rx.el.button(t("paper.keep"), type="button", class_name="btn quiet", on_click=ask("")),
                class_name="note",
            ),
            rx.el.button(
                t("paper.remove"), rx.el.span(" ", name, class_name="hide"), type="button", class_name="link small", on_click=ask(photo.id)
            ),
        ),
        class_name=rx.cond(photo.large | photo.asked, "across", ""),
    )
