"""What households need, by village or any other column: how many were asked, how many want it, how sure that is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.candidates import is_no_need, likely_needs
from liuwen.analysis.disclosure import Protection
from liuwen.analysis.grouping import kept_by, listed, named_groups, require_columns
from liuwen.analysis.intervals import wilson_interval
from liuwen.analysis.levels import require_levels
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import REASONS, SMALL_GROUP
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.states import Shown
from liuwen.analysis.tabulation import Tabulation, least_shown, shape_of
from liuwen.analysis.tallied import Tallied, tallied
from liuwen.analysis.tally import UNANSWERED
from liuwen.errors import AnswerError
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NO_QUESTION = Sentence(
    zh="问卷里没有名为“{name}”的多选题。可用的有：{candidates}。",
    en="The form has no select-multiple question {name!r}. It has: {candidates}.",
)
_REASONS = np.array([REASONS[state] for state in Shown], dtype=object)
NO_SELECT_MULTIPLE = Sentence(
    zh="问卷里没有多选题，无从统计需求。请给问卷加一道多选题。",
    en="The form has no select-multiple question, so there are no needs to count. Add one to the form.",
)


def needs(
    responses: "Responses | Any",
    by: str | Sequence[str] | None = "village",
    question: str | None = None,
    *,
    minimum: int = 5,
    sensitive: bool | None = None,
    confidence: float = 0.95,
    where: Mapping[str, str] | None = None,
    rounds: Rounds = "last",
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
        sensitive: Whether 0 % and 100 % are withheld too, as in `shares`; by default where the form says so.
        confidence: The confidence level of the interval, between 0 and 1.
        where: Which households count, such as `{"household_type": "poor", "visit_date": "2026-03"}`. The value of a
            select-multiple question keeps those who chose it; a date can be shortened to its month or year.
        rounds: Which visits of a household count: its "last" one that was asked, its "first", or "all".
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
    asking = Tabulation(_question(source, question), column_names(by), where, rounds, sensitive=sensitive)
    require_columns(source, asking.keys)
    return counted_answers(source, asking, minimum=minimum, confidence=confidence, language=language)[0]


def counted_answers(
    source: AnswerSource, asking: Tabulation, *, minimum: int, confidence: float, language: str | None
) -> tuple[pd.DataFrame, str]:
    """The table of `needs` for a question of any kind; and what is counted: "households", "interviews" or "people"."""
    require_levels(minimum, confidence)
    minimum = least_shown(source.question(asking.question), minimum)
    counted = _table(source, asking, minimum, language)
    protection = counted.protection(minimum)
    kept = kept_by(source, counted.groups, asking.filters)
    names = named_groups(source, counted.groups[list(asking.by)].take(kept), language)
    repeated: dict[str, Any] = {str(column): values.array.repeat(len(counted.choices)) for column, values in names.items()}
    return pd.DataFrame(repeated | _figures(counted, protection, kept, minimum, confidence)), counted.counted


def _table(source: AnswerSource, asking: Tabulation, minimum: int, language: str | None) -> Tallied:
    """The table of all groups; made once, since a filter by another value shows other groups of the same."""
    if source.responses is None:
        return tallied(source, asking, minimum, language)
    language = language or language_in_force()
    key = ("table of needs", asking.question, shape_of(source, asking), asking.limits, asking.sensitive, minimum, language)
    if key not in source.kept:
        source.kept[key] = replace(tallied(source, asking, minimum, language), rows=None)
    found: Tallied = source.kept[key]
    return found


def _question(source: AnswerSource, question: str | None) -> str:
    found = likely_needs(source.form, source.columns)
    if question is None and not found:
        raise AnswerError(NO_SELECT_MULTIPLE)
    if question is not None and question not in found:
        raise AnswerError(NO_QUESTION.filled(name=question, candidates=listed(found)))
    return question or found[0]


def _figures(counted: Tallied, of_all: Protection, kept: NDArray[np.int64], minimum: int, confidence: float) -> dict[str, Any]:
    """What may be shown, a row for each group and choice, by column."""
    protection = Protection(of_all.groups[kept], of_all.cells[kept])
    asked, counts, width = counted.asked[kept], counted.counts[kept], len(counted.choices)
    base, wanting = np.repeat(asked, width), counts.ravel()
    whole = np.repeat(protection.groups != Shown.YES, width)
    said = np.where(whole, SMALL_GROUP, _REASONS[protection.cells.ravel()])
    hidden = said != ""
    low, high = wilson_interval(wanting, base, confidence)
    share = np.divide(wanting, base, out=np.full(len(base), np.nan), where=base > 0)
    columns = {
        "need": pd.Series(list(counted.choices) * len(kept), dtype="string"),
        "label": pd.Series(list(counted.choices.values()) * len(kept), dtype="string"),
        "asked": pd.array(base, dtype="Int64"),
        "wanting": pd.array(wanting, dtype="Int64"),
        **{name: np.where(hidden, np.nan, end) for name, end in (("share", share), ("low", low), ("high", high))},
        "rank": _ranks(counted.choices, asked, counts, protection, minimum),
        "suppressed": hidden,
        "reason": pd.Series(said, dtype="string"),
    }
    columns["asked"][whole], columns["wanting"][hidden] = pd.NA, pd.NA
    return columns


def _ranks(
    choices: Mapping[str, str], asked: NDArray[np.int64], counts: NDArray[np.int64], protection: Protection, minimum: int
) -> pd.Series:
    """By what may be shown: "nearly all" stands above every count that is shown in part."""
    cells = protection.cells
    score = np.where(cells == Shown.NEARLY_ALL, asked[:, np.newaxis] - minimum + 1, counts)
    score = np.where(cells == Shown.FEW, 1, score)
    no_need = np.array([name == UNANSWERED or is_no_need(name, (label,)) for name, label in choices.items()], dtype=bool)
    outside = (cells == Shown.HIDDEN) | no_need | (asked == 0)[:, np.newaxis]
    score = np.where(outside, -1, score)
    ranks = np.stack([(score > column[:, np.newaxis]).sum(axis=1) for column in score.T], axis=1) + 1
    return pd.Series(ranks.ravel(), dtype="Int64").mask((outside | (cells == Shown.FEW)).ravel())
