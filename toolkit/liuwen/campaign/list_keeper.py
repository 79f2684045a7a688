"""Keeps the list on the phones up to date while a store is served: each arrival recomputes and rewrites it."""

import threading
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from liuwen.campaign.collector_places import settle_places
from liuwen.campaign.phone_list import LIST
from liuwen.campaign.place_lists import PlaceLists
from liuwen.campaign.store_arrivals import StoreArrivals
from liuwen.errors import LiuwenError

if TYPE_CHECKING:
    from liuwen.store import Store

LOOK_EVERY = 0.3
"""Seconds between two looks for what has arrived."""


class PhoneListKeeper:
    """Writes the entity list `matters` of a store whenever something arrives, from a thread of its own.

    Each collector is shown the matters of the places of its own posts. The list is a fold of everything that was received, so
    that two phones that report from one state never conflict: both reports stand, and the list says what came of them.

    Args:
        store: The store.
        programme: The programme: its name, or the path of its file.
        year: The programme's year; that of today where none is given.
        on_fault: Told of whatever kept the list from being written; the next arrival tries again.

    >>> import tempfile
    >>> from liuwen.store import Store
    >>> with PhoneListKeeper(Store(tempfile.mkdtemp()), "our_town") as keeper:
    ...     keeper.refresh()
    0
    """

    def __init__(
        self,
        store: "Store",
        programme: str | Path,
        *,
        year: int | None = None,
        on_fault: Callable[[LiuwenError], object] | None = None,
    ) -> None:
        from liuwen.store.store import keeping_of

        self._store = store
        self._keeping = keeping_of(store)
        self._arrivals = StoreArrivals(store, programme, year)
        self._lists = PlaceLists()
        self._on_fault = on_fault
        self._writing = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._keep,), name="phone list", daemon=True)

    def __enter__(self) -> Self:
        self.refresh()
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._stopping.set()
        self._thread.join()

    def refresh(self) -> int:
        """Write the list now.

        Returns:
            How many matters were new, changed or taken off.

        Raises:
            CampaignError: The programme cannot be used.
            StoreError: The store cannot be read or written.
        """
        with self._writing:
            campaign = self._arrivals.campaign()
            if self._arrivals.full_read:
                self._lists.forget()
            settle_places(campaign, self._store, campaign.today)
            return self._store.entities.replace(LIST, self._lists.table(campaign))

    def _keep(self) -> None:
        seen = self._arrived()
        while not self._stopping.wait(LOOK_EVERY):
            now = self._arrived()
            if now != seen:
                seen = now
                self._try()

    def _arrived(self) -> tuple[int, int]:
        return self._keeping.last_number(), len(self._store.forms())

    def _try(self) -> None:
        try:
            self.refresh()
        except LiuwenError as fault:
            if self._on_fault is not None:
                self._on_fault(fault)
