"""Texts that are sealed in their rows: each account has a key of its own, kept wrapped by the host's key.

Services see plain texts. Rows are opened when they are loaded and sealed when they are written, by what is registered
at the end of this module; a repository that reads or writes columns without rows calls `opened_all`, `sealed` and
`sealed_rows` itself. A sealed text says in what table, column, account and row it belongs, so nobody can move it.
"""

import secrets
from binascii import Error as NotBase64
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, event, insert, inspect, select
from sqlmodel import Session, SQLModel

from taper_app.data import tables
from taper_app.data.tables import AccountKey

# What is sealed. Ids, kinds, instants and the order of arrival stay plain: the database looks for rows by them.
SEALED: Final[dict[type[SQLModel], tuple[str, ...]]] = {
    tables.Account: ("display_name", "safety"),
    tables.Entry: ("data",),
    tables.ImportFile: ("body",),
    tables.Plan: ("body",),
    tables.PlanEvent: ("body",),
    tables.PlanPhoto: ("body",),
    tables.PlanSource: ("body",),
    tables.Share: ("label", "frozen_view"),
}
# The name under which an engine carries its Wrap (an execution option).
WRAP: Final = "taper_wrap"
_KEYS: Final = "taper_account_keys"
_PLAIN: Final = "taper_plain"
_NONCE: Final = 12
# No text of a person begins with a control character, and no JSON does.
_MARK: Final = "\x02"


class Unreadable(RuntimeError):
    """A sealed text that does not belong where it is, or that another key sealed."""


class Wrap:
    """The host's key as far as it wraps the keys of accounts. Its bytes show in no repr and no traceback."""

    __slots__ = ("_aead",)

    def __init__(self, host_key: str) -> None:
        """`host_key`: 64 hex digits, the content of `taper.key`."""
        # Not the key that opens the database file: one use, one key.
        derived = HKDF(SHA256(), 32, salt=None, info=b"taper: keys of accounts").derive(bytes.fromhex(host_key))
        self._aead = AESGCM(derived)

    def close(self, account_id: str, key: bytes) -> str:
        """An account's key (32 bytes), wrapped."""
        nonce = secrets.token_bytes(_NONCE)
        return _text(nonce + self._aead.encrypt(nonce, key, _where("account_key", "wrapped", account_id)))

    def open(self, account_id: str, wrapped: str) -> bytes:
        """The account's key. Raises Unreadable."""
        try:
            raw = a2b_base64(wrapped)
            return self._aead.decrypt(raw[:_NONCE], raw[_NONCE:], _where("account_key", "wrapped", account_id))
        except (InvalidTag, NotBase64, ValueError):
            raise Unreadable("an account's key was wrapped by another key") from None


def new_key() -> bytes:
    """A key for one account."""
    return AESGCM.generate_key(256)


def seal(key: AESGCM, value: Any, where: bytes) -> Any:
    """A text or bytes, sealed, as the same type; None stays None."""
    if value is None:
        return None
    nonce = secrets.token_bytes(_NONCE)
    if isinstance(value, bytes):
        return nonce + key.encrypt(nonce, value, where)
    return _MARK + _text(nonce + key.encrypt(nonce, value.encode(), where))


def unseal(key: AESGCM, value: Any, where: bytes) -> Any:
    """What was sealed. Raises Unreadable, for a text that was never sealed too: nobody slips a plain one in."""
    if value is None:
        return None
    try:
        if isinstance(value, str):
            if value[:1] != _MARK:
                raise Unreadable("a text is not sealed")
            raw = a2b_base64(value[1:])
            return key.decrypt(raw[:_NONCE], raw[_NONCE:], where).decode()
        return key.decrypt(value[:_NONCE], value[_NONCE:], where)
    except (InvalidTag, NotBase64, ValueError):
        raise Unreadable("a sealed text does not open where it lies") from None


def place(table: str, column: str, account_id: str, *row: Any) -> bytes:
    """What a sealed text is bound to; `row` is the rest of its primary key."""
    return _where(table, column, account_id, *row)


def wrap_of(connection: Connection) -> Wrap:
    """The wrap of the database that this connection belongs to."""
    found: Wrap = connection.get_execution_options()[WRAP]
    return found


def key_of(session: Session, account_id: str) -> AESGCM:
    """The account's key, unwrapped once a transaction. Raises Unreadable when it is not there any more."""
    held: dict[str, AESGCM] = session.info.setdefault(_KEYS, {})
    if account_id not in held:
        connection = session.connection()
        wrapped = connection.execute(select(AccountKey.wrapped).where(AccountKey.account_id == account_id)).scalar()  # type: ignore[call-overload]  # SQLModel types a column as its value
        if wrapped is None:
            raise Unreadable("the account's key is gone")
        held[account_id] = AESGCM(wrap_of(connection).open(account_id, wrapped))
    return held[account_id]


