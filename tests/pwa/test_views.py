"""The objects that `js/views/` builds are exactly the dataclasses of `pwa/views/`."""

import json
import re
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from reflex_base.vars.object import ObjectVar

from taper_app.pwa import views as pwa_views
from taper_app.pwa.views import Store

ROOT = Path(__file__).parents[2]
NODE = Path(sys.executable).parent / "node"


@pytest.fixture(scope="module")
def views() -> dict[str, Any]:
    """The view of every sample, as node prints it."""
    run = subprocess.run(
        [NODE, ROOT / "tests/js/print_views.js"], capture_output=True, text=True, timeout=60, check=True, env={"TZ": "UTC"}
    )
    return json.loads(run.stdout)


def differences(value: Any, kind: Any, path: str) -> list[str]:
    """Where a value is not of a type; a number without a fraction is also a float, and nothing is null."""
    if is_dataclass(kind):
        if not isinstance(value, dict):
            return [f"{path}: {value!r} is no {kind.__name__}"]
        hints = get_type_hints(kind)
        found = [f"{path}.{name}: missing" for name in hints.keys() - value.keys()]
        found += [f"{path}.{name}: not in {kind.__name__}" for name in value.keys() - hints.keys()]
        return found + [d for name in hints.keys() & value.keys() for d in differences(value[name], hints[name], f"{path}.{name}")]
    if get_origin(kind) is list:
        if not isinstance(value, list):
            return [f"{path}: {value!r} is no list"]
        return [d for i, item in enumerate(value) for d in differences(item, get_args(kind)[0], f"{path}[{i}]")]
    if get_origin(kind) is dict:
        if not isinstance(value, dict):
            return [f"{path}: {value!r} is no dict"]
        return [d for name, item in value.items() for d in differences(item, get_args(kind)[1], f"{path}.{name}")]
    right = type(value) is kind or (kind is float and type(value) is int)
    return [] if right else [f"{path}: {value!r} is no {kind.__name__}"]


SAMPLES = (
    "loading", "empty", "full", "hold", "patch", "undated", "several", "shared_minimal", "shared_full", "busy", "signed_out",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_view_has_exactly_the_fields_of_the_store(views: dict[str, Any], name: str) -> None:
    """A view has every field that a page may read, of the type it was told, and none besides."""
    assert differences(views[name], Store, "store") == []


def test_samples_reach_every_kind_of_object(views: dict[str, Any]) -> None:
    """Every dataclass of the store is built in some sample, so none goes unchecked."""
    met: set[str] = set()

    def walk(value: Any, kind: Any) -> None:
        if is_dataclass(kind):
            met.add(kind.__name__)
            for name, hint in get_type_hints(kind).items():
                walk(value[name], hint)
        elif get_origin(kind) in (list, dict):
            for item in value if isinstance(value, list) else value.values():
                walk(item, get_args(kind)[-1])

    for view in views.values():
        walk(view, Store)
    assert {name for name, one in vars(pwa_views).items() if is_dataclass(one)} - met == {"Form"}


def test_no_field_hides_behind_a_method_of_reflex() -> None:
    """`store.history[0].name` reads the field: only `items` must be read as `day["items"]`."""
    hidden = {
        name
        for one in vars(pwa_views).values()
        if is_dataclass(one)
        for name in get_type_hints(one)
        if hasattr(ObjectVar, name)
    }
    assert hidden == {"items"}


def test_loading_view_says_nothing_of_the_day_it_was_built_on(views: dict[str, Any]) -> None:
    """The prerendered page is the same for everybody on every day."""
    assert not re.search(r"\b20\d\d-|November|Nov\b", json.dumps(views["loading"]))


def test_signed_out_view_is_the_loading_view_but_for_its_phase(views: dict[str, Any]) -> None:
    """Nothing of an account stays in memory when nobody is signed in."""
    assert {**views["signed_out"], "phase": "loading", "rejected": []} == views["loading"]
