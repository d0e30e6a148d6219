"""The way out of a page that somebody else should not see: one tap, or Esc three times."""

import reflex as rx
from reflex_base.utils.imports import ImportVar
from reflex_base.vars.base import VarData
from reflex_base.vars.function import FunctionStringVar
from reflex_components_core.el.elements.inline import A as Anchor  # rx.el.a is the router's link, which would stay in the app

from taper_app.components.words import t

# The same file serves the plain pages; it listens by itself.
_can_leave = FunctionStringVar.create(
    "(() => canLeave())", _var_data=VarData(imports={"$/public/leave.js": [ImportVar(tag="canLeave", install=False)]})
)


def leave_now() -> rx.Component:
    """The button of a page for a hard moment, which stays in view while the page is read, and what it cannot do. First in `main`."""
    return rx.fragment(_button("exit no-print"), rx.el.p(t("quick_exit.hint"), class_name="soft small no-print"))


def leave_calmly() -> rx.Component:
    """The same button where something else comes first: small, and still in view. `leave_hint` stands further down."""
    return _button("exit calm no-print")


def leave_hint() -> rx.Component:
    """What the button cannot do, named, for it stands away from it."""
    return rx.el.p(t("quick_exit.about", leave=t("quick_exit.leave")), class_name="soft small no-print gap-l")


def _button(class_name: str) -> rx.Component:
    anchor = Anchor.create(t("quick_exit.leave"), href="/leave", class_name="btn", custom_attrs={"data-leave": "", "rel": "noreferrer"})
    return rx.el.div(anchor, class_name=class_name, on_mount=_can_leave)
