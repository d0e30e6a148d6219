"""What stands in the address after the #: it fills a field, and leaves the address bar."""

from reflex_base.vars.function import FunctionStringVar, FunctionVar


def fill_from_address(id_: str) -> FunctionVar:
    """Put it into the field with this id and bring that into view (for `on_mount`). Nothing is sent before a person taps."""
    return FunctionStringVar.create(
        f"(() => {{ const field = document.getElementById('{id_}'); const code = location.hash.slice(1);"
        " if (!field || !/^[\\w-]{20,60}$/.test(code)) return; field.value = code;"
        " history.replaceState(history.state, '', location.pathname); field.scrollIntoView({ block: 'center' }); })"
    )
