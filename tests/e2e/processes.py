"""The processes of a server that a test started, and a person who talks to it without a browser."""

from __future__ import annotations

import http.client
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.e2e.people import PASSWORD, next_login


def workers(port: int) -> set[int]:
    """The processes that were started for this port: the server and its worker."""
    found = set()
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            names = (folder / "environ").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if f"PORT={port}".encode() in names and state != "Z":
            found.add(int(folder.name))
    return found


class Caller:
    """Somebody with an account, over plain HTTP."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.port = urlsplit(url).port or 80
        self.cookie = ""
        body = {"login": next_login("storm"), "password": PASSWORD, "display_name": "Storm", "zone": "America/New_York"}
        status, headers, _ = self.ask("POST", "/api/v1/accounts", body)
        assert status == 201
        self.cookie = next(one.split(";")[0] for one in headers.get_all("set-cookie") or [] if one.startswith("taper="))

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any, Any]:
        """Status, headers and JSON of the answer. Raises OSError where the server is gone."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"content-type": "application/json", **({"cookie": self.cookie} if self.cookie else {})}
        try:
            line.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = line.getresponse()
            raw = answer.read()
        except http.client.HTTPException as error:
            raise ConnectionError from error
        finally:
            line.close()
        return answer.status, answer.headers, json.loads(raw) if raw[:1] in b"{[" and raw else raw
