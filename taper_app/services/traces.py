"""An error as a log may show it: what kind it was and where, never its words, for those can be what a person typed."""

import traceback


def trace_of(error: BaseException) -> str:
    """The trace: files, lines and our own code, the kinds of this error and of those behind it; no message and no value."""
    lines: list[str] = []
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        frames = traceback.format_list(traceback.extract_tb(here.__traceback__))
        lines[:0] = [*frames, f"{type(here).__module__}.{type(here).__qualname__}\n"]
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "".join(lines).rstrip("\n")
