"""A table that a story looks at."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Sight:
    """A table to look at: `keys` are the columns by which a row may be named, the first the one that `keys` lists."""

    table: pd.DataFrame
    keys: tuple[str, ...]
