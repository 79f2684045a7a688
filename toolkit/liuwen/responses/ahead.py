"""Work on many things in turn, some of them at once: on a machine with several cores, in threads.

Reading is mostly done by numpy and Arrow, which let other threads run meanwhile. Threads need no time to start, share what was
read, and end with the reading, which processes do not.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_THREADS = min(os.cpu_count() or 1, 4)
"""More than a few wait for each other."""
Given = TypeVar("Given")
Made = TypeVar("Made")


def worked_ahead(work: Callable[[Given], Made], given: Iterable[Given]) -> Iterator[tuple[Given, Made]]:
    """Each thing given, with what `work` makes of it, in the order given; a few are worked on before they are asked for."""
    threads = ThreadPoolExecutor(_THREADS)
    waiting: deque[tuple[Given, Future[Made]]] = deque()
    try:
        for thing in given:
            waiting.append((thing, threads.submit(work, thing)))
            if len(waiting) > _THREADS:
                first, made = waiting.popleft()
                yield first, made.result()
        for first, made in waiting:
            yield first, made.result()
    finally:  # also after an error, or Ctrl-C
        threads.shutdown(cancel_futures=True)
