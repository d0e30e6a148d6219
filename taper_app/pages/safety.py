"""The safety card and the pages for the hardest moments. Prerendered: they are there signed out and without a script."""

from collections.abc import Callable

import reflex as rx

from taper_app.components import reading
from taper_app.components.quick_exit import leave_calmly, leave_hint, leave_now
from taper_app.components.shell import link, page
from taper_app.components.words import lang, t
from taper_app.content.loader import data, load_page
from taper_app.pwa.store import store

PAGES = {
    "/running-out": "safety/running-out",
    "/very-low": "safety/very-low",
    "/someone-controls-my-medicine": "safety/someone-controls-my-medicine",
    "/after-a-reduction": "safety/after-a-reduction",
    "/naloxone": "safety/naloxone",
}
# Pages that nobody should be caught reading: they have the quick way out.
VERY_LOW, CONTROLLED = "safety/very-low", "safety/someone-controls-my-medicine"
# How many sections of the card stand open at the top: overdose signs, what to do, early signs, 911, care today.
URGENT = 5


def safety() -> rx.Component:
    """Who to call, what an overdose looks like and what to do; then the patient's own details; then more help."""
    card = load_page(lang(), "safety/safety-card")
    sections = reading.sections(card.blocks)
    return page(
        t("safety.title"),
        call_button("emergency", t("safety.call_911")),
        leave_calmly(),
        *[
            rx.el.section(rx.el.h2(title), reading.text(blocks), class_name="urgent")
            for title, blocks in sections[:URGENT]
        ],
        _mine(),
        rx.el.h2(t("safety.know")),
        reading.folded(sections[URGENT:]),
        rx.el.h2(t("safety.more")),
        rx.el.ul(
            _row("/running-out", "running_out"),
            # These replace the page in the browser's history, so that going back does not show them.
            _row("/very-low", "very_low", replace=True),
            _row("/after-a-reduction", "after_a_reduction"),
            _row("/naloxone", "naloxone_page"),
            _row("/someone-controls-my-medicine", "someone_controls_my_medicine", replace=True),
            class_name="sheet plain",
        ),
        rx.el.div(
            call_button("poison", t("safety.call_poison", number=number("poison")), quiet=True),
            call_button("domestic_violence", t("safety.call_dv", number=number("domestic_violence")), quiet=True),
            class_name="gap",
        ),
        reading.sources(card),
        leave_hint(),
    )


def safety_page(slug: str) -> Callable[[], rx.Component]:
    """One of the pages under the safety card, by its slug in `content/`."""

    def build() -> rx.Component:
        found = load_page(lang(), slug)
        return page(
            found.title,
            # Who is controlled needs the way out first; in danger of one's life the number comes first.
            leave_now() if slug == CONTROLLED else rx.fragment(),
            _calls(slug),
            leave_calmly() if slug == VERY_LOW else rx.fragment(),
            rx.el.div(reading.text(found.blocks), class_name="gap"),
            reading.sources(found),
            leave_hint() if slug == VERY_LOW else rx.fragment(),
            back=("/safety", t("safety.title")),
        )

    return build


def number(name: str) -> str:
    """A phone number as it is printed, by its name in `content/data/numbers.toml`."""
    return str(data("numbers")[name]["number"])


def call_button(name: str, words: str, *, quiet: bool = False) -> rx.Component:
    """A number to tap; nothing where the host has none (the texts then say in plain words whom to call)."""
    if not number(name):
        return rx.fragment()
    digits = "".join(c for c in number(name) if c.isdigit() or c == "+")
    return rx.el.a(words, href=f"tel:{digits}", class_name="btn call quiet" if quiet else "btn call")


def _calls(slug: str) -> rx.Component:
    if slug == VERY_LOW:
        return call_button("crisis", t("safety.call_988"))
    if slug == CONTROLLED:
        return call_button("domestic_violence", t("safety.call_dv", number=number("domestic_violence")))
    return rx.fragment()


def _row(path: str, name: str, **props: object) -> rx.Component:
    return rx.el.li(link(rx.el.span(t(f"safety.{name}"), class_name="strong grow"), path=path, class_name="row", **props))


def _mine() -> rx.Component:
    mine = store.safety
    return rx.cond(
        store.ready,
        rx.el.section(
            rx.el.h2(t("safety.mine")),
            rx.el.div(
                rx.el.div(
                    rx.el.div(
                        rx.el.p(t("safety.naloxone"), class_name="strong"),
                        rx.cond(
                            mine.naloxone_place != "",
                            rx.el.p(t("safety.naloxone_at", place=mine.naloxone_place)),
                            rx.el.p(t("safety.naloxone_none"), class_name="soft"),
                        ),
                        rx.cond(
                            mine.naloxone_expires.date != "",
                            rx.el.p(
                                rx.cond(
                                    mine.naloxone_expired,
                                    t("safety.naloxone_old"),
                                    t("safety.naloxone_until", day=mine.naloxone_expires.short),
                                ),
                                class_name="soft small",
                            ),
                            rx.fragment(),
                        ),
                    ),
                    class_name="row",
                ),
                rx.cond(mine.after_hours != "", _phone(t("safety.after_hours"), mine.after_hours), rx.fragment()),
                rx.foreach(mine.people, lambda person: _phone(person.name, person.phone)),
                rx.el.div(link(t("safety.note_it"), path="/people", class_name="link"), class_name="row"),
                class_name="sheet",
            ),
            # While the app is locked the card stays, without what it says of a person.
            class_name="own",
        ),
        rx.fragment(),
    )


def _phone(name: object, phone: rx.Var) -> rx.Component:
    return rx.el.div(
        rx.el.span(name, class_name="strong grow"),
        rx.el.a(phone, href="tel:" + phone.to(str), class_name="take"),
        class_name="row",
    )
