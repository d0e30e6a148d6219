"""Getting in and staying in: passkeys, codes on paper, other browsers, an invitation, and the password once more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import phones
from scripts.house import running_app
from tests.e2e.conftest import NewPhone, Server
from tests.e2e.people import PASSWORD, Person, next_login, open_page

KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def grown_old(server: Server, *logins: str) -> None:
    """The sessions of these people were proved too long ago."""
    names = ", ".join(f"'{login}'" for login in logins)
    query = f"UPDATE login_session SET proved_at = NULL WHERE account_id IN (SELECT id FROM account WHERE login IN ({names}))"
    code = (
        "from taper_app.data.engine import session_scope\n"
        f'with session_scope() as session: session.connection().exec_driver_sql("{query}")'
    )
    phones.run_python(server.data, code)


@pytest.fixture
def named(server: Server, browser: Browser) -> Iterator[Callable[[], Page]]:
    """Makes phones that reach the server by a name, as passkeys want it, with an authenticator that says yes; each its page."""
    made: list[BrowserContext] = []

    def make() -> Page:
        context = phones.phone(browser, server.url.replace("127.0.0.1", "localhost"))
        made.append(context)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        return page

    yield make
    for context in made:
        context.close()


def by_name(page: Page, server: Server) -> Person:
    """A new account, signed in on this phone by the server's name."""
    base = server.url.replace("127.0.0.1", "localhost")
    login = next_login("ana")
    body = {"login": login, "password": PASSWORD, "display_name": "Ana", "zone": "America/New_York"}
    assert page.request.post(f"{base}/api/v1/accounts", data=body, headers={"Origin": base}).status == 201
    return Person(page, base, login, "Ana")


def add_passkey(page: Page, name: str = "My phone") -> None:
    """From Settings to a passkey in the list."""
    open_page(page, "/settings", "Settings")
    page.get_by_role("link", name=re.compile("Signing in")).tap()
    page.get_by_role("link", name="Add a passkey").tap()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the passkey").tap()
    expect(page.get_by_role("heading", level=1, name="Signing in", exact=True)).to_be_visible()


def test_a_passkey_is_made_signs_in_and_is_taken_away(named: Callable[[], Page], server: Server) -> None:
    """With a finger or a face, no login and no password; taken away, it opens nothing any more."""
    page = named()
    by_name(page, server)
    add_passkey(page, "Blue phone")
    expect(page.get_by_role("link", name=re.compile("Blue phone"))).to_contain_text("not used yet")
    page.goto("/auth/sign-out")
    page.get_by_role("button", name="Sign out on this phone").tap()
    expect(page).to_have_url(re.compile("/welcome$"))
    page.goto("/auth/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").tap()
    expect(page.get_by_role("heading", name="Start with your plan")).to_be_visible()
    page.goto("/auth/signing-in")
    page.get_by_role("link", name=re.compile("Blue phone")).tap()
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save the name").tap()
    page.get_by_role("link", name=re.compile("Old phone")).tap()
    page.get_by_role("button", name="Take this passkey away").tap()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    page.goto("/auth/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").tap()
    expect(page.get_by_role("alert")).to_contain_text("did not open an account")


def test_a_passkey_proves_it_in_passing(named: Callable[[], Page], server: Server) -> None:
    """A share waits for the finger instead of the password; so does a page of the server's own."""
    page = named()
    ana = by_name(page, server)
    add_passkey(page)
    grown_old(server, ana.login)
    open_page(page, "/share/new", "Share with someone")
    page.get_by_label("Who is it for?").fill("Maria")
    page.get_by_role("button", name="Make the link").tap()
    page.get_by_role("button", name="Use a passkey instead").tap()
    expect(page.get_by_role("heading", name="Here is the link for Maria")).to_be_visible()
    grown_old(server, ana.login)
    page.goto("/auth/codes")
    expect(page.get_by_role("heading", level=1, name="Is it you?")).to_be_visible()
    page.get_by_role("button", name="Use a passkey instead").tap()
    expect(page.get_by_role("heading", level=1, name="New recovery codes")).to_be_visible()


