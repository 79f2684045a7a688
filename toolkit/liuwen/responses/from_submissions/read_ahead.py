"""Work on the next item while the present one is used: most of that work is done outside Python, so a thread is enough."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


def read_ahead(items: Iterable[Item], work: Callable[[Item], Made]) -> Iterator[tuple[Item, Made]]:
    """Each item with what `work` makes of it, which is made ahead, one item at a time; no thread is started for one item."""
    waiting = iter(items)
    present = next(waiting, None)
    following = next(waiting, None)
    if present is None:
        return
    if following is None:
        yield present, work(present)
        return
    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(work, present)
        while present is not None:
            next_made = None if following is None else pool.submit(work, following)
            yield present, made.result()
            if next_made is None:
                return
            present, made, following = following, next_made, next(waiting, None)
