"""What every page owes its reader: plain words, the right order, nothing that was ruled out."""

from __future__ import annotations

import re

import pytest

from taper_app.content.loader import Heading, Page, catalog, list_pages
from tests.content import rules
from tests.content.prose import FOLDERS, SHINGLES, grade, lines, plain, sentences, shingles, syllables, words

PAGES = [page for folder in FOLDERS for page in list_pages("en", folder)]
BY_SLUG = {page.slug: page for page in PAGES}
OPTIONS, LEARN = list_pages("en", "options"), list_pages("en", "learn")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)


def everything(page: Page) -> str:
    """All words of a page, front matter too."""
    return " ".join((page.title, page.summary, page.question, *lines(page)))


def test_the_required_pages_are_there() -> None:
    """Every page the app links to is there, and no page lies unused."""
    assert set(BY_SLUG) == rules.REQUIRED


@each_page
def test_a_page_has_sources_and_body(page: Page) -> None:
    """A page rests on a source and says something."""
    assert page.sources
    assert page.blocks


@each_page
def test_a_page_reads_at_grade_six_or_lower(page: Page) -> None:
    """A tired person can read it: grade 6 or lower, and no sentence over 25 words."""
    assert grade(plain(page)) <= rules.HIGHEST_GRADE
    assert max(len(words(sentence)) for sentence in sentences(plain(page))) <= 25


@each_page
def test_a_page_has_none_of_the_words_ruled_out(page: Page) -> None:
    """No blame, no drug that is the clinician's field, no amount, no exclamation mark."""
    text = everything(page)
    assert not rules.BANNED_WORDS.search(text)
    assert not rules.BANNED_TREATMENTS.search(text)
    assert not rules.AMOUNT.search(text)
    assert "!" not in text


@each_page
def test_urgent_signs_stand_before_comfort(page: Page) -> None:
    """Where a page has both, the first urgent sign comes before the first word of comfort."""
    text = plain(page)
    urgent, comfort = rules.URGENT.search(text), rules.COMFORT.search(text)
    if urgent and comfort:
        assert urgent.start() < comfort.start()
    assert urgent or "worse for a while" not in text


@each_page
def test_a_page_is_written_afresh(page: Page) -> None:
    """No eight words in a row are the article's."""
    assert not shingles(everything(page)) & set(SHINGLES.read_text("utf-8").split())


@pytest.mark.parametrize("page", [*OPTIONS, BY_SLUG["help/how-to-help"]], ids=lambda page: page.slug)
def test_warmth_is_never_suggested(page: Page) -> None:
    """Options and the helper's page name no warmth, as a patch gives off too much medicine in it."""
    assert not rules.WARMTH.search(everything(page).replace(rules.KEEP_OFF_HEAT, ""))


@pytest.mark.parametrize("page", OPTIONS, ids=lambda page: page.slug)
def test_an_option_has_its_fixed_parts(page: Page) -> None:
    """Asking and stopping come before starting, in 150 to 230 words."""
    assert [block.text for block in page.blocks if isinstance(block, Heading)] == [
        "What it is", "How people use it", "Ask your provider first", "Stop and call if",
        "How to start gently",
    ]  # fmt: skip
    assert 150 <= len(words(plain(page))) <= 230


@pytest.mark.parametrize("page", LEARN, ids=lambda page: page.slug)
def test_a_learn_page_leaves_a_question(page: Page) -> None:
    """One idea in 90 to 200 words, with a question for the clinician."""
    assert page.question.endswith("?")
    assert 90 <= len(words(plain(page))) <= 200


@pytest.mark.parametrize("slug", rules.APPROVED)
def test_the_approved_words_are_kept(slug: str) -> None:
    """What a clinician has approved is there word for word."""
    text = " ".join(lines(BY_SLUG[slug]))
    assert [phrase for phrase in rules.APPROVED[slug] if phrase not in text] == []


def test_patterns_three_and_four_carry_their_warning() -> None:
    """After each of the patterns that speak of a dose stands: do not test it."""
    text = plain(BY_SLUG["learn/four-patterns"])
    third, fourth = text.split("Pattern 3")[1].split("Pattern 4")
    assert rules.TEST_DOSE in third
    assert rules.TEST_DOSE in fourth


def test_a_caregiver_reads_names() -> None:
    """The helper's page says the name, never "her" or "him"."""
    text = everything(BY_SLUG["help/how-to-help"])
    assert "{name}" in text
    assert not re.search(r"\b(her|hers|him|his|he|she)\b", text, re.IGNORECASE)


def test_only_known_gaps_are_left_in_pages() -> None:
    """Pages leave gaps for the screen only where the screen fills them."""
    gaps = {page.slug: set(re.findall(r"\{(\w*)\}", everything(page))) for page in PAGES}
    assert {slug: found for slug, found in gaps.items() if found} == {
        "help/how-to-help": {"name"},
        "safety/guard-nothing-logged": {"day"},
    }


def test_links_inside_pages_lead_to_pages() -> None:
    """An inner link goes to an address the app has."""
    known = {f"/{slug}" for slug in BY_SLUG} | {"/options", "/learn", "/safety", "/settings", "/export", "/lock", "/audit"}
    links = {href for page in PAGES for href in _hrefs(page)}
    assert {href for href in links if href.startswith("/")} <= known
    calls = {"tel:911", "tel:988", "sms:988", "tel:1-800-222-1222", "tel:1-800-799-7233"}
    assert {href for href in links if ":" in href} <= calls


def test_catalogs_have_none_of_the_words_ruled_out() -> None:
    """Short strings keep to the same words as the pages."""
    strings = catalog("en")
    assert {key: words for key, words in strings.items() if rules.BANNED_WORDS.search(words)} == {}
    assert {key: words for key, words in strings.items() if rules.BANNED_TREATMENTS.search(words)} == {}


def test_catalogs_read_at_grade_six_or_lower() -> None:
    """The short strings of each table, read one after the other, stay at grade 6 or lower."""
    tables: dict[str, list[str]] = {}
    for key, text in catalog("en").items():
        # Labels are no sentences: a grade says nothing about them.
        if text.endswith((".", "?")) and len(words(text)) >= 5:
            tables.setdefault(key.split(".")[0], []).append(text)
    graded = {table: grade(" ".join(texts)) for table, texts in tables.items()}
    assert {table: round(found, 1) for table, found in graded.items() if found > rules.HIGHEST_GRADE} == {}


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("pain", 1),
        ("prescriber", 3),
        ("used", 1),
        ("medicine", 3),
        ("doses", 2),
        ("table", 2),
        ("started", 2),
    ],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    """The counting rule agrees with the ear on words the pages use often."""
    assert syllables(word) == count


def test_the_grade_tells_hard_from_easy() -> None:
    """A known hard sentence grades far above a known easy one."""
    assert grade("The cat sat on the mat. It was a big cat.") < 1
    assert grade("Pharmacological interventions necessitate interdisciplinary consideration.") > 16


def _hrefs(page: Page) -> set[str]:
    spans = [
        span
        for block in page.blocks
        if not isinstance(block, Heading)
        for run in (block.items if hasattr(block, "items") else (block.spans,))
        for span in run
    ]
    return {span.href for span in spans if span.href}
