"""What households need, by village or any other column: how many were asked, how many want it, how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.candidates import is_no_need, likely_needs, likely_places
from liuwen.analysis.disclosure import Protection, Shown, protect
from liuwen.analysis.intervals import wilson_interval
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.analysis.tally import UNANSWERED, tally
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NO_QUESTION = Sentence(
    zh="问卷里没有名为“{name}”的多选题。可用的有：{candidates}。",
    en="The form has no select-multiple question {name!r}. It has: {candidates}.",
)
NO_SELECT_MULTIPLE = Sentence(
    zh="问卷里没有多选题，无从统计需求。请给问卷加一道多选题。",
    en="The form has no select-multiple question, so there are no needs to count. Add one to the form.",
)
NO_COLUMN = Sentence(
    zh="答卷里没有“{name}”一列，无法按它分组或筛选。像地点的列有：{candidates}。",
    en="The answers have no column {name!r} to group or filter by. Columns that look like places: {candidates}.",
)
NONE_FOUND = Sentence(zh="没有", en="none")
REASONS = {
    Shown.YES: "",
    Shown.FEW: "few",
    Shown.NEARLY_ALL: "nearly all",
    Shown.HIDDEN: "protected",
}
SMALL_GROUP = "small group"
FEW_TOGETHER = "<{minimum}"
"""What stands in place of values that the form does not list and fewer households gave: a telephone, a name, an amount."""


def needs(
    responses: "Responses | Any",
    by: str | Sequence[str] | None = "village",
    question: str | None = None,
    *,
    minimum: int = 5,
    confidence: float = 0.95,
    where: Mapping[str, str] | None = None,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Count the needs of each village.

    Args:
        responses: `Responses`; or any frame that narwhals knows (pandas, DuckDB over Parquet, PySpark) together with its
            `form`. In such a frame a household was asked if the question's cell is not null.
        by: The column to group by, several columns, or None for all households together.
        question: The select-multiple question; by default `needs`, or else the likeliest one.
        minimum: The smallest number of households that may be shown; 1 shows everything, for those who may see it.
        confidence: The confidence level of the interval, between 0 and 1.
        where: Which households count, such as `{"household_type": "poor", "visit_date": "2026-03"}`. The value of a
            select-multiple question keeps those who chose it; a date can be shortened to its month or year.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per group and choice, in the order of the form. Households without a value in a `by` column are a group of
        their own; so are, as "<5", all those whose value is neither a choice of the form nor a place and is shared by
        fewer than `minimum` households, so that nobody is listed by telephone number or name. Suppressed figures are
        missing; the rule is in `liuwen.analysis.disclosure`. Columns:

        - those of `by`, each followed by its labels if the form has them;
        - `need`: the stored value of the choice; "" means asked and not answered;
        - `label`: the choice in words;
        - `asked`: households asked, the base; *don't know* and no answer included;
        - `wanting`: households that chose it;
        - `share`: `wanting / asked`, from 0 to 1;
        - `low`, `high`: the ends of its score interval, see `wilson_interval`;
        - `rank`: the rank in the group, 1 for the most wanted; missing for *none*, *don't know* and the like;
        - `suppressed`: whether the figures are withheld;
        - `reason`: "small group" (fewer than `minimum` asked), "few" (fewer than `minimum` want it), "nearly all" (fewer
          than `minimum` do not), or "protected" (showing it would reveal another figure).

    Raises:
        AnswerError: If the form has no such question or the answers have no such column.

    Example:
        >>> from liuwen.form import builder as b
        >>> offered = b.choices("needs", ("road", "路", "Road"), ("water", "水", "Water"))
        >>> asking = [b.text("village", zh="村", en="Village"), b.select_multiple("needs", offered, zh="需要什么", en="Needs")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
        >>> frame = pd.DataFrame({"village": ["a"] * 20, "needs": ["road water"] * 5 + ["road"] * 7 + ["water"] * 8})
        >>> needs(frame, form=form, language="en")[["village", "label", "asked", "wanting", "share", "rank"]]
          village  label  asked  wanting  share  rank
        0       a   Road     20       12   0.60     2
        1       a  Water     20       13   0.65     1
    """
    source = source_of(responses, form)
    question = _question(source, question)
    columns = [] if by is None else [by] if isinstance(by, str) else list(by)
    filters = dict(where or {})
    _require(source, [*columns, *filters])
    answers = source.answers(question, columns, filters)
    for column in columns:
        answers[column] = _without_names_of_few(source, column, answers, minimum)
    groups, numbers = _groups(source, answers, list(dict.fromkeys([*columns, *filters])))
    choices = source.labels(question, _chosen(answers["answer"]), language)
    wanting = tally(numbers, answers["answer"], answers["households"], list(choices), len(groups))
    asked = np.bincount(numbers, weights=answers["households"], minlength=len(groups)).astype(np.int64)
    protection = _protection(groups, columns, asked, wanting, minimum)
    table = _Table(choices, asked, wanting, protection, minimum)
    kept = _kept(groups, filters)
    names = _names(source, groups.loc[kept, columns], language)
    repeated = names.loc[names.index.repeat(len(choices))].reset_index(drop=True)
    return repeated.join(table.at(kept).figures(confidence))


