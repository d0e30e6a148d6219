"""What every sequence shares."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from taper_app.services import passwords
from tests.services.world import QUICK
from tests.soak.phones import Phones
from tests.soak.server import Server


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Phones]]:
    """One server and one process of phones for all sequences; accounts and phones are new in each."""
    with pytest.MonkeyPatch.context() as patch, Phones() as node:
        patch.setattr(passwords, "hasher", QUICK)
        server = Server(tmp_path_factory.mktemp("soak"))
        yield server, node
        server.stop()
