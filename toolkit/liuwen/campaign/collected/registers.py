"""The registers that a store keeps at the desk."""

from typing import TYPE_CHECKING

from liuwen.campaign.register_columns import SHAPES

if TYPE_CHECKING:
    import pandas as pd

    from liuwen.store import Store


def kept_registers(store: "Store") -> "dict[str, pd.DataFrame]":
    """The registers among the desk tables of a store, by name.

    Args:
        store: The store; `store.desk_tables["posts"] = frame` keeps one.

    Returns:
        A frame a register.
    """
    return {name: store.desk_tables[name] for name in store.desk_tables.names() if name in SHAPES}
