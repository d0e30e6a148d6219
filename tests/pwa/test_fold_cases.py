"""The server folds entries as the phone does: both run tests/cases/fold.json."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from taper_app.domain.entries import Entry, Record, fold

CASES = json.loads((Path(__file__).parents[1] / "cases/fold.json").read_text())


def read(entry: dict[str, Any]) -> Entry:
    """An entry as it comes over the wire."""
    at = datetime.fromisoformat(entry["at"])
    return Entry(entry["id"], entry["kind"], at, entry["zone"], entry["data"], entry.get("changes"))


def show(record: Record) -> dict[str, Any]:
    """A record as the cases write it."""
    return {
        "id": record.id, "kind": record.kind, "at": record.at.astimezone(UTC), "zone": record.zone,
        "data": dict(record.data), "retracted": record.retracted, "history": [entry.id for entry in record.history],
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_server_folds_as_the_phone(case: dict[str, Any]) -> None:
    """A case of tests/cases/fold.json gives its records, in the order given and turned round."""
    expected = [{**record, "at": datetime.fromisoformat(record["at"]).astimezone(UTC)} for record in case["records"]]
    entries = [read(entry) for entry in case["entries"]]
    assert [show(record) for record in fold(entries)] == expected
    if len({entry.id for entry in entries}) == len(entries):
        assert [show(record) for record in fold(reversed(entries))] == expected
