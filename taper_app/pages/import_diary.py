"""A pain diary that was sent: which column is what, how it reads, and one button that adds all of it."""

from typing import Any

import reflex as rx

from taper_app.components.forms import error_summary, field, wrong
from taper_app.components.panels import signed_in, when_loaded
from taper_app.components.shell import link, page
from taper_app.components.words import t, tn
from taper_app.states.import_diary import Column, DayRow, ImportDiaryState, RowError

FIELDS = ("date", "time", "pain", "sleep", "relief", "mood", "note")


def import_diary() -> rx.Component:
    """Columns first, then the read-back; nothing is added before both."""
    return page(
        t("import_diary.title"),
        signed_in(
            rx.el.span(hidden=True, on_unmount=ImportDiaryState.leave),
            rx.cond(ImportDiaryState.missing, _missing(), when_loaded(ImportDiaryState, _parts(), what="import_diary")),
        ),
        tab="more",
        back=("/import", t("bring.title")),
    )


def _missing() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("import_diary.missing")),
        link(t("import_diary.again"), path="/import", class_name="btn gap"),
        class_name="note",
    )


def _parts() -> rx.Component:
    return rx.cond(
        ImportDiaryState.added >= 0,
        _added(),
        rx.el.div(
            _columns(),
            rx.cond(ImportDiaryState.error_count > 0, _errors(), rx.fragment()),
            rx.cond(ImportDiaryState.count > 0, _read_back(), rx.fragment()),
        ),
    )


def _columns() -> rx.Component:
    return rx.el.form(
        rx.el.p(tn("import_diary.lead", ImportDiaryState.rows), class_name="soft"),
        error_summary(ImportDiaryState.errors),
        *[_column(name) for name in FIELDS],
        rx.cond(
            ImportDiaryState.odd_line > 0,
            rx.el.p(t("import_diary.no_format", line=ImportDiaryState.odd_line), class_name="error", role="alert"),
            rx.fragment(),
        ),
        rx.el.p(rx.cond(ImportDiaryState.asks_format, t("import_diary.one_more"), ""), class_name="soft", role="status"),
        rx.cond(ImportDiaryState.formats.length() > 0, _formats(), rx.fragment()),
        rx.el.button(t("import_diary.read"), type="submit", class_name="btn quiet"),
        on_submit=ImportDiaryState.match,
        reset_on_submit=False,
    )


def _column(name: str) -> rx.Component:
    error = wrong(ImportDiaryState, name)
    return field(
        t(f"import_diary.{name}"),
        rx.el.select(
            rx.el.option(t("import_diary.none"), value=""),
            rx.foreach(ImportDiaryState.columns, _option),
            id=name,
            name=name,
            default_value="",
            aria_describedby=f"{name}-error",
            class_name="input",
        ),
        id=name,
        hint=t(f"import_diary.{name}_hint"),
        error=error,
    )


def _option(column: rx.vars.ObjectVar[Column]) -> rx.Component:
    name = rx.cond(column.name != "", column.name, t("import_diary.unnamed", n=column.value.to(int) + 1))
    return rx.el.option(rx.cond(column.sample != "", t("import_diary.column", name=name, sample=column.sample), name), value=column.value)


def _formats() -> rx.Component:
    error = wrong(ImportDiaryState, "date_format")
    return rx.el.fieldset(
        rx.el.legend(t("import_diary.date_format")),
        rx.el.span(t("import_diary.date_format_hint"), class_name="hint"),
        rx.cond(error != "", rx.el.span(error, class_name="error", id="date_format-error"), rx.fragment()),
        rx.foreach(
            ImportDiaryState.formats,
            lambda one: rx.el.label(
                rx.el.input(type="radio", name="date_format", value=one),
                rx.el.span(_format_words(one)),
                class_name="choice",
            ),
        ),
        id="date_format",
        class_name=rx.cond(error != "", "field wrong", "field"),
    )


def _format_words(one: Any) -> Any:
    return rx.match(
        one,
        ("YYYY-MM-DD", t("import_diary.ymd")),
        ("DD.MM.YYYY", t("import_diary.dmy_dots")),
        ("DD/MM/YYYY", t("import_diary.dmy")),
        t("import_diary.mdy"),
    )


def _errors() -> rx.Component:
    return rx.el.section(
        rx.el.h2(tn("import_diary.wrong_rows", ImportDiaryState.error_count)),
        rx.el.ul(rx.foreach(ImportDiaryState.row_errors, _error), class_name="plain"),
        rx.el.p(t("import_diary.mend"), class_name="gap-s"),
        class_name="error-summary gap",
        role="alert",
    )


def _error(one: rx.vars.ObjectVar[RowError]) -> rx.Component:
    return rx.el.li(t("import_diary.line", line=one.line, words=one.words))


def _read_back() -> rx.Component:
    return rx.el.section(
        rx.el.h2(t("import_diary.reads")),
        rx.el.ul(rx.foreach(ImportDiaryState.days, _day), class_name="sheet plain lines"),
        rx.el.p(
            tn("import_diary.count", ImportDiaryState.count),
            rx.cond(ImportDiaryState.count > ImportDiaryState.days.length(), " " + t("import_diary.first"), ""),
            rx.cond(ImportDiaryState.left_out > 0, rx.fragment(" ", tn("import_diary.left_out", ImportDiaryState.left_out)), ""),
            class_name="soft gap-s",
        ),
        rx.cond(
            ImportDiaryState.ready,
            rx.el.button(
                tn("import_diary.add", ImportDiaryState.count), type="button", class_name="btn gap", on_click=ImportDiaryState.add
            ),
            rx.fragment(),
        ),
        class_name="gap",
        role="status",
    )


def _day(day: rx.vars.ObjectVar[DayRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.p(day.when, class_name="strong"),
            rx.cond(day.words != "", rx.el.p(day.words), rx.fragment()),
            rx.cond(day.note != "", rx.el.p(day.note, class_name="soft small"), rx.fragment()),
            class_name="pad",
        )
    )


def _added() -> rx.Component:
    words = rx.cond(ImportDiaryState.added > 0, tn("import_diary.added", ImportDiaryState.added), t("import_diary.known"))
    return rx.el.div(
        rx.el.h2(words, class_name="flush"),
        rx.el.p(t("import_diary.change")),
        link(t("import_diary.history"), path="/history", class_name="btn gap"),
        class_name="sheet pad",
        role="status",
    )
