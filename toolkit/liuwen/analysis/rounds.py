"""What is counted: households once, however often they were visited; interviews; or people."""

import re
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.candidates import VISIT_DATES
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.analysis.source import AnswerSource
    from liuwen.form import Form

Rounds = Literal["last", "first", "all"]

HOUSEHOLDS, INTERVIEWS, PEOPLE = "households", "interviews", "people"
COUNTED = {
    HOUSEHOLDS: Sentence(zh="户", en="households"),
    INTERVIEWS: Sentence(zh="份答卷", en="interviews"),
    PEOPLE: Sentence(zh="人", en="people"),
}
UNKNOWN_ROUNDS = Sentence(
    zh='rounds={rounds!r} 不认识；可写 "last"（每户最近一次）、"first"（每户第一次）或 "all"（每次走访）。',
    en='rounds={rounds!r} is unknown; use "last" (the latest visit of each household), "first" or "all" (every visit).',
)
NO_VISIT_DATE = Sentence(
    zh='有 {count} 户不止走访一次，答卷里却没有走访日期，分不出哪一次是最近的；请加上日期，或写 rounds="all"。',
    en='{count} households were visited more than once, but no column tells when; add a date, or pass rounds="all".',
)
_HOUSEHOLD = re.compile(
    r"^(household|hh|hh_?id|hh_?(no|num|number|code)|household_?(id|no|num|number|code|key)|户号|户编号|家庭编号)$", re.IGNORECASE
)


def household_column(form: "Form", known: list[str]) -> str | None:
    """The column that numbers households; None if the form has no such column.

    >>> from liuwen.form import builder as b
    >>> form = b.build_form("visit", version="1", zh="访", en="Visit", items=[b.text("hh_id", zh="户号", en="Number")])
    >>> household_column(form, ["hh_id"])
    'hh_id'
    """
    names = (question.name for question in form.questions if not question.repeats)
    return next((name for name in names if name in known and is_household_number(name)), None)


def is_household_number(name: str) -> bool:
    """Whether a column of this name numbers households.

    >>> is_household_number("hh_id"), is_household_number("household_type")
    (True, False)
    """
    return bool(_HOUSEHOLD.match(name))


def household_key(source: "AnswerSource") -> list[str]:
    """The columns that tell households apart: their number, and the places it may be unique in only."""
    number = household_column(source.form, source.columns)
    if number is None:
        return []
    return [*(place for place in source.places if place != number), number]


def visit_time(source: "AnswerSource") -> list[str]:
    """The columns that tell when a household was visited, in the order they count."""
    known = [name for name in VISIT_DATES if name in source.columns and name in source.form]
    return known + ["submitted_at"] * ("submitted_at" in source.columns)


def require_rounds(rounds: str) -> None:
    """Raise `AnswerError` for an unknown value."""
    if rounds not in {"last", "first", "all"}:
        raise AnswerError(UNKNOWN_ROUNDS.filled(rounds=rounds))


def one_visit_each(frame: Any, key: list[str], times: list[str], rounds: Rounds) -> Any:
    """The rows of `frame` (narwhals) with one visit of each household; those without a number each count by themselves."""
    number = key[-1]
    known = frame.filter(~nw.col(number).is_null())
    sizes = known.group_by(*key).agg(nw.len().alias("visits")).filter(nw.col("visits") > 1)
    several = len(sizes.lazy().collect("pyarrow"))
    if not several:
        return frame
    if not times:
        raise AnswerError(NO_VISIT_DATE.filled(count=several))
    once = known.unique(subset=key, keep=rounds, order_by=times)
    return nw.concat([once, frame.filter(nw.col(number).is_null())])


def visits_kept(rows: pd.DataFrame, key: list[str], times: list[str], rounds: Rounds) -> pd.DataFrame:
    """The same for pandas rows, which keep their order and their index."""
    repeated = rows[key[-1]].notna() & rows.duplicated(key, keep=False)
    if not repeated.any():
        return rows
    if not times:
        raise AnswerError(NO_VISIT_DATE.filled(count=len(rows.loc[repeated, key].drop_duplicates())))
    visited = rows.loc[repeated]
    visited = visited.iloc[visit_order(visited, times, rounds)]
    return rows.drop(index=visited.index[visited.duplicated(key, keep="last")])


def visit_ranks(source: "AnswerSource", rounds: Rounds) -> NDArray[np.int64]:
    """Where each submission stands in time, the visit that counts after the others; made once."""
    if ("visit ranks", rounds) not in source.kept:
        order = visit_order(source.frame, visit_time(source), rounds)
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = np.arange(len(order))
        source.kept["visit ranks", rounds] = ranks
    known: NDArray[np.int64] = source.kept["visit ranks", rounds]
    return known


def visit_order(rows: pd.DataFrame, times: list[str], rounds: Rounds) -> NDArray[np.intp]:
    """Where the rows stand in time, so that of a household's visits the one that counts comes last."""
    if not times:
        return np.arange(len(rows))
    dates = rows[times].reset_index(drop=True)
    order = dates.sort_values(times, kind="stable", na_position="first" if rounds == "last" else "last").index.to_numpy()
    return order if rounds == "last" else order[::-1]
