"""One update for a burst of changes."""

import asyncio
from collections.abc import Callable

_PAUSE = 0.06


class Debounced:
    """Calls `act` once, so many seconds after the last call; at once where no event loop runs (a script, a test)."""

    def __init__(self, act: Callable[[], None], pause: float = _PAUSE) -> None:
        self._act, self._pause = act, pause
        self._waiting: asyncio.TimerHandle | None = None

    def __call__(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._act()
            return
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(self._pause, self._act)
