"""The loader: what a page may be made of, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from taper_app.content import loader
from taper_app.content.loader import (
    ContentError,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Span,
    catalog,
    list_pages,
    load_page,
    translate,
    translate_n,
)
from tests.content.conftest import FRONT, Write


def test_a_page_becomes_blocks(house: Write) -> None:
    """Headings, paragraphs, lists and notes come out as plain values, line breaks as spaces."""
    house(
        "content/en/x/y.md",
        FRONT + "## Head\n\nOne\n**two** [three](/safety).\n\n- a\n- [**b**](tel:911)\n\n1. c\n\n> note\n",
    )
    assert load_page("en", "x/y").blocks == (
        Heading(2, "Head"),
        Paragraph(
            (Span("One "), Span("two", bold=True), Span(" "), Span("three", href="/safety"), Span("."))
        ),
        ListBlock(False, ((Span("a"),), (Span("b", bold=True, href="tel:911"),))),
        ListBlock(True, ((Span("c"),),)),
        Note((Span("note"),)),
    )


@pytest.mark.parametrize(
    "body",
    [
        "<div>x</div>",
        "a <b>b</b>",
        "![x](/y.png)",
        "`code`",
        "```\ncode\n```",
        "*soft*",
        "# Title again",
        "#### Deep",
        "## A **bold** heading",
        "- a\n  - nested",
        "- a\n\n  b",
        "> a\n>\n> b",
        "---",
        "a  \nb",
        "[x](javascript:1)",
        "[x](http://plain.example)",
        '[x](/y "title")',
        "<https://example.org>x</a>",
    ],
)
def test_anything_else_is_refused(house: Write, body: str) -> None:
    """Markup outside the subset stops the load and names the page."""
    house("content/en/x/y.md", FRONT + body + "\n")
    with pytest.raises(ContentError, match="en/x/y"):
        load_page("en", "x/y")


@pytest.mark.parametrize(
    "front",
    [
        "",
        "+++\nno toml\n+++\n",
        FRONT.replace('title = "T"\n', ""),
        FRONT.replace('"S"', f'"{"s" * 91}"'),
        FRONT.replace('["article"]', "[]"),
        FRONT.replace('"article"', '"nobody-2099"'),
        FRONT.replace("order = 1", 'order = "1"'),
        FRONT.replace("order = 1", "order = 1\nauthor = 'x'"),
    ],
)
def test_front_matter_is_complete(house: Write, front: str) -> None:
    """A page without title, short summary, known sources and order is refused."""
    house("content/en/x/y.md", front + "Words.\n")
    with pytest.raises(ContentError, match="en/x/y"):
        load_page("en", "x/y")


@pytest.mark.parametrize("slug", ["../en/options/yoga", "/etc/hosts", "options/Yoga", "", "options/../x"])
def test_a_slug_never_leaves_the_folder(slug: str) -> None:
    """Only plain names lead to a file."""
    with pytest.raises(ContentError):
        load_page("en", slug)


def test_a_missing_page_or_folder_is_refused() -> None:
    """What is not there raises, so that a wrong link stops the build."""
    with pytest.raises(ContentError):
        load_page("en", "options/none")
    with pytest.raises(ContentError):
        list_pages("en", "none")
    with pytest.raises(ContentError):
        catalog("xx")


def test_pages_come_in_their_order(house: Write) -> None:
    """A folder lists by order, then by slug."""
    for name, order in (("c", 1), ("a", 2), ("b", 2)):
        house(f"content/en/x/{name}.md", FRONT.replace("order = 1", f"order = {order}"))
    assert [page.slug for page in list_pages("en", "x")] == ["x/c", "x/a", "x/b"]


def test_a_catalog_is_flat(house: Write) -> None:
    """Tables of all files become dotted keys of one dict."""
    house("locales/en/a.toml", "[one]\ntwo = 'x'\n[one.three]\nfour = 'y'\n")
    house("locales/en/b.toml", "[one]\nfive = 'z'\n")
    assert catalog("en") == {"one.two": "x", "one.three.four": "y", "one.five": "z"}


@pytest.mark.parametrize("second", ["[one]\ntwo = 'again'\n", "[one]\nthree = 3\n", "not toml"])
def test_a_bad_catalog_is_refused(house: Write, second: str) -> None:
    """A key in two files, a value that is no text and a broken file each stop the load."""
    house("locales/en/a.toml", "[one]\ntwo = 'x'\n")
    house("locales/en/b.toml", second)
    with pytest.raises(ContentError, match=r"b\.toml"):
        catalog("en")


def test_gaps_are_filled_or_refused(house: Write) -> None:
    """A string takes its values; an unknown key, an empty gap and a clever gap raise."""
    house("locales/en/a.toml", "[a]\nhi = 'Hi {name}'\nsly = '{name.__class__}'\nwide = '{name:>99}'\n")
    assert translate("en", "a.hi", name="Ana") == "Hi Ana"
    assert translate("en", "a.hi", name="{x}") == "Hi {x}"
    with pytest.raises(KeyError):
        translate("en", "a.none")
    with pytest.raises(KeyError):
        translate("en", "a.hi")
    for key in ("a.sly", "a.wide"):
        with pytest.raises(ContentError):
            translate("en", key, name="Ana")


def test_plurals_follow_the_language(house: Write) -> None:
    """Each language takes its own plural form, and `other` where it wrote no special one."""
    house("locales/en/a.toml", "[day]\none = '{n} day'\nother = '{n} days'\n")
    house("locales/pl/a.toml", "[day]\none = '{n} dzien'\nfew = '{n} dni'\nother = '{n} dnia'\n")
    assert [translate_n("en", "day", n) for n in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [translate_n("pl", "day", n) for n in (1, 3, 5)] == ["1 dzien", "3 dni", "5 dnia"]


HOST = '[emergency]\nnumber = "112"\nsource = "National police"\nchecked = 2026-11-20\n'
TEXT = "[Call 911](tel:911). [Call or text 988](tel:988), not 1911 or 1-988.\n"


def test_a_host_enters_other_numbers(house: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A host's number takes the place of ours everywhere; where it has none, plain words stand, unlinked."""
    host = tmp_path / "numbers.toml"
    host.write_text(HOST)
    monkeypatch.setenv("TAPER_NUMBERS", str(host))
    house("content/en/x/y.md", FRONT + TEXT)
    house("locales/en/a.toml", "[a]\ncall = 'Call 911'\nlow = 'Call or text 988'\n")
    assert load_page("en", "x/y").blocks == (
        Paragraph(
            (
                Span("Call 112", href="tel:112"),
                Span(". Call or text a crisis line near you, not 1911 or 1-988."),
            )
        ),
    )
    assert catalog("en") == {"a.call": "Call 112", "a.low": "Call or text a crisis line near you"}
    assert loader.data("numbers")["crisis"]["number"] == ""


@pytest.mark.parametrize("text", ['[emergency]\nnumber = "112"\n', HOST.replace("emergency", "taxi")])
def test_a_host_number_needs_its_source(
    forget: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """A number without source and date, or with a name the texts do not use, is refused."""
    host = tmp_path / "numbers.toml"
    host.write_text(text)
    monkeypatch.setenv("TAPER_NUMBERS", str(host))
    with pytest.raises(ContentError):
        loader.data("numbers")
