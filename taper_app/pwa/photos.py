"""Photos beside a plan, for pages: one Var that says which there are, and what the buttons do. `js/photos.js` has the rest."""

from dataclasses import dataclass
from typing import Any

from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import Var, VarData
from reflex_base.vars.function import FunctionStringVar, FunctionVar

_MODULE = "$/utils/taper/pictures.js"
# The id of the field a photo is chosen in.
FIELD = "photo-file"


@dataclass(frozen=True)
class Photo:
    """One photo; `number` counts from 1. `large`: it was tapped; `asked`: whether it is to be taken away is being asked."""

    id: str
    src: str
    number: int
    large: bool
    asked: bool


@dataclass(frozen=True)
class Photos:
    """The photos beside the plan of this page. `ready` once they are known; the others are as in `Ringing`."""

    plan: str
    ready: bool
    photos: list[Photo]
    busy: bool
    failed: bool
    words: str


def _imports(name: str) -> dict[str, list[ImportVar]]:
    return {_MODULE: [ImportVar(tag=name, install=False)]}


photos: Any = Var(
    "photos",
    _var_type=Photos,
    _var_data=VarData(imports=_imports("usePhotos"), hooks={"const photos = usePhotos();": None}),
).guess_type()


def look(plan_id: Any) -> FunctionVar[Any]:
    """Show the photos of this plan (for `on_mount`)."""
    return _call("lookAtPhotos", plan_id)


def add() -> FunctionVar[Any]:
    """Send the photo that was chosen in the field `FIELD`."""
    return _call("addPhoto")


def enlarge(photo_id: Any) -> FunctionVar[Any]:
    """Show this photo large, or small again."""
    return _call("enlargePhoto", photo_id)


def ask(photo_id: Any) -> FunctionVar[Any]:
    """Ask whether this photo is to be taken away; "" asks no more."""
    return _call("askPhoto", photo_id)


def remove() -> FunctionVar[Any]:
    """Take away the photo that was asked about."""
    return _call("removePhoto")


def _call(name: str, *args: Any) -> FunctionVar[Any]:
    values = [Var.create(arg) for arg in args]
    data = VarData.merge(VarData(imports=_imports(name)), *[value._get_all_var_data() for value in values])
    return FunctionStringVar.create(f"(() => void {name}({', '.join(map(str, values))}))", _var_data=data)
