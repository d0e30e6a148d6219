"""Reminders: times, the plan's as an offer, quiet hours, the calendar, and a phone that may or may not ring."""

from __future__ import annotations

import re

from icalendar import Calendar
from playwright.sync_api import expect

from tests.e2e.conftest import Server
from tests.e2e.people import PASSWORD, Person, open_page
from tests.e2e.test_doors import grown_old


def test_times_are_set_and_quiet_hours_silence_one(ana: Person) -> None:
    """A time is added and read back; quiet hours around it say that it stays silent; both are there after a reload."""
    page = ana.page
    open_page(page, "/more", "More")
    page.get_by_role("link", name=re.compile("^Reminders")).tap()
    expect(page.get_by_text("No times yet.")).to_be_visible()
    page.get_by_role("button", name="Add this time").tap()
    expect(page.get_by_role("alert")).to_contain_text("Please choose what this reminder is for.")
    page.get_by_label("What time?").fill("23:15")
    page.get_by_text("How I feel").tap()
    page.get_by_role("button", name="Add this time").tap()
    expect(page.get_by_role("listitem").filter(has_text="23:15")).to_contain_text("Every day")
    expect(page.get_by_label("What time?")).to_have_value("")
    page.get_by_label("From").fill("22:00")
    page.get_by_label("Until").fill("07:00")
    page.get_by_role("button", name="Save quiet hours").tap()
    expect(page.get_by_role("listitem").filter(has_text="23:15")).to_contain_text("stays silent")
    page.reload()
    expect(page.get_by_label("From")).to_have_value("22:00")
    page.get_by_role("button", name="No quiet hours").tap()
    expect(page.get_by_label("From")).to_have_value("")
    page.get_by_role("button", name="Take out 23:15").tap()
    expect(page.get_by_text("No times yet.")).to_be_visible()


def test_the_plans_times_wait_for_a_yes(ana: Person) -> None:
    """Clock times of the plan are offered, and set by one tap."""
    dose = {"amount": "30", "parts": [{"strength": "15", "count": "2"}]}
    steps = [{"starts_on": ana.today(), "doses": [{"at": "08:00", **dose}, {"at": "20:00", **dose}]}]
    ana.has_plan(steps=steps, ends="stay", review_on=None)
    page = ana.page
    open_page(page, "/reminders", "Reminders")
    expect(page.get_by_text("Your plan has doses at 08:00, 20:00.")).to_be_visible()
    page.get_by_role("button", name="Yes, remind me then").tap()
    expect(page.get_by_role("listitem").filter(has_text="Only on days when your plan has a dose")).to_have_count(2)
    expect(page.get_by_text("Your plan has doses at")).to_have_count(0)


def test_a_calendar_link_is_made_once_and_ended(ana: Person) -> None:
    """The link works without a sign-in, is not shown again, and ends when one says so."""
    ana.call("PUT", "/reminders", {"reminders": [{"kind": "check_in", "at": "20:00"}]})
    page = ana.page
    open_page(page, "/reminders", "Reminders")
    page.get_by_role("button", name="Make a calendar link").tap()
    url = page.get_by_label("Link").input_value()
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]  # a browser is there
    assert len(Calendar.from_ical(stranger.request.get(url).body()).walk("VEVENT")) == 1
    page.get_by_role("button", name="Done").tap()
    page.reload()
    page.get_by_role("button", name="End this link").tap()
    page.get_by_role("button", name="Yes, end it now").tap()
    expect(page.get_by_role("button", name="Make a calendar link")).to_be_visible()
    assert stranger.request.get(url).status == 404
    stranger.close()


def test_a_calendar_link_asks_for_the_password_again(ana: Person, server: Server) -> None:
    """A phone that was signed in long ago makes none before its owner has typed the password; then it goes on by itself."""
    page = ana.page
    grown_old(server, ana.login)
    open_page(page, "/reminders", "Reminders")
    page.get_by_role("button", name="Make a calendar link").tap()
    again = page.get_by_label("For your safety, please type your password again")
    expect(again).to_be_focused()
    expect(page.get_by_label("Link")).to_have_count(0)
    again.fill(PASSWORD)
    again.press("Enter")
    expect(page.get_by_label("Link")).to_have_value(re.compile(r"/calendar/.+\.ics$"))


def test_a_phone_that_said_no_is_told_how_to_change_it(ana: Person) -> None:
    """Where messages are blocked the screen says so, and offers no switch that would do nothing."""
    page = ana.page
    page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'denied' });")
    open_page(page, "/reminders", "Reminders")
    expect(page.get_by_text("Your phone does not let Taper send messages.")).to_be_visible()
    expect(page.get_by_role("switch")).to_have_count(0)
