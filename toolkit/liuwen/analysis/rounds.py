"""What is counted: households once, however often they were visited; interviews; or people."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.candidates import VISIT_DATES
from liuwen.errors import AnswerError
from liuwen.form.households import household_column
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.analysis.source import AnswerSource

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


def visits_kept(
    visits: NDArray[np.intp], homes: NDArray[np.int64], times: list[str], ranks: Callable[[], NDArray[np.int64]]
) -> NDArray[np.intp]:
    """The same for rows of pandas, told by their places: of these visits the one of each household that ranks highest.

    `homes` has the household of every row of the frame, `ranks` its rank (see `ranked`), which is asked for only where needed.
    """
    own = homes[visits]
    several = int((np.unique(own, return_counts=True)[1] > 1).sum())
    if not several:
        return visits
    if not times:
        raise AnswerError(NO_VISIT_DATE.filled(count=several))
    order = np.lexsort((ranks()[visits], own))
    last = np.append(np.diff(own[order]) != 0, True)
    return np.asarray(visits[order[last]])


def visit_ranks(source: "AnswerSource", rounds: Rounds) -> NDArray[np.int64]:
    """Where each submission stands in time, the visit that counts after the others; made once."""
    if ("visit ranks", rounds) not in source.kept:
        source.kept["visit ranks", rounds] = ranked(source.frame, visit_time(source), rounds)
    known: NDArray[np.int64] = source.kept["visit ranks", rounds]
    return known


def ranked(rows: pd.DataFrame, times: list[str], rounds: Rounds) -> NDArray[np.int64]:
    """Where each row stands in time, so that of a household's visits the one that counts has the highest rank."""
    ranks = np.arange(len(rows), dtype=np.int64)
    if times:
        dates = rows[times].reset_index(drop=True)
        order = dates.sort_values(times, kind="stable", na_position="first" if rounds == "last" else "last").index.to_numpy()
        ranks[order if rounds == "last" else order[::-1]] = np.arange(len(rows))
    return ranks
