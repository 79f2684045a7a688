"""Numbers by any grouping: mean, total, quantiles, ratio; with interval, design effect and suppression."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import HOUSEHOLD, asked_rows
from liuwen.analysis.disclosure import Shown
from liuwen.analysis.estimates import Estimate, estimated_means, estimated_ratio, estimated_totals
from liuwen.analysis.grouping import groups_of, kept_by, named_groups, without_names_of_few
from liuwen.analysis.linearisation import SampledRows
from liuwen.analysis.linked import LinkedTable
from liuwen.analysis.links import coarser_places, places_above, places_in
from liuwen.analysis.quantiles import estimated_quantile
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import NO_QUESTION, NOBODY_ASKED, SMALL_GROUP, require_known
from liuwen.analysis.source import AnswerSource, source_of
from liuwen.analysis.survey_design import SurveyDesign, with_design
from liuwen.analysis.tallied import Tabulation, cut_dates
from liuwen.errors import AnswerError
from liuwen.messages import Sentence

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NO_NUMBER = Sentence(
    zh="“{name}”不是数字题，没有平均数可算；选择题请用 lw.shares。",
    en="Question {name!r} holds no numbers, so it has no mean; for choices use lw.shares.",
)
UNKNOWN_STATISTIC = Sentence(
    zh='statistic={statistic!r} 不认识；可写 "mean"、"median"、"total"，或 0 到 1 之间的分位数。',
    en='statistic={statistic!r} is unknown; use "mean", "median", "total", or a quantile between 0 and 1.',
)
OTHER_TABLE = Sentence(
    zh="“{over}”和“{name}”不在同一张表里，不能相除。",
    en="{over!r} and {name!r} are not in the same table, so one cannot be divided by the other.",
)


def means(
    responses: "Responses | Any",
    question: str,
    by: str | Sequence[str] | None = None,
    *,
    statistic: str | float = "mean",
    over: str | None = None,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Summarise the numbers of a question: their mean, total, a quantile, or their ratio to another question.

    Source: R package survey (`svymean`, `svytotal`, `svyratio`; `svyquantile` with rule "math" and interval "mean").

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        question: An integer, decimal or range question, of the form or of a repeat.
        by: The column to group by, several columns, or None for all together.
        statistic: "mean", "median", "total", or a quantile between 0 and 1.
        over: Another number: the figure is then the ratio of the two totals, such as income over people.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        rounds: Which visits of a household count: its "last" one that was asked, its "first", or "all".
        minimum: The smallest number of households that may be shown; 1 shows everything.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per group. Columns:

        - those of `by`, each followed by its labels if the form has them;
        - `value`, `label`: the question and its words;
        - `counted`: "households", "interviews" or "people";
        - `asked`, `answered`: how many were asked, and how many gave a number: the base;
        - `mean`, `median`, `total`, `quantile` or `ratio`: the figure, weighted by the design;
        - `se`, `low`, `high`: its standard error and interval (t, with the degrees of freedom of the design);
        - `deff`: its design effect; missing for quantiles;
        - `shown`, `reason`: whether it is shown, and if not why: "small group" (fewer than `minimum` households answered, or
          such a group could be computed from it) or "protected" (the number of those who did not answer could be).

    Raises:
        AnswerError: If the question holds no numbers, nobody was asked, or the design cannot be used.

    Example:
        >>> from liuwen.form import builder as b
        >>> asking = [b.integer("people", zh="几口人", en="People")]
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=asking)
        >>> frame = pd.DataFrame({"people": [1, 2, 3, 4, 5, 6]})
        >>> means(frame, "people", form=form)[["answered", "mean", "se"]].round(3)
           answered  mean     se
        0         6   3.5  0.764
    """
    source = source_of(responses, form)
    name, part = _statistic(statistic, over)
    asking = Tabulation(question, () if by is None else (by,) if isinstance(by, str) else tuple(by), where, rounds)
    _require_number(source, question)
    require_known(source, asking)
    coarser = coarser_places(source, asking.keys)
    further = [*coarser, *(design.columns if design else ()), *([over] if over else [])]
    rows = asked_rows(source, question, [*asking.keys, *further], rounds)
    if not len(rows.table):
        raise AnswerError(NOBODY_ASKED.filled(name=question))
    if over is not None and over not in rows.whole:
        raise AnswerError(OTHER_TABLE.filled(over=over, name=question))
    table = source.cut_down(cut_dates(rows.table, asking), asking.by, asking.filters).assign(households=1)
    for column in asking.by:
        table[column] = without_names_of_few(source, column, table, minimum)
    groups, numbers = groups_of(source, table, asking.keys)
    given = _numbers(table, question).notna() & (True if over is None else _numbers(table, over).notna())
    kept = kept_by(groups, asking.filters)
    above = places_above(table, numbers, len(groups), coarser)
    asked, answered, protection = _protected(
        table, numbers, given.to_numpy(), groups, above=above, places=places_in(source, asking.keys), minimum=minimum
    )
    whole = rows.whole if design is None else with_design(rows.whole, design)
    drawn = (design or SurveyDesign()).of(whole)
    group = pd.Series(numbers, index=table.index)[given].reindex(whole.index).fillna(-1).to_numpy(dtype=np.int64)
    values = _numbers(whole, question).fillna(0).to_numpy(dtype=np.float64)
    below = None if over is None else _numbers(whole, over).fillna(0).to_numpy(dtype=np.float64)
    found = np.array(
        [_figure(drawn, values, below, group == number, name=name, part=part, confidence=confidence) for number in kept]
    ).reshape(-1, 5)
    sealed, hidden = protection.groups[kept] != Shown.YES, protection.cells[kept, 0] != Shown.YES
    shown = ~sealed & ~hidden
    found[~shown] = np.nan
    figures = pd.DataFrame(found, columns=[name, "se", "low", "high", "deff"])
    element = source.question(question)
    label = (element.label(language or "") if element else "") or question
    told = {
        "value": pd.Series(question, index=range(len(kept)), dtype="string"),
        "label": pd.Series(" ".join(label.split()), index=range(len(kept)), dtype="string"),
        "counted": pd.Series(rows.counted, index=range(len(kept)), dtype="string"),
        "asked": pd.Series(asked[kept], dtype="Int64").mask(sealed),
        "answered": pd.Series(answered[kept], dtype="Int64").where(shown),
    }
    reason = pd.Series(np.select([sealed, hidden], [SMALL_GROUP, "protected"], ""), dtype="string")
    names = named_groups(source, groups.loc[kept, list(asking.by)], language)
    return names.join(pd.DataFrame(told)).join(figures).assign(shown=shown, reason=reason)


