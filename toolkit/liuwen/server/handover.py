"""Hands jobs from the event loop to the writing thread: all that one pass of the loop brings in shares one commit."""

import asyncio
from contextlib import suppress
from typing import Any, TypeVar

from liuwen.store.writer import Job, Outcome, Writer

T = TypeVar("T")


class Handover:
    """Queues jobs for a writer, and answers each on the event loop when it is on disk.

    Jobs are handed over together at the end of a pass of the event loop, and answered together, so that the two threads wake
    each other once for each commit and not for each job.

    Args:
        writer: The writer of the store.
        loop: The event loop.
    """

    def __init__(self, writer: Writer, loop: asyncio.AbstractEventLoop) -> None:
        self._writer = writer
        self._loop = loop
        self._waiting: list[tuple[Job[Any], asyncio.Future[Any]]] = []

    def submit(self, job: Job[T]) -> "asyncio.Future[T]":
        """Queue a job; the future has its result, or its exception, when it is on disk."""
        future: asyncio.Future[T] = self._loop.create_future()
        if not self._waiting:
            self._loop.call_soon(self._hand_over)
        self._waiting.append((job, future))
        return future

    def _hand_over(self) -> None:
        waiting = [(job, future) for job, future in self._waiting if not future.cancelled()]
        self._waiting = []
        futures = [future for _, future in waiting]

        def on_disk(outcomes: list[Outcome]) -> None:
            with suppress(RuntimeError):  # the loop is closed: the server has stopped, and nobody waits
                self._loop.call_soon_threadsafe(_tell, futures, outcomes)

        self._writer.submit_together([job for job, _ in waiting], on_disk)


def _tell(futures: list["asyncio.Future[Any]"], outcomes: list[Outcome]) -> None:
    for future, outcome in zip(futures, outcomes, strict=True):
        if future.cancelled():
            continue
        if outcome.fault is None:
            future.set_result(outcome.result)
        else:
            future.set_exception(outcome.fault)
