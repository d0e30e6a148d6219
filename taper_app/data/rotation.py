"""New keys for everything: the database file, and what wraps the keys of accounts. Safe when killed at any moment.

The new key waits beside the old one as `taper.key.next`. With the encrypted file, a copy under the new key is made beside
it and takes its place in one move; on a server, all wrapped keys change in one transaction. Only then the new key takes
the old one's place. Whoever opens the database next looks which of the two keys fits, and finishes or forgets the change.
"""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, create_engine, inspect, select, update
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it brings no types

from taper_app.data.keys import KeyPlace, KeyTrouble, key_text, read_key, sync_folder, write_new
from taper_app.data.sealing import Unreadable, Wrap, wrap_of
from taper_app.data.tables import AccountKey

Fits = Callable[[str], bool]


class InUse(KeyTrouble):
    """Taper runs over this folder, or its keys are being changed just now."""


def hold(folder: Path, *, alone: bool = False) -> IO[str]:
    """Hold the folder while its database is open, together with others or alone; let go of by closing it. Raises InUse."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = (folder / "taper.lock").open("a")
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        file.close()
        if alone:
            raise InUse(f"Taper is running over {folder}. Stop it first, then try again.") from None
        raise InUse(f"The keys in {folder} are being changed just now. Try again when that is done.") from None
    return file


def settle(place: KeyPlace, fits: Fits, part: Path | None = None) -> None:
    """Finish or forget a change of keys that was cut off. `fits` says whether a key opens the database.

    Raises KeyTrouble when neither key can be read or fits.
    """
    if not place.waiting.exists():
        return
    trouble: KeyTrouble | None = None
    for path in (place.path, place.waiting):
        try:
            key = read_key(path, place.passphrase)
        except (KeyTrouble, FileNotFoundError) as error:
            # The other one may have another passphrase.
            trouble = trouble or (error if isinstance(error, KeyTrouble) else None)
            continue
        if fits(key):
            break
    else:
        raise trouble or KeyTrouble(f"Neither {place.path} nor {place.waiting} opens the database.")
    if path == place.waiting:
        place.waiting.replace(place.path)
    else:
        place.waiting.unlink()
    if part is not None:
        part.unlink(missing_ok=True)
    sync_folder(place.path.parent)


def rotate_file(file: Path, place: KeyPlace, passphrase: str) -> Iterator[str]:
    """Give the encrypted file a new key, sealed with `passphrase` ("": not). Yields what was done, step by step; killed
    between any two, nothing is lost. The caller holds the folder alone. Raises KeyTrouble.
    """
    old, new = read_key(place.path, place.passphrase), secrets.token_hex(32)
    write_new(place.waiting, key_text(new, passphrase))
    yield "a new key waits"
    part = part_of(file)
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = _connect(file, old)
    try:
        # Everything is in the one file that is copied, and no log of the old key is left beside the new file.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise InUse(f"Something else has {file} open. Stop it first, then try again.")
        yield "all is in one file"
        connection.execute(f"ATTACH ? AS fresh KEY \"x'{new}'\"", (str(part),))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        yield "the copy is written"
        _rewrap_file(connection, Wrap(old), Wrap(new))
        _compare(connection)
        connection.execute("DETACH fresh")
    finally:
        connection.close()
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    yield "the copy is whole"
    part.replace(file)
    sync_folder(file.parent)
    yield "the copy is the database"
    place.waiting.replace(place.path)
    sync_folder(place.path.parent)
    yield "the new key is the key"


def rotate_server(url: str, place: KeyPlace, passphrase: str) -> Iterator[str]:
    """Wrap every account's key anew, in one transaction. Yields what was done; as `rotate_file`."""
    old, new = read_key(place.path, place.passphrase), secrets.token_hex(32)
    write_new(place.waiting, key_text(new, passphrase))
    yield "a new key waits"
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            before, after = Wrap(old), Wrap(new)
            for account_id, wrapped in connection.execute(_wrapped().with_for_update()).all():
                fresh = after.close(account_id, before.open(account_id, wrapped))
                connection.execute(update(AccountKey).where(AccountKey.account_id == account_id).values(wrapped=fresh))
            yield "all are wrapped"
    finally:
        engine.dispose()
    yield "all are kept"
    place.waiting.replace(place.path)
    sync_folder(place.path.parent)
    yield "the new key is the key"


def part_of(file: Path) -> Path:
    """Where the copy under the new key grows."""
    return file.with_name(f"{file.name}.next")


def opens_file(file: Path, key: str) -> bool:
    """Whether the key opens the encrypted file; one that is not there opens with any."""
    if not file.exists():
        return True
    connection = _connect(file, key)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def opens_server(connection: Connection, key: str) -> bool:
    """Whether the key unwraps the keys of accounts."""
    return _unwraps(connection, Wrap(key))


def opens_accounts(connection: Connection) -> bool:
    """Whether the key that this database was opened with unwraps the keys of its accounts."""
    return _unwraps(connection, wrap_of(connection))


def _unwraps(connection: Connection, wrap: Wrap) -> bool:
    """Of the first account; without accounts any key does."""
    if "account_key" not in inspect(connection).get_table_names():
        return True
    row = connection.execute(_wrapped().limit(1)).first()
    if row is None:
        return True
    try:
        wrap.open(*row)
    except Unreadable:
        return False
    return True


def _wrapped() -> Any:
    return select(AccountKey.account_id, AccountKey.wrapped)  # type: ignore[call-overload]  # SQLModel types a column as its value


def _connect(file: Path, key: str) -> Any:
    connection = dbapi2.connect(str(file), isolation_level=None, timeout=10)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    return connection


def _rewrap_file(connection: Any, before: Wrap, after: Wrap) -> None:
    tables = {name for (name,) in connection.execute("SELECT name FROM fresh.sqlite_master WHERE type = 'table'")}
    if "account_key" not in tables:
        return
    connection.execute("BEGIN")
    for account_id, wrapped in connection.execute("SELECT account_id, wrapped FROM fresh.account_key").fetchall():
        fresh = after.close(account_id, before.open(account_id, wrapped))
        connection.execute("UPDATE fresh.account_key SET wrapped = ? WHERE account_id = ?", (fresh, account_id))
    connection.execute("COMMIT")


def _compare(connection: Any) -> None:
    """The copy is sound and has as many rows as the database, table by table. Raises KeyTrouble."""
    sound = connection.execute("PRAGMA fresh.integrity_check").fetchall() == [("ok",)]
    names = [name for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")]
    counts = [[connection.execute(f'SELECT count(*) FROM {where}."{name}"').fetchone() for name in names] for where in ("main", "fresh")]  # noqa: S608 - names of our own tables
    if not sound or counts[0] != counts[1]:
        raise KeyTrouble("The copy under the new key is not like the database. Nothing was changed.")
