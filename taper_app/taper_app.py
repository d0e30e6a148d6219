"""The app: every page in every language, behind the gate. No logic."""

import reflex as rx

from taper_app.api.gate import make_gate
from taper_app.api.starting import settled
from taper_app.api.ticking import ticking
from taper_app.components.device import text_size_at_start
from taper_app.components.overlay import overlay
from taper_app.components.words import LANGUAGES, href, in_language, language, t
from taper_app.pages.routes import routes
from taper_app.pages.welcome import missing
from taper_app.pwa.locking import at_start
from taper_app.states.arriving import guard

app = rx.App(
    html_lang=LANGUAGES[0],
    stylesheets=["/taper.css"],
    head_components=[
        text_size_at_start(),
        rx.el.script(at_start()),
        rx.el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        rx.el.link(rel="icon", href="/icon.svg", type="image/svg+xml"),
    ],
    reset_style=False,
    toaster=None,
    app_wraps={(5, "Overlay"): lambda _: overlay()},
    api_transformer=make_gate,
)
guard(app)
app.register_lifespan_task(ticking)
app.register_lifespan_task(settled)

for lang in LANGUAGES:
    with language(lang):
        for route in routes():
            app.add_page(
                in_language(lang, route.build),
                route=href(route.path),
                title=f"{route.title} - {t('shell.app')}",
                description=t("shell.description"),
                image="/icon.svg",
                on_load=route.on_load,
            )
app.add_page(in_language(LANGUAGES[0], missing), route="/404", title="Taper")
