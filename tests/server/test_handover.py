"""What one pass of the event loop brings in shares one commit, and each is answered when it is on disk."""

import asyncio
import sqlite3
import threading

import pytest

from liuwen.server.handover import Handover
from liuwen.store import Store
from liuwen.store.store import keeping_of
from liuwen.store.writer import Job


def count_commits(store: Store) -> list[int]:
    """The jobs of each commit from now on."""
    sizes: list[int] = []
    writer = keeping_of(store).writer
    together = writer.submit_together

    def counted(jobs: list[Job[object]], on_disk: object) -> None:
        sizes.append(len(jobs))
        together(jobs, on_disk)  # type: ignore[arg-type]

    writer.submit_together = counted  # type: ignore[method-assign,assignment]
    return sizes


def test_jobs_of_one_pass_share_one_commit(store: Store) -> None:
    """Each has its own result, or its own fault; one that nobody waits for any more is left out."""

    def fails(_: sqlite3.Connection) -> None:
        raise ValueError("refused")

    async def scene() -> list[object]:
        handover = Handover(keeping_of(store).writer, asyncio.get_running_loop())
        waiting = [handover.submit(lambda _, n=n: n) for n in range(5)]  # type: ignore[misc]
        failing, given_up = handover.submit(fails), handover.submit(lambda _: pytest.fail("nobody waits"))
        given_up.cancel()
        results: list[object] = await asyncio.gather(*waiting)
        with pytest.raises(ValueError, match="refused"):
            await failing
        return results

    with store:
        sizes = count_commits(store)
        assert asyncio.run(scene()) == [0, 1, 2, 3, 4]
        assert sizes == [6]


def test_a_server_that_stops_leaves_the_writer_running(store: Store) -> None:
    """Its event loop is closed before the commit is on disk; later jobs are done all the same."""
    reached, may_go_on = threading.Event(), threading.Event()

    def slow(_: sqlite3.Connection) -> None:
        reached.set()
        assert may_go_on.wait(60)

    async def scene() -> None:
        handover = Handover(keeping_of(store).writer, asyncio.get_running_loop())
        handover.submit(slow)
        await asyncio.to_thread(reached.wait, 60)

    with store:
        asyncio.run(scene())
        may_go_on.set()
        assert keeping_of(store).writer.submit(lambda _: "done").result(60) == "done"
