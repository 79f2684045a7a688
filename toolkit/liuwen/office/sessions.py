"""Who is signed in: sessions in memory, known by a cookie, which end with the program."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from liuwen.office.rights import LOCAL, Right, rights_of
from liuwen.store.accounts import Role
from liuwen.store.audit import actor

if TYPE_CHECKING:
    from liuwen.server import Joining
    from liuwen.store import Store

IDLE = 2 * 3600.0
"""Seconds without a request after which a session ends."""
_MOST = 1000
_LOCAL_NAME = ""


@dataclass(frozen=True, slots=True)
class OfficeSession:
    """One person at one browser.

    Attributes:
        account: The name of the account; "" for whoever started the page on this computer.
        who: How the log names the person.
        roles: The roles, as they are now.
        csrf: The secret that every change must repeat.
        codes: Codes made in this session, by number, so that they can be printed: the store keeps no secrets.
    """

    account: str
    who: str
    roles: frozenset[Role]
    csrf: str
    codes: "dict[str, HandedOut]" = field(default_factory=dict, repr=False)

    @property
    def rights(self) -> frozenset[Right]:
        """What the person may do."""
        return rights_of(self.roles)


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A code made in a session: how to join, until when in words, and the page on which it was made."""

    joining: "Joining"
    until: str
    page: str


class Sessions:
    """The sessions of a running office page.

    Args:
        store: The store with the accounts.
        clock: Returns a time in seconds; for tests.
    """

    def __init__(self, store: "Store", clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._clock = clock
        self._local_key = secrets.token_urlsafe(24)
        self._open: dict[str, tuple[OfficeSession, float]] = {}
        self._lock = threading.Lock()

    @property
    def local_key(self) -> str:
        """The secret in the address that is printed where the page is started."""
        return self._local_key

    def open_locally(self, key: str) -> str | None:
        """A session for whoever has the printed address; None for a wrong key."""
        if not secrets.compare_digest(key.encode(), self._local_key.encode()):
            return None
        return self._start(OfficeSession(_LOCAL_NAME, actor(), LOCAL, secrets.token_urlsafe(24)))

    def open_account(self, name: str, password: str) -> str | None:
        """A session for an account; None if name or password are wrong."""
        account = self._store.office.sign_in(name, password)
        if account is None:
            return None
        return self._start(OfficeSession(account.name, account.name, account.roles, secrets.token_urlsafe(24)))

    def find(self, cookie: str) -> OfficeSession | None:
        """The session of a cookie, with the roles that its account has now; None if it has ended or the account is revoked."""
        with self._lock:
            found = self._open.pop(cookie, None)
            if found is None or self._clock() - found[1] > IDLE:
                return None
            self._open[cookie] = (found[0], self._clock())
        return self._as_it_is_now(found[0])

    def close(self, cookie: str) -> None:
        """Sign out."""
        with self._lock:
            self._open.pop(cookie, None)

    def _start(self, session: OfficeSession) -> str:
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._open[cookie] = (session, self._clock())
            while len(self._open) > _MOST:
                self._open.pop(next(iter(self._open)))
        return cookie

    def _as_it_is_now(self, session: OfficeSession) -> OfficeSession | None:
        if session.account == _LOCAL_NAME:
            return session
        now = {one.name: one for one in self._store.office.accounts() if one.revoked is None}
        account = now.get(session.account)
        return None if account is None else replace(session, roles=account.roles)
