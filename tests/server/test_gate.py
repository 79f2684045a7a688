"""Work in progress stays within the limit, in order of arrival."""

import asyncio

from liuwen.server.gate import Gate


class Visit:
    """A task that passes a gate, and its state."""

    def __init__(self, gate: Gate, size: int) -> None:
        self.inside = asyncio.Event()
        self.may_leave = asyncio.Event()
        self.task = asyncio.create_task(self._through(gate, size))

    async def _through(self, gate: Gate, size: int) -> None:
        async with gate.through(size):
            self.inside.set()
            await self.may_leave.wait()


async def inside_after_settling(*visits: Visit) -> list[bool]:
    """The names of those inside, after all tasks have come to rest."""
    for _ in range(20):
        await asyncio.sleep(0)
    return [visit.inside.is_set() for visit in visits]


def test_tasks_without_room_wait_in_order() -> None:
    """A small task does not overtake a large waiting one, which might otherwise wait forever."""

    async def scene() -> None:
        gate = Gate(10)
        first, large, small = Visit(gate, 6), Visit(gate, 8), Visit(gate, 1)
        assert await inside_after_settling(first, large, small) == [True, False, False]
        first.may_leave.set()
        assert await inside_after_settling(large, small) == [True, True]

    asyncio.run(scene())


def test_task_larger_than_the_capacity_runs_alone() -> None:
    """It is not blocked forever."""

    async def scene() -> None:
        gate = Gate(10)
        huge, small = Visit(gate, 50), Visit(gate, 1)
        assert await inside_after_settling(huge, small) == [True, False]
        huge.may_leave.set()
        assert await inside_after_settling(small) == [True]

    asyncio.run(scene())


def test_cancelled_and_failed_tasks_release_their_room() -> None:
    """While waiting, and inside."""

    async def scene() -> None:
        gate = Gate(10)
        first, second, third = (Visit(gate, 10) for _ in range(3))
        await inside_after_settling(first)
        second.task.cancel()
        assert await inside_after_settling(first, second, third) == [True, False, False]
        first.task.cancel()
        assert await inside_after_settling(third) == [True]

    asyncio.run(scene())
