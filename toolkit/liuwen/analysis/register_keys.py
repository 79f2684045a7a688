"""What tells the households or residents of a register apart, alike in the register and in the answers."""

from collections.abc import Sequence

import pandas as pd

from liuwen.errors import AnswerError
from liuwen.messages import Sentence

NO_KEY_COLUMN = Sentence(
    zh="{where}里没有“{column}”一列，认不出各户；请用 key= 写明编号所在的列。",
    en="{where}: no column {column!r}, so households cannot be identified; name the column of their numbers with key=.",
)
MISSING_KEY = Sentence(
    zh="{where}的“{column}”一列有 {count} 行是空的；每行都要有编号。",
    en="{where}: column {column!r} is empty in {count} rows; every row needs a number.",
)
IN_REGISTER = Sentence(zh="名册", en="The register")
IN_ANSWERS = Sentence(zh="答卷", en="The answers")
_BETWEEN = "\x1f"


def require_key(frame: pd.DataFrame, columns: Sequence[str], where: Sentence) -> None:
    """Raise `AnswerError` if a key column is not there."""
    missing = [column for column in columns if column not in frame]
    if missing:
        raise AnswerError(NO_KEY_COLUMN.filled(where=where, column=missing[0]))


def require_filled(frame: pd.DataFrame, columns: Sequence[str], where: Sentence) -> None:
    """Raise `AnswerError` if a key is empty somewhere."""
    for column in columns:
        empty = (_as_text(frame[column]) == "").sum()
        if empty:
            raise AnswerError(MISSING_KEY.filled(where=where, column=column, count=int(empty)))


def key_texts(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The key of each row as one text; 7, 7.0, "7" and " 7" are the same; "" where a part is missing.

    >>> key_texts(pd.DataFrame({"household": [7.0, None]}), ["household"]).tolist()
    ['7', '']
    """
    parts = [_as_text(frame[column]) for column in columns]
    whole = parts[0]
    for part in parts[1:]:
        whole = (whole + _BETWEEN + part).where((whole != "") & (part != ""), "")
    return whole


def _as_text(values: pd.Series) -> pd.Series:
    if pd.api.types.is_float_dtype(values) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return values.astype("string").fillna("").str.strip().astype(object)
