"""Every address of the app, in one table."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import reflex as rx

from taper_app.components.words import lang, t
from taper_app.content.loader import list_pages, load_page
from taper_app.pages import (
    audit,
    background,
    bring,
    care,
    export,
    helpers,
    helping,
    import_diary,
    lens,
    lock,
    more,
    people,
    plan_routes,
    questions,
    read,
    reminders,
    report,
    safety,
    settings,
    share,
    share_one,
    store_routes,
    welcome,
)


class Route(NamedTuple):
    """An address, what builds its page, its title, and the event of its State when it opens."""

    path: str
    build: Callable[[], rx.Component]
    title: str
    on_load: Any = None


def routes() -> Iterator[Route]:
    """The routes in the language being built."""
    for path, build, title, on_load in (*store_routes.ROUTES, *plan_routes.ROUTES):
        yield Route(path, build, t(title), on_load)
    yield Route("/more", more.more, t("more.title"))
    yield Route("/welcome", welcome.welcome, t("shell.app"))
    yield Route("/background", background.background, t("background.title"))
    yield Route("/lens", lens.lens, t("lens.title"), lens.S.load)
    yield Route("/questions", questions.questions, t("questions.title"))
    yield Route("/people", people.people, t("people.title"), people.PeopleState.load)
    yield Route("/reminders", reminders.reminders, t("reminders.title"), reminders.RemindersState.load)
    yield Route("/import", bring.bring, t("bring.title"))
    yield Route("/import/diary", import_diary.import_diary, t("import_diary.title"), import_diary.ImportDiaryState.load)
    yield Route("/report", report.report, t("report.title"), report.S.load)
    yield Route("/settings", settings.settings, t("settings.title"), settings.SettingsState.load)
    yield Route("/lock", lock.lock, t("lock.title"))
    yield Route("/audit", audit.audit, t("audit.title"), audit.AuditState.load)
    yield Route("/export", export.export, t("export.title"))
    yield Route("/share", share.share, t("share.title"), share.ShareState.load)
    yield Route("/share/new", share.share_new, t("share.new"), share.NewShareState.load)
    yield Route("/share/one", share_one.share_one, t("share.title"), share_one.S.load)
    yield Route("/care", care.care, t("care.title"), care.CareState.load)
    yield Route("/helpers", helpers.helpers, t("helpers.title"), helpers.HelpersState.load)
    yield Route("/helping", helping.helping, t("helping.title"), helping.S.load)
    yield from _reading()


def _reading() -> Iterator[Route]:
    yield Route("/options", read.options, t("options.title"))
    for option in list_pages(lang(), "options"):
        yield Route(f"/{option.slug}", read.option_page(option.slug), option.title)
    yield Route("/learn", read.learn, t("learn.title"))
    for idea in list_pages(lang(), "learn"):
        yield Route(f"/{idea.slug}", read.learn_page(idea.slug), idea.title)
    yield Route("/safety", safety.safety, t("safety.title"))
    for path, slug in safety.PAGES.items():
        yield Route(path, safety.safety_page(slug), load_page(lang(), slug).title)
    yield Route("/about", read.help_page("help/about"), t("more.about"))
    before = load_page(lang(), "help/before-you-share")
    yield Route("/before-you-share", read.help_page(before.slug, under=("/share", "share.title")), before.title)
    yield Route("/privacy", read.help_page("help/privacy"), t("more.privacy"))
