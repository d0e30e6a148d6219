"""The lists behind the chips, the body map and the phone numbers, held to their labels."""

from __future__ import annotations

from datetime import date

import pytest

from taper_app.content.loader import catalog, data, list_pages, translate
from tests.content.prose import FOLDERS

LISTS = sorted(data("chips"))


def labels(table: str) -> set[str]:
    """The ids that have a label in the chips catalog's table."""
    return {key.split(".", 1)[1] for key in catalog("en") if key.startswith(f"{table}.")}


@pytest.mark.parametrize("name", LISTS)
def test_every_chip_has_a_label(name: str) -> None:
    """Each id is there once and has words of its own."""
    ids = data("chips")[name]
    assert len(ids) == len(set(ids))
    assert set(ids) <= labels(name)
    # The table `options` is shared with the screen's own words.
    assert name == "options" or set(ids) == labels(name)


def test_every_place_has_a_label() -> None:
    """Places and their words match, and each place is on the map or offered as words."""
    regions = data("regions")
    places = regions["places"]
    assert len(places) == len(set(places))
    assert set(places) == labels("places")
    drawn = set(regions["map"]["front"]) | set(regions["map"]["back"])
    assert drawn | set(regions["map"]["words_only"]) == set(places)
    assert not drawn & set(regions["map"]["words_only"])


def test_every_option_is_a_page() -> None:
    """The option ids end the slugs of the option pages, in the same order, with the same titles."""
    pages, ids = list_pages("en", "options"), data("chips")["options"]
    assert [page.slug.removeprefix("options/") for page in pages] == ids
    assert [page.title for page in pages] == [translate("en", f"options.{id_}") for id_ in ids]


def test_the_names_of_allodynia_are_in_patient_words() -> None:
    """Each kind of allodynia is offered in the words of a person who feels it."""
    assert {id_: translate("en", f"allodynia.{id_}") for id_ in data("chips")["allodynia"]} == {
        "mechanical": "Light touch or brushing",
        "tactile": "A hug, a waistband",
        "thermal": "Mild warmth or cold",
        "clothing": "Clothes",
    }
    assert translate("en", "feels.sunburn_skin") == "Like sunburn"


def test_the_numbers_are_the_checked_ones() -> None:
    """The four US numbers are as published, each with its source and the day it was checked."""
    numbers = data("numbers")
    assert {name: entry["number"] for name, entry in numbers.items()} == {
        "emergency": "911",
        "crisis": "988",
        "poison": "1-800-222-1222",
        "domestic_violence": "1-800-799-7233",
    }
    for entry in numbers.values():
        assert entry["number"] == entry["written"]
        assert all((entry["source"], entry["words"]))
        assert entry["source_url"].startswith("https://")
        assert entry["checked"] == date(2026, 11, 23)


def test_every_source_is_used_and_complete() -> None:
    """A source has a title, a publisher and a place, and some page rests on it."""
    pages = [page for folder in FOLDERS for page in list_pages("en", folder)]
    for id_, entry in data("sources").items():
        assert all((entry["title"], entry["publisher"], entry["where"])), id_
    assert {source.id for page in pages for source in page.sources} == set(data("sources"))
