"""Rendering the plain pages: templates with words from the catalog, escaped, without inline script or style."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse

from taper_app.api.headers import FORM_POLICY
from taper_app.content.loader import translate

LANG = "en"
_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def words(key: str, **values: object) -> str:
    """A string of the catalog."""
    return translate(LANG, key, **values)


def page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page; `t` in the template is `words`."""
    html = _templates.get_template(template).render(t=words, lang=LANG, **values)
    # Never in any cache: a recovery code can stand on it.
    headers = {"Content-Security-Policy": FORM_POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(html, status, headers=headers)
