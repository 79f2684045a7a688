"""Groups by choices, counted once for every figure: how many were asked, how many chose it, how many households stand behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER, HOUSEHOLD, AskedRows, asked_rows, distinct_answers
from liuwen.analysis.disclosure import Protection
from liuwen.analysis.grouping import groups_of, kept_by, protection_of, without_names_of_few
from liuwen.analysis.rounds import HOUSEHOLDS, INTERVIEWS, Rounds, household_column
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.tally import UNANSWERED, tally

if TYPE_CHECKING:
    from liuwen.analysis.survey_design import SurveyDesign

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
_DAY = len("2026-03-01")


@dataclass(frozen=True, eq=False)
class Tabulation:
    """What is counted of whom.

    Attributes:
        question: The question.
        by: The columns that are grouped by.
        where: The filters: column → value.
        rounds: Which visits of a household count.
    """

    question: str
    by: tuple[str, ...] = ()
    where: Mapping[str, str] | None = None
    rounds: Rounds = "last"

    @property
    def filters(self) -> dict[str, str]:
        """The filters as a dictionary."""
        return dict(self.where or {})

    @property
    def keys(self) -> list[str]:
        """All columns that the table is made by."""
        return list(dict.fromkeys([*self.by, *self.filters]))


@dataclass(frozen=True, eq=False)
class Tallied:
    """Groups × choices, counted.

    Attributes:
        groups: The groups, a row each.
        choices: Stored value → label.
        asked: Those asked, per group.
        counts: Those that chose it, per group and choice.
        few: Cells behind which stand fewer households than the minimum, on one side or the other.
        counted: "households", "interviews" or "people".
        rows: The rows behind them, with the number of the group of each; None where they were counted where the frame lives.
        numbers: The group of each row of `rows.table`.
    """

    groups: pd.DataFrame
    choices: dict[str, str]
    asked: Counts
    counts: Counts
    counted: str
    few: Mask | None = None
    rows: AskedRows | None = None
    numbers: Counts | None = None
    known: bool = True

    def protection(self, by: Sequence[str], minimum: int) -> Protection:
        """What may be shown of it."""
        return protection_of(self.groups, by, self.asked, self.counts, minimum=minimum, few=self.few)

    def kept(self, filters: Mapping[str, str]) -> Counts:
        """The numbers of the groups that the filters keep."""
        return kept_by(self.groups, filters)

    def with_counts(self, more: Counts) -> "Tallied":
        """The same with further columns of counts, of which no household is looked at."""
        few = None if self.few is None else np.column_stack([self.few, np.zeros(more.shape, dtype=bool)])
        return replace(self, counts=np.column_stack([self.counts, more]), few=few)


def tallied(
    source: AnswerSource, asking: Tabulation, minimum: int, language: str | None, design: "SurveyDesign | None" = None
) -> Tallied:
    """Count the answers, by group and choice."""
    if design is None and asking.question in source.columns and asking.rounds != "all":
        return _where_the_frame_lives(source, asking, minimum, language)
    further = design.columns if design is not None else ()
    rows = asked_rows(source, asking.question, [*asking.keys, *further], asking.rounds)
    table = source.cut_down(cut_dates(rows.table, asking), asking.by, asking.filters).assign(households=1)
    for column in asking.by:
        table[column] = without_names_of_few(source, column, table, minimum)
    groups, numbers = groups_of(source, table, asking.keys)
    choices = source.labels(asking.question, _chosen(table[ANSWER]), language)
    counts = tally(numbers, table[ANSWER], table["households"], list(choices), len(groups))
    asked = np.bincount(numbers, minlength=len(groups)).astype(np.int64)
    few = _behind_few(table, numbers, list(choices), asked, minimum)
    known = AskedRows(table, rows.whole, rows.counted, rows.known)
    return Tallied(groups, choices, asked, counts, rows.counted, few, known, numbers, rows.known)


def _where_the_frame_lives(source: AnswerSource, asking: Tabulation, minimum: int, language: str | None) -> Tallied:
    once = distinct_answers(source, asking.question, asking.keys, asking.rounds)
    answers = once.answers(asking.question, asking.by, asking.filters)
    for column in asking.by:
        answers[column] = without_names_of_few(source, column, answers, minimum)
    groups, numbers = groups_of(source, answers, asking.keys)
    choices = source.labels(asking.question, _chosen(answers[ANSWER]), language)
    counts = tally(numbers, answers[ANSWER], answers["households"], list(choices), len(groups))
    asked = np.bincount(numbers, weights=answers["households"], minlength=len(groups)).astype(np.int64)
    counted = HOUSEHOLDS if household_column(source.form, source.columns) else INTERVIEWS
    known = source.responses is None or not source.responses.asked(asking.question).isna().any()
    return Tallied(groups, choices, asked, counts, counted, known=known)


def cut_dates(rows: pd.DataFrame, asking: Tabulation) -> pd.DataFrame:
    """Dates as text: whole days, or as long as what is filtered on."""
    cut = rows.copy(deep=False)
    for column in asking.keys:
        if str(rows[column].dtype).startswith("datetime"):
            length = _DAY if column in asking.by else len(asking.filters[column])
            cut[column] = rows[column].dt.strftime("%Y-%m-%d").str.slice(0, length)
        else:
            cut[column] = rows[column].astype("string")
    return cut


def _chosen(answers: pd.Series) -> set[str]:
    return {choice for answer in answers.unique() for choice in answer.split() or [UNANSWERED]}


def _behind_few(table: pd.DataFrame, numbers: Counts, choices: list[str], asked: Counts, minimum: int) -> Mask | None:
    """Cells where the households that chose it, or those that did not, are some but fewer than `minimum`."""
    if not table[HOUSEHOLD].duplicated().any():
        return None
    found = np.zeros((len(asked), len(choices)), dtype=bool)
    of_group = pd.DataFrame({"group": numbers, "household": table[HOUSEHOLD].to_numpy()})
    for number, choice in enumerate(choices):
        chose = table[ANSWER].map(lambda answer, choice=choice: choice in (answer.split() or [UNANSWERED])).to_numpy(dtype=bool)
        for side in (chose, ~chose):
            households = of_group[side].drop_duplicates()["group"]
            behind = np.bincount(households, minlength=len(asked))
            found[:, number] |= (behind > 0) & (behind < minimum)
    return found
