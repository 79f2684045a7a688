"""The rows that were asked a question, one for each household, interview or person, with what they are grouped by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.rounds import (
    HOUSEHOLDS,
    INTERVIEWS,
    PEOPLE,
    Rounds,
    household_key,
    one_visit_each,
    ranked,
    require_rounds,
    visit_ranks,
    visit_time,
    visits_kept,
)
from liuwen.analysis.source import AnswerSource, counted
from liuwen.analysis.tally import UNANSWERED
from liuwen.errors import AnswerError
from liuwen.messages import Sentence
from liuwen.responses.plan import MAIN

if TYPE_CHECKING:
    from liuwen.responses import Responses

UNLINKED = Sentence(
    zh="“{question}”在与答卷分开存放的“{table}”里，不能按“{column}”分组：那会把回答和人连起来。",
    en="Question {question!r} is in {table!r}, which is kept apart from the submissions, and cannot be grouped by {column!r}: "
    "that would link answers to people.",
)
NO_PARENT = Sentence(
    zh="“{table}”有 {count} 行找不到所属的答卷，无法归到村或户；请检查导出文件是否完整。",
    en="{count} rows of {table!r} belong to no submission, so their village and household are unknown; check that the export is "
    "complete.",
)
ANSWER, HOUSEHOLD, ASKED, SUBMISSION = "answer", "liuwen_household", "liuwen_asked", "liuwen_submission"


@dataclass(frozen=True, eq=False)
class AskedRows:
    """Who was asked.

    Attributes:
        table: One row each: the columns asked for, `answer` as text, `liuwen_household` (which household, as a number).
        whole: All rows, those not asked included, with the same columns and `liuwen_asked`: what a design needs.
        counted: "households", "interviews" or "people".
    """

    table: pd.DataFrame
    whole: pd.DataFrame
    counted: str


def asked_rows(source: AnswerSource, question: str, columns: Sequence[str], rounds: Rounds = "last") -> AskedRows:
    """Who was asked `question`, with `columns` of the answers; for a question in a repeat, its people."""
    require_rounds(rounds)
    wanted = list(dict.fromkeys(columns))
    whole = _of_frame(source, question) if source.responses is None else _of_responses(source, source.responses, question, wanted)
    whole[ANSWER] = _text(whole[question])
    asked, key = whole[whole[ASKED]], household_key(source)
    people = source.responses is not None and source.responses.column(question).table != MAIN
    if rounds == "all" or not key or (people and SUBMISSION not in whole):
        return AskedRows(asked, whole, PEOPLE if people else INTERVIEWS)
    if people:
        visits = source.frame.index.get_indexer(pd.Index(asked[SUBMISSION].unique()))
        kept = whole[SUBMISSION].isin(source.frame.index[_once_each(source, whole, visits, rounds)]).to_numpy()
    else:
        kept = np.isin(np.arange(len(whole)), _once_each(source, whole, np.flatnonzero(whole[ASKED]), rounds))
    once = whole[ASKED].to_numpy() & kept
    return AskedRows(whole[once], whole[once | ~whole[ASKED].to_numpy()], PEOPLE if people else HOUSEHOLDS)


def _text(answers: pd.Series) -> pd.Series:
    return answers.astype("string").fillna(UNANSWERED).str.strip()


def _of_responses(source: AnswerSource, responses: "Responses", question: str, columns: list[str]) -> pd.DataFrame:
    """All rows of the question's table."""
    column = responses.column(question)
    main: pd.DataFrame = source.frame
    own = main if column.table == MAIN else responses[column.table]
    rows = pd.DataFrame({question: own[column.heads[0]], ASKED: counted(responses, question)})
    key = household_key(source)
    if column.table == MAIN:
        beside = [name for name in dict.fromkeys([*columns, *key, *visit_time(source)]) if name != question and name in main]
        rows = pd.concat([rows, main[beside]], axis=1)
        return rows.assign(**{HOUSEHOLD: households(source)})
    if responses.plan.tables[column.table].unlinked:
        outside = [name for name in columns if name not in own]
        if outside:
            raise AnswerError(UNLINKED.filled(question=question, table=column.table, column=outside[0]))
        rows = rows.assign(**{name: own[name] for name in columns if name != question})
        return rows.assign(**{HOUSEHOLD: np.arange(len(rows))})
    parents = own["instance_id"]
    orphans = ~parents.isin(main.index)
    if orphans.any():
        raise AnswerError(NO_PARENT.filled(table=column.table, count=int(orphans.sum())))
    above = main.loc[parents.to_numpy(), [name for name in dict.fromkeys([*columns, *key]) if name in main]]
    above.index = rows.index
    rows = rows.assign(**{name: own[name] for name in columns if name in own and name != question})
    rows = pd.concat([rows, above[[name for name in above if name not in rows]]], axis=1)
    return rows.assign(**{HOUSEHOLD: households_of(rows, key, parents)}, **{SUBMISSION: parents})


def _of_frame(source: AnswerSource, question: str) -> pd.DataFrame:
    """The whole frame in pandas, since a design or a household needs its rows; a row whose cell is null was not asked."""
    native = source.frame if isinstance(source.frame, pd.DataFrame) else None
    rows = native.copy(deep=False) if native is not None else nw.from_native(source.frame).lazy().collect("pandas").to_native()
    rows = rows if rows.index.is_unique else rows.reset_index(drop=True)
    rows = rows.assign(**{ASKED: rows[question].notna()})
    return rows.assign(**{HOUSEHOLD: households_of(rows, household_key(source), rows.index)})


def _once_each(source: AnswerSource, whole: pd.DataFrame, visits: NDArray[np.intp], rounds: Rounds) -> NDArray[np.intp]:
    """Of these submissions, told by their places in the frame, one of each household."""
    times = visit_time(source)
    if source.responses is None:
        return visits_kept(visits, whole[HOUSEHOLD].to_numpy(), times, lambda: ranked(whole, times, rounds))
    return visits_kept(visits, households(source), times, lambda: visit_ranks(source, rounds))


def households(source: AnswerSource) -> NDArray[np.int64]:
    """The number of the household of each submission, made once."""
    if "households" not in source.kept:
        source.kept["households"] = households_of(source.frame, household_key(source), source.frame.index)
    numbers: NDArray[np.int64] = source.kept["households"]
    return numbers


def is_visited_again(source: AnswerSource) -> bool:
    """Whether any household has two submissions."""
    if "visited again" not in source.kept:
        source.kept["visited again"] = bool(household_key(source)) and bool((np.bincount(households(source)) > 1).any())
    again: bool = source.kept["visited again"]
    return again


def households_of(rows: pd.DataFrame, key: list[str], submissions: "pd.Index | pd.Series") -> NDArray[np.int64]:
    """A number for each household; rows without a household number belong to the household of their submission."""
    own = np.asarray(pd.factorize(pd.Index(submissions))[0], dtype=np.int64)
    if not key:
        return own
    known = rows[key[-1]].notna().to_numpy()
    number = np.asarray(rows.groupby(key, dropna=False, observed=True).ngroup(), dtype=np.int64)
    return np.asarray(np.where(known, number, own + number.max(initial=0) + 1), dtype=np.int64)


def distinct_answers(source: AnswerSource, question: str, rounds: Rounds) -> AnswerSource:
    """The frame with one visit of each household among those asked; itself where no household has two."""
    require_rounds(rounds)
    key = household_key(source)
    if rounds == "all" or not key:
        return source
    frame = nw.from_native(source.frame)
    once = one_visit_each(frame.filter(~nw.col(question).is_null()), key, visit_time(source), rounds)
    return AnswerSource(once.to_native(), source.form)
