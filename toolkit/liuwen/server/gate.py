"""How much is worked on at a time: what comes when there is no room waits its turn."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Lets things through as long as the sizes of those inside come to no more than `capacity`, in the order they came.

    One that is larger than the capacity goes through alone.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._inside = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def through(self, size: int) -> AsyncIterator[None]:
        """Be inside, once there is room, until the end of the `async with` block."""
        size = min(size, self._capacity)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        self._let_in()
        try:
            await turn
            yield
        finally:
            if turn.cancelled():  # given up before there was room
                self._waiting.remove((size, turn))
            else:
                self._inside -= size
            self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._inside + self._waiting[0][0] <= self._capacity:
            if self._waiting[0][1].cancelled():
                return  # it goes by itself, and lets the next in
            size, turn = self._waiting.popleft()
            self._inside += size
            turn.set_result(None)
