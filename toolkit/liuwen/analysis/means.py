"""Numbers by any grouping: mean, total, quantiles, ratio; with interval, design effect and suppression."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import HOUSEHOLD
from liuwen.analysis.estimates import Estimate, estimated_means, estimated_ratio, estimated_totals
from liuwen.analysis.grouping import kept_by, named_groups
from liuwen.analysis.levels import require_levels
from liuwen.analysis.linearisation import Floats, Mask, SampledRows
from liuwen.analysis.pointing import dominated, shared_by
from liuwen.analysis.quantiles import estimated_quantile
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import NO_QUESTION, NOBODY_ASKED, SMALL_GROUP, columns_beside, require_known
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.states import Shown
from liuwen.analysis.survey_design import SurveyDesign, sampled
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import Tallied, tallied
from liuwen.errors import AnswerError
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

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
        - `shown`, `reason`: whether it is shown, and if not why: "small group" (fewer than `minimum` households asked, or such
          a group could be computed from it), "protected" (fewer answered or did not, or such a number could be computed) or
          "few" (a household's own number would be told: fewer than `minimum` households have a number as low or as high as
          the quantile; or one household gives nearly all of the total). The end of a quantile's interval is missing where
          it would be such a number.

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
    require_levels(minimum, confidence)
    source = source_of(responses, form)
    name, part = _statistic(statistic, over)
    numbers = (question, over) if over is not None else (question,)
    asking = Tabulation(question, column_names(by), where, rounds, numbers)
    _require_number(source, question)
    require_known(source, asking)
    if over is not None and over not in columns_beside(source, question):
        raise AnswerError(OTHER_TABLE.filled(over=over, name=question))
    counted = tallied(source, asking, minimum, language, design, rowwise=True)
    if not counted.asked.sum():
        raise AnswerError(NOBODY_ASKED.filled(name=question))
    kept = kept_by(source, counted.groups, asking.filters)
    figured = _Figured(counted, design, numbers, name, part, minimum, confidence)
    figures = pd.DataFrame([figured.of(number) for number in kept], columns=[name, "se", "low", "high", "deff"], dtype="float64")
    protection = counted.protection(minimum)
    sealed, hidden = protection.groups[kept] != Shown.YES, (protection.cells[kept] != Shown.YES).any(axis=1)
    alone = figures[name].isna().to_numpy() & (counted.counts[kept, 0] > 0)
    shown = ~sealed & ~hidden & ~alone
    figures[~shown] = np.nan
    element = source.question(question)
    label = (element.label(language or language_in_force()) if element else "") or question
    told = {
        "value": pd.Series(question, index=figures.index, dtype="string"),
        "label": pd.Series(" ".join(label.split()), index=figures.index, dtype="string"),
        "counted": pd.Series(counted.counted, index=figures.index, dtype="string"),
        "asked": pd.Series(counted.asked[kept], dtype="Int64").mask(sealed),
        "answered": pd.Series(counted.counts[kept, 0], dtype="Int64").mask(sealed | hidden),
    }
    reason = pd.Series(np.select([sealed, hidden, alone], [SMALL_GROUP, "protected", "few"], ""), dtype="string")
    names = named_groups(source, counted.groups.loc[kept, list(asking.by)], language)
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


@dataclass(frozen=True, eq=False)
class _Figured:
    """The figures of the groups, one group at a time."""

    counted: Tallied
    design: SurveyDesign | None
    numbers: tuple[str, ...]
    name: str
    part: float
    minimum: int
    confidence: float

    @cached_property
    def _rows(self) -> tuple[pd.DataFrame, NDArray[np.int64]]:
        return self.counted.all_rows()

    @cached_property
    def _drawn(self) -> SampledRows:
        return sampled(self._rows[0], self.design)

    @cached_property
    def _columns(self) -> list[pd.Series]:
        return [pd.to_numeric(self._rows[0][column], errors="coerce").astype("Float64") for column in self.numbers]

    @cached_property
    def _values(self) -> list[Floats]:
        return [column.fillna(0).to_numpy(dtype=np.float64) for column in self._columns]

    def _domain(self, number: int) -> Mask:
        given = [column.notna().to_numpy(dtype=bool) for column in self._columns]
        return np.asarray(np.all([self._rows[1] == number, *given], axis=0))

    def of(self, number: int) -> list[float]:
        """Value, error, interval, design effect of a group; NaN where a household's own number would be told."""
        domain = self._domain(number)
        households = self._rows[0][HOUSEHOLD].to_numpy()[domain]
        if not domain.any():
            return [np.nan] * 5
        if self.name in {"median", "quantile"}:
            return self._quantile(domain, households)
        if self.minimum > 1 and any(dominated(values[domain], households) for values in self._values):
            return [np.nan] * 5
        if self.name == "ratio":
            return _with_ends(estimated_ratio(self._drawn, self._values[0], self._values[1], domain), self.confidence)
        estimate = estimated_means if self.name == "mean" else estimated_totals
        return _with_ends(estimate(self._drawn, self._values[0][:, np.newaxis], domain), self.confidence)

    def _quantile(self, domain: Mask, households: Any) -> list[float]:
        values = self._values[0]
        found = estimated_quantile(self._drawn, values, domain, self.part, self.confidence)
        value, low, high = (
            figure if shared_by(values[domain], figure, self.minimum, households) else np.nan
            for figure in (found.value, found.low, found.high)
        )
        return [value, found.error if low <= high else np.nan, low, high, np.nan]


def _with_ends(found: Estimate, confidence: float) -> list[float]:
    from scipy.stats import t

    value, error = float(found.values[0]), float(found.errors[0])
    half = float(t.ppf(0.5 + confidence / 2, found.degrees)) * error if found.degrees > 0 else np.nan
    return [value, error, value - half, value + half, float(found.deff[0])]
