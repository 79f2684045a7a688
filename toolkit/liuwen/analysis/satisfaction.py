"""How satisfied people are, question by question: two best and two worst steps, their difference, mean, and what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from liuwen.analysis.asked_rows import ANSWER
from liuwen.analysis.estimates import estimated_means
from liuwen.analysis.grouping import kept_by, listed, named_groups, require_columns
from liuwen.analysis.levels import require_levels
from liuwen.analysis.linearisation import Floats, Mask, SampledRows
from liuwen.analysis.nonresponse import nonresponse
from liuwen.analysis.ratings import rating_questions, steps_of
from liuwen.analysis.rounds import Rounds
from liuwen.analysis.shares import NOBODY_ASKED, SMALL_GROUP, ShareTable
from liuwen.analysis.significance import holm
from liuwen.analysis.source import AnswerSource, column_names, source_of
from liuwen.analysis.survey_design import SurveyDesign, sampled
from liuwen.analysis.tabulation import Tabulation
from liuwen.analysis.tallied import Tallied, tallied
from liuwen.errors import AnswerError
from liuwen.messages import Sentence, language_in_force

if TYPE_CHECKING:
    from liuwen.form import Form
    from liuwen.responses import Responses

NO_RATINGS = Sentence(
    zh="问卷里没有满意度这样的评价题（从好到差的单选题），没有可算的。",
    en="The form has no rating question (a select-one with steps from good to bad), so there is no satisfaction to tell.",
)
NOT_A_RATING = Sentence(
    zh="“{name}”不是满意度这样的评价题（从好到差的单选题）。可用的有：{candidates}。",
    en="Question {name!r} is no rating (a select-one with steps from good to bad). The form has: {candidates}.",
)
FIGURES = ["best", "worst", "net", "net_low", "net_high", "mean", "mean_low", "mean_high", "mean_se", "degrees"]
_LEAST_FOR_IMPORTANCE = 30
_OVERALL = ("overall", "overall_satisfaction", "satisfaction")


def satisfaction(
    responses: "Responses | Any",
    by: str | Sequence[str] | None = None,
    *,
    questions: Sequence[str] | None = None,
    previous: "Responses | Any | None" = None,
    where: Mapping[str, str] | None = None,
    design: SurveyDesign | None = None,
    rounds: Rounds = "last",
    minimum: int = 5,
    sensitive: bool | None = None,
    confidence: float = 0.95,
    language: str | None = None,
    form: "Form | None" = None,
) -> pd.DataFrame:
    """Summarise every rating question: how many are satisfied, how many are not, and what matters.

    A rating is a select-one question whose choices are steps from good to bad. *Don't know*, *would rather not say*, *does not
    concern me* and blanks are counted apart and in no share. The distribution itself is `shares(..., base="stated")`.

    Source: net satisfaction with its error from the covariance of the two shares, as R's `svymean` of best less worst;
    differences between rounds by Welch (1947), Biometrika 34, 28-35, adjusted after Holm (1979).

    Args:
        responses: `Responses`; or any frame that narwhals knows together with its `form`.
        by: The column to group by, several columns, or None for all together.
        questions: The rating questions; by default all of the form.
        previous: The answers of the round before, to compare with; of the same kind as `responses`, drawn by the same `design`.
        where: Which rows count, as for `shares`.
        design: How the answers were drawn; without one a simple random sample is assumed.
        rounds: Which visits of a household count, as for `shares`.
        minimum: The smallest number of households that may be shown; 1 shows everything.
        sensitive: Whether rows with a step that nobody or everybody chose are withheld too, as in `shares`.
        confidence: The confidence level of intervals, between 0 and 1.
        language: The language of the labels.
        form: The form, if `responses` is a frame.

    Returns:
        One row per question and group. Columns:

        - `question`, `label`: the question and its words; those of `by`, each followed by its labels if the form has them;
        - `counted`: "households" or "interviews"; `asked`: how many were asked; `base`: how many gave a rating;
        - `dont_know`, `refused`, `not_concerned`, `blank`: how many did not, by kind;
        - `best`, `worst`: the shares of the two best and of the two worst steps (of one each on a scale of three);
        - `net`: best less worst, from -1 to 1, with `net_low`, `net_high`;
        - `mean`: the mean from 0 (worst step) to 100 (best step), with `mean_low`, `mean_high`;
        - `importance`: the weighted correlation with the overall question among those who rated both, if at least 30 did;
          where nothing is grouped;
        - with `previous`: `change` of the mean, `p` of no change, and `p_holm`, adjusted over all rows;
        - `shown`, `reason`: whether the row is shown, and if not why, as for `shares`.

    Raises:
        AnswerError: If the form has no rating question, the answers no such column, or nobody was asked.

    Example:
        >>> from liuwen.form import builder as b
        >>> steps = b.choices("q", ("good", "好", "Good"), ("middle", "中", "Middle"), ("poor", "差", "Poor"))
        >>> form = b.build_form("visit", zh="走访", en="Visit", version="1", items=[b.select_one("work", steps, zh="?", en="?")])
        >>> frame = pd.DataFrame({"work": ["good"] * 30 + ["middle"] * 10 + ["poor"] * 20})
        >>> satisfaction(frame, form=form)[["question", "base", "best", "worst", "net", "mean"]].round(3)
          question  base  best  worst    net  mean
        0     work    60   0.5  0.333  0.167  58.333
    """
    require_levels(minimum, confidence)
    how = _Rated(column_names(by), where, design, rounds, minimum, confidence, language, sensitive)
    found = how.table(source_of(responses, form), questions)
    if previous is not None:
        before = how.table(source_of(previous, form), list(found["question"].unique()))
        found = _changed(found, before, ["question", *how.by])
    order = [name for name in found if name not in {"shown", "reason", "mean_se", "degrees"}]
    return found[[*order, "shown", "reason"]]


@dataclass(frozen=True, eq=False)
class _Rated:
    """Ratings of whom, and how they are summed up; the fields are the arguments of `satisfaction`."""

    by: tuple[str, ...]
    where: Mapping[str, str] | None
    design: SurveyDesign | None
    rounds: Rounds
    minimum: int
    confidence: float
    language: str | None
    sensitive: bool | None = None

    def table(self, source: AnswerSource, questions: Sequence[str] | None) -> pd.DataFrame:
        """The rows of all questions, with the standard error and the degrees of freedom of each mean."""
        known = rating_questions(source.form, source.columns)
        items = list(questions or known)
        if not items:
            raise AnswerError(NO_RATINGS)
        require_columns(source, [*self.by, *(self.where or {}), *items])
        for item in items:
            if item not in known:
                raise AnswerError(NOT_A_RATING.filled(name=item, candidates=listed(known)))
        tables = [table for item in items if len(table := self.item(source, item))]
        if not tables:
            raise AnswerError(NOBODY_ASKED.filled(name=items[0]))
        return pd.concat(tables, ignore_index=True)

    def item(self, source: AnswerSource, item: str) -> pd.DataFrame:
        """The rows of one question; no rows if nobody was asked."""
        asking = Tabulation(item, self.by, self.where, self.rounds, sensitive=self.sensitive)
        counted = tallied(source, asking, self.minimum, self.language, self.design, rowwise=True)
        kept = kept_by(source, counted.groups, asking.filters)
        if not counted.asked[kept].sum():
            return pd.DataFrame()
        table = ShareTable(counted, "stated", self.minimum, self.design, "xlogit", self.confidence)
        shown, sealed = table.whole_groups()[kept], table.sealed_groups()[kept]
        counts = _counts(counted, kept, table.stated_cells()[kept])
        counts = counts.assign(asked=counts["asked"].where(~sealed), base=counts["base"].where(shown))
        figures = self.figures(source, counted, item, kept)
        figures[~shown] = np.nan
        reason = np.select([sealed, ~shown], [SMALL_GROUP, "protected"], "")
        return (
            pd.DataFrame({"question": item, "label": self._label(source, item)}, index=range(len(kept)))
            .join(named_groups(source, counted.groups.loc[kept, list(self.by)], self.language))
            .assign(counted=counted.counted)
            .join(counts)
            .join(figures)
            .assign(shown=shown, reason=pd.Series(reason, dtype="string"))
        )

    def _label(self, source: AnswerSource, item: str) -> str:
        element = source.question(item)
        return " ".join((element.label(self.language or language_in_force()) if element else "").split()) or item

    def figures(self, source: AnswerSource, counted: Tallied, item: str, kept: NDArray[np.int64]) -> pd.DataFrame:
        """Best, worst, net and mean of each group, with intervals; of the whole the importance too."""
        whole, group = counted.all_rows()
        drawn, steps = sampled(whole, self.design), steps_of(source, item)
        scores = np.asarray(whole[ANSWER].map(steps), dtype=np.float64)
        rated = ~np.isnan(scores)
        values = np.asarray(np.nan_to_num(np.stack([*_ends(scores, list(steps.values())), scores], axis=1)), dtype=np.float64)
        found = pd.DataFrame(
            [_summary(drawn, values, (group == number) & rated, self.confidence) for number in kept], columns=FIGURES
        )
        if not self.by:
            weights = pd.Series(drawn.weights, index=whole.index)
            found["importance"] = _importance(source, item, whole[np.isin(group, kept)], weights)
        return found


def _counts(counted: Tallied, kept: NDArray[np.int64], may: NDArray[np.bool_]) -> pd.DataFrame:
    """Those asked, those who gave a rating, and the others by kind where they may be shown."""
    kinds = [nonresponse(name, (label,)) for name, label in counted.choices.items()]
    told = {name: pd.Series(counted.asked[kept], dtype="Int64") for name in ("asked", "base")}
    for kind in ("dont_know", "refused", "not_concerned", "blank"):
        of_kind = np.array([each == kind for each in kinds], dtype=bool)
        number = counted.counts[kept][:, of_kind].sum(axis=1)
        told["base"] = told["base"] - number
        told[kind] = pd.Series(number, dtype="Int64").where(np.asarray(may[:, of_kind].all(axis=1), dtype=bool))
    return pd.DataFrame(told)


def _ends(scores: Floats, steps: Sequence[float]) -> tuple[Floats, Floats, Floats]:
    """Who chose one of the two best steps, one of the two worst, and the difference; one step each on a scale of three."""
    some, ordered = 1 if len(steps) < 4 else 2, sorted(steps)
    best, worst = (scores >= ordered[-some]).astype(np.float64), (scores <= ordered[some - 1]).astype(np.float64)
    return best, worst, best - worst


def _summary(drawn: SampledRows, values: Floats, domain: Mask, confidence: float) -> list[float]:
    """The `FIGURES` of one group."""
    from scipy.stats import t

    if not domain.any():
        return [np.nan] * len(FIGURES)
    found = estimated_means(drawn, values, domain)
    critical = float(t.ppf(0.5 + confidence / 2, found.degrees)) if found.degrees > 0 else np.nan
    (best, worst, net, mean), half = found.values, critical * found.errors
    ends = [net, net - half[2], net + half[2], mean, mean - half[3], mean + half[3]]
    return [best, worst, *ends, found.errors[3], found.degrees]


def _importance(source: AnswerSource, item: str, rows: pd.DataFrame, weights: pd.Series) -> float:
    """The correlation of a rating with the overall one; NaN where too few rated both."""
    overall = next((name for name in _OVERALL if name in source.columns and steps_of(source, name)), None)
    if overall is None or overall == item:
        return np.nan
    beside = rows if source.responses is None else source.responses.table.loc[rows.index]
    scores = np.stack([
        rows[ANSWER].map(steps_of(source, item)).astype("float64"),
        beside[overall].astype("string").map(steps_of(source, overall)).astype("float64"),
    ])  # fmt: skip
    both = ~np.isnan(scores).any(axis=0)
    if both.sum() < _LEAST_FOR_IMPORTANCE:
        return np.nan
    spread = np.cov(scores[:, both], aweights=weights.loc[rows.index].to_numpy()[both])
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(spread[0, 1] / np.sqrt(spread[0, 0] * spread[1, 1]))


def _changed(now: pd.DataFrame, before: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The change of each mean since the round before, tested, all rows together."""
    from scipy.stats import t

    figures = [*keys, "mean", "mean_se", "degrees"]
    both = now[figures].merge(before[figures], on=keys, how="left", suffixes=("", "_before"))
    own, others = both["mean_se"] ** 2, both["mean_se_before"] ** 2
    degrees = (own + others) ** 2 / (own**2 / both["degrees"] + others**2 / both["degrees_before"])
    change = both["mean"] - both["mean_before"]
    p_values = 2 * t.sf(np.abs(change) / np.sqrt(own + others), degrees)
    return now.assign(change=change.to_numpy(), p=p_values, p_holm=holm(p_values))
