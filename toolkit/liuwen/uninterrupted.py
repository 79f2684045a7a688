"""Work that somebody waits for, without Python's search for reference cycles in its midst."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_searching_for_cycles() -> Iterator[None]:
    """Put off the search for reference cycles: it looks through all that a session holds, and takes a tenth of a second then.

    For work that makes many objects and hardly a cycle.
    """
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()
