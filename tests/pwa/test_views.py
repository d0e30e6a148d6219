"""The objects that `js/views/` builds are exactly the dataclasses of `pwa/views.py`."""

import json
import subprocess
import sys
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

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


def test_samples_reach_every_list(views: dict[str, Any]) -> None:
    """Every list of the store is filled in some sample, so its items are checked too."""
    filled: set[str] = set()
    known: set[str] = set()

    def walk(value: Any, kind: Any, path: str) -> None:
        if is_dataclass(kind):
            for name, hint in get_type_hints(kind).items():
                walk(value.get(name), hint, f"{path}.{name}")
        elif get_origin(kind) in (list, dict):
            known.add(path)
            items = value if isinstance(value, list) else list(value.values())
            if items:
                filled.add(path)
            for item in items:
                walk(item, get_args(kind)[-1], path)

    for view in views.values():
        walk(view, Store, "store")
    assert known - filled <= {f"store.forms.flare.{name}" for name in ("feels", "places", "allodynia", "triggers", "helped")} | {
        f"store.history.items.{name}" for name in ("feels", "allodynia", "triggers", "helped")
    } | {"store.forms.baseline.allodynia"}


def test_loading_view_says_nothing_of_the_day_it_was_built_on(views: dict[str, Any]) -> None:
    """The prerendered page is the same for everybody on every day."""
    text = json.dumps(views["loading"])
    assert "20" not in text.replace("320 120", "").replace("0 0 320", "")


def test_signed_out_view_is_the_loading_view_but_for_its_phase(views: dict[str, Any]) -> None:
    """Nothing of an account stays in memory when nobody is signed in."""
    assert {**views["signed_out"], "phase": "loading", "rejected": []} == views["loading"]
