"""Signing up, in and out, and getting back in with the printed code."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewPhone
from tests.e2e.people import PASSWORD, Person, next_login


def fill_sign_up(page: Page, login: str, password: str = PASSWORD) -> None:
    """From the first page to a filled form."""
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome$"))
    page.get_by_role("link", name="Make an account").click()
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_label("What should we call you?").fill("Ana")
    page.get_by_role("button", name="Make my account").click()


def test_a_person_signs_up_keeps_the_code_and_lands_on_today(phone: Page) -> None:
    """Sign-up shows a recovery code once, then Today asks for the plan."""
    fill_sign_up(phone, next_login("ana"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("Your recovery code")
    expect(phone.locator("#code")).to_have_text(re.compile(r"^\w{4,}(?:-\w{4,})+$"))
    phone.get_by_role("button", name="I have written it down").click()
    expect(phone.get_by_role("heading", name="Start with your plan")).to_be_visible()
    phone.goto("/auth/recovery-code")
    expect(phone.locator("#code")).to_have_count(0)


def test_sign_up_keeps_what_was_typed_when_something_is_wrong(phone: Page) -> None:
    """A short password is refused in words beside its field, and login and name stay."""
    login = next_login("ana")
    fill_sign_up(phone, login, "too short")
    expect(phone.get_by_role("alert")).to_contain_text("15")
    expect(phone.get_by_label("Login")).to_have_value(login)
    expect(phone.get_by_label("What should we call you?")).to_have_value("Ana")
    expect(phone.get_by_label("Password")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("javascript", [True, False])
def test_sign_up_and_in_work_with_and_without_javascript(new_phone: NewPhone, javascript: bool) -> None:
    """The forms are plain HTML: they need no socket and no script."""
    page = new_phone(java_script_enabled=javascript).new_page()
    login = next_login("ana")
    page.goto("/auth/sign-up")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("What should we call you?").fill("Ana")
    page.get_by_role("button", name="Make my account").click()
    page.get_by_role("button", name="I have written it down").click()
    page.goto("/auth/sign-out")
    page.get_by_role("button", name="Sign out on this phone").click()
    expect(page).to_have_url(re.compile("/welcome$"))
    page.goto("/auth/sign-in")
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_wrong_password_is_refused_without_saying_which_is_wrong(ana: Person, new_phone: NewPhone) -> None:
    """A stranger learns nothing, and the login typed stays."""
    page = new_phone().new_page()
    page.goto("/auth/sign-in")
    page.get_by_label("Login").fill(ana.login)
    page.get_by_label("Password").fill("another good password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Login")).to_have_value(ana.login)
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome$"))


def test_the_printed_code_sets_a_new_password(phone: Page, new_phone: NewPhone) -> None:
    """Who lost the password gets back in with the code, is given a new one, and other phones are signed out."""
    login = next_login("ana")
    fill_sign_up(phone, login)
    code = phone.locator("#code").inner_text()
    phone.get_by_role("button", name="I have written it down").click()
    other = new_phone().new_page()
    other.goto("/auth/recover")
    other.get_by_label("Login").fill(login)
    other.get_by_label("Recovery code").fill(code.lower())
    other.get_by_label("New password").fill("nine new lanterns at dusk")
    other.get_by_role("button", name="Set my new password").click()
    expect(other.locator("#code")).not_to_have_text(code)
    other.get_by_role("button", name="I have written it down").click()
    expect(other.get_by_role("heading", name="Start with your plan")).to_be_visible()
    phone.goto("/")
    expect(phone).to_have_url(re.compile("/welcome$"))


def test_sign_out_everywhere_reaches_the_other_phone(ana: Person, new_phone: NewPhone) -> None:
    """Both phones are signed out, also the one with an open page."""
    other = new_phone().new_page()
    other.goto("/auth/sign-in")
    other.get_by_label("Login").fill(ana.login)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Start with your plan")).to_be_visible()
    ana.page.goto("/settings")
    ana.page.get_by_role("link", name="Sign out").click()
    ana.page.get_by_role("button", name="Sign out everywhere").click()
    expect(ana.page).to_have_url(re.compile("/welcome$"))
    expect(other.get_by_role("heading", name="You are signed out")).to_be_visible()
    other.goto("/settings")
    expect(other).to_have_url(re.compile("/welcome$"))
