"""Pages to read: options, Learn, and what the app is for. All text comes from `content/`."""

from collections.abc import Callable

import reflex as rx

from taper_app.components import reading
from taper_app.components.panels import nav_list, nav_row
from taper_app.components.quick_exit import leave_calmly, leave_hint
from taper_app.components.shell import page
from taper_app.components.tried import tried_form, tried_line
from taper_app.components.words import lang, t
from taper_app.content.loader import Page, list_pages, load_page
from taper_app.pwa.store import ask, store

# Pages about who sees what: whoever is watched can leave them at once.
QUIETLY = ("help/before-you-share", "help/privacy")


def options() -> rx.Component:
    """The ten options, and how often each was tried."""
    return page(
        t("options.title"),
        rx.el.p(t("options.lead"), class_name="soft"),
        rx.el.ul(
            *[
                nav_row(f"/options/{_name(option)}", option.title, tried_line(_name(option), option.summary))
                for option in list_pages(lang(), "options")
            ],
            class_name="sheet plain gap",
        ),
        over=t("more.title"),
        tab="more",
    )


def option_page(slug: str) -> Callable[[], rx.Component]:
    """The page of one option, by its slug in `content/`."""

    def build() -> rx.Component:
        option = load_page(lang(), slug)
        return page(
            option.title,
            rx.el.p(option.summary, class_name="large soft"),
            reading.text(option.blocks),
            tried_form(_name(option)),
            reading.sources(option),
            back=("/options", t("options.title")),
            tab="more",
        )

    return build


def learn() -> rx.Component:
    """The list of ideas."""
    return page(
        t("learn.title"),
        rx.el.p(t("learn.lead"), class_name="soft"),
        rx.el.div(
            nav_list(*[nav_row(f"/learn/{_name(idea)}", idea.title, idea.summary) for idea in list_pages(lang(), "learn")]),
            class_name="gap",
        ),
        over=t("more.title"),
        tab="more",
    )


def learn_page(slug: str) -> Callable[[], rx.Component]:
    """One idea, by its slug in `content/`, and the question it leaves for the clinician."""

    def build() -> rx.Component:
        idea = load_page(lang(), slug)
        return page(
            idea.title,
            reading.text(idea.blocks),
            ask_button(idea.question) if idea.question else rx.fragment(),
            reading.sources(idea),
            back=("/learn", t("learn.title")),
            tab="more",
        )

    return build


def help_page(slug: str, under: tuple[str, str] = ("/more", "more.title")) -> Callable[[], rx.Component]:
    """A page about the app itself, by its slug in `content/`; `under`: the path and title key of where it hangs."""

    def build() -> rx.Component:
        about = load_page(lang(), slug)
        text = reading.text(about.blocks)
        parts = (leave_calmly(), text, leave_hint()) if slug in QUIETLY else (text,)
        return page(about.title, *parts, back=(under[0], t(under[1])), tab="more")

    return build


def ask_button(question: str) -> rx.Component:
    """Keep a page's question for the next visit, with one tap."""
    return rx.el.section(
        rx.el.p(question, class_name="note"),
        rx.cond(
            store.phase == "signed_out",
            rx.el.p(t("reading.ask_sign_in"), class_name="soft small"),
            rx.cond(
                store.asked.contains(question),
                rx.el.p(t("reading.asked"), class_name="tag saved", role="status"),
                rx.el.button(t("reading.ask"), type="button", class_name="btn quiet", on_click=ask(question)),
            ),
        ),
        class_name="gap-l",
    )


def _name(found: Page) -> str:
    return found.slug.rsplit("/", 1)[-1]
