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