def sealed(session: Session, model: type[SQLModel], column: str, value: Any, account_id: str, *row: Any) -> Any:
    """A value for an UPDATE of one column; `row` is the primary key without the account."""
    return seal(key_of(session, account_id), value, _where(_table(model), column, account_id, *row))


def sealed_rows(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows for an INSERT of many, those columns sealed that are; the rows given stay as they are."""
    names, ids = SEALED[model], _ids(model)
    found = []
    for row in rows:
        key, rest = key_of(session, row["account_id"]), [row[name] for name in ids]
        shut = {name: seal(key, row[name], _where(_table(model), name, row["account_id"], *rest)) for name in names}
        found.append({**row, **shut})
    return found


def opened_all(session: Session, model: type[SQLModel], column: str, account_id: str, found: Iterable[tuple[str, str]]) -> list[str]:
    """Texts of one column of an account, from (id, sealed text): for thousands at once, in the order given."""
    pairs = list(found)
    if not pairs:
        return []
    decrypt = key_of(session, account_id).decrypt
    # What is the same for all of them is put together once.
    head = f"{_where(_table(model), column, account_id).decode()}\x1f"
    opened = []
    try:
        for id_, text in pairs:
            raw = a2b_base64(text[1:])
            opened.append(decrypt(raw[:_NONCE], raw[_NONCE:], (head + id_).encode()).decode())
    except (InvalidTag, NotBase64, ValueError):
        raise Unreadable("a sealed text does not open where it lies") from None
    return opened


def _text(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode("ascii")


def _where(*parts: Any) -> bytes:
    # The separator is in no name and no id, so no two places read the same.
    return "\x1f".join(map(str, parts)).encode()


def _table(model: type[SQLModel]) -> str:
    return str(model.__tablename__)


def _ids(model: type[SQLModel]) -> list[str]:
    return [one.name for one in inspect(model).primary_key if one.name != "account_id"]


def _place_of(row: Any, name: str) -> bytes:
    model = type(row)
    return _where(_table(model), name, _owner(row), *(getattr(row, one) for one in _ids(model)))


def _owner(row: Any) -> str:
    found: str = row.id if isinstance(row, tables.Account) else row.account_id
    return found


def _open(row: Any, names: Iterable[str]) -> None:
    session = inspect(row).session
    here = row.__dict__
    for name in names:
        # Past the attribute's own machinery: what is opened is no change to be written.
        if here.get(name) is not None:
            here[name] = unseal(key_of(session, _owner(row)), here[name], _place_of(row, name))


def _on_load(row: Any, _: Any) -> None:
    _open(row, SEALED[type(row)])


def _on_refresh(row: Any, _: Any, names: Iterable[str] | None) -> None:
    own = SEALED[type(row)]
    _open(row, own if names is None else [name for name in own if name in set(names)])


def _shut(row: Any, names: Iterable[str]) -> None:
    state = inspect(row)
    key = key_of(state.session, _owner(row))
    plain = state.info.setdefault(_PLAIN, {})
    for name in names:
        plain[name] = row.__dict__[name]
        row.__dict__[name] = seal(key, plain[name], _place_of(row, name))


def _before_insert(_: Any, __: Connection, row: Any) -> None:
    if isinstance(row, tables.Account):
        key = new_key()
        state = inspect(row)
        state.session.info.setdefault(_KEYS, {})[row.id] = AESGCM(key)
        state.info[AccountKey] = key
    _shut(row, [name for name in SEALED[type(row)] if name in row.__dict__])


def _before_update(_: Any, __: Connection, row: Any) -> None:
    before = inspect(row).committed_state
    _shut(row, [name for name in SEALED[type(row)] if name in before and before[name] != row.__dict__[name]])


def _after_insert(_: Any, connection: Connection, row: Any) -> None:
    _plain_again(row)
    if isinstance(row, tables.Account):
        key = inspect(row).info.pop(AccountKey)
        connection.execute(insert(AccountKey).values(account_id=row.id, wrapped=wrap_of(connection).close(row.id, key)))


def _after_update(_: Any, __: Connection, row: Any) -> None:
    _plain_again(row)


def _plain_again(row: Any) -> None:
    row.__dict__.update(inspect(row).info.pop(_PLAIN, {}))


for _model in SEALED:
    event.listen(_model, "load", _on_load)
    event.listen(_model, "refresh", _on_refresh)
    event.listen(_model, "before_insert", _before_insert)
    event.listen(_model, "before_update", _before_update)
    event.listen(_model, "after_insert", _after_insert)
    event.listen(_model, "after_update", _after_update)
