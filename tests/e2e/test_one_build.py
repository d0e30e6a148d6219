"""One build serves any PORT and PUBLIC_URL."""

from __future__ import annotations

import http.client

from scripts import phones
from scripts.house import running_app
from tests.e2e.conftest import NewPhone, Server


def test_one_build_serves_other_addresses(server: Server, new_phone: NewPhone) -> None:
    """The build knows no port: the socket of a State's page comes up on the one this server has."""
    page = new_phone().new_page()
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    phones.sign_in(page.context, server.url, server.demo.logins[0], server.demo.password)
    page.goto("/settings")
    page.get_by_label("Time zone").wait_for()
    port = server.url.rsplit(":", 1)[1]
    assert sockets
    assert all(f":{port}/_event" in url for url in sockets)


def test_behind_https_cookies_and_the_socket_are_safe(server: Server) -> None:
    """With PUBLIC_URL the same build gives a __Host- cookie, HSTS and a policy that names the secure socket."""
    with running_app(PUBLIC_URL="https://taper.example") as url:
        there = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)
        there.request("GET", "/welcome", headers={"Host": "taper.example", "Accept": "text/html"})
        page = there.getresponse()
        words = page.read().decode()
        assert "Coming off pain medicine" in words
        assert "http://127.0.0.1" not in words
        assert "wss://taper.example" in page.headers["Content-Security-Policy"]
        assert page.headers["Strict-Transport-Security"]
        body = '{"login": "ana", "password": "seven quiet lamps burning", "display_name": "Ana", "zone": "UTC"}'
        headers = {"Host": "taper.example", "Content-Type": "application/json"}
        there.request("POST", "/api/v1/accounts", body, {**headers, "Origin": url})
        refused = there.getresponse()
        refused.read()
        assert refused.status == 403
        there.request("POST", "/api/v1/accounts", body, {**headers, "Origin": "https://taper.example"})
        made = there.getresponse()
        made.read()
        assert made.status == 201
        cookie = next(line for line in made.headers.get_all("Set-Cookie") or [] if "Max-Age=0" not in line)
        assert cookie.startswith("__Host-taper=")
        assert "Secure" in cookie
        assert "HttpOnly" in cookie
