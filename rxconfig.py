"""Reflex's own configuration. What a host may set is in `taper_app/settings.py`."""

import os

import reflex as rx

from taper_app.app_manifest import LANG, MANIFEST
from taper_app.lock_words import cover_words
from taper_app.pwa import PwaPlugin, StorePlugin
from taper_app.pwa.locking import LockPlugin
from taper_app.settings import settings

plugins: list[rx.plugins.Plugin] = [
    StorePlugin(),
    LockPlugin({LANG: cover_words()}),
    PwaPlugin(
        MANIFEST,
        never=("/api", "/auth", "/s", "/calendar", "/healthz", "/leave"),
        # The pictures of the manifest: a phone looks at them once, before there is an app. Plotly is kept (decision 0012).
        skip=("screenshots/*",),
        # Modules of `taper_app/pwa/js/worker/` that listen in the worker.
        worker_modules=("utils/taper/worker/outbox.js", "utils/taper/worker/reminders.js"),
    ),
]
if "TAPER_DEV_PORT" in os.environ:  # only `make dev` sets it
    from scripts.dev import OneOrigin

    plugins.append(OneOrigin())

config = rx.Config(
    app_name="taper_app",
    frontend_port=settings().port,
    backend_port=settings().port,
    plugins=plugins,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    cors_allowed_origins=[],
    disable_plugins=[rx.plugins.SitemapPlugin],
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
)