def test_at_an_address_of_figures_there_is_no_passkey(ana: Person) -> None:
    """It is said why, and the sign-in form does not offer one."""
    ana.page.goto("/auth/signing-in")
    expect(ana.page.get_by_text("Passkeys do not work at this address.")).to_be_visible()
    ana.page.goto("/auth/sign-in")
    expect(ana.page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(ana.page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)


def test_eight_codes_on_paper_and_one_of_them_opens(ana: Person, new_phone: NewPhone) -> None:
    """They are shown once with a button to print; one sets a new password on another phone."""
    page = ana.page
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto("/auth/signing-in")
    expect(page.get_by_text("1 code is still good.")).to_be_visible()
    page.get_by_role("link", name="Make new codes").tap()
    page.get_by_role("button", name="Make eight new codes").tap()
    expect(page.locator("li.code")).to_have_count(8)
    codes = page.locator("li.code").all_inner_texts()
    assert all(re.fullmatch(r"\w{4}(-\w{4}){3}", code) for code in codes)
    page.get_by_role("button", name="Print this page").tap()
    assert page.evaluate("() => window.printed")
    page.get_by_role("link", name="I have them on paper").tap()
    expect(page.get_by_text("8 codes are still good.")).to_be_visible()
    other = new_phone().new_page()
    other.goto("/auth/recover")
    other.get_by_label("Login").fill(ana.login)
    other.get_by_label("Recovery code").fill(codes[4].lower())
    other.get_by_label("New password").fill("nine new lanterns at dusk")
    other.get_by_role("button", name="Set my new password").click()
    expect(other.get_by_role("heading", level=1, name="Your recovery code")).to_be_visible()


def test_other_browsers_are_seen_and_signed_out(ana: Person, new_phone: NewPhone, server: Server) -> None:
    """Each has a name and when it was used; one is ended, then all others, without a password."""
    for _ in range(3):
        context = new_phone()
        phones.sign_in(context, server.url, ana.login, PASSWORD)
    other = context.new_page()
    open_page(other, "/settings", "Settings")
    grown_old(server, ana.login)
    page = ana.page
    page.goto("/auth/signing-in")
    expect(page.get_by_text("This one")).to_have_count(1)
    expect(page.get_by_role("button", name=re.compile("^Sign out there"))).to_have_count(3)
    page.get_by_role("button", name=re.compile("^Sign out there")).first.tap()
    expect(page.get_by_role("button", name=re.compile("^Sign out there"))).to_have_count(2)
    page.get_by_role("button", name="Sign out everywhere but here").tap()
    expect(page.get_by_role("button", name=re.compile("^Sign out there"))).to_have_count(0)
    other.goto("/settings")
    expect(other).to_have_url(re.compile("/welcome$"))


def test_a_share_asks_for_the_password_again_and_goes_on(ana: Person, server: Server) -> None:
    """A wrong one is told beside its field, the right one makes the link with what was typed; the Enter key works too."""
    page = ana.page
    grown_old(server, ana.login)
    open_page(page, "/share/new", "Share with someone")
    page.get_by_label("Who is it for?").fill("Maria")
    page.get_by_role("checkbox", name=re.compile("^How I feel")).tap()
    page.get_by_role("button", name="Make the link").tap()
    again = page.get_by_label("For your safety, please type your password again")
    expect(again).to_be_focused()
    again.fill("not the right password")
    page.get_by_role("button", name="Go on").tap()
    expect(page.locator("#prove-error")).to_contain_text("not your password")
    again.fill(PASSWORD)
    again.press("Enter")
    expect(page.get_by_role("heading", name="Here is the link for Maria")).to_be_visible()
    open_page(page, "/share", "Share")
    expect(page.get_by_role("listitem").filter(has_text="Maria").first).to_contain_text("How I feel")
    grown_old(server, ana.login)
    page.get_by_role("link", name=re.compile("^Maria")).tap()
    page.get_by_role("button", name="End this share").tap()
    page.get_by_role("button", name="End it now").tap()
    expect(page.get_by_text("You share with no one right now.")).to_be_visible()


def test_files_ask_for_the_password_again(ana: Person, server: Server) -> None:
    """The way leads to the password and from there to the file; with a wrong one nothing comes; then the other files are one tap."""
    page = ana.page
    grown_old(server, ana.login)
    open_page(page, "/export", "Take your data with you")
    page.get_by_role("link", name="Save as JSON").tap()
    expect(page.get_by_role("heading", level=1, name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill("not the right password")
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("alert")).to_contain_text("not your password")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_download() as download:
        page.get_by_role("button", name="Go on").tap()
    assert download.value.suggested_filename.endswith(".json")
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    open_page(page, "/export", "Take your data with you")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as CSV").tap()
    assert download.value.suggested_filename.endswith(".zip")


def test_another_password_from_settings(ana: Person, new_phone: NewPhone, server: Server) -> None:
    """An old session proves itself first; an easy one is refused beside its field; another phone is out."""
    context = new_phone()
    phones.sign_in(context, server.url, ana.login, PASSWORD)
    grown_old(server, ana.login)
    page = ana.page
    page.goto("/auth/signing-in")
    page.get_by_role("link", name="Change my password").tap()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").tap()
    page.get_by_label("New password").fill("too short")
    page.get_by_role("button", name="Change my password").tap()
    expect(page.get_by_role("alert")).to_contain_text("15")
    page.get_by_label("New password").fill("nine new lanterns at dusk")
    page.get_by_role("button", name="Change my password").tap()
    expect(page.get_by_role("heading", level=1, name="Signing in", exact=True)).to_be_visible()
    assert context.request.get("/api/v1/snapshot").status == 401


def test_an_invitation_link_fills_itself_in_and_works_once(browser: Browser, tmp_path: Path) -> None:
    """The code comes out of the address and into its field; a second account with the same link is refused."""
    with running_app(tmp_path / "data", TAPER_SIGNUP="invite") as url:
        code = "from scripts.invite import main; main()"
        link = phones.run_python(tmp_path / "data", code).splitlines()[-1].split("/auth/")[1]
        for expected in ("Your recovery code", "Make an account"):
            context = phones.phone(browser, url)
            page = context.new_page()
            page.goto(f"/auth/{link}")
            expect(page.get_by_label("Invitation code")).to_have_value(link.split("#")[1])
            assert "#" not in page.url
            page.get_by_label("Login").fill(next_login("ana"))
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_label("What should we call you?").fill("Ana")
            page.get_by_role("button", name="Make my account").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(expected)
            context.close()
