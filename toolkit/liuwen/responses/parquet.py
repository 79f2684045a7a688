"""Responses on disk: a Parquet file a table, and the codebook that explains them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from liuwen.responses.responses import Responses

CODEBOOK = "codebook"


def write_parquet(responses: "Responses", folder: Path) -> Path:
    """Write `<table>.parquet` for each table and `codebook.parquet`; an unlinked section is a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in responses.tables.items():
        table.to_parquet(folder / f"{file_name(name)}.parquet", index=not responses.plan.tables[name].unlinked)
    responses.codebook().to_parquet(folder / f"{CODEBOOK}.parquet", index=False)
    return folder


def file_name(table: str) -> str:
    """The table's name as a file may bear it.

    >>> file_name("household/member")
    'household.member'
    """
    name = re.sub(r"[/\\]+", ".", table.strip("/"))
    return f"{name}_" if name == CODEBOOK else name