def _question(source: AnswerSource, question: str | None) -> str:
    found = likely_needs(source.form, source.columns)
    if question is None and not found:
        raise AnswerError(NO_SELECT_MULTIPLE)
    if question is not None and question not in found:
        raise AnswerError(NO_QUESTION.filled(name=question, candidates=_listed(found)))
    return question or found[0]


def _require(source: AnswerSource, columns: list[str]) -> None:
    known = source.columns
    for column in columns:
        if column not in known:
            places = likely_places(source.form, known)
            raise AnswerError(NO_COLUMN.filled(name=column, candidates=_listed(places)))


def _listed(names: list[str]) -> Sentence:
    return Sentence(zh="、".join(names), en=", ".join(names)) if names else NONE_FOUND


def _chosen(answers: pd.Series) -> set[str]:
    return {choice for answer in answers.unique() for choice in answer.split() or [UNANSWERED]}


def _groups(source: AnswerSource, answers: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """The groups that occur, in the form's order, missing values last; and the number of the group of each row of `answers`."""
    if not columns:
        return pd.DataFrame(index=range(1)), np.zeros(len(answers), dtype=np.int64)
    orders = {column: list(source.labels(column, answers[column].dropna().unique())) for column in columns}
    ordered = answers[columns].copy()
    for column, order in orders.items():
        ordered[column] = pd.Categorical(answers[column], order, ordered=True)
    numbers = ordered.groupby(columns, observed=True, dropna=False, sort=True).ngroup()
    groups = answers[columns].assign(number=numbers).drop_duplicates("number").sort_values("number")
    return groups[columns].astype("string").reset_index(drop=True), np.asarray(numbers, dtype=np.int64)


def _without_names_of_few(source: AnswerSource, column: str, answers: pd.DataFrame, minimum: int) -> pd.Series:
    """The column's values, those that the form does not list and few households gave put together: they may name people.

    The name of a place is no person's, unless most households have one of their own.
    """
    values = answers[column]
    listed = {str(value) for value in source.listed(column)}
    households = answers.groupby(values.astype("string"), observed=True)["households"].sum()
    unlisted = households[[str(value) not in listed for value in households.index]]
    is_place = column in likely_places(source.form, source.columns) and len(unlisted) <= max(2, households.sum() // 2)
    if is_place or not (unlisted < minimum).any():
        return values
    few = set(unlisted.index[unlisted < minimum])
    texts = values.astype("string")
    return texts.mask(texts.isin(few), FEW_TOGETHER.format(minimum=minimum))


def _keys(groups: pd.DataFrame) -> list[NDArray[np.int64]]:
    return [pd.factorize(groups[column], use_na_sentinel=False)[0].astype(np.int64) for column in groups.columns]


def _protection(
    groups: pd.DataFrame, columns: list[str], asked: NDArray[np.int64], wanting: NDArray[np.int64], minimum: int
) -> Protection:
    """What may be shown; where the table without a filter withholds a cell, its parts are withheld too, or they would add up."""
    found = protect(asked, wanting, _keys(groups), minimum)
    filtered = [column for column in groups.columns if column not in columns]
    for kept in (some for size in range(len(filtered)) for some in combinations(filtered, size)):
        wider = groups[[*columns, *kept]]
        part_of = (
            wider.groupby(list(wider.columns), dropna=False).ngroup().to_numpy() if len(wider.columns) else np.zeros_like(asked)
        )
        first = pd.Series(part_of).drop_duplicates().sort_values().index
        sums = [np.bincount(part_of, weights).astype(np.int64) for weights in (asked, *wanting.T)]
        above = protect(sums[0], np.stack(sums[1:], axis=1), _keys(wider.loc[first]), minimum)
        withheld = (above.groups != Shown.YES)[part_of]
        cells = (above.cells == Shown.HIDDEN)[part_of] | withheld[:, np.newaxis]
        found = Protection(np.where(withheld, Shown.HIDDEN, found.groups), np.where(cells, Shown.HIDDEN, found.cells))
    return found


def _kept(groups: pd.DataFrame, filters: Mapping[str, str]) -> NDArray[np.int64]:
    keep = np.ones(len(groups), dtype=bool)
    for column, value in filters.items():
        keep &= (groups[column] == value).fillna(False).to_numpy(dtype=bool)
    return np.flatnonzero(keep)


def _names(source: AnswerSource, groups: pd.DataFrame, language: str | None) -> pd.DataFrame:
    """The columns that name the groups, each followed by its labels where they say more."""
    named: dict[str, pd.Series] = {}
    for column, values in groups.reset_index(drop=True).items():
        named[str(column)] = values
        labels = source.labels(str(column), values.dropna().unique(), language)
        if any(value != label for value, label in labels.items()):
            named[f"{column}_label"] = values.map(labels).astype("string")
    return pd.DataFrame(named, index=range(len(groups)))


@dataclass(frozen=True)
class _Table:
    """Groups × choices, counted, and what may be shown of it."""

    choices: dict[str, str]
    asked: NDArray[np.int64]
    wanting: NDArray[np.int64]
    protection: Protection
    minimum: int

    def at(self, rows: NDArray[np.int64]) -> "_Table":
        protection = Protection(self.protection.groups[rows], self.protection.cells[rows])
        return replace(self, asked=self.asked[rows], wanting=self.wanting[rows], protection=protection)

    def figures(self, confidence: float) -> pd.DataFrame:
        """What may be shown, a row for each group and choice."""
        groups, width = self.wanting.shape
        base, wanting = pd.Series(np.repeat(self.asked, width)), pd.Series(self.wanting.ravel())
        whole = pd.Series(np.repeat(self.protection.groups != Shown.YES, width))
        said = pd.Series(self.protection.cells.ravel()).map(REASONS)
        shown = ~whole & (said == "")
        low, high = wilson_interval(wanting, base, confidence)
        columns = {
            "need": pd.Series(list(self.choices) * groups, dtype="string"),
            "label": pd.Series(list(self.choices.values()) * groups, dtype="string"),
            "asked": base.astype("Int64").mask(whole),
            "wanting": wanting.astype("Int64").where(shown),
            "share": (wanting / base.where(base > 0)).where(shown),
            "low": pd.Series(low).where(shown),
            "high": pd.Series(high).where(shown),
            "rank": self._ranks(),
            "suppressed": ~shown,
            "reason": said.mask(whole, SMALL_GROUP).astype("string"),
        }
        return pd.DataFrame(columns)

    def _ranks(self) -> pd.Series:
        """By what may be shown: "nearly all" stands above every count that is shown in part."""
        cells = self.protection.cells
        score = np.where(cells == Shown.NEARLY_ALL, self.asked[:, np.newaxis] - self.minimum + 1, self.wanting)
        score = np.where(cells == Shown.FEW, 1, score)
        no_need = np.array([name == UNANSWERED or is_no_need(name, (label,)) for name, label in self.choices.items()], dtype=bool)
        outside = (cells == Shown.HIDDEN) | no_need | (self.asked == 0)[:, np.newaxis]
        ranks = pd.DataFrame(np.where(outside, np.nan, score)).rank(axis=1, method="min", ascending=False)
        return pd.Series(ranks.mask(cells == Shown.FEW).to_numpy().ravel()).astype("Int64")
