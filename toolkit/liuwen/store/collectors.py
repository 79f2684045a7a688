"""Collectors: names, hashed tokens and passwords, with expiry, revocation and permitted forms."""

import hashlib
import json
import re
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from liuwen.errors import StoreError
from liuwen.messages import Sentence
from liuwen.openrosa.names import is_plain
from liuwen.store.damage import making_sense
from liuwen.store.entities.views import ListView
from liuwen.store.forms import NO_FORM

TAKEN = Sentence(zh="已有名为“{name}”的采集员。", en='There is already a collector named "{name}".')
UNKNOWN = Sentence(zh="没有名为“{name}”的采集员。", en='There is no collector named "{name}".')
SHUT_OUT = Sentence(
    zh="采集员“{name}”已停用或过期，不能再发新码；请换一个名称。",
    en='The collector "{name}" is revoked or expired and gets no new code; choose another name.',
)
ENCRYPTED = Sentence(
    zh="表单“{form}”在手机上加密，浏览器做不到；请用 ODK Collect 填，或试填时先去掉公钥。",
    en='The form "{form}" is encrypted on the phone, which a browser cannot do. Use ODK Collect, or remove '
    "the public key to try the form.",
)
UNKNOWN_LINK = Sentence(
    zh="没有编号为“{id}”的链接。用 `liuwen links 库` 看有哪些。", en='There is no link "{id}". `liuwen links STORE` lists them.'
)
UNKNOWN_TOKEN = Sentence(zh="没有这个令牌。", en="There is no such token.")
BAD_NAME = Sentence(
    zh="采集员的名称不能为空，最多 100 字，不能含控制字符：{name!r}",
    en="A collector's name must have 1 to 100 characters and no control characters: {name!r}",
)

_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_LONGEST_NAME = 100
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of a collector. They are shown once, on creation; the store keeps only hashes.

    Attributes:
        name: The collector.
        token: The secret part of an address (`/key/TOKEN`).
        username: The user name for Digest authentication.
        password: The password for Digest authentication.
    """

    name: str
    token: str
    username: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials(name={self.name!r}, token=…, username={self.username!r}, password=…)"


@dataclass(frozen=True, slots=True)
class Collector:
    """A person who collects answers.

    Attributes:
        number: The number in the store.
        name: The name.
        forms: The IDs of the forms that it may see; None for all.
        digest: The hash of the password.
        created: When it was added.
        expires: When its access ends.
        revoked: When its access was revoked.
    """

    number: int
    name: str
    forms: frozenset[str] | None
    digest: str
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    places: frozenset[str] | None = None
    """The places whose rows are visible in entity lists with a place column; None for all."""

    @property
    def view(self) -> ListView:
        """The visible part of entity lists."""
        return ListView(self.places)

    @property
    def username(self) -> str:
        """The user name for Digest authentication: the name if it is plain ASCII, otherwise `collector` and the number."""
        return self.name if _PLAIN_NAME.fullmatch(self.name) else f"collector{self.number}"

    def may_see(self, form_id: str) -> bool:
        """Whether the collector may fetch and fill in a form.

        Args:
            form_id: The form ID.

        Returns:
            True if it may.
        """
        return self.forms is None or form_id in self.forms

    def is_valid(self, now: float) -> bool:
        """Whether the collector has access.

        Args:
            now: The time, in seconds since 1970.

        Returns:
            False if its access has expired or was revoked.
        """
        return self.revoked is None and (self.expires is None or self.expires.timestamp() > now)


@dataclass(frozen=True, slots=True)
class Token:
    """A secret token in a URL.

    `uses` is the number of submissions left, None if unlimited; `form` is the only form that a link opens, None for a
    collector's token.
    """

    sha256: str
    collector: int
    expires: float | None
    revoked: float | None
    uses: int | None
    form: str | None

    def is_valid(self, now: float) -> bool:
        """Whether it is neither expired nor revoked at `now` (seconds since 1970)."""
        return self.revoked is None and (self.expires is None or self.expires > now)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to one form.

    Attributes:
        id: The beginning of the hash of its secret, by which it is revoked.
        form_id: The form.
        collector: The name that its answers are stored under.
        created: When it was made.
        expires: When it ends.
        revoked: When it was revoked.
        uses: How many answers it still accepts; None for any number.
    """

    id: str
    form_id: str
    collector: str
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    uses: int | None

    def is_valid(self, now: float) -> bool:
        """Whether it can still be used.

        Args:
            now: The time, in seconds since 1970.

        Returns:
            False if it has expired, was revoked, or is used up.
        """
        return self.revoked is None and (self.expires is None or self.expires.timestamp() > now) and self.uses != 0


