"""Whether what a table says is what was expected of it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd

from liuwen.campaign.faults import suggestion
from liuwen.campaign.stories.sight import Sight
from liuwen.errors import CampaignError
from liuwen.messages import Sentence

NO_COLUMN = Sentence(zh="没有“{column}”列。{suggestion}", en='There is no column "{column}". {suggestion}')
NO_ROW = Sentence(zh="没有“{who}”这一行。有：{keys}。", en='There is no row "{who}". There are: {keys}.')
_BETWEEN = re.compile(r"[\s,，、;；]+")


def seen(sight: Sight, who: str, what: str) -> str:
    """What the table says, as text: a cell, the keys of the rows, or their number."""
    rows = _rows(sight, who)
    if what == "count":
        return str(len(rows))
    if what == "keys":
        return ", ".join(dict.fromkeys(rows[sight.keys[0]].astype(str)))
    _must_have(rows, what)
    if rows.empty:
        keys = ", ".join(sight.table[sight.keys[0]].astype(str)) or "-"
        raise CampaignError(NO_ROW.filled(who=who, keys=keys))
    return ", ".join(dict.fromkeys(map(as_text, rows[what])))


def same(expected: str, actual: str, what: str) -> bool:
    """Whether two texts say the same: keys in any order, numbers by value, ids with `_` and a space alike."""
    if what == "keys":
        return sorted(filter(None, _BETWEEN.split(expected))) == sorted(filter(None, _BETWEEN.split(actual)))
    numbers = _number(expected), _number(actual)
    if numbers[0] is not None and numbers[1] is not None:
        places = -int(numbers[0].as_tuple().exponent)
        return numbers[0] == round(numbers[1], places) if places > 0 else numbers[0] == numbers[1]
    return _plain(expected) == _plain(actual)


def as_text(cell: Any) -> str:
    """A cell as it is written in a story."""
    if isinstance(cell, pd.Timestamp):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, bool) or type(cell).__name__ == "bool":
        return "yes" if cell else "no"
    return "" if pd.isna(cell) else str(cell)


def _rows(sight: Sight, who: str) -> pd.DataFrame:
    if who in ("*", ""):
        return sight.table
    column, equals, value = who.partition("=")
    if equals:
        _must_have(sight.table, column)
        return sight.table[[same(value, as_text(cell), column) for cell in sight.table[column]]]
    for key in sight.keys:
        found = sight.table[sight.table[key].astype(str) == who]
        if len(found):
            return found
    return sight.table.iloc[0:0]


def _must_have(table: pd.DataFrame, column: str) -> None:
    if column not in table.columns:
        raise CampaignError(NO_COLUMN.filled(column=column, suggestion=suggestion(column, tuple(map(str, table.columns)))))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split())
