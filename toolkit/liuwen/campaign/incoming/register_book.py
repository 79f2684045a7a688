"""A workbook of registers: a sheet each (people, posts, places, households), its name and headings in Chinese or English."""

from pathlib import Path

import pandas as pd

from liuwen.campaign.incoming.grids import SheetGrid, sheet_grids
from liuwen.campaign.incoming.vocabulary import register_columns, register_names
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_REGISTERS = Sentence(
    zh="{file} 里没有登记册。工作表请取名：人员、职务、地点、户。",
    en="{file} holds no register. Name its sheets people, posts, places, households.",
)


def read_register_book(path: str | Path) -> dict[str, pd.DataFrame]:
    """The registers of a workbook, for `read_campaign(registers=...)`; sheets of other names are left alone.

    Args:
        path: An .xlsx or .xls file; the first row of each sheet holds its headings.

    Returns:
        A frame a register: `people`, `posts`, `places`, `households`, ...

    Raises:
        ReadError: The file cannot be read.
        CampaignError: No sheet is a register.
    """
    found = {name: _frame(grid) for grid in sheet_grids(path) if (name := register_names().whole(grid.name))}
    if not found:
        raise CampaignError(NO_REGISTERS.filled(file=Path(path).name))
    return found


def _frame(grid: SheetGrid) -> pd.DataFrame:
    head, *rows = grid.rows
    names = [register_columns().whole(cell) or str(cell).strip() for cell in head]
    frame = pd.DataFrame([row[: len(names)] for row in rows], columns=names)
    blank = (frame.astype(str).apply(lambda column: column.str.strip()) == "").all(axis=1)
    kept: pd.DataFrame = frame.loc[~blank, [name for name in dict.fromkeys(names) if name]]
    return kept.reset_index(drop=True)
