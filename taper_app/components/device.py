"""What a page asks of the phone itself: the text size, the clipboard, the share sheet. Nothing here reaches the server."""

import reflex as rx
from reflex_base.vars.function import FunctionStringVar, FunctionVar


def set_text_size(size: str) -> FunctionVar:
    """Remember the text size on this phone ("", "large", "larger") and show it at once; `text_size_at_start` does it the next time."""
    return FunctionStringVar.create(
        f"(() => {{ localStorage.setItem('taper-text', '{size}'); document.documentElement.dataset.text = '{size}'; }})"
    )


def text_size_at_start() -> rx.Component:
    """The chosen text size before first paint; a line in the page itself, since a file would hold the page up."""
    return rx.el.script(
        "try { const size = localStorage.getItem('taper-text'); if (size) document.documentElement.dataset.text = size; } catch {}"
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


def print_page() -> FunctionVar:
    """Open the print dialog."""
    return FunctionStringVar.create("(() => window.print())")


def send_file(address: rx.Var, name: rx.Var) -> FunctionVar:
    """Fetch a PDF and hand it to the phone's own share sheet; where the server first asks who it is, go there and come back."""
    again = "if (got.status === 403) return location.assign('/auth/prove?next=' + encodeURIComponent(location.pathname + location.search));"
    made = f"const file = new File([await got.blob()], {name!s}, {{ type: 'application/pdf' }});"
    send = "await navigator.share({ files: [file] }).catch(() => {});"
    return FunctionStringVar.create(
        f"(async () => {{ const got = await fetch({address!s}); {again} {made} {send} }})",
        _var_data=rx.vars.VarData.merge(address._get_all_var_data(), name._get_all_var_data()),
    )


def hide_where_nothing_is_sent(id_: str) -> FunctionVar:
    """Hide a button (for `on_mount`) where the share sheet takes no files."""
    probe = "navigator.canShare?.({ files: [new File(['x'], 'x.pdf', { type: 'application/pdf' })] })"
    return FunctionStringVar.create(f"(() => {{ const one = document.getElementById('{id_}'); if (one) one.hidden = !{probe}; }})")
