"""Groups by choices, counted once for every figure: how many were asked, how many chose it, how many households stand behind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER, HOUSEHOLD, AskedRows, asked_rows, distinct_answers
from liuwen.analysis.disclosure import Protection, Shown
from liuwen.analysis.grouping import groups_of, kept_by, without_names_of_few
from liuwen.analysis.linked import LinkedTable
from liuwen.analysis.links import base_counts, coarser_places, leading_questions, places_above, places_in
from liuwen.analysis.rounds import HOUSEHOLDS, INTERVIEWS, Rounds, household_column
from liuwen.analysis.source import AnswerSource
from liuwen.analysis.tally import UNANSWERED, tally
from liuwen.responses.plan import MAIN

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
        linked: Its links to the other tables of the same answers.
        rows: The rows behind the counts, each with the number of its group; None if the frame's own engine counted them.
        numbers: The group of each row of `rows.table`.
    """

    groups: pd.DataFrame
    choices: dict[str, str]
    asked: Counts
    counts: Counts
    counted: str
    linked: LinkedTable
    few: Mask | None = None
    rows: AskedRows | None = None
    numbers: Counts | None = None
    known: bool = True

    def protection(self, minimum: int, more: Counts | None = None) -> Protection:
        """What may be shown of it, and in the last columns of `more` counts of the same groups."""
        counts, few = self.counts, self.few
        if more is not None:
            counts = np.column_stack([counts, more])
            few = None if few is None else np.column_stack([few, np.zeros(more.shape, dtype=bool)])
        return replace(self.linked, counts=counts, few=few).protected(minimum)

    def kept(self, filters: Mapping[str, str]) -> Counts:
        """The numbers of the groups that the filters keep."""
        return kept_by(self.groups, filters)


def tallied(
    source: AnswerSource,
    asking: Tabulation,
    minimum: int,
    language: str | None,
    design: "SurveyDesign | None" = None,
    *,
    led: frozenset[str] = frozenset(),
    rowwise: bool = False,
) -> Tallied:
    """Count the answers, by group and choice, keeping the rows behind them where `rowwise`.

    `led` are the questions that this one is looked at for, as it leads to them.
    """
    coarser = coarser_places(source, asking.keys)
    rows = None
    if design is None and not rowwise and asking.question in source.columns and asking.rounds != "all":
        answers, counted = _where_the_frame_lives(source, asking, coarser)
    else:
        further = design.columns if design is not None else ()
        rows = asked_rows(source, asking.question, [*asking.keys, *coarser, *further], asking.rounds)
        answers, counted = source.cut_down(cut_dates(rows.table, asking), asking.by, asking.filters), rows.counted
        answers = answers.assign(households=1)
    for column in asking.by:
        answers[column] = without_names_of_few(source, column, answers, minimum)
    groups, numbers = groups_of(source, answers, asking.keys)
    choices = source.labels(asking.question, _chosen(answers[ANSWER]), language)
    counts = tally(numbers, answers[ANSWER], answers["households"], list(choices), len(groups))
    asked = np.bincount(numbers, weights=answers["households"], minlength=len(groups)).astype(np.int64)
    few = None if rows is None else _behind_few(answers, numbers, list(choices), asked, minimum)
    element = source.question(asking.question)
    linked = LinkedTable(
        groups,
        asked,
        counts,
        places_above(answers, numbers, len(groups), coarser),
        places_in(source, asking.keys),
        one_each=element is not None and element.type in {"select_one", "select_one_external"},
        few=few,
        bases=_bases(source, asking, groups) if minimum > 1 else None,
    )
    known = source.responses is None or not source.responses.asked(asking.question).isna().any()
    kept = None if rows is None else AskedRows(answers, rows.whole, rows.counted, rows.known)
    found = Tallied(groups, choices, asked, counts, counted, linked, few, kept, None if rows is None else numbers, known)
    return _sealed_by_leaders(found, source, asking, minimum, led | {asking.question}) if minimum > 1 else found


def _where_the_frame_lives(source: AnswerSource, asking: Tabulation, coarser: list[str]) -> tuple[pd.DataFrame, str]:
    once = distinct_answers(source, asking.question, [*asking.keys, *coarser], asking.rounds)
    counted = HOUSEHOLDS if household_column(source.form, source.columns) else INTERVIEWS
    return once.answers(asking.question, asking.by, asking.filters, coarser), counted


def _bases(source: AnswerSource, asking: Tabulation, groups: pd.DataFrame) -> Counts | None:
    """The number of each group asked each question; None for a bare frame or a question in a repeat."""
    responses = source.responses
    if responses is None or responses.column(asking.question).table != MAIN:
        return None
    rows = source.cut_down(cut_dates(responses.table[asking.keys], asking), asking.by, asking.filters)
    return base_counts(responses, rows, groups)


def _sealed_by_leaders(found: Tallied, source: AnswerSource, asking: Tabulation, minimum: int, led: frozenset[str]) -> Tallied:
    """Groups whose base is a figure that the table of a leading question hides are hidden too.

    Where the leading question hides groups whole, the bases of all of them may be shown, or of none: of some, the others would
    be what is left.
    """
    leaders = [leader for leader in leading_questions(source, asking.question) if leader not in led]
    if not leaders:
        return found
    own = found.protection(minimum).groups != Shown.YES
    sealed = np.zeros(len(found.groups), dtype=bool)
    for leader in leaders:
        above = tallied(source, replace(asking, question=leader), minimum, None, led=led)
        at = _places_of(found.groups, above.groups)
        bases = np.zeros((len(above.groups), 1), dtype=np.int64)
        bases[at[at >= 0], 0] = found.asked[at >= 0]
        states = above.protection(minimum, np.minimum(bases, above.asked[:, np.newaxis]))
        whole, cell = states.groups != Shown.YES, states.cells[:, -1] != Shown.YES
        sealed |= np.where(at >= 0, (cell & ~whole)[at], False)
        together = np.where(at >= 0, whole[at], False)
        for line in _lines_of(found.linked):
            if (own & together)[line].any():
                sealed[line] |= together[line]
    return replace(found, linked=replace(found.linked, sealed=sealed)) if sealed.any() else found


def _places_of(groups: pd.DataFrame, among: pd.DataFrame) -> Counts:
    """Where each group stands among others; -1 where it does not."""
    if not len(groups.columns):
        return np.zeros(len(groups), dtype=np.int64)
    known = {tuple(row): number for number, row in enumerate(among.astype("object").fillna("").to_numpy())}
    return np.array([known.get(tuple(row), -1) for row in groups.astype("object").fillna("").to_numpy()], dtype=np.int64)


def _lines_of(linked: LinkedTable) -> list[Counts]:
    """The groups of each coarser place; all groups if there is no coarser place."""
    if not len(linked.above.columns):
        return [np.arange(len(linked.groups))]
    parents = linked.above.groupby(list(linked.above.columns), dropna=False, sort=False).ngroup().to_numpy()
    return [np.flatnonzero(parents == parent) for parent in np.unique(parents)]


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
