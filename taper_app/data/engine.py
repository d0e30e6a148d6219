"""The database: an encrypted SQLite file, or the server that DATABASE_URL names; and the transaction around a call."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # it brings no types
from sqlmodel import Session, create_engine

from taper_app.data import bus, rotation
from taper_app.data.keys import KeyMissing, KeyPlace, load_key
from taper_app.data.sealing import WRAP, Wrap
from taper_app.settings import settings

__all__ = [
    "Database",
    "Session",
    "after_commit",
    "database",
    "empty_log",
    "migrate",
    "open_database",
    "session_scope",
    "use",
]

_AFTER = "after_commit"
_READ = "taper_read"
_EMPTY = "taper_empty_log"


class Unavailable(RuntimeError):
    """The database did not answer in time, or cannot be written: try again later."""


class Clash(RuntimeError):
    """Two calls wrote the same thing at the same moment; this one came second and wrote nothing."""


@dataclass(frozen=True)
class Database:
    """An engine for writing, and the same pool for reading only. `held`: keys are not changed while it is open."""

    writer: Engine
    reader: Engine
    held: IO[str]


def open_database(url: str, folder: Path, *, key_file: Path | None = None, passphrase: str = "") -> Database:
    """The database at `url`, or without one the encrypted file in `folder`.

    Raises KeyTrouble when the host's key is missing, shown to others, locked, or another; a change of keys that was cut
    off is settled first.
    """
    place, file = KeyPlace(key_file or folder / "taper.key", passphrase), folder / "taper.db"
    if place.waiting.exists():
        with rotation.hold(folder, alone=True):
            rotation.settle(place, partial(_fits, url, file), rotation.part_of(file))
    held = rotation.hold(folder)
    try:
        key = load_key(place, needed_by=None if url else file)
        if not url and not rotation.opens_file(file, key):
            raise KeyMissing(f"{file} is not a database that {place.path} opens. Restore the key that belongs to it.")
    except BaseException:
        held.close()
        raise
    engine = (_server(url) if url else _encrypted_file(file, key)).execution_options(**{WRAP: Wrap(key)})
    return Database(engine, engine.execution_options(**{_READ: True}), held)


def _fits(url: str, file: Path, key: str) -> bool:
    if not url:
        return rotation.opens_file(file, key)
    engine = _server(url)
    try:
        with engine.connect() as connection:
            return rotation.opens_server(connection, key)
    finally:
        engine.dispose()


def driver_url(url: str) -> str:
    """The address with the driver that is installed here, where it names none."""
    if url.startswith(("postgresql://", "postgres://")):
        return "postgresql+psycopg://" + url.split("://", 1)[1]
    return url


def _server(url: str) -> Engine:
    # What a person typed never gets into an error's words.
    return create_engine(driver_url(url), pool_pre_ping=True, pool_size=10, max_overflow=30, hide_parameters=True)


def _encrypted_file(path: Path, key: str) -> Engine:
    def connect() -> Any:
        # isolation_level None: transactions begin where `_begin` says, not where the driver guesses.
        connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None, timeout=10)
        # A raw key needs no derivation, so a connection opens in a millisecond.
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 10000",
            "secure_delete = ON",
            "temp_store = MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    # As many are kept open as there are threads that answer calls: each new one has to read the key and the whole schema.
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=40, max_overflow=30, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # A writer asks for its place at once; a reader that turned into one half-way could be refused.
        reads = connection.get_execution_options().get(_READ)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


# One process has one database; only a test or the demo puts another here.
_used: list[Database] = []


@lru_cache(maxsize=1)
def _default() -> Database:
    chosen = settings()
    return open_database(chosen.database_url, chosen.data_dir, key_file=chosen.host_key, passphrase=chosen.passphrase.get_secret_value())


def database() -> Database:
    """The database of this process."""
    return _used[-1] if _used else _default()


def use(other: Database | None) -> None:
    """Use another database from now on (tests, demo); None goes back to the one of the settings."""
    _used[:] = [other] if other else []


@contextmanager
def session_scope(*, write: bool = True) -> Iterator[Session]:
    """A transaction: committed when the block ends, rolled back when it raises.

    What services marked on the bus is published after the commit. With `write=False` it is for reading only: readers
    do not wait for a writer. Raises Unavailable and Clash for what the database itself refuses.
    """
    used = database()
    with Session(used.writer if write else used.reader, expire_on_commit=False) as session:
        try:
            yield session
            session.commit()
        except (OperationalError, PoolTimeout) as error:
            session.rollback()
            # Without its statement, which can hold what a person typed.
            raise Unavailable(type(error).__name__) from None
        except IntegrityError:
            session.rollback()
            raise Clash from None
        except BaseException:
            session.rollback()
            raise
        topics = bus.marked(session)
        emptied = bool(session.info.pop(_EMPTY, False))
        later: list[Callable[[Session], None]] = session.info.pop(_AFTER, [])
    if emptied:
        _empty_log(used)
    bus.publish(*topics)
    if later:
        with session_scope() as second:
            for run in later:
                run(second)


def after_commit(session: Session, run: Callable[[Session], None]) -> None:
    """Run this in a writing transaction of its own once `session` has ended well: for a reader that notes something."""
    session.info.setdefault(_AFTER, []).append(run)


def empty_log(session: Session) -> None:
    """Leave nothing of what this transaction deletes in SQLite's log, once it has ended well."""
    session.info[_EMPTY] = True


def _empty_log(used: Database) -> None:
    if used.writer.dialect.name != "sqlite":
        return
    connection = used.writer.raw_connection()
    try:
        cursor = connection.cursor()
        # Who reads just now is waited for a little only: the next deletion, or the log's own turning over, does it then.
        cursor.execute("PRAGMA busy_timeout = 500")
        # The pages go into the file, where what was deleted is zeros.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        cursor.execute("PRAGMA busy_timeout = 10000")
    finally:
        connection.close()


def require_key(connection: Connection) -> None:
    """Raises KeyMissing when the accounts of this database belong to another host's key."""
    if not rotation.opens_accounts(connection):
        raise KeyMissing("The accounts in this database belong to another taper.key. Restore that one from your backup.")


def migrate(target: str = "head") -> None:
    """Bring the database's tables to this version, or to `target`."""
    with database().writer.begin() as connection:
        require_key(connection)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        if target == "base" or target.startswith("-"):
            command.downgrade(config, target)
        else:
            command.upgrade(config, target)
