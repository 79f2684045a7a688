"""Limits the total size of work in progress; further work waits in order of arrival."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """Admits work while the total size inside is at most `capacity`, in order of arrival.

    Work larger than the capacity is admitted alone.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._inside = 0
        self._waiting: deque[tuple[int, asyncio.Future[None]]] = deque()

    @asynccontextmanager
    async def through(self, size: int) -> AsyncIterator[None]:
        """Wait for room, and occupy it until the end of the `async with` block."""
        size = min(size, self._capacity)
        if self._waiting or self._inside + size > self._capacity:
            await self._turn(size)
        else:
            self._inside += size
        try:
            yield
        finally:
            self._inside -= size
            self._let_in()

    async def _turn(self, size: int) -> None:
        """Wait in the queue; whoever lets this one in counts its size."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():  # before there was room
                self._waiting.remove((size, turn))
            else:
                self._inside -= size
            self._let_in()
            raise

    def _let_in(self) -> None:
        while self._waiting and self._inside + self._waiting[0][0] <= self._capacity:
            if self._waiting[0][1].cancelled():
                return  # leaves at once, and admits the next
            size, turn = self._waiting.popleft()
            self._inside += size
            turn.set_result(None)
