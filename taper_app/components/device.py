"""What a page asks of the phone itself: the text size, the clipboard, the share sheet. Nothing here reaches the server."""

import reflex as rx
from reflex_base.vars.function import FunctionStringVar, FunctionVar


def set_text_size(size: str) -> FunctionVar:
    """Remember the text size on this phone ("", "large", "larger") and show it at once; `theme.js` does it at the next start."""
    return FunctionStringVar.create(
        f"(() => {{ localStorage.setItem('taper-text', '{size}'); document.documentElement.dataset.text = '{size}'; }})"
    )


def show_text_size(name: str) -> FunctionVar:
    """Tick the radio button of this group that is this phone's text size (for `on_mount`)."""
    chosen = "document.documentElement.dataset.text || ''"
    return FunctionStringVar.create(
        f"(() => {{ const one = document.querySelector(`input[name={name}][value=\"${{{chosen}}}\"]`); if (one) one.checked = true; }})"
    )


def copy(text: rx.Var) -> FunctionVar:
    """Put a text on the clipboard."""
    return FunctionStringVar.create(f"(() => navigator.clipboard?.writeText({text!s}))", _var_data=text._get_all_var_data())


def share_sheet(url: rx.Var) -> FunctionVar:
    """Open the phone's own share sheet; where there is none the link is copied."""
    return FunctionStringVar.create(
        f"(() => navigator.share ? navigator.share({{ url: {url!s} }}).catch(() => {{}}) : navigator.clipboard?.writeText({url!s}))",
        _var_data=url._get_all_var_data(),
    )
