"""Reflex's own configuration. What a host may set is in `taper_app/settings.py`."""

import os

import reflex as rx

from taper_app.pwa import StorePlugin
from taper_app.settings import settings

plugins: list[rx.plugins.Plugin] = [StorePlugin()]
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
