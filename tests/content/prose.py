"""What the content tests measure texts with: plain words of a page, a reading grade, and shingles."""

from __future__ import annotations

import re
from hashlib import sha1
from pathlib import Path

from taper_app.content.loader import Block, Heading, ListBlock, Note, Page, Paragraph, Span

FOLDERS = ("options", "learn", "safety", "help")
SHINGLE = 8
SHINGLES = Path(__file__).parent / "article_shingles.txt"

# Names no plain word can stand for. Each is counted as a word of two syllables, for the reason beside it.
ALLOWED_NAMES = {
    "hyperalgesia": "the name of what the app is about; a Learn page explains it",
    "allodynia": "the name of what the app is about; a Learn page explains it",
    "naloxone": "the name on the pack that must be found in a hurry",
    "acupuncture": "the name of the option",
    "biofeedback": "the name of the option",
    "chiropractic": "the name of the option",
    "chiropractor": "the name on the door",
    "cognitive": "part of the name of the option, beside the short one",
    "behavioral": "part of the name of the option, beside the short one",
    "fibromyalgia": "the name of a condition, as it stands in a letter from the clinic",
    "rheumatoid": "the name of a condition",
    "arthritis": "the name of a condition",
    "irritable": "the name of a condition",
    "gabapentin": "the name of a medicine, as it stands on the label",
    "pregabalin": "the name of a medicine, as it stands on the label",
    "tianeptine": "the name of a product to keep away from",
    "loperamide": "the name of a product to keep away from",
    "fentanyl": "the name of what pills from elsewhere may hold",
    "glutamate": "the name of a substance; the sentence says what it does",
    "opioid": "the word the app uses throughout",
}

# Words the vowel rule miscounts.
_SYLLABLES = {
    "anyone": 3, "area": 3, "being": 2, "buying": 2, "clinician": 3, "clothes": 1, "create": 2, "diary": 3,
    "diet": 2, "doing": 2, "earlier": 3, "easier": 3, "evening": 2, "every": 2, "everyone": 3, "fluid": 2,
    "going": 2, "idea": 3, "ideas": 3, "illness": 2, "knees": 1, "lie": 1, "lying": 2, "medicine": 3,
    "medicines": 3, "minutes": 2, "paying": 2, "people": 2, "quiet": 2, "rule": 1, "ruling": 2, "saying": 2,
    "science": 2, "seeing": 2, "severe": 2, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2,
    "staying": 2, "therapist": 3, "trying": 2, "usual": 3, "usually": 4, "violence": 3, "while": 1,
    "whole": 1, "without": 2, "wouldn't": 2,
}  # fmt: skip


def plain(page: Page) -> str:
    """The words of a page's body, its lines ended as sentences."""
    return " ".join(_ended(line) for line in lines(page))


def lines(page: Page) -> list[str]:
    """Headings, paragraphs and items, in order."""
    return [line for block in page.blocks for line in _lines(block)]


def sentences(text: str) -> list[str]:
    """A text cut after . ? ! and : at the end of a word."""
    return [part for part in re.split(r"(?<=[.?!:])[\"\u201d)]*\s+", text) if words(part)]


def words(text: str) -> list[str]:
    """Lower-case words; numbers and symbols are not words."""
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower().replace("\u2019", "'"))


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e or ed at the end; the exceptions are listed."""
    if word in ALLOWED_NAMES or word.removesuffix("s") in ALLOWED_NAMES:
        return 2
    if word in _SYLLABLES:
        return _SYLLABLES[word]
    stem = re.sub(r"(?:[^laeiouyscgxzh]es|[^aeioutd]ed|[^laeiouy]e|'s)$", lambda found: found[0][0], word)
    return max(1, len(re.findall(r"[aeiouy]+", stem)) + len(re.findall(r"ia(?!l)|io(?!n)|eo(?!p)", stem)))


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: 0.39 words a sentence + 11.8 syllables a word - 15.59."""
    found = words(text)
    return 0.39 * len(found) / len(sentences(text)) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def shingles(text: str) -> set[str]:
    """Every run of eight words, hashed and cut, so that a text can be compared without being here."""
    found = words(text)
    runs = (" ".join(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1))
    return {sha1(run.encode(), usedforsecurity=False).hexdigest()[:12] for run in runs}


def _ended(line: str) -> str:
    return line if line.rstrip('"\u201d').endswith((".", "?", ":")) else f"{line}."


def _lines(block: Block) -> list[str]:
    match block:
        case Heading():
            return [block.text]
        case Paragraph() | Note():
            return [_text(block.spans)]
        case ListBlock():
            return [_text(item) for item in block.items]


def _text(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)
