"""Accounts of the office page: a name, the hash of a password, and roles."""

import hashlib
import hmac
import json
import secrets
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.names import is_plain
from liuwen.store.collectors import new_password
from liuwen.store.damage import making_sense

Role = Literal["office", "leader", "receiver", "keys"]
"""The roles of accounts. What each may do is written in `liuwen.office.rights`."""

TAKEN = Sentence(zh="已有名为“{name}”的办公账号。", en='There is already an office account named "{name}".')
UNKNOWN = Sentence(zh="没有名为“{name}”的办公账号。", en='There is no office account named "{name}".')
BAD_NAME = Sentence(
    zh="账号的名称不能为空，最多 100 字，不能含控制字符：{name!r}",
    en="An account's name must have 1 to 100 characters and no control characters: {name!r}",
)
BAD_ROLE = Sentence(zh="没有角色“{role}”；有：{roles}。", en='There is no role "{role}"; there are: {roles}.')
NO_ROLE = Sentence(zh="账号至少要有一个角色：{roles}。", en="An account needs at least one role: {roles}.")

_COST = {"n": 1 << 14, "r": 8, "p": 1}
"""Of scrypt: 16 MB and about 50 ms for each try."""


@dataclass(frozen=True, slots=True)
class OfficeAccount:
    """A person who may sign in to the office page.

    Attributes:
        name: The name.
        roles: The roles: "office", "leader", "receiver", "keys".
        created: When it was added.
        revoked: When its access was revoked.
    """

    name: str
    roles: frozenset[Role]
    created: datetime
    revoked: datetime | None


def add_account(connection: sqlite3.Connection, name: str, roles: Collection[str], now: float) -> str:
    """Add an account and return its password, which is kept as a hash only."""
    if not name.strip() or len(name) > 100 or not is_plain(name):
        raise StoreError(BAD_NAME.filled(name=name))
    if not roles:
        raise StoreError(NO_ROLE.filled(roles=", ".join(get_args(Role))))
    for role in roles:
        if role not in get_args(Role):
            raise StoreError(BAD_ROLE.filled(role=role, roles=", ".join(get_args(Role))))
    if connection.execute("SELECT 1 FROM office_accounts WHERE name = ?", (name,)).fetchone():
        raise StoreError(TAKEN.filled(name=name))
    password = new_password()
    row = (name, _hashed(password, secrets.token_bytes(16)), json.dumps(sorted(roles)), now)
    connection.execute("INSERT INTO office_accounts (name, password, roles, created) VALUES (?, ?, ?, ?)", row)
    return password


def revoke_account(connection: sqlite3.Connection, name: str, now: float) -> None:
    """Revoke an account; sessions of it end."""
    if not connection.execute("UPDATE office_accounts SET revoked = ? WHERE name = ?", (now, name)).rowcount:
        raise StoreError(UNKNOWN.filled(name=name))


def read_accounts(connection: sqlite3.Connection) -> tuple[OfficeAccount, ...]:
    """All accounts by name, also revoked ones."""
    rows = connection.execute("SELECT name, roles, created, revoked FROM office_accounts ORDER BY name")
    with making_sense("office_accounts"):
        return tuple(
            OfficeAccount(
                name,
                frozenset(json.loads(roles)),
                datetime.fromtimestamp(created, UTC),
                None if revoked is None else datetime.fromtimestamp(revoked, UTC),
            )
            for name, roles, created, revoked in rows
        )


def check_password(connection: sqlite3.Connection, name: str, password: str) -> OfficeAccount | None:
    """The account, if the password is its own and it is not revoked; takes as long for an unknown name."""
    row = connection.execute("SELECT password FROM office_accounts WHERE name = ? AND revoked IS NULL", (name,)).fetchone()
    kept = row[0] if row else _hashed("", bytes(16))
    given = _hashed(password, bytes.fromhex(kept.partition("$")[0]))
    if not hmac.compare_digest(given, kept) or row is None:
        return None
    return next(account for account in read_accounts(connection) if account.name == name)


def _hashed(password: str, salt: bytes) -> str:
    made = hashlib.scrypt(password.encode(), salt=salt, maxmem=64 << 20, **_COST)
    return f"{salt.hex()}${made.hex()}"
