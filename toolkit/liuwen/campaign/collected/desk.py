"""Steps that the desk entered without a form, each kept by itself: two people who enter at once lose nothing."""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from liuwen.store import Store

DESK = "desk_steps"
"""The desk table of steps that was kept as a whole."""
DESK_ENTRIES = "desk_entries"
"""The desk table of steps entered one by one: every version that was kept holds new steps, and all of them count."""
DESK_COLUMNS = (
    "event", "matter", "step", "on", "known", "end", "by", "sent_by", "entered_by", "after", "village", "household", "class",
    "title", "note", "reason", "deadline", "handler", "of", "undoes", "satisfied", "replaces",
)  # fmt: skip


def desk_steps(store: "Store") -> list[pd.DataFrame]:
    """The steps of the desk.

    Args:
        store: The store.

    Returns:
        The table kept as a whole, and the steps entered one by one, as the ledger takes them; none if there are none.
    """
    whole = store.desk_tables.get(DESK)
    entered = store.desk_tables.rows(DESK_ENTRIES)
    return [frame for frame in (whole, entered) if frame is not None and len(frame)]
