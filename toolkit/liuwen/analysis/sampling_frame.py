"""The register that a sample is drawn from: what it must hold, which columns identify a row, and the strata."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from liuwen.analysis.register_keys import IN_REGISTER, key_texts, require_filled, require_key
from liuwen.analysis.source import column_names
from liuwen.errors import AnswerError
from liuwen.form.households import is_household_number
from liuwen.messages import Sentence

WEIGHT, STRATUM, DRAWN = "weight", "stratum", "drawn"
MOST_NAMED = 3

NO_REGISTER = Sentence(zh="名册里一行也没有，抽不出样本。", en="The register has no rows, so there is nothing to draw from.")
BAD_RATE = Sentence(
    zh="per_mille={rate!r} 不能用；要大于 0、不超过 1000（千分之 2 写 2）。",
    en="per_mille={rate!r} cannot be used; it must be above 0 and at most 1000 (2 means 2 per mille).",
)
BAD_LEAST = Sentence(
    zh="least={least!r} 不能用；每层至少要抽 1 户。",
    en="least={least!r} cannot be used; at least 1 must be drawn in every stratum.",
)
BAD_RESERVE = Sentence(
    zh="reserve={reserve!r} 不能用；请写每层备用的户数，0 表示不备。",
    en="reserve={reserve!r} cannot be used; give the number of replacements per stratum, 0 for none.",
)
NO_STRATUM_COLUMN = Sentence(
    zh="名册里没有“{column}”一列，无法按它分层；请检查列名。",
    en="The register has no column {column!r} to stratify by; check its name.",
)
MISSING_STRATUM = Sentence(
    zh="名册有 {count} 行没有写“{column}”，不知道属于哪一层；请补上再抽。",
    en="{count} rows of the register have no {column!r}, so their stratum is unknown; fill it in before drawing.",
)
EMPTY_STRATA = Sentence(
    zh="“{column}”列出了名册里一户也没有的层：{names}；请补上它们的户，或从类别里去掉。",
    en="Column {column!r} lists strata without anybody in the register: {names}; add their rows or remove the categories.",
)
SMALL_STRATA = Sentence(
    zh="有 {count} 层不足 {least} 户：{names}；请与别的层合并，或写 least=1（只抽一户的层算不出误差）。",
    en="{count} strata have fewer than {least} rows: {names}; merge them with others, or pass least=1 (one row in a stratum "
    "gives no error).",
)
NO_KEY = Sentence(
    zh="看不出名册里哪一列是户号；请用 key= 写明编号所在的列。",
    en="No column of the register looks like a household number; name the column of numbers with key=.",
)
SAME_KEY = Sentence(
    zh="名册里“{columns}”有 {count} 行与别的行相同；编号只在村内唯一时，请用 key= 写明村和户号两列，否则请去掉重复的行。",
    en="{count} rows of the register share their {columns!r} with another row; where numbers are unique in a village only, pass "
    "key=[village, number], otherwise remove the duplicates.",
)
COLUMN_TAKEN = Sentence(
    zh="名册已有“{column}”一列，样本要用这个列名；请先改名。",
    en="The register already has a column {column!r}, which the sample needs; rename it first.",
)


def register_of(frame: Any) -> pd.DataFrame:
    """The register as a pandas frame; raises `AnswerError` if it is empty or has a column that the sample adds."""
    native = frame if isinstance(frame, pd.DataFrame) else nw.from_native(frame).lazy().collect("pandas").to_native()
    if not len(native):
        raise AnswerError(NO_REGISTER)
    for column in (WEIGHT, STRATUM, DRAWN):
        if column in native:
            raise AnswerError(COLUMN_TAKEN.filled(column=column))
    return native


def require_numbers(per_mille: float, least: int, reserve: int) -> None:
    """Raise `AnswerError` for numbers out of range."""
    if not 0 < per_mille <= 1000:
        raise AnswerError(BAD_RATE.filled(rate=per_mille))
    if least < 1:
        raise AnswerError(BAD_LEAST.filled(least=least))
    if reserve < 0:
        raise AnswerError(BAD_RESERVE.filled(reserve=reserve))


def require_strata(register: pd.DataFrame, columns: Sequence[str]) -> None:
    """Raise `AnswerError` for columns of strata that are missing, have gaps, or list empty strata."""
    for column in columns:
        if column not in register:
            raise AnswerError(NO_STRATUM_COLUMN.filled(column=column))
        missing = (register[column].astype("string").fillna("").str.strip() == "").sum()
        if missing:
            raise AnswerError(MISSING_STRATUM.filled(column=column, count=int(missing)))
        if isinstance(register[column].dtype, pd.CategoricalDtype):
            empty = [str(name) for name, count in register[column].value_counts(sort=False).items() if not count]
            if empty:
                raise AnswerError(EMPTY_STRATA.filled(column=column, names=_named(empty)))


def require_sizes(sizes: pd.Series, least: int) -> None:
    """Raise `AnswerError` for strata that are too small."""
    small = [str(name) for name in sizes.index[sizes < least]]
    if small:
        raise AnswerError(SMALL_STRATA.filled(count=len(small), least=least, names=_named(small)))


def _named(names: Sequence[str]) -> Sentence:
    """The first few names."""
    more = len(names) > MOST_NAMED
    return Sentence(
        zh="、".join(names[:MOST_NAMED]) + "等" * more,
        en=", ".join(names[:MOST_NAMED]) + " and others" * more,
    )


def identifying_columns(register: pd.DataFrame, key: str | Sequence[str] | None) -> tuple[str, ...]:
    """The columns that identify a row; raises `AnswerError` if there are none or rows share a key."""
    columns = column_names(key) or tuple(name for name in map(str, register.columns) if is_household_number(name))[:1]
    if not columns:
        raise AnswerError(NO_KEY)
    require_key(register, columns, IN_REGISTER)
    require_filled(register, columns, IN_REGISTER)
    same = int(key_texts(register, columns).duplicated().sum())
    if same:
        raise AnswerError(SAME_KEY.filled(columns=" + ".join(columns), count=same))
    return columns


def strata_of(register: pd.DataFrame, columns: Sequence[str]) -> pd.Series:
    """The name of each row's stratum as a category, in the order of the names."""
    if not columns:
        return pd.Series(pd.Categorical(["all"] * len(register)), index=register.index)
    return key_texts(register, columns).str.replace("\x1f", " / ").astype("category")
