"""Logs refused submissions of collectors, so that the office sees what did not arrive and why."""

import time
from collections import OrderedDict
from collections.abc import Callable

from liuwen.store.audit import Act
from liuwen.store.keeping import Keeping

AGAIN_AFTER = 3600.0
"""Seconds before the same refusal of the same sender is logged again: phones try every few minutes."""
_REMEMBERED = 1000


class Refusals:
    """Refused submissions, each told once an hour; never those to anonymous or confidential forms: they would tell who answered.

    Args:
        keeping: The store, whose log tells of them.
        clock: Returns a time in seconds; for tests.
    """

    def __init__(self, keeping: Keeping, clock: Callable[[], float] = time.monotonic) -> None:
        self._keeping = keeping
        self._clock = clock
        self._told: OrderedDict[tuple[str, str, str], float] = OrderedDict()

    def note(self, sender: str, form_id: str, reason: str) -> None:
        """Log one refusal, unless it was logged within the hour."""
        key, now = (sender, form_id, reason), self._clock()
        last = self._told.get(key)
        if last is not None and now - last < AGAIN_AFTER:
            return
        self._told[key] = now
        while len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        self._keeping.note_soon(Act("submission refused", form_id, reason), sender)
