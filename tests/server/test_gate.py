"""What is worked on at a time stays within bounds, in the order it came."""

import asyncio

from liuwen.server.gate import Gate


class Visit:
    """Something that goes through a gate, and what became of it."""

    def __init__(self, gate: Gate, size: int) -> None:
        self.inside = asyncio.Event()
        self.may_leave = asyncio.Event()
        self.task = asyncio.create_task(self._through(gate, size))

    async def _through(self, gate: Gate, size: int) -> None:
        async with gate.through(size):
            self.inside.set()
            await self.may_leave.wait()


async def settled(*visits: Visit) -> list[bool]:
    """Which of them are inside, once nothing moves any more."""
    for _ in range(20):
        await asyncio.sleep(0)
    return [visit.inside.is_set() for visit in visits]


def test_what_has_no_room_waits_its_turn() -> None:
    """A small one that came later does not overtake a large one that waits, or that would wait for ever."""

    async def scene() -> None:
        gate = Gate(10)
        first, large, small = Visit(gate, 6), Visit(gate, 8), Visit(gate, 1)
        assert await settled(first, large, small) == [True, False, False]
        first.may_leave.set()
        assert await settled(large, small) == [True, True]

    asyncio.run(scene())


def test_one_that_is_larger_than_the_gate_goes_through_alone() -> None:
    """It is not kept out for ever."""

    async def scene() -> None:
        gate = Gate(10)
        huge, small = Visit(gate, 50), Visit(gate, 1)
        assert await settled(huge, small) == [True, False]
        huge.may_leave.set()
        assert await settled(small) == [True]

    asyncio.run(scene())


def test_who_gives_up_or_fails_leaves_room() -> None:
    """While waiting, and inside."""

    async def scene() -> None:
        gate = Gate(10)
        first, second, third = (Visit(gate, 10) for _ in range(3))
        await settled(first)
        second.task.cancel()
        assert await settled(first, second, third) == [True, False, False]
        first.task.cancel()
        assert await settled(third) == [True]

    asyncio.run(scene())
