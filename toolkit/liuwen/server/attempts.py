"""Slows down whoever tries passwords, and logs it."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from liuwen.messages import Sentence
from liuwen.openrosa.refused import RefusedError
from liuwen.store.audit import Act
from liuwen.store.keeping import Keeping

TOO_MANY = Sentence(
    zh="密码错了太多次；请过 {seconds} 秒再试。忘了密码，请向负责人要新的二维码。",
    en="Too many wrong passwords; try again in {seconds} seconds. If you forgot yours, ask the person who runs the server for a "
    "new code.",
)

FREE = 5
"""Wrong passwords before the first wait."""
LONGEST = 300.0
"""The longest wait in seconds; each further wrong password doubles it, from one second."""
_STRANGERS = 10_000


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who tries: the address of the device, and the user name that was given."""

    address: str
    username: str


class Attempts:
    """Wrong passwords of each address: a stranger who changes user names waits as long.

    Args:
        keeping: The store, whose log tells of them.
        clock: Returns a time in seconds; for tests.
    """

    def __init__(self, keeping: Keeping, clock: Callable[[], float] = time.monotonic) -> None:
        self._keeping = keeping
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def of(self, request: Request, username: str) -> Stranger:
        """Who tries; raises `RefusedError` (429) before the wait is over, whether the password is right or not."""
        stranger = Stranger(request.client.host if request.client else "?", username[:100])
        count, last = self._failed.get(stranger.address, (0, 0.0))
        left = last + _wait(count) - self._clock()
        if left > 0:
            raise RefusedError(429, TOO_MANY.filled(seconds=int(left) + 1))
        return stranger

    def fail(self, stranger: Stranger) -> None:
        """Count and log a wrong password."""
        self.count(stranger)
        self._keeping.note_soon(Act("wrong password", stranger.username), stranger.address)

    def count(self, stranger: Stranger) -> None:
        """Count a wrong password; an address is forgotten after an hour without another."""
        count, last = self._failed.pop(stranger.address, (0, 0.0))
        now = self._clock()
        self._failed[stranger.address] = (count + 1 if now - last < 3600 else 1, now)
        while len(self._failed) > _STRANGERS:
            self._failed.popitem(last=False)


def _wait(count: int) -> float:
    return min(2.0 ** (count - FREE), LONGEST) if count >= FREE else 0.0
