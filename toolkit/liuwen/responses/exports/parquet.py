"""Responses on disk: a Parquet file a table, and the codebook that explains them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

CODEBOOK = "codebook"
ASKED = "asked"


def write_parquet(responses: "Responses", folder: Path) -> Path:
    """Write `<table>.parquet` for each table, `asked/<table>.parquet` (who was asked what), and `codebook.parquet`."""
    (folder / ASKED).mkdir(parents=True, exist_ok=True)
    for name, table in responses.tables.items():
        planned = responses.plan.tables[name]
        asked = pd.DataFrame({column.name: responses.asked(column.name) for column in planned.columns}, index=table.index)
        for frame, to in ((table, folder), (asked, folder / ASKED)):
            frame.to_parquet(to / f"{file_name(name)}.parquet", index=not planned.unlinked)
    responses.codebook().to_parquet(folder / f"{CODEBOOK}.parquet", index=False)
    return folder


def file_name(table: str) -> str:
    """The table's name as a file may bear it.

    >>> file_name("household/member")
    'household.member'
    """
    name = re.sub(r"[/\\]+", ".", table.strip("/"))
    return f"{name}_" if name == CODEBOOK else name
