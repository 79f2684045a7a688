"""One allocator for all that a reading holds: what Arrow frees, numpy and pandas use again.

Arrow usually takes memory of its own and keeps what it freed: reading 100,000 interviews then needs a quarter more.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

_WORTH_RELEASING = 64 * 1024 * 1024


@contextmanager
def shared_memory() -> Iterator[None]:
    """Let Arrow take memory where numpy does, for the time of a reading."""
    own, shared = pa.default_memory_pool(), pa.system_memory_pool()
    pa.set_memory_pool(shared)
    try:
        yield
    finally:
        pa.set_memory_pool(own)


def release_memory() -> None:
    """Give free memory back to the system, if there may be much."""
    pool = pa.default_memory_pool()
    if pool.bytes_allocated() > _WORTH_RELEASING:
        pool.release_unused()
