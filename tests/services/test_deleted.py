"""Deletion destroys the account's key first, then its rows; and what lies in a row opens nowhere else."""

from __future__ import annotations

from binascii import a2b_base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import text

from taper_app.data import engine, sealing
from taper_app.data.engine import session_scope
from taper_app.services import accounts
from taper_app.services.entries import list_entries
from taper_app.services.plans import get_plan
from tests.services import world
from tests.services.full import Full

CANARY = "canaryinacage"
PAGE, TAIL = 4096, 80


def decrypted(path: Path, key: bytes, head: int, frame: int) -> bytes:
    """All pages of the database's file, or of its log, as who holds the key can read them."""
    raw, found = path.read_bytes()[head:], b""
    for at in range(0, len(raw) - PAGE - frame + 1, PAGE + frame):
        page = raw[at + frame : at + frame + PAGE]
        for skip in (0, 16):  # the first page begins with the salt
            body, iv = page[skip : PAGE - TAIL], page[PAGE - TAIL : PAGE - TAIL + 16]
            opener = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
            found += opener.update(body) + opener.finalize()
    return found


def disk(database: engine.Database) -> bytes:
    """Everything on the disk of the encrypted database, its own encryption taken off."""
    folder = Path(database.held.name).parent
    key = bytes.fromhex((folder / "taper.key").read_text().strip())
    log = folder / "taper.db-wal"
    found = decrypted(folder / "taper.db", key, 0, 0)
    return found + (decrypted(log, key, 32, 24) if log.exists() and log.stat().st_size else b"")


def wrapped(account_id: str) -> str:
    """The account's key as it is kept."""
    with engine.database().reader.connect() as connection:
        found: str = connection.execute(text("SELECT wrapped FROM account_key WHERE account_id = :id"), {"id": account_id}).scalar_one()
    return found


def delete(person: world.Person) -> None:
    """As the settings page does it."""
    with session_scope() as session:
        accounts.delete_account(session, person.actor, world.NOW, world.PASSWORD)


@pytest.mark.promise(12, 15)
@pytest.mark.parametrize("world_database", ["encrypted"], indirect=True)
def test_nothing_of_a_deleted_account_is_on_the_disk(world_database: engine.Database) -> None:
    """Who holds the host's key finds neither the account's key nor its words nor its login, in the file or in its log.

    PostgreSQL keeps dead rows until its vacuum: docs/operations.md says so.
    """
    bo = world.sign_up("bothatstays")
    ana = world.sign_up(CANARY)
    world.record(ana, *[world.flare(n, note=CANARY * 20) for n in range(1, 300)])
    key = wrapped(ana.id).encode()
    before = disk(world_database)
    assert key in before
    assert CANARY.encode() in before, "the login is not sealed, so that it can be looked for"
    delete(ana)
    after = disk(world_database)
    assert key not in after
    assert CANARY.encode() not in after
    assert ana.id.encode() not in after
    assert wrapped(bo.id).encode() in after


@pytest.mark.promise(12, 15)
def test_the_key_goes_first() -> None:
    """The first row that is taken out is the key; when the rest then fails, all of it is as before."""
    ana = world.sign_up()
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        if statement.lstrip().startswith("DELETE"):
            seen.append(statement.split()[2])

    sealing.event.listen(engine.database().writer, "before_cursor_execute", note)
    delete(ana)
    sealing.event.remove(engine.database().writer, "before_cursor_execute", note)
    assert seen[:2] == ["account_key", "account"]
    assert world.counts()["account_key"] == 0


def test_no_word_lies_open_in_a_row() -> None:
    """With the file's own encryption off, or on a server, no text that a person wrote can be read in any row."""
    full = Full("ana")
    with session_scope() as session:
        accounts.change_settings(
            session, full.ana.actor, {"display_name": CANARY, "people": [{"name": CANARY, "phone": "1"}], "after_hours": CANARY}, world.NOW
        )
    world.record(full.ana, world.entry(90, "note", {"text": CANARY}))
    with engine.database().reader.connect() as connection:
        kept = {table: str(connection.execute(text(f"SELECT * FROM {table}")).all()) for table in world.TABLES}
    for word in (CANARY, "with food", "morphine", "fentanyl", "Küche", "HYPERLINK", "Dr. Osei", "lower_back", "severity"):
        assert not [table for table, rows in kept.items() if word in rows], word
    with session_scope(write=False) as session:
        assert accounts.get_account(session, full.ana.actor).display_name == CANARY
        assert "Dr. Osei" in str(get_plan(session, full.ana.actor, full.plan, world.NOW))


def test_a_row_opens_only_where_it_was_sealed() -> None:
    """A sealed text put into another row, another account or written by hand is refused, not shown."""
    ana, bo = world.sign_up("ana"), world.sign_up("bo")
    for person in (ana, bo):
        world.record(person, world.flare(1, note="mine"), world.flare(2, note="other"))
    other = "(SELECT data FROM entry AS o WHERE o.account_id = :bo AND o.id = :one)"
    next_row = "(SELECT data FROM entry AS o WHERE o.account_id = :ana AND o.id = :two)"
    ids = {"ana": ana.id, "bo": bo.id, "one": world.uuid(1), "two": world.uuid(2)}

    def put(value: str) -> None:
        used = {name: given for name, given in ids.items() if f":{name}" in value or name in ("ana", "one")}
        with session_scope() as session:
            session.connection().execute(text(f"UPDATE entry SET data = {value} WHERE account_id = :ana AND id = :one"), used)
            list_entries(session, ana.actor)

    for value in (other, next_row, "'{}'", "''"):
        with pytest.raises(sealing.Unreadable):
            put(value)
    with session_scope(write=False) as session:
        assert [one.data["note"] for one in list_entries(session, ana.actor).entries] == ["mine", "other"]


def test_the_same_words_never_look_the_same() -> None:
    """Two notes with the same text are sealed differently, and so are two accounts' keys."""
    ana, bo = world.sign_up("ana"), world.sign_up("bo")
    world.record(ana, world.flare(1, note="mine"), world.flare(2, note="mine"))
    with engine.database().reader.connect() as connection:
        texts = list(connection.execute(text("SELECT data FROM entry")).scalars())
    assert len({a2b_base64(one[1:])[:12] for one in texts}) == 2
    assert wrapped(ana.id) != wrapped(bo.id)


def test_a_reader_does_not_hold_up_a_deletion(world_database: engine.Database) -> None:
    """While somebody reads, an account is deleted all the same; the log is emptied by the next deletion at the latest."""
    ana, bo = world.sign_up(CANARY), world.sign_up("bo")
    with world_database.reader.connect() as reading:
        reading.execute(text("SELECT count(*) FROM account")).scalar_one()
        delete(ana)
    assert world.counts()["account"] == 1
    delete(bo)
    if world_database.writer.dialect.name == "sqlite":
        assert CANARY.encode() not in disk(world_database)
        with world_database.reader.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 10000
