"""Sets one PDF and ends: run by `report_pdf.py` as a program of its own, JSON in, PDF out.

Typst keeps what it laid out for the next time, 30 MB a page and half a gigabyte in the end. A process that ends gives it back.
It imports nothing of ours, so it starts fast.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def main() -> None:
    """Read {template, data, boxed, on} from the standard input and write the PDF."""
    given = json.load(sys.stdin)
    sys.stdout.buffer.write(compile_page(given, given["data"], given["boxed"]))


def compile_page(given: dict[str, Any], data: str, boxed: str) -> bytes:
    """The PDF. PDF/UA knows neither missing letters nor some invisible ones: with such a one `boxed` is set, which has boxes instead."""
    import typst

    try:
        made = typst.compile(
            Path(given["template"]).read_bytes(),
            # Typst's own fonts and no others, so that the page is the same wherever it is set.
            font_paths=typst.Fonts(include_system_fonts=False),
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"data": data},
            pdf_standards="ua-1",
            timestamp=datetime.fromisoformat(given["on"]).replace(tzinfo=UTC),
        )
    except typst.TypstError:
        if data == boxed:
            raise
        return compile_page(given, boxed, boxed)
    assert isinstance(made, bytes)  # no output was named
    return made


if __name__ == "__main__":
    main()
