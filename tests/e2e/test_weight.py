"""How much the first visit costs on a slow line."""

from __future__ import annotations

from scripts import phones
from scripts.weight import MOST, transferred
from tests.e2e.conftest import NewPhone, Server


def test_first_visit_of_today_is_light(server: Server, new_phone: NewPhone) -> None:
    """Today transfers at most 170 KiB with an empty cache, three months of data included."""
    context = new_phone()
    phones.sign_in(context, server.url, server.demo.logins[0], server.demo.password)
    found = transferred(context, "/")
    assert sum(found.values()) <= MOST, sorted(found.items(), key=lambda item: -item[1])
    assert not [name for name in found if "plotly" in name.lower()]


def test_one_build_serves_other_addresses(server: Server, new_phone: NewPhone) -> None:
    """The build knows no port: the socket of a State's page comes up on the one this server has."""
    page = new_phone().new_page()
    page.context.request.fetch("/healthz")
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    phones.sign_in(page.context, server.url, server.demo.logins[0], server.demo.password)
    page.goto("/settings")
    page.get_by_label("Time zone").wait_for()
    port = server.url.rsplit(":", 1)[1]
    assert sockets
    assert all(f":{port}/_event" in url for url in sockets)
