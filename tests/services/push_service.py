"""A push service on loopback, and a browser that subscribed to it: real keys, real HTTP, real decryption."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from taper_app.settings import settings


def b64(raw: bytes) -> str:
    """URL-safe base64 without padding, as browsers write it."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Browser:
    """What `pushManager.subscribe` makes: a key pair and a secret of the browser's own."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"sixteen letters."
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = {
            "endpoint": endpoint,
            "expirationTime": None,
            "keys": {"p256dh": b64(point), "auth": b64(self.secret)},
        }

    def read(self, body: bytes) -> dict[str, Any]:
        """Decrypt what came."""
        text = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(text)
        return found


class PushService:
    """What arrived, and what the next answers are (201 when there are none left)."""

    def __init__(self, netloc: str) -> None:
        self.netloc = netloc
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.lock = threading.Lock()

    def browser(self, name: str = "one") -> Browser:
        """A browser that subscribed here."""
        return Browser(f"http://{self.netloc}/push/{name}")

    def read(self, browser: Browser) -> list[dict[str, Any]]:
        """What came for this browser, decrypted by it."""
        path = browser.endpoint.removeprefix(f"http://{self.netloc}")
        return [browser.read(body) for to, _, body in self.came if to == path]


@contextmanager
def allowed_push_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service that the host has put on its list."""
    with running_push_service() as found:
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(settings(), "push_hosts", found.netloc)
        yield found


@contextmanager
def running_push_service() -> Iterator[PushService]:
    """A push service on a free loopback port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with service.lock:
                service.came.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                status = service.answers.pop(0) if service.answers else 201
            self.send_response(status)
            if status == 307:
                self.send_header("Location", f"http://{service.netloc}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