def token_hash(token: str) -> str:
    """The stored hash of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def digest_secret(username: str, realm: str, password: str) -> str:
    """The stored form of a password: RFC 2617's H(A1), MD5 of `username:realm:password`."""
    return hashlib.md5(f"{username}:{realm}:{password}".encode(), usedforsecurity=False).hexdigest()


def new_password() -> str:
    """A random password of 16 letters and digits that are not mistaken for one another (78 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(16))


def add_collector(
    connection: sqlite3.Connection, name: str, forms: Iterable[str] | None, expires: datetime | None, now: float
) -> Credentials:
    """Add a collector and create its secrets."""
    _check_new_name(connection, name)
    cursor = connection.execute(
        "INSERT INTO collectors (name, forms, digest, created, expires) VALUES (?, ?, '', ?, ?)",
        (name, None if forms is None else json.dumps(sorted(forms)), now, expires and expires.timestamp()),
    )
    username = name if _PLAIN_NAME.fullmatch(name) else f"collector{cursor.lastrowid}"
    password = new_password()
    realm = connection.execute("SELECT realm FROM identity").fetchone()[0]
    digest = digest_secret(username, realm, password)
    connection.execute("UPDATE collectors SET digest = ? WHERE number = ?", (digest, cursor.lastrowid))
    return Credentials(name, _insert_token(connection, cursor.lastrowid, None, now), username, password)


def rename_collector(connection: sqlite3.Connection, name: str, new: str) -> None:
    """Rename a collector; its codes and answers stay with it."""
    number = _number(connection, name)
    _check_new_name(connection, new)
    connection.execute("UPDATE collectors SET name = ? WHERE number = ?", (new, number))


def _check_new_name(connection: sqlite3.Connection, name: str) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or not is_plain(name):
        raise StoreError(BAD_NAME.filled(name=name))
    if connection.execute("SELECT 1 FROM collectors WHERE name = ?", (name,)).fetchone():
        raise StoreError(TAKEN.filled(name=name))


def add_token(
    connection: sqlite3.Connection,
    name: str,
    expires: datetime | None,
    now: float,
    *,
    uses: int | None = None,
    form: str | None = None,
) -> str:
    """Create another token for a collector: for another phone, or a link for one form with a limited number of uses."""
    return _insert_token(connection, _active_number(connection, name, now), expires, now, uses=uses, form=form)


def add_link(
    connection: sqlite3.Connection, form: str, name: str, now: float, *, expires: datetime | None, uses: int | None
) -> str:
    """Create a link to one form under the name of a collector, who is added if necessary."""
    query = "SELECT encrypted FROM form_versions AS v JOIN forms ON forms.number = form WHERE form_id = ? ORDER BY v.number DESC"
    current = connection.execute(query, (form,)).fetchone()
    if current is None:
        raise StoreError(NO_FORM.filled(form=form))
    if current[0]:
        raise StoreError(ENCRYPTED.filled(form=form))
    if connection.execute("SELECT 1 FROM collectors WHERE name = ?", (name,)).fetchone() is None:
        add_collector(connection, name, None, None, now)
    return add_token(connection, name, expires, now, uses=uses, form=form)


def revoke_collector(connection: sqlite3.Connection, name: str, now: float) -> None:
    """Revoke a collector with all its tokens."""
    connection.execute("UPDATE collectors SET revoked = ? WHERE number = ?", (now, _number(connection, name)))


def revoke_token(connection: sqlite3.Connection, token: str, now: float) -> None:
    """Revoke one token, such as that of a lost phone."""
    if not connection.execute("UPDATE tokens SET revoked = ? WHERE sha256 = ?", (now, token_hash(token))).rowcount:
        raise StoreError(UNKNOWN_TOKEN)


def read_links(connection: sqlite3.Connection) -> tuple[Link, ...]:
    """All links, oldest first."""
    rows = connection.execute(
        "SELECT substr(sha256, 1, 8), form, name, tokens.created, tokens.expires, tokens.revoked, uses FROM tokens"
        " JOIN collectors ON collectors.number = collector WHERE form IS NOT NULL ORDER BY tokens.created, sha256"
    )
    with making_sense("tokens"):
        return tuple(
            Link(number, form, name, datetime.fromtimestamp(created, UTC), _moment(expires), _moment(revoked), uses)
            for number, form, name, created, expires, revoked, uses in rows
        )


def revoke_link(connection: sqlite3.Connection, link_id: str, now: float) -> None:
    """Revoke a link by the beginning of its hash."""
    update = "UPDATE tokens SET revoked = ? WHERE form IS NOT NULL AND substr(sha256, 1, 8) = ?"
    if not connection.execute(update, (now, link_id)).rowcount:
        raise StoreError(UNKNOWN_LINK.filled(id=link_id))


def read_collectors(connection: sqlite3.Connection) -> tuple[Collector, ...]:
    """All collectors, oldest first."""
    columns = "number, name, forms, digest, created, expires, revoked, places"
    rows = connection.execute(f"SELECT {columns} FROM collectors ORDER BY number")
    with making_sense("collectors"):
        return tuple(map(_collector, rows))


def _collector(row: tuple[Any, ...]) -> Collector:
    number, name, forms, digest, created, expires, revoked, places = row
    made = datetime.fromtimestamp(created, UTC)
    return Collector(number, name, _set_of(forms), digest, made, _moment(expires), _moment(revoked), _set_of(places))


def _set_of(kept: str | None) -> frozenset[str] | None:
    return None if kept is None else frozenset(json.loads(kept))


def set_places(connection: sqlite3.Connection, name: str, places: Iterable[str] | None) -> None:
    """Set whose rows a collector sees in lists with a place column; None for all."""
    kept = None if places is None else json.dumps(sorted(places))
    connection.execute("UPDATE collectors SET places = ? WHERE number = ?", (kept, _number(connection, name)))


def find_token(connection: sqlite3.Connection, token: str) -> Token | None:
    """Find a token by its secret; None if it is unknown."""
    query = "SELECT sha256, collector, expires, revoked, uses, form FROM tokens WHERE sha256 = ?"
    row = connection.execute(query, (token_hash(token),)).fetchone()
    return Token(*row) if row else None


def _insert_token(
    connection: sqlite3.Connection,
    collector: int | None,
    expires: datetime | None,
    now: float,
    *,
    uses: int | None = None,
    form: str | None = None,
) -> str:
    token = secrets.token_urlsafe(48)
    connection.execute(
        "INSERT INTO tokens (sha256, collector, created, expires, uses, form) VALUES (?, ?, ?, ?, ?, ?)",
        (token_hash(token), collector, now, expires and expires.timestamp(), uses, form),
    )
    return token


def _number(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT number FROM collectors WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise StoreError(UNKNOWN.filled(name=name))
    return int(row[0])


def _active_number(connection: sqlite3.Connection, name: str, now: float) -> int:
    number = _number(connection, name)
    query = "SELECT revoked IS NULL AND (expires IS NULL OR expires > ?) FROM collectors WHERE number = ?"
    if not connection.execute(query, (now, number)).fetchone()[0]:
        raise StoreError(SHUT_OUT.filled(name=name))
    return number


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