def _statistic(statistic: str | float, over: str | None) -> tuple[str, float]:
    if over is not None:
        return "ratio", 0.0
    if statistic in {"mean", "total"}:
        return str(statistic), 0.0
    if statistic == "median":
        return "median", 0.5
    if isinstance(statistic, int | float) and 0 < statistic < 1:
        return "quantile", float(statistic)
    raise AnswerError(UNKNOWN_STATISTIC.filled(statistic=statistic))


def _require_number(source: AnswerSource, question: str) -> None:
    element = source.question(question)
    if element is None:
        raise AnswerError(NO_QUESTION.filled(name=question))
    if element.type not in {"integer", "decimal", "range", "calculate"}:
        raise AnswerError(NO_NUMBER.filled(name=question))


def _numbers(table: pd.DataFrame, column: str) -> pd.Series:
    return pd.to_numeric(table[column], errors="coerce").astype("Float64")


def _protected(
    table: pd.DataFrame, numbers: Any, given: Mask, groups: pd.DataFrame, *, above: pd.DataFrame, places: list[str], minimum: int
) -> Any:
    """Those asked and those who answered of each group, and what may be shown: `minimum` households must have answered."""
    asked = np.bincount(numbers, minlength=len(groups)).astype(np.int64)
    answered = np.bincount(numbers[given], minlength=len(groups)).astype(np.int64)
    behind = pd.DataFrame({"group": numbers, "household": table[HOUSEHOLD].to_numpy()})
    counts = [np.bincount(behind[side].drop_duplicates()["group"], minlength=len(groups)) for side in (given, ~given)]
    few = ((counts[0] < minimum) | ((counts[1] > 0) & (counts[1] < minimum)))[:, np.newaxis] & (minimum > 1)
    protection = LinkedTable(groups, asked, answered[:, np.newaxis], above, places, few=few).protected(minimum)
    return asked, answered, protection


def _figure(
    drawn: SampledRows, values: Floats, below: Floats | None, domain: Mask, *, name: str, part: float, confidence: float
) -> list[float]:
    """The figure of one group: value, error, interval, design effect."""
    if not domain.any():
        return [np.nan] * 5
    if name in {"median", "quantile"}:
        found = estimated_quantile(drawn, values, domain, part, confidence)
        return [found.value, found.error, found.low, found.high, np.nan]
    if below is not None:
        return _with_ends(estimated_ratio(drawn, values, below, domain), confidence)
    estimate = estimated_means if name == "mean" else estimated_totals
    return _with_ends(estimate(drawn, values[:, np.newaxis], domain), confidence)


def _with_ends(found: Estimate, confidence: float) -> list[float]:
    from scipy.stats import t

    value, error = float(found.values[0]), float(found.errors[0])
    half = float(t.ppf(0.5 + confidence / 2, found.degrees)) * error if found.degrees > 0 else np.nan
    return [value, error, value - half, value + half, float(found.deff[0])]
