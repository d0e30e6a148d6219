"""The screens that read the store: each builds, says nothing it may not say, and stays within its promises."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import reflex as rx

from taper_app.components.body_places import body_groups
from taper_app.components.history_item import KINDS
from taper_app.components.named import group, named, named_list
from taper_app.components.words import t
from taper_app.content.loader import catalog, data
from taper_app.pages.store_routes import ROUTES
from taper_app.pwa.store import store
from taper_app.pwa.views import CheckInForm, ConditionForm, FlareForm, OptionForm, PegForm

ROOT = Path(__file__).parents[2]
LOCALES = ROOT / "taper_app/locales/en"
OWN = ("today", "log", "history", "check_in", "shared")
# Never in a text of the app (CLINICAL.md, "Words", and the line that is never crossed).
BANNED = re.compile(
    r"\b(addict|clean|abuse|failed|failure|relapse|complian|streak|missed|remaining|you can take|it is time to take|"
    r"withdrawal score|overdue|late dose|countdown|skip the|good job|well done)",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def built() -> dict[str, str]:
    """Every page as the code it compiles to."""
    return {path: str(page()) for path, page, _, _ in ROUTES}


def strings(name: str) -> dict[str, str]:
    """The strings of one catalog file, by their whole key."""

    def flat(table: dict[str, object], prefix: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for key, value in table.items():
            found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {f"{prefix}{key}": str(value)}
        return found

    return flat(tomllib.loads((LOCALES / f"{name}.toml").read_text("utf-8")))


@pytest.mark.parametrize(("path", "page", "title"), [(path, page, title) for path, page, title, _ in ROUTES])
def test_every_page_builds_with_a_title(path: str, page: Callable[[], rx.Component], title: str) -> None:
    """A page builds, has exactly one h1, a main with the skip link's target, and a title in the catalog."""
    code = str(page())
    assert code.count('jsx("h1"') == 1, path
    assert 'id:"main"' in code, path
    assert t(title), path


def test_addresses_are_unique() -> None:
    """No address is listed twice."""
    paths = [path for path, *_ in ROUTES]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("name", OWN)
def test_words_are_allowed(name: str) -> None:
    """No string blames, praises, counts down, or tells anyone to take or leave a dose."""
    assert {key: words for key, words in strings(name).items() if BANNED.search(words)} == {}


@pytest.mark.parametrize("name", OWN)
def test_sentences_are_short(name: str) -> None:
    """No sentence of the short strings is longer than twenty words."""
    long = [s for words in strings(name).values() for s in re.split(r"[.?!:]\s", words) if len(s.split()) > 20]
    assert long == []


@pytest.mark.parametrize("name", OWN)
def test_every_string_is_used(name: str) -> None:
    """A string of these screens that no page or component names is taken out of the catalog."""
    code = "".join(path.read_text("utf-8") for folder in ("pages", "components") for path in (ROOT / "taper_app" / folder).glob("*.py"))
    assert [key for key in strings(name) if not any(written in code for written in ways(key))] == []


def ways(key: str) -> list[str]:
    """How code may name a string: in full, as a group or its plural, or with its last part filled in."""
    parents = [key.rsplit(".", n)[0] for n in (1, 2) if key.count(".") >= n]
    filled = [f'f"{parent}.{{' for parent in parents]
    return [f'"{key}"', *[f'"{parent}"' for parent in parents if "." in parent or parent == "at"], *filled]


def test_no_style_and_no_html_door(built: dict[str, str]) -> None:
    """Looks come from taper.css alone, and no page has a way for HTML to come in."""
    for path, code in built.items():
        assert "dangerouslySetInnerHTML" not in code, path
        assert "css:(" not in code, path
        assert "radix" not in code.lower(), path


def test_shared_page_leads_nowhere_into_the_app(built: dict[str, str]) -> None:
    """A caregiver's page has Safety and nothing else: no bar, and of the patient's pages only the way back of their own look."""
    code = built["/shared"]
    assert 'className:"bar"' not in code
    assert set(re.findall(r'to:"(/[^"]*)"', code)) <= {"/safety", "/share"}


def test_no_page_writes_through_the_socket(built: dict[str, str]) -> None:
    """A tap goes to the store: no page of these sends an event to a State."""
    for path, code in built.items():
        assert "ReflexEvent" not in code and "addEvents" not in code, path


def test_urgent_signs_come_before_comfort(built: dict[str, str]) -> None:
    """Where a page has both, when to call 911 stands before anything that calms."""
    for path, urgent, comfort in (("/log/saved", "chest pain", "Not everyone has it"), ("/shared", "cannot be woken", "cup of tea")):
        code = built[path]
        assert 0 <= code.index(urgent) < code.index(comfort), path


def test_as_needed_is_never_counted_down(built: dict[str, str]) -> None:
    """Today counts what was logged in 24 hours, and says neither what is left nor when the next may be."""
    assert "Logged in 24 hours: " in built["/"]
    assert not re.search(r"remaining|left today|next dose in", built["/"])


def test_body_groups_hold_every_place_once() -> None:
    """The body list offers each place of the data file, in one group each."""
    shown = [place for _, places in body_groups() for place, _ in places]
    assert sorted(shown) == sorted(data("regions")["places"])


@pytest.mark.parametrize("area", ["feels", "allodynia", "spread", "triggers", "body", "options", "places"])
def test_chips_follow_the_data(area: str) -> None:
    """Chips come in the order of the data file, each with words."""
    ids = data("chips").get(area) or data("regions")[area]
    assert list(group(area)) == list(ids)
    assert all(group(area).values())


def test_codes_have_words_even_when_unknown() -> None:
    """A code without words shows as itself, so an entry of a newer app is still readable."""
    assert "??" in str(named("places", store.today.day.date))
    assert "??" in str(named_list("places", store.last_places))


def test_every_kind_of_history_can_be_corrected() -> None:
    """Each kind that History shows has its page."""
    paths = {path for path, *_ in ROUTES}
    assert {f"/entry/{kind}" for kind in KINDS} <= paths


def test_every_field_of_a_version_has_a_name() -> None:
    """What an earlier version of an entry said is named in words."""
    forms = (CheckInForm, ConditionForm, FlareForm, OptionForm, PegForm)
    named_fields = set(group("entry.field"))
    asked = {name for form in forms for name in form.__annotations__}
    moments = {"started_date", "started_time", "ended_date", "ended_time"}
    assert asked - moments <= named_fields
    assert catalog("en")["entry.field.started_at"]
